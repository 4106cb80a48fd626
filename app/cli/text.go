package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// columns prints rows with their columns one under the other.
func columns(w io.Writer, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], width(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			b.WriteString(cell)
			b.WriteString(strings.Repeat(" ", widths[i]-width(cell)+2))
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

// width is the number of cells of a terminal: a Han character takes two.
func width(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r >= 0x2E80 && r <= 0xFFDC || r >= 0x20000 || r >= 0x2018 && r <= 0x2026 {
			n++
		}
	}
	return n
}

// said is text for people in one line.
func said(format string, args ...any) func(io.Writer) {
	return func(w io.Writer) { fmt.Fprintf(w, format+"\n", args...) }
}

// listed prints a head, its rows, and how many there are.
func listed(head []string, rows [][]string) func(io.Writer) {
	return func(w io.Writer) {
		if len(rows) > 0 {
			columns(w, append([][]string{head}, rows...))
		}
		fmt.Fprintf(w, "共 %d 条\n", len(rows))
	}
}
