package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"rongyuan/store/record"
)

// The limits of every message.
const (
	MaxDepth = 16       // objects and arrays within each other
	MaxText  = 64 << 10 // bytes of one string
	MaxPlain = 64 << 10 // bytes of a message that is no batch
)

// Strict refuses JSON that two readers could understand differently: anything
// after the document, a name twice in one object (also by other capitals, since
// encoding/json takes them for the same), invalid UTF-8, half surrogates, NUL,
// and anything over the limits. The error is malformed and its field a JSON
// pointer; it repeats nothing of what was read but names of plain letters.
func Strict(raw []byte) error { return inspect(raw, "") }

// inspect is Strict, but looks into nothing below the member opaque of the
// outermost object: that is a payload, which is stored as it came and judged
// when it is applied.
func inspect(raw []byte, opaque string) error {
	if !json.Valid(raw) {
		return record.Fail(record.CodeMalformed)
	}
	w := walker{raw: raw, opaque: opaque}
	if !w.walk() {
		return record.FailField(w.pointer(), record.CodeMalformed)
	}
	return nil
}

// decode reads raw into v after [Strict]; strict also refuses fields that v
// does not have.
func decode(raw []byte, v any, strict bool) error {
	if err := Strict(raw); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if strict {
		dec.DisallowUnknownFields()
	}
	if err := dec.Decode(v); err != nil {
		return record.Fail(record.CodeMalformed)
	}
	return nil
}

// walker goes through JSON that is known to be valid.
type walker struct {
	raw    []byte
	at     int
	opaque string
	stack  []level
}

// level is one object or array that is open.
type level struct {
	object  bool
	wantKey bool
	keys    map[string]bool
	key     string
	index   int
}

func (w *walker) walk() bool {
	for w.at < len(w.raw) {
		if !w.step() {
			return false
		}
	}
	return true
}

func (w *walker) step() bool {
	c := w.raw[w.at]
	switch c {
	case '"':
		return w.text()
	case '{', '[':
		if len(w.stack) == MaxDepth {
			return false
		}
		w.stack = append(w.stack, level{object: c == '{', wantKey: c == '{'})
	case '}', ']':
		w.stack = w.stack[:len(w.stack)-1]
	case ',':
		top := &w.stack[len(w.stack)-1]
		top.index++
		top.wantKey = top.object
	case ':':
		w.stack[len(w.stack)-1].wantKey = false
		if len(w.stack) == 1 && w.opaque != "" && w.stack[0].key == w.opaque {
			w.at++
			w.skip()
			return true
		}
	}
	w.at++
	return true
}

// text reads the string that begins here, as a name or as a value.
func (w *walker) text() bool {
	end := stringEnd(w.raw, w.at)
	quoted := w.raw[w.at:end]
	w.at = end
	s, ok := plainText(quoted)
	if !ok {
		return false
	}
	if len(w.stack) == 0 || !w.stack[len(w.stack)-1].wantKey {
		return true
	}
	top := &w.stack[len(w.stack)-1]
	top.key = s
	if top.keys == nil {
		top.keys = map[string]bool{}
	}
	folded := strings.ToLower(s)
	if top.keys[folded] {
		return false
	}
	top.keys[folded] = true
	return true
}

// skip goes past one value without judging it.
func (w *walker) skip() {
	for depth := 0; w.at < len(w.raw); {
		switch w.raw[w.at] {
		case '"':
			w.at = stringEnd(w.raw, w.at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return
			}
			depth--
		case ',':
			if depth == 0 {
				return
			}
		}
		w.at++
	}
}

// stringEnd is the index behind the string that begins at i.
func stringEnd(raw []byte, i int) int {
	for i++; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(raw)
}

// plainText is the text of a quoted string, and whether it may stand in a
// message.
func plainText(quoted []byte) (string, bool) {
	inner := quoted[1 : len(quoted)-1]
	if len(inner) > MaxText || !utf8.Valid(inner) {
		return "", false
	}
	if !bytes.ContainsRune(inner, '\\') {
		return string(inner), true
	}
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil || strings.ContainsRune(s, 0) {
		return "", false
	}
	// encoding/json turns half a surrogate pair into U+FFFD without a word.
	written := strings.Count(strings.ToLower(string(inner)), `\ufffd`) + bytes.Count(inner, []byte("\uFFFD"))
	return s, strings.Count(s, "\uFFFD") <= written
}

// pointer is where the walker stands, as a JSON pointer.
func (w *walker) pointer() string {
	var b strings.Builder
	for _, l := range w.stack {
		b.WriteByte('/')
		switch {
		case !l.object:
			b.WriteString(strconv.Itoa(l.index))
		case plainName(l.key):
			b.WriteString(l.key)
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

// plainName reports a name that may be repeated in an error: it can carry
// neither a number nor a person.
func plainName(s string) bool {
	return s != "" && len(s) <= 24 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}
