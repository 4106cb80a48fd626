package say

import (
	"errors"
	"runtime/debug"
	"strings"

	"rongyuan/store/record"
)

// detailMost bounds the codes and findings of a detail: a help desk needs the
// first few, and an import can bring thousands.
const detailMost = 20

// Detail is text to copy for the help desk: the codes and field names of a chain
// of errors and the version of the program. It never holds a value, a file name
// or the text of an error. It is empty for nil.
func Detail(err error) string {
	if err == nil {
		return ""
	}
	lines := []string{"代码 " + strings.Join(codes(err), " < ")}
	var e *record.Error
	if errors.As(err, &e) {
		for _, p := range e.Problems[:min(len(e.Problems), detailMost)] {
			lines = append(lines, strings.TrimSpace(word(string(p.Level))+" "+coded(p.Code, p.Field)))
		}
	}
	return strings.Join(append(lines, "版本 "+version()), "\n")
}

// codes are the codes in a chain, outermost first.
func codes(err error) []string {
	var out []string
	for len(out) < detailMost {
		var e *record.Error
		if !errors.As(err, &e) {
			break
		}
		out = append(out, coded(e.Code, e.Field))
		err = e.Cause
	}
	if len(out) == 0 {
		return []string{string(record.CodeInternal)}
	}
	return out
}

func coded(code record.Code, field string) string {
	out := word(string(code))
	switch {
	case field == "":
		return out
	case Field(field) == noField:
		return out + "(?)"
	}
	return out + "(" + word(field) + ")"
}

// word lets only a name of the program through. A code or field that crossed
// the wire may hold anything, also somebody's number.
func word(s string) string {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case (r < 'a' || r > 'z') && r != '_' && r != '.':
			return "?"
		}
	}
	if digits > 4 || len(s) > 40 || s == "" {
		return "?"
	}
	return s
}

// version is what the Go tool has written into the program.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "未知"
	}
	out := strings.Trim(build.Main.Version, "()")
	if out == "" {
		out = "devel"
	}
	for _, one := range build.Settings {
		if one.Key == "vcs.revision" {
			out += " " + one.Value[:min(12, len(one.Value))]
		}
	}
	return out
}
