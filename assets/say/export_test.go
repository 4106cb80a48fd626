package say

import "rongyuan/store/record"

// The tables, for the tests that hold them against package record's source.
var (
	Fields = fields
	Tables = tables
)

// NoField is the label of an unknown field.
const NoField = noField

// Codes are all codes with a text.
func Codes() []record.Code {
	var out []record.Code
	for _, some := range texts {
		for code := range some {
			out = append(out, code)
		}
	}
	return out
}

// Templates are the three templates of a code.
func Templates(code record.Code) []string {
	t, _ := textOf(code)
	return []string{t.what, t.safe, t.do}
}
