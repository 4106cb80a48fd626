package roster

import "strings"

// rowKind says what a row below the header is.
type rowKind int

const (
	rowPerson rowKind = iota
	rowTotal          // 合计, 小计
	rowNote           // 填表说明, signatures, a title repeated
	rowHeads          // the heads again, or a line that numbers the columns
	rowPlace          // a community's name above its people
	rowBlank          // nothing, or a serial number alone
)

// totals are the words with which a line of sums begins.
var totals = []string{"合计", "小计", "总计", "共计", "累计", "总人数", "本页合计", "本页小计", "人数合计", "本社区合计", "本村合计", "总数"}

// closing are the words with which the lines above and below a table begin.
var closing = []string{
	"填表说明", "说明", "备注", "注", "填报人", "制表人", "审核人", "填表人", "单位负责人", "负责人", "盖章", "填报单位", "填报日期", "填表日期",
	"制表日期", "填表时间", "制表时间", "日期", "联系人", "经办人", "审批", "单位盖章", "主管领导", "分管领导", "第", "报送", "统计人", "站长", "单位", "填报时间", "附", "领导签字", "签字", "主要领导", "联系电话", "制表", "审核", "填表", "填报",
}

// classify tells what a row is, by the block of its first person.
func (l *layout) classify(r *row) rowKind {
	name, person, filled := "", 0, 0
	for _, block := range l.blocks {
		for _, c := range block {
			text := strings.TrimSpace(r.at(c.col).text)
			if nothing(text) {
				continue
			}
			switch c.field {
			case fieldName:
				name = text
				person++
			case fieldID, fieldPhones, fieldBirth:
				person++
			}
			if c.field != fieldSerial {
				filled++
			}
		}
	}
	first, cells := leading(r)
	switch {
	case cells == 0, cells == 1 && digits([]byte(first)) >= 0:
		return rowBlank
	case isTotal(first) || isTotal(name):
		return rowTotal
	case l.titled(r):
		return rowHeads
	case numbered(r):
		return rowHeads
	case isClosing(first, cells) || (name == "" && isClosing(anyColon(r), cells)):
		return rowNote
	case cells == 1 && filled <= 1 && person <= 1:
		return lonely(first, name)
	case person == 0:
		// A form's empty line holds its number, and often the community.
		return rowBlank
	}
	return rowPerson
}

// lonely judges a row with one cell: the name of a place above its people, a
// title, or a person of whom only the name is known.
func lonely(text, name string) rowKind {
	switch {
	case placeName(placeTitle(text)):
		return rowPlace
	case name != "" && (len([]rune(name)) <= 4 || strings.ContainsAny(name, "·•・")), len(text) >= 15 && strings.Trim(text, "0123456789Xx") == "":
		return rowPerson
	}
	return rowNote
}

// placeTitle takes numbering and counts off the name of a place: 一、东风里社区（35人）.
func placeTitle(text string) string {
	text = squeeze(text)
	if i := strings.IndexAny(text, "(（:："); i > 0 {
		text = text[:i]
	}
	return strings.TrimLeft(text, "一二三四五六七八九十0123456789、.．")
}

// leading is the first text of a row and the number of cells with text.
func leading(r *row) (first string, cells int) {
	for _, c := range r.cells {
		if text := strings.TrimSpace(c.text); text != "" {
			if cells == 0 {
				first = text
			}
			cells++
		}
	}
	return first, cells
}

func isTotal(text string) bool {
	text = squeeze(text)
	for _, word := range totals {
		if rest, cut := strings.CutPrefix(text, word); cut {
			if rest == "" || strings.ContainsAny(rest[:1], ":(0123456789") || strings.HasPrefix(rest, "人") || strings.HasPrefix(rest, "：") || strings.HasSuffix(rest, "人") {
				return true
			}
		}
	}
	return false
}

// isClosing reports a line of notes or signatures: few cells, and a word of
// such lines with a colon or a number behind it, or alone.
func isClosing(text string, cells int) bool {
	if cells > 6 {
		return false
	}
	text = squeeze(text)
	for _, word := range closing {
		rest, cut := strings.CutPrefix(text, word)
		if !cut {
			continue
		}
		rest = strings.TrimLeft(rest, "(盖章签字人员名)0123456789、")
		if rest == "" && cells <= 2 || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "：") {
			return true
		}
		if word == "第" && strings.Contains(rest, "页") {
			return true
		}
	}
	return false
}

// anyColon is the first text of a row that has a colon.
func anyColon(r *row) string {
	for _, c := range r.cells {
		if strings.ContainsAny(c.text, ":：") {
			return strings.TrimSpace(c.text)
		}
	}
	return ""
}

// numbered reports a line that numbers the columns: 1 2 3, 甲 乙 丙 1 2.
func numbered(r *row) bool {
	n := 0
	for _, c := range r.cells {
		text := strings.TrimSpace(c.text)
		switch {
		case text == "":
		case len(text) <= 3 && strings.Trim(text, "0123456789()ABCDEFGHIJ") == "", strings.Contains("甲乙丙丁戊", text):
			n++
		default:
			return false
		}
	}
	return n > 2
}
