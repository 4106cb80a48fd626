package roster

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"rongyuan/store/record"
)

// ReadText reads text that was pasted: cells of a spreadsheet, or a list from a
// chat with one person a line. Drafts count the lines from 1.
func ReadText(ctx context.Context, text string, opt Options) (Book, error) {
	return Read(ctx, TextSource(text), opt)
}

// TextSource is pasted text as a source, for [WriteErrors].
func TextSource(text string) Source {
	return Source{Name: "粘贴的文字", Size: int64(len(text)), ReaderAt: strings.NewReader(text)}
}

// personList is a list of people with one person a line and no heads: what
// stands in a line is told by its form alone. It becomes a table of a few
// columns and goes the way of all tables; a line that names nobody becomes a
// line of notes, or of a place above its people.
type personList struct {
	lines    []string
	numbered bool
	villages bool // some line names its community
	told     func(int)
}

func newPersonList(text string) *personList {
	p := &personList{lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
	numbered := 0
	for _, line := range p.lines {
		if _, ok := ordinal(line); ok {
			numbered++
		}
	}
	p.numbered = numbered > 1
	return p
}

func (p *personList) list() []sheetPart     { return []sheetPart{{name: "名单", path: "text"}} }
func (p *personList) size(sheetPart) int64  { return int64(len(p.lines)) }
func (p *personList) tell(told func(n int)) { p.told = told }
func (p *personList) from1904() bool        { return false }

// The columns that a list becomes, by their heads.
var listHeads = []string{"备注", "姓名", "性别", "身份证号", "联系电话", "出生日期", "所属社区"}

const (
	listNote = iota
	listName
	listSex
	listID
	listPhone
	listBirth
	listVillage
)

func (p *personList) scan(ctx context.Context, s sheetPart, visit func(*row) error) (shape, error) {
	if !p.people() {
		return shape{}, record.Fail(record.CodeNoHeader, s.name)
	}
	// The heads stand above the first line.
	heads := row{num: 0}
	for col, head := range listHeads {
		if col == listVillage && !p.villages {
			continue // a line above its people may name their community
		}
		heads.cells = append(heads.cells, cell{col: col, text: head})
	}
	if err := visit(&heads); err != nil {
		return shape{}, err
	}
	m := &rowMaker{ctx: ctx, visit: visit}
	for i, line := range p.lines {
		if err := m.begin(i+1, false); err != nil {
			return shape{}, tooManyRows()
		}
		for col, text := range p.cells(line) {
			if err := m.add(cell{col: col, text: text}); err != nil {
				return shape{}, err
			}
		}
		if p.told != nil {
			p.told(1)
		}
		if err := m.end(); err != nil {
			return shape{}, cutAfter(err, i, s.name)
		}
	}
	return shape{}, nil
}

// people reports a text of which a good part names people: a letter with one
// telephone number is no list.
func (p *personList) people() bool {
	people, filled := 0, 0
	for _, line := range p.lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		filled++
		cells := p.cells(line)
		people += boolInt(cells[listName] != "")
		p.villages = p.villages || cells[listVillage] != ""
	}
	return people > 0 && people*3 >= filled
}

var (
	ordinalForm = regexp.MustCompile(`^\s*[（(]?\d{1,4}(?:[.、．)）:：]\s*|\s+)`)
	numberForm  = regexp.MustCompile(`\+?[0-9][0-9*-]{5,}[0-9xX×*]`)
	spacedForm  = regexp.MustCompile(`\b(1[3-9]\d)[ -](\d{4})[ -](\d{4})\b`)
	dateForm    = regexp.MustCompile(`^(?:19|20)\d\d[-./年]\d{1,2}`)
	nameForm    = regexp.MustCompile(`^(?:\p{Han}{2,4}|\p{Han}{1,12}(?:[·•・．.]\p{Han}{1,12})+)(?:[（(][^（()）]{1,8}[）)])?$`)
	noName      = regexp.MustCompile(`名单|报名|接龙|志愿|社区|活动|通知|合计|共计|登记|电话|身份证`)
)

// ordinal takes the number off the front of a line: 1. 2、 （3）.
func ordinal(line string) (rest string, ok bool) {
	at := ordinalForm.FindStringIndex(line)
	if at == nil {
		return line, false
	}
	return line[at[1]:], true
}

// cells tells what stands in a line. A line without a name, a number or a
// telephone is a note as a whole.
func (p *personList) cells(line string) (out [7]string) {
	rest, numbered := ordinal(line)
	rest = spacedForm.ReplaceAllString(record.Narrow(rest), "$1$2$3")
	rest = numberForm.ReplaceAllString(rest, " $0 ")
	var loose []string
	label := -1
	for _, word := range strings.FieldsFunc(rest, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",，、;；|/", r)
	}) {
		if name, value, found := strings.Cut(strings.ReplaceAll(word, "：", ":"), ":"); found {
			if label = labelled(name); label >= 0 {
				word = value
			}
		}
		col := label
		if col < 0 {
			col = formOfWord(word)
		}
		switch {
		case word == "":
			continue
		case col >= 0 && (out[col] == "" || col == listPhone):
			out[col] = strings.TrimSpace(out[col] + " " + word)
		default:
			loose = append(loose, word)
		}
		label = -1
	}
	sure := numbered || out[listID] != "" || out[listPhone] != ""
	for i, word := range loose {
		if out[listName] == "" && nameForm.MatchString(word) && !noName.MatchString(word) && (sure || len(loose) == 1 && !p.numbered) {
			out[listName] = word
			loose = append(loose[:i:i], loose[i+1:]...)
			break
		}
	}
	if out[listName] == "" && out[listID] == "" && out[listPhone] == "" {
		return [7]string{strings.TrimSpace(line)}
	}
	out[listNote] = strings.TrimSpace(out[listNote] + " " + strings.Join(loose, " "))
	return out
}

// labelled is the column of a label, 姓名：王建国, or -1.
func labelled(label string) int {
	field, _ := newHead(label).field()
	for col, of := range []string{fieldNote, fieldName, fieldSex, fieldID, fieldPhones, fieldBirth, fieldVillage} {
		if field == of {
			return col
		}
	}
	return -1
}

// formOfWord is the column that a word's form alone tells, or -1.
func formOfWord(word string) int {
	digits := 0
	for _, r := range word {
		digits += boolInt(unicode.IsDigit(r) || r == '*')
	}
	switch {
	case word == "男" || word == "女":
		return listSex
	case dateForm.MatchString(word) && digits <= 8:
		return listBirth
	case digits < 7:
		return -1
	case strings.ContainsAny(word, "-+") || digits < 14:
		return listPhone
	}
	return listID
}
