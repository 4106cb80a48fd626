package say

import (
	"errors"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// Sentence is what a clerk reads about one code.
type Sentence struct {
	What string // what happened, without a full stop: it also stands as a heading
	Safe string // whether the data is safe
	Do   string // what to do now
}

// String is the whole sentence in one line.
func (s Sentence) String() string {
	if s.What == "" {
		return ""
	}
	return s.What + "。" + s.Safe + s.Do
}

// Say is the sentence of a code; args fill the positions of its text. A code
// that this version does not know, as a newer district may send, gets a
// sentence of its own.
func Say(code record.Code, args ...string) Sentence { return about("", code, args) }

// Problem is a finding in one line, to stand beside a field or in a list. The
// line carries no value.
func Problem(p record.Problem) string {
	s := about(p.Field, p.Code, p.Args)
	return strings.TrimSuffix(s.What+"，"+s.Do, "。")
}

// Error is the sentence of the first code in a chain of errors, with the label
// of its field; a chain without a code is a fault of the program. It is empty
// for nil.
func Error(err error) Sentence {
	if err == nil {
		return Sentence{}
	}
	var e *record.Error
	if !errors.As(err, &e) {
		return Say(record.CodeInternal)
	}
	s := about(e.Field, e.Code, e.Args)
	if more := len(e.Problems.Errors()) - 1; more > 0 {
		s.Do += "另外还有 " + strconv.Itoa(more) + " 处要改。"
	}
	return s
}

// about writes the sentence of a code for a field, "" for none.
func about(field string, code record.Code, args []string) Sentence {
	t, known := textOf(code)
	if !known {
		return Sentence{
			What: "遇到了这个版本还不认识的情况",
			Safe: "已经保存的资料都在。",
			Do:   "请安装新版程序；还不行，请复制详情发给技术人员。",
		}
	}
	label := Field(field)
	return Sentence{fill(t.what, label, args), fill(t.safe, label, args), fill(t.do, label, args)}
}
