package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rongyuan/store/record"
)

// vocabulary is the code tables turned round, once for a whole workbook:
// field → word → code, and
// field → code → name.
type vocabulary struct{ codes, names map[string]map[string]string }

func newVocabulary() vocabulary {
	tables := map[string]record.Table{
		fieldSex: record.Sexes(), fieldEthnic: record.Ethnics(), fieldPolitics: record.Politics(),
		fieldEducation: record.Educations(), fieldKind: record.PersonKinds(), fieldBranch: record.Branches(),
		fieldDischarge: record.DischargeKinds(), fieldRank: record.ServiceRanks(), fieldStatus: record.Statuses(),
		fieldSkills: record.Skills(), fieldCategories: record.ServiceCategories(), fieldRole: record.TeamRoles(),
	}
	out := vocabulary{map[string]map[string]string{}, map[string]map[string]string{}}
	for field, table := range tables {
		words, names := map[string]string{}, map[string]string{}
		for _, term := range table.Terms {
			for _, word := range term.Words {
				words[word] = term.Code
			}
		}
		for _, term := range table.Terms {
			words[term.Code], words[term.Name] = term.Code, term.Code
			names[term.Code] = term.Name
		}
		out.codes[field], out.names[field] = words, names
	}
	return out
}

// endings are what rosters put behind a word of a table.
var endings = map[string][]string{
	fieldEducation: {"学历", "毕业", "文化", "程度", "肄业", "结业", "在读", "毕", "生"},
	fieldPolitics:  {"身份", "员"},
	fieldSkills:    {"特长", "技能", "技术", "服务", "工作", "类", "工", "员", "师", "证"},
	fieldKind:      {"人员"},
	fieldDischarge: {"安置", "士兵", "军人", "人员", "干部"},
	fieldBranch:    {"部队", "兵"},
	fieldEthnic:    {"人"},
}

// code finds the code of a word: the word itself, without what stands in
// brackets, without an ending. It never takes a word for a similar one.
func (v vocabulary) code(field, word string) (string, bool) {
	text := squeeze(word)
	if code, ok := v.codes[field][text]; ok {
		return code, true
	}
	if i := strings.IndexAny(text, "(（[【"); i > 0 {
		text = text[:i]
		if code, ok := v.codes[field][text]; ok {
			return code, true
		}
	}
	for _, ending := range endings[field] {
		if short, cut := strings.CutSuffix(text, ending); cut && short != "" {
			if code, ok := v.codes[field][short]; ok {
				return code, true
			}
		}
	}
	return "", false
}

// name is the table's own word of a code.
func (v vocabulary) name(field, code string) string { return v.names[field][code] }

// squeeze narrows a text and takes every space out of it.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, record.Narrow(s))
}

// visible takes out what cannot be seen: zero-width and control characters.
// Changes of direction stay, and are refused by the check of the field.
func visible(s string) string {
	if plain(s) {
		return s
	}
	return strings.TrimFunc(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r', r == 0xFEFF, r == 0x200B, r == 0x200C, r == 0x200D, r == 0x2060, r == unicode.ReplacementChar:
			return -1
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s), unicode.IsSpace)
}

// plain reports a text of which nothing needs to be taken: none of its characters
// lies in a block that holds spaces, marks that nobody sees, or controls.
func plain(s string) bool {
	ascii := true
	for i := range len(s) {
		switch b := s[i]; {
		case b < '!', b == 0x7F, b == 0xC2, b == 0xE1, b == 0xE2, b == 0xE3, b == 0xEF:
			return false
		case b >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s)
}

// mayBeNothing reports a character with which a word for nothing can begin; it
// keeps two million cells from being looked at twice.
func mayBeNothing(r rune) bool {
	switch {
	case r == utf8.RuneError, unicode.IsSpace(r), r >= 0xFF00 && r <= 0xFFEF: // narrowed first
		return true
	case r < 0x80:
		return strings.ContainsRune(`/\-*Nn`, r)
	case r >= 0x4E00 && r <= 0x9FFF:
		return strings.ContainsRune("无不未暂待空没", r)
	}
	return true
}

// nothing reports a cell that says in words that it is empty.
func nothing(s string) bool {
	if len(s) > 16 {
		return strings.TrimSpace(s) == ""
	}
	if r, _ := utf8.DecodeRuneInString(s); !mayBeNothing(r) {
		return false
	}
	switch squeeze(s) {
	case "", "无", "无。", "不详", "不祥", "未知", "暂无", "待补", "待查", "空", "没有", "不清楚", "未填", "/", "//", "\\", "-", "--", "---", "—", "——", "———", "*", "N/A", "n/a", "NA", "null", "NULL", "None":
		return true
	}
	return false
}

// pieces parts a cell that lists several words.
func pieces(s string) []string {
	var out []string
	for _, piece := range strings.FieldsFunc(record.Narrow(s), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("、,，;；/|\\+。", r)
	}) {
		if piece != "" && !nothing(piece) {
			out = append(out, piece)
		}
	}
	return out
}
