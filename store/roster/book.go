package roster

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"

	"rongyuan/store/record"
)

// Source is a file that is read in place. Its name is for messages only: what
// it is, its content tells.
type Source struct {
	Name string
	Size int64 // bytes
	io.ReaderAt
}

// Options say how to read.
type Options struct {
	// Sheet names the one sheet to read, even a hidden one. Without it every
	// visible sheet that holds a roster is read.
	Sheet string
	// Mapping holds what was decided by hand for kinds of sheets; nil for none.
	Mapping *Mapping
	// Today judges ages and dates, and is the day of an agreement that the
	// roster does not date.
	Today record.Day
	// As is the role of the people; [Volunteers] when empty.
	As Role
	// Progress is told how much of the file is done, in bytes as unpacked. It
	// may be nil.
	Progress func(done, total int)
	// Villages finds the code of a community by the name that a roster writes.
	// Without it names stay names.
	Villages func(name string) (code string, ok bool)
	// FillDown confirms that a community or team which stands once above its
	// people holds for the rows below it; merged cells need no such word.
	FillDown bool
	// Each takes every draft as soon as it is read, in order; Book.Drafts stays
	// empty then, so that nobody needs to hold a large roster. A file may be
	// refused after some drafts were given: what was taken is void then, since
	// half a roster looks like a whole one. An error ends the reading and comes
	// back as it is. Nil for none.
	Each func(record.Draft) error
}

// Book is what was read.
type Book struct {
	SHA256 string
	Sheets []Sheet // those with a roster, as they lie in the workbook
	Drafts []record.Draft
	// Skipped counts the rows that hold no person: titles, totals, notes, blank
	// rows between people, repeated heads.
	Skipped int
	// Notes are about the workbook as a whole.
	Notes record.Problems
}

// Sheet is one sheet of the book.
type Sheet struct {
	Name       string
	HeaderRows []int             // as the spreadsheet counts
	Mapping    map[string]string // letter of a column → field
	Ignored    map[string]string // letter of a column → its head
	// Fingerprint stands for the heads; see [Mapping].
	Fingerprint string
	Rows        int // with a person
	Skipped     int
	Hidden      bool // the sheet was hidden and asked for by name
	Notes       record.Problems

	form Form
}

// Read reads a workbook. A workbook that is no workbook, is protected, damaged
// or hostile, or holds no roster is refused with the code of the reason, and
// nothing of it is given back: half a roster looks like a whole one.
func Read(ctx context.Context, src Source, opt Options) (Book, error) {
	wb, err := openTables(src)
	if err != nil {
		return Book{}, err
	}
	rd := &reader{ctx: ctx, wb: wb, opt: opt}
	rd.heal = &healer{
		today: opt.Today, as: opt.As, date1904: wb.from1904(),
		words: newVocabulary(), villages: remembered(opt.Villages),
	}
	if rd.book.SHA256, err = hashOf(src); err != nil {
		return Book{}, err
	}
	if err := rd.sheets(); err != nil {
		return Book{}, err
	}
	rd.book.Drafts = rd.drafts()
	if opt.As != Veterans && rd.assumed {
		rd.book.Notes.Add(record.LevelWarning, fieldAgreed, record.CodeAgreementTaken)
	}
	return rd.book, nil
}

func hashOf(src Source) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(src, 0, src.Size)); err != nil {
		return "", record.Fail(record.CodeFileUnread, src.Name).Because(err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// reader is one reading of a workbook.
type reader struct {
	ctx     context.Context
	wb      tables
	opt     Options
	heal    *healer
	book    Book
	held    [][]record.Draft
	assumed bool // a person's agreement was dated today
}

// sheets reads the sheets that are asked for. The first refusal of a sheet
// that is not a roster is kept: it is the answer when no sheet is one.
func (r *reader) sheets() error {
	chosen, err := r.choose()
	if err != nil {
		return err
	}
	var refusal *record.Error
	for _, s := range chosen {
		err := r.sheet(s)
		var no *record.Error
		switch {
		case err == nil:
		case errors.As(err, &no) && notRoster(no.Code):
			if refusal == nil || refusal.Code == record.CodeNoSheet || no.Code == record.CodeSignInSheet {
				refusal = no
			}
		default:
			return err
		}
	}
	if len(r.book.Sheets) == 0 {
		if refusal == nil {
			refusal = record.Fail(record.CodeNoSheet)
		}
		return refusal
	}
	return nil
}

func notRoster(code record.Code) bool {
	switch code {
	case record.CodeNoHeader, record.CodeNoNameColumn, record.CodeSignInSheet, record.CodeNoSheet:
		return true
	}
	return false
}

// choose picks the sheets; one without cells, a chart, is none. Hidden ones are
// told, not read.
func (r *reader) choose() ([]sheetPart, error) {
	var out []sheetPart
	for _, s := range r.wb.list() {
		switch {
		case s.path == "":
		case r.opt.Sheet != "":
			if s.name == r.opt.Sheet {
				out = append(out, s)
			}
		case s.hidden:
			r.book.Notes.Add(record.LevelWarning, "", record.CodeSheetHidden, s.name)
		default:
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		if r.opt.Sheet != "" {
			return nil, record.Fail(record.CodeNoSheet, r.opt.Sheet)
		}
		return nil, record.Fail(record.CodeNoSheet)
	}
	r.report(out)
	return out, nil
}

// report tells the progress, counted over the sheets that will be read.
func (r *reader) report(chosen []sheetPart) {
	if r.opt.Progress == nil {
		return
	}
	done, total := 0, 0
	for _, s := range chosen {
		total += int(r.wb.size(s))
	}
	r.wb.tell(func(n int) {
		// A sheet of which the merged cells are looked up first is read twice.
		done = min(done+n, total)
		r.opt.Progress(done, total)
	})
}

// sheet reads one sheet to its end, whatever it holds: a sheet that is cut
// below its last person is damaged all the same.
func (r *reader) sheet(s sheetPart) error {
	sr := &sheetReader{reader: r, part: s}
	found, err := r.wb.scan(r.ctx, s, sr.take)
	if err != nil {
		return err
	}
	if err := sr.end(found); err != nil {
		return err
	}
	r.book.Sheets = append(r.book.Sheets, sr.sheet)
	r.book.Skipped += sr.sheet.Skipped
	return nil
}

// give hands a draft to whoever takes them, or holds it. A large roster is held
// in pieces until its end: a list that grows by copying itself would need the
// memory several times over.
func (r *reader) give(d record.Draft) error {
	if r.opt.Each != nil {
		return r.opt.Each(d)
	}
	if n := len(r.held); n == 0 || len(r.held[n-1]) == cap(r.held[n-1]) {
		r.held = append(r.held, make([]record.Draft, 0, 64<<min(2*n, 7)))
	}
	last := len(r.held) - 1
	r.held[last] = append(r.held[last], d)
	return nil
}

func (r *reader) drafts() []record.Draft {
	if len(r.held) == 1 {
		return r.held[0]
	}
	return slices.Concat(r.held...)
}
