package app

import (
	"strings"

	"github.com/mozillazg/go-pinyin"

	"rongyuan/app/widgets"
)

// spelled tells whether typed text means a name: by a part of it or by the
// pinyin initials of a part of it. Empty text means everything.
func spelled(name, typed string) bool {
	typed = strings.ToLower(strings.Join(strings.Fields(typed), ""))
	if strings.Contains(strings.ToLower(name), typed) {
		return true
	}
	latin := strings.Trim(typed, "abcdefghijklmnopqrstuvwxyz") == ""
	if !latin {
		return false
	}
	runes := []rune(name)
	for i := range runes {
		if initialsMatch(runes[i:], typed) {
			return true
		}
	}
	return false
}

// initialsMatch tells whether the characters begin with these initials, in any
// of their readings.
func initialsMatch(name []rune, typed string) bool {
	if len(name) < len(typed) {
		return false
	}
	args := pinyin.Args{Style: pinyin.FirstLetter, Heteronym: true, Fallback: func(r rune, _ pinyin.Args) []string {
		return []string{strings.ToLower(string(r))}
	}}
	for i := range len(typed) {
		has := false
		for _, reading := range pinyin.SinglePinyin(name[i], args) {
			has = has || reading == typed[i:i+1]
		}
		if !has {
			return false
		}
	}
	return true
}

// matchChoice is spelled for the fields with a fixed list.
func matchChoice(typed string, c widgets.Choice) bool {
	return spelled(c.Text, typed) || typed != "" && c.Key == typed
}
