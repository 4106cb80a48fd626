package roster

import (
	"strconv"
	"strings"
)

// numberStyle is what a number's format says of its meaning.
type numberStyle int

const (
	styleNone  numberStyle = iota
	styleDay               // a date with its day
	styleMonth             // a date that shows year and month only
	styleTime              // a time of day
)

// readStyles reads the number formats; without the part no number is a date.
func (b *workbook) readStyles(name string) error {
	if name == "" || !b.files.has(name) {
		return nil
	}
	formats := map[int]string{}
	inCells := false
	return b.each(name, func(x *xmlReader) error {
		switch string(x.name) {
		case "numFmt":
			id, code := number(x, "numFmtId"), ""
			code, _ = x.attr("formatCode")
			formats[id] = code
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells && len(b.styles) < 1<<16 {
				id := number(x, "numFmtId")
				b.styles = append(b.styles, styleOf(id, formats[id]))
			}
		}
		return nil
	})
}

func number(x *xmlReader, name string) int {
	v, _ := x.attr(name)
	n, err := strconv.Atoi(v)
	if err != nil {
		return 0
	}
	return n
}

// styleOf knows the formats that are built in, among them those of Chinese
// Excel (27 to 36 and 50 to 58), and reads the others.
func styleOf(id int, code string) numberStyle {
	if code != "" {
		return formatStyle(code)
	}
	switch {
	case id == 17 || id == 27 || id == 36 || id == 50 || id == 57 || id == 52:
		return styleMonth
	case id == 14 || id == 15 || id == 22 || id == 16 || (id >= 28 && id <= 31) || (id >= 51 && id <= 54) || id == 58:
		return styleDay
	case (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56:
		return styleTime
	}
	return styleNone
}

// formatStyle reads a format code: what stands in quotes, in brackets or after
// a backslash is no date letter.
func formatStyle(code string) numberStyle {
	var letters strings.Builder
	code = strings.ToLower(strings.SplitN(code, ";", 2)[0])
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			i += skipTo(code[i+1:], '"')
		case '[':
			i += skipTo(code[i+1:], ']')
		case '\\', '_', '*':
			i++
		case 'y', 'm', 'd', 'h', 's', 'e', '0', '#':
			letters.WriteByte(code[i])
		}
	}
	seen := letters.String()
	switch {
	case strings.ContainsAny(seen, "0#") && !strings.ContainsAny(seen, "ymd"):
		return styleNone
	case strings.Contains(seen, "d"):
		return styleDay
	case strings.Contains(seen, "y"):
		return styleMonth
	case strings.ContainsAny(seen, "hs"):
		return styleTime
	}
	return styleNone
}

func skipTo(s string, end byte) int {
	if i := strings.IndexByte(s, end); i >= 0 {
		return i + 1
	}
	return len(s)
}
