package roster

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// attr is the value of an attribute by its local name.
func (x *xmlReader) attr(name string) (string, bool) {
	for rest := x.attrs; ; {
		var key, value []byte
		if key, value, rest = nextAttr(rest); key == nil {
			return "", false
		}
		if string(local(key)) == name {
			out, err := appendText(nil, value)
			return string(out), err == nil
		}
	}
}

// nextAttr takes one attribute off the front; key is nil when there is none.
func nextAttr(b []byte) (key, value, rest []byte) {
	i := 0
	for i < len(b) && b[i] <= ' ' {
		i++
	}
	from := i
	for i < len(b) && b[i] != '=' && b[i] > ' ' {
		i++
	}
	key = b[from:i]
	for i < len(b) && b[i] <= ' ' {
		i++
	}
	if i >= len(b) || b[i] != '=' || len(key) == 0 {
		return nil, nil, nil
	}
	for i++; i < len(b) && b[i] <= ' '; {
		i++
	}
	if i >= len(b) || (b[i] != '"' && b[i] != '\'') {
		return nil, nil, nil
	}
	end := bytes.IndexByte(b[i+1:], b[i])
	if end < 0 {
		return nil, nil, nil
	}
	return key, b[i+1 : i+1+end], b[i+end+2:]
}

// appendText appends text with its entities resolved. Only the five that XML
// itself knows and numbers are allowed, as no document type is.
func appendText(dst, raw []byte) ([]byte, error) {
	if !utf8.Valid(raw) {
		return dst, damaged(errMalformed)
	}
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return append(dst, raw...), nil
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i+1:]
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			return dst, damaged(errMalformed)
		}
		r, ok := entity(string(raw[:end]))
		if !ok {
			return dst, damaged(errMalformed)
		}
		dst = utf8.AppendRune(dst, r)
		raw = raw[end+1:]
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// appendText appends the text of the current event.
func (x *xmlReader) appendText(dst []byte) ([]byte, error) {
	if x.cdata {
		if !utf8.Valid(x.text) {
			return dst, damaged(errMalformed)
		}
		return append(dst, x.text...), nil
	}
	return appendText(dst, x.text)
}
