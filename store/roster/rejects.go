package roster

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

// ReasonHead is the head of the column that says why a row was not taken. A
// sheet that has it reads as the same sheet without it.
const ReasonHead = "不能导入的原因"

// At is a row of a workbook.
type At struct {
	Sheet string
	Row   int
}

// WriteErrors writes the rows that were not taken as a workbook that looks like
// the one they came from, so that they can be put right and read again: the
// same sheets, titles and heads, the rejected rows only, and a red column with
// the reason of each. Every cell is text, so that no number loses digits again
// and nothing is ever calculated. Of the drafts of the book it needs those of
// the rejected rows.
func WriteErrors(w io.Writer, src Source, book Book, reasons map[At]string) error {
	wb, err := openTables(src)
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	out := &rejects{file: f, wb: wb, book: book, reasons: reasons, used: map[string]bool{}}
	if err := out.styles(); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	for _, s := range book.Sheets {
		if err := out.sheet(s); err != nil {
			return err
		}
	}
	if len(out.used) == 0 {
		return record.Fail(record.CodeNothingToDo)
	}
	if !out.used["Sheet1"] {
		if err := f.DeleteSheet("Sheet1"); err != nil {
			return record.Fail(record.CodeFileUnwritten).Because(err)
		}
	}
	f.SetActiveSheet(0)
	if err := f.Write(w); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return nil
}

type rejects struct {
	file    *excelize.File
	wb      tables
	book    Book
	reasons map[At]string
	used    map[string]bool // names of the sheets that were written

	plain, head, red int
}

func (o *rejects) styles() error {
	const text = 49 // the built-in format @
	border := []excelize.Border{
		{Type: "left", Color: "BFBFBF", Style: 1},
		{Type: "right", Color: "BFBFBF", Style: 1},
		{Type: "top", Color: "BFBFBF", Style: 1},
		{Type: "bottom", Color: "BFBFBF", Style: 1},
	}
	for _, one := range []struct {
		id    *int
		style excelize.Style
	}{
		{&o.plain, excelize.Style{NumFmt: text, Border: border}},
		{&o.head, excelize.Style{NumFmt: text, Border: border, Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Horizontal: "center", WrapText: true}}},
		{&o.red, excelize.Style{NumFmt: text, Border: border, Font: &excelize.Font{Color: "C00000"}, Alignment: &excelize.Alignment{WrapText: true}}},
	} {
		id, err := o.file.NewStyle(&one.style)
		if err != nil {
			return err
		}
		*one.id = id
	}
	return nil
}

// sheet copies the rejected rows of one sheet; a sheet without any is left out.
func (o *rejects) sheet(s Sheet) error {
	some := false
	for at := range o.reasons {
		some = some || at.Sheet == s.Name
	}
	part, ok := o.part(s.Name)
	if !some || !ok {
		return nil
	}
	name := o.name(s.Name)
	if _, err := o.file.NewSheet(name); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	sw, err := o.file.NewStreamWriter(name)
	if err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	c := &rejectCopy{rejects: o, sheet: s, to: sw, reason: reasonColumn(s), places: o.places(s)}
	if err := sw.SetColWidth(1, max(c.reason, 1), 16); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	if err := sw.SetColWidth(c.reason+1, c.reason+1, 48); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	if _, err := o.wb.scan(context.Background(), part, c.row); err != nil {
		return err
	}
	if err := sw.Flush(); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return nil
}

func (o *rejects) part(name string) (sheetPart, bool) {
	for _, p := range o.wb.list() {
		if p.name == name && p.path != "" {
			return p, true
		}
	}
	return sheetPart{}, false
}

// name makes a name that a spreadsheet accepts of whatever the file says.
func (o *rejects) name(from string) string {
	name := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return -1
		}
		return r
	}, from), "'")
	if r := []rune(name); len(r) > 25 {
		name = string(r[:25])
	}
	if name == "" || !utf8.ValidString(name) {
		name = "花名册"
	}
	for o.used[name] {
		name += "_"
	}
	o.used[name] = true
	return name
}

// places are the communities of rows whose cell is merged with one above, which
// the rejected rows alone would lose.
func (o *rejects) places(s Sheet) map[int]string {
	out := map[int]string{}
	for i := range o.book.Drafts {
		if d := &o.book.Drafts[i]; d.Sheet == s.Name {
			out[d.Row] = d.Volunteer.VillageName
		}
	}
	return out
}

// reasonColumn is the first column right of all heads, from 0.
func reasonColumn(s Sheet) int {
	most := -1
	for letter, title := range s.form.Heads {
		col, _ := splitRef([]byte(letter + "1"))
		if title == ReasonHead {
			return col
		}
		most = max(most, col)
	}
	return most + 1
}

// rejectCopy writes the rows of one sheet.
type rejectCopy struct {
	*rejects
	sheet  Sheet
	to     *excelize.StreamWriter
	reason int
	places map[int]string
	wrote  int
}

func (c *rejectCopy) row(r *row) error {
	rows := c.sheet.HeaderRows
	last := rows[len(rows)-1]
	reason, rejected := c.reasons[At{c.sheet.Name, r.num}]
	style := c.plain
	switch {
	case r.num == rows[0]:
		reason, style = ReasonHead, c.head
	case r.num <= last:
		style = c.head
	case !rejected:
		return nil
	}
	cells := make([]any, c.reason+1)
	for i := range cells {
		cells[i] = excelize.Cell{StyleID: style}
	}
	for _, one := range r.cells {
		if one.col < c.reason {
			cells[one.col] = excelize.Cell{StyleID: style, Value: c.text(one)}
		}
	}
	if r.num > last {
		c.fillPlace(cells, r)
	}
	if reason != "" {
		cells[c.reason] = excelize.Cell{StyleID: c.red, Value: reason}
	}
	c.wrote++
	at, err := excelize.CoordinatesToCellName(1, c.wrote)
	if err == nil {
		err = c.to.SetRow(at, cells)
	}
	if err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return nil
}

// text is what a person saw in the cell; a date is written in full.
func (c *rejectCopy) text(one cell) string {
	if one.kind == cellNumber && (one.style == styleDay || one.style == styleMonth) {
		h := &healer{date1904: c.wb.from1904()}
		if d, ok := h.serial(one.text); ok {
			if one.style == styleMonth {
				d = d[:7]
			}
			return string(d)
		}
	}
	return one.said()
}

func (c *rejectCopy) fillPlace(cells []any, r *row) {
	for letter, field := range c.sheet.Mapping {
		col, _ := splitRef([]byte(letter + "1"))
		if field == fieldVillage && col >= 0 && col < len(cells) && strings.TrimSpace(r.at(col).text) == "" {
			cells[col] = excelize.Cell{StyleID: c.plain, Value: c.places[r.num]}
		}
	}
}
