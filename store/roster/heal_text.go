package roster

import (
	"regexp"
	"strings"

	"rongyuan/store/record"
)

// secrets are the marks of what must not be stored: a grade of secrecy as a
// document bears it, and the number of a unit of the armed forces.
var (
	secretGrade = regexp.MustCompile(`^[\s　【\[(（]*(绝密|机密|秘密)([\s　★☆】\])）].*)?$`)
	secretUnit  = regexp.MustCompile(`(^|[^0-9])[0-9]{4,6}\s*部队|部队(番号|代号)|(绝密|机密)`)
)

func secret(text string) bool {
	return strings.ContainsAny(text, "部绝机密") && secretUnit.MatchString(record.Narrow(text))
}

// healText takes a plain text; a second column of the same field is appended.
func (h *healer) healText(text string, col column) {
	at := h.texts(col.field)
	if at == nil {
		return
	}
	if *at != "" && *at != text {
		text = *at + "；" + text
	}
	*at = text
}

// healCode takes a word of a code table. A word that the table does not know
// is not stored and asked: nothing similar is taken in its place.
func (h *healer) healCode(text, field string) {
	at := h.codes(field)
	code, ok := h.words.code(field, text)
	if !ok && field == fieldPolitics && strings.ContainsAny(text, "√✓✔") {
		code, ok = "01", true
	}
	switch {
	case !ok && nothing(text):
	case !ok:
		h.found(record.Problem{Field: field, Level: record.LevelReview, Code: record.CodeUnknownCode, Args: []string{shorten(text)}})
	case *at == "":
		*at = code
	}
}

// shorten keeps a finding short, whatever stood in the cell.
func shorten(text string) string {
	r := []rune(text)
	if len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return text
}

// healBranch parts 陆军步兵 into the service and the arm.
func (h *healer) healBranch(text, field string) {
	v := &h.draft.Volunteer
	text = squeeze(text)
	if code, ok := h.words.code(fieldBranch, text); ok {
		if v.Branch == "" {
			v.Branch = code
		}
		return
	}
	for word, code := range h.words.codes[fieldBranch] {
		rest, cut := strings.CutPrefix(text, word)
		if cut && len([]rune(word)) > 1 && v.Branch == "" && !strings.ContainsAny(rest, "0123456789") {
			// 武警 and 武警水电 begin alike: the longer word is the service.
			if longer := h.longerBranch(text, word); longer != "" {
				continue
			}
			v.Branch, v.Arm = code, strings.Trim(rest, "-/、()（）")
			return
		}
	}
	if field == fieldArm {
		v.Arm = text
		return
	}
	h.found(record.Problem{Field: fieldBranch, Level: record.LevelReview, Code: record.CodeUnknownCode, Args: []string{shorten(text)}})
}

func (h *healer) longerBranch(text, word string) string {
	for other := range h.words.codes[fieldBranch] {
		if len(other) > len(word) && strings.HasPrefix(text, other) {
			return other
		}
	}
	return ""
}

// healList takes a cell that lists skills or categories; what the table does
// not know goes to the note beside the skills.
func (h *healer) healList(text, field string) {
	v := &h.draft.Volunteer
	list := &v.Skills
	if field == fieldCategories {
		list = &v.Categories
	}
	for _, piece := range pieces(text) {
		code, ok := h.words.code(field, strings.TrimPrefix(strings.TrimPrefix(piece, "会"), "懂"))
		switch {
		case ok:
			*list = with(*list, code)
		case field == fieldSkills && !strings.Contains(v.SkillNote, piece):
			v.SkillNote = joined(v.SkillNote, piece)
		case field == fieldCategories:
			h.found(record.Problem{Field: field, Level: record.LevelReview, Code: record.CodeUnknownCode, Args: []string{shorten(piece)}})
		}
	}
}

func with(list []string, one string) []string {
	for _, have := range list {
		if have == one {
			return list
		}
	}
	return append(list, one)
}

func joined(text, more string) string {
	if text == "" {
		return more
	}
	return text + "；" + more
}

// healVillage keeps the name as the paper says it, and its code where the
// caller's table knows it. 某某街道东风里社区 is looked up without the street.
func (h *healer) healVillage(text string) {
	v := &h.draft.Volunteer
	name := strings.TrimSpace(record.Narrow(text))
	name = strings.Join(strings.Fields(name), "")
	if h.setVillage(name) {
		return
	}
	for _, street := range []string{"街道办事处", "街道", "镇", "乡"} {
		if i := strings.LastIndex(name, street); i > 0 && i+len(street) < len(name) {
			if rest := name[i+len(street):]; placeName(rest) || h.known(rest) {
				h.setVillage(rest)
				return
			}
		}
	}
	v.Village, v.VillageName = "", name
}

func (h *healer) known(name string) bool {
	if h.villages == nil {
		return false
	}
	_, ok := h.villages(name)
	return ok
}

func (h *healer) setVillage(name string) bool {
	v := &h.draft.Volunteer
	v.Village, v.VillageName = "", name
	if h.villages == nil {
		return false
	}
	code, ok := h.villages(name)
	v.Village = code
	return ok
}

// placeName reports a text that ends as communities and villages do.
func placeName(s string) bool {
	n := len([]rune(s))
	if n < 2 || n > 20 || strings.ContainsAny(s, "：:，,。0123456789") {
		return false
	}
	for _, ending := range []string{"社区", "村", "居委会", "村委会", "居民委员会", "村民委员会", "嘉园", "家园", "新村", "里", "小区"} {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	return false
}
