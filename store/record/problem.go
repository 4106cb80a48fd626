package record

import (
	"errors"
	"fmt"
	"strings"
)

// Level says how much a problem weighs.
type Level string

// The levels, heaviest first. An error stops the record; a record with a
// review is taken and queued for a person; a warning is taken and shown; fixed
// was put right and is shown.
const (
	LevelError   Level = "error"
	LevelReview  Level = "review"
	LevelWarning Level = "warning"
	LevelFixed   Level = "fixed"
)

// Problem is one finding about one field of one record. It never carries a
// personal value in the clear: Value is masked by whoever fills it.
type Problem struct {
	Field string   `json:"field,omitempty"`
	Level Level    `json:"level"`
	Code  Code     `json:"code"`
	Args  []string `json:"args,omitempty"`
	Value string   `json:"value,omitempty"`
}

// Problems is all that was found about one record.
type Problems []Problem

// Add appends a finding.
func (p *Problems) Add(level Level, field string, code Code, args ...string) {
	*p = append(*p, Problem{Field: field, Level: level, Code: code, Args: args})
}

// Errors are the findings that stop the record.
func (p Problems) Errors() Problems {
	var out Problems
	for _, one := range p {
		if one.Level == LevelError {
			out = append(out, one)
		}
	}
	return out
}

// Err is nil unless a finding stops the record; then it is an [Error] that
// carries all findings and the code of the first that stops.
func (p Problems) Err() error {
	stops := p.Errors()
	if len(stops) == 0 {
		return nil
	}
	return &Error{Code: stops[0].Code, Field: stops[0].Field, Args: stops[0].Args, Problems: p}
}

// Has reports whether a finding of this code is among p.
func (p Problems) Has(code Code) bool {
	for _, one := range p {
		if one.Code == code {
			return true
		}
	}
	return false
}

// Error is a refusal with its code. Its text is for logs of developers: codes
// and field names only, never a value.
type Error struct {
	Code     Code
	Field    string
	Args     []string
	Problems Problems
	Cause    error
}

// Fail makes an [Error] of a code.
func Fail(code Code, args ...string) *Error { return &Error{Code: code, Args: args} }

// FailField makes an [Error] of a code about a field.
func FailField(field string, code Code, args ...string) *Error {
	return &Error{Code: code, Field: field, Args: args}
}

// Because attaches the cause and gives back e.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// Error gives code, field and cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	if e.Field != "" {
		fmt.Fprintf(&b, " (%s)", e.Field)
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is compare by code.
func (e *Error) Is(target error) bool {
	var other *Error
	return errors.As(target, &other) && other.Code == e.Code && other.Field == ""
}

// CodeOf finds the code in a chain of errors: CodeInternal where there is none,
// "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}
