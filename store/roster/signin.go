package roster

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// SignIn is what a sign-in sheet says: who was there. It makes nobody a
// volunteer; the window offers the names to an activity.
type SignIn struct {
	Title string     // as the sheet writes it, "" when it has none
	Date  record.Day // of the activity, "" when the sheet does not say it
	// Names are the people in the order of their serial numbers, as written but
	// without spaces for alignment; a blank line is nobody.
	Names []SignInName
}

// SignInName is one person of a sign-in sheet.
type SignInName struct {
	Name   string
	Phone  string // normalised; "" when the sheet has none
	Signed bool   // a mark or a time stands beside the name
	Row    int    // as the spreadsheet counts
	serial int
}

// maxSignIn is more than an activity of a street has.
const maxSignIn = 5000

// ReadSignIn reads a sign-in sheet: the one of the name in opt, or the first
// that is one. A file without one is refused with no_sheet.
func ReadSignIn(ctx context.Context, src Source, opt Options) (SignIn, error) {
	files, err := openTables(src)
	if err != nil {
		return SignIn{}, err
	}
	for _, s := range files.list() {
		if s.path == "" || (opt.Sheet == "" && s.hidden) || (opt.Sheet != "" && s.name != opt.Sheet) {
			continue
		}
		sr := &signReader{heal: &healer{today: opt.Today, date1904: files.from1904(), words: newVocabulary()}}
		if _, err := files.scan(ctx, s, sr.take); err != nil {
			return SignIn{}, err
		}
		if out, ok := sr.end(); ok {
			return out, nil
		}
	}
	return SignIn{}, record.Fail(record.CodeNoSheet, opt.Sheet)
}

type signReader struct {
	heal *healer
	rows []row
}

// take holds the rows back: nobody signs in by the thousand.
func (s *signReader) take(r *row) error {
	if len(s.rows) > maxSignIn {
		return tooManyRows()
	}
	s.rows = append(s.rows, row{r.num, r.hidden, slices.Clone(r.cells)})
	return nil
}

func (s *signReader) end() (SignIn, bool) {
	head, code := findHeader(s.rows)
	if code != "" {
		return SignIn{}, false
	}
	l := &layout{header: head}
	l.byValues(s.rows[head.first+head.depth:], s.heal)
	if !l.signIn(s.rows[:head.first]) {
		return SignIn{}, false
	}
	var out SignIn
	out.Title, out.Date = s.title(s.rows[:head.first])
	out.Names = s.names(l, nameBlocks(l.columns))
	return out, true
}

// names goes through the rows from left to right, and then by serial number
// where all people have one: some sheets count downwards.
func (s *signReader) names(l *layout, blocks [][]column) []SignInName {
	var out []SignInName
	for i := range s.rows[l.first+l.depth:] {
		r := &s.rows[l.first+l.depth+i]
		if l.titled(r) {
			continue
		}
		for _, block := range blocks {
			if one := s.name(r, block); one.Name != "" {
				out = append(out, one)
			}
		}
	}
	seen := map[int]bool{}
	for _, one := range out {
		seen[one.serial] = true
	}
	if len(seen) == len(out) && !seen[0] {
		slices.SortStableFunc(out, func(a, b SignInName) int { return a.serial - b.serial })
	}
	return out
}

// name is the person of one block of a row; without a name nobody is.
func (s *signReader) name(r *row, block []column) SignInName {
	one := SignInName{Row: r.num}
	for _, c := range block {
		at := r.at(c.col)
		text := visible(at.said())
		switch {
		case nothing(text):
		case c.field == fieldName:
			bare, _ := splitSuffix(text)
			name, found := record.ReadName(bare)
			if isTotal(name) || isClosing(text, 1) || len(found.Errors()) > 0 {
				return SignInName{}
			}
			one.Name = name
		case c.field == fieldPhones:
			if numbers, _ := record.ReadPhones(text); len(numbers) > 0 {
				one.Phone = numbers[0]
			}
		case c.field == fieldSigned:
			one.Signed = true
		case c.field == fieldSerial:
			if n, err := strconv.Atoi(text); err == nil && n > 0 {
				one.serial = n
			}
		}
	}
	return one
}

var dayForm = regexp.MustCompile(`((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})`)

// title is the first line that is no fact, and the first whole date above the
// names.
func (s *signReader) title(above []row) (title string, day record.Day) {
	for i := range above {
		for _, c := range above[i].cells {
			if read := s.heal.readDate(c, head{}); c.style == styleDay && day == "" && read.date != "" {
				day = record.Day(read.date)
			}
			text := squeeze(c.said())
			if m := dayForm.FindStringSubmatch(text); m != nil && day == "" {
				month, _ := strconv.Atoi(m[2])
				date, _ := strconv.Atoi(m[3])
				if d := record.Date(m[1] + "-" + twoDigits(month) + "-" + twoDigits(date)); d.Valid() {
					day = record.Day(d)
				}
			}
			if title == "" && !strings.ContainsAny(text, ":：") {
				title = text
			}
		}
	}
	return title, day
}
