package roster

import "bytes"

// splitRef parts AB12 into column 27 and row 12; the column is -1 when it is
// no reference.
func splitRef(b []byte) (col, num int) {
	i, col := 0, 0
	for i < len(b) && i < 4 && b[i] >= 'A' && b[i] <= 'Z' {
		col = col*26 + int(b[i]-'A') + 1
		i++
	}
	num = digits(b[i:])
	if i == 0 || i > 3 || num < 1 {
		return -1, 0
	}
	return col - 1, num
}

// parseSpan reads a merged area, B5:B39.
func parseSpan(ref string) (span, bool) {
	from, to, found := bytes.Cut([]byte(ref), []byte(":"))
	if !found {
		to = from
	}
	left, top := splitRef(from)
	right, bottom := splitRef(to)
	if left < 0 || right < left || bottom < top {
		return span{}, false
	}
	return span{top, bottom, left, right}, true
}

// Letters is the name of a column, counted from 0: A, B, … Z, AA.
func Letters(col int) string {
	out := ""
	for col++; col > 0; col /= 26 {
		col--
		out = string(rune('A'+col%26)) + out
	}
	return out
}
