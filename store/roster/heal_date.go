package roster

import (
	"strconv"
	"strings"
	"time"

	"rongyuan/store/record"
)

// dateRead is what a cell says of a date.
type dateRead struct {
	date record.Date
	code record.Code // "" when the date is certain
	note record.Code // CodeDateFixed when it was written in an odd way
}

// readDate reads the date of a cell with the precision that it has. A number
// may be a serial day, a year, 198507, 19850701 or 1985.07; 1985.1 may be
// January or October, and is asked.
func (h *healer) readDate(c cell, head head) dateRead {
	switch {
	case c.kind == cellDate && c.style == styleMonth:
		return certain(isoDay(c.text)[:min(len(c.text), 7)])
	case c.kind == cellDate:
		return certain(isoDay(c.text))
	case c.kind != cellNumber:
		return h.dateText(c.text)
	case c.style == styleDay || c.style == styleMonth:
		if d, ok := h.serial(c.text); ok {
			if c.style == styleMonth || head.monthOnly() && strings.HasSuffix(string(d), "-01") {
				d = d[:7]
			}
			return certain(d)
		}
	}
	return h.dateNumber(decimal(c.text), head)
}

func certain(d record.Date) dateRead {
	if !d.Valid() {
		return dateRead{code: record.CodeDate}
	}
	return dateRead{date: d}
}

func isoDay(text string) record.Date { return record.Date(text[:min(len(text), 10)]) }

// serial is the day of a spreadsheet's serial number; the time of day is
// dropped. In the system of 1900 day 60 is 29 February 1900, which never was.
func (h *healer) serial(text string) (record.Date, bool) {
	whole, _, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 1 || n > 109_574 {
		return "", false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case h.date1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n == 60:
		return "", false
	case n < 60:
		first = first.AddDate(0, 0, 1)
	}
	return record.Date(first.AddDate(0, 0, n).Format("2006-01-02")), true
}

// dateNumber reads a number without a date's format.
func (h *healer) dateNumber(text string, head head) dateRead {
	whole, fraction, found := strings.Cut(text, ".")
	switch {
	case !found && len(whole) == 5:
		// A serial day whose format was lost: only between 1910 and today.
		d, ok := h.serial(text)
		if !ok || d < "1910" || string(d) > string(h.today) {
			return dateRead{code: record.CodeDate}
		}
		if head.monthOnly() && strings.HasSuffix(string(d), "-01") {
			d = d[:7]
		}
		return dateRead{date: d, note: record.CodeDateFixed}
	case found && (len(fraction) == 1 && fraction == "1" || len(fraction) == 3):
		return dateRead{code: record.CodeDateAmbiguous}
	case found && len(fraction) == 4 && len(whole) == 4:
		return certain(record.Date(whole + "-" + fraction[:2] + "-" + fraction[2:]))
	case found && len(whole) != 4 && len(whole) != 2:
		return dateRead{code: record.CodeDate}
	}
	return h.dateText(text)
}

// dateText reads a written date; the forms that the leaf does not know are put
// into one that it does.
func (h *healer) dateText(raw string) dateRead {
	if d, err := record.ReadDate(raw, h.today); err == nil {
		note := record.Code("")
		if text := strings.TrimSpace(record.Narrow(raw)); len(text) > 2 && strings.Trim(text[:3], "0123456789") != "" {
			note = record.CodeDateFixed // two digits for a year
		}
		return dateRead{date: d, note: note}
	} else if record.CodeOf(err) == record.CodeDateAmbiguous {
		return dateRead{code: record.CodeDateAmbiguous}
	}
	text := strings.TrimSpace(record.Narrow(raw))
	if d, code := dayFirst(text); d != "" || code != "" {
		return dateRead{date: d, code: code, note: record.CodeDateFixed}
	}
	d, err := record.ReadDate(plainDate(text), h.today)
	if err != nil {
		return dateRead{code: record.CodeDate}
	}
	return dateRead{date: d, note: record.CodeDateFixed}
}

// dayFirst reads 31/12/1985 and 12/31/1985 where only one reading exists.
func dayFirst(text string) (record.Date, record.Code) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return "", ""
	}
	if len(parts[2]) <= 2 && strings.Trim(text, "0123456789/-") == "" {
		return "", record.CodeDateAmbiguous // 5/6/12
	}
	if len(parts[2]) != 4 {
		return "", ""
	}
	a, errA := strconv.Atoi(parts[0])
	b, errB := strconv.Atoi(parts[1])
	if errA != nil || errB != nil {
		return "", ""
	}
	switch {
	case a <= 12 && b <= 12 && a != b:
		return "", record.CodeDateAmbiguous
	case a > 12:
		a, b = b, a
	}
	d := record.Date(parts[2] + "-" + twoDigits(a) + "-" + twoDigits(b))
	if !d.Valid() {
		return "", record.CodeDate
	}
	return d, ""
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// plainDate puts habits of speech into digits: 八五年, 一九八五年十二月, 85年兵,
// 1985年冬, 1985年7月份, 约1985年.
func plainDate(text string) string {
	for _, word := range []string{"份", "兵", "春", "夏", "秋", "冬", "底", "初", "入伍", "退伍", "退役", "约", "大约", "季", "生", "上半年", "下半年"} {
		text = strings.ReplaceAll(text, word, "")
	}
	if !strings.ContainsAny(text, "〇零一二三四五六七八九十") {
		return text
	}
	var out strings.Builder
	for _, part := range strings.SplitAfter(strings.ReplaceAll(text, "号", "日"), "年") {
		for _, piece := range splitAfterAny(part, "月日") {
			out.WriteString(chineseDigits(piece))
		}
	}
	return out.String()
}

func splitAfterAny(s, marks string) []string {
	var out []string
	for s != "" {
		i := strings.IndexAny(s, marks)
		if i < 0 {
			return append(out, s)
		}
		i += len("月")
		out = append(out, s[:i])
		s = s[i:]
	}
	return out
}

// chineseDigits writes 一九八五 as 1985 and 十二, 二十, 三十一 as numbers.
func chineseDigits(s string) string {
	var out strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		if r == '十' {
			if i == 0 || !isChineseDigit(runes[i-1]) {
				out.WriteByte('1')
			}
			if i+1 == len(runes) || !isChineseDigit(runes[i+1]) {
				out.WriteByte('0')
			}
			continue
		}
		if n := strings.IndexRune("〇一二三四五六七八九", r); n >= 0 {
			out.WriteByte(byte('0' + n/3))
			continue
		}
		if r == '零' {
			r = '0'
		}
		out.WriteRune(r)
	}
	return out.String()
}

func isChineseDigit(r rune) bool { return strings.ContainsRune("〇零一二三四五六七八九", r) }

// period parts a range, 1978.12-1983.1, at the sign that leaves a date on both
// sides.
func (h *healer) period(raw string) (from, to dateRead, ok bool) {
	text := strings.TrimSpace(record.Narrow(raw))
	for _, sign := range []string{"至", "到", "—", "–", "~", "～", "-", "－", "、", " "} {
		for i := range text {
			if !strings.HasPrefix(text[i:], sign) || i == 0 {
				continue
			}
			left := h.dateText(strings.TrimRight(text[:i], "-—–~ "))
			right := h.dateText(strings.TrimLeft(text[i+len(sign):], "-—–~ "))
			if left.date != "" && right.date != "" {
				return left, right, true
			}
		}
	}
	return dateRead{}, dateRead{}, false
}
