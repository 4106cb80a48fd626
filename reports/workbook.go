package reports

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook is a workbook in the making. Cells are typed: text is text also
// where it looks like a number or a formula, and numbers are numbers.
type workbook struct {
	file   *excelize.File
	first  bool // the sheet that a new file has is still unused
	foot   imprint
	styles map[kind]int
	err    error
}

// kind is how a cell looks.
type kind int

const (
	kindTitle kind = iota
	kindHead
	kindText
	kindWrap
	kindWhole
	kindHours
	kindTotal
	kindTotalHours
	kindNote
)

// hoursOf is minutes as a number of hours for a cell; shown with two decimals,
// exact in the cell.
type hoursOf int64

// col is a column of a sheet; width in characters.
type col struct {
	name  string
	width float64
	wrap  bool
}

func newWorkbook(title string, foot imprint) *workbook {
	b := &workbook{file: excelize.NewFile(), first: true, foot: foot, styles: map[kind]int{}}
	stamp := foot.made.Time().UTC().Format("2006-01-02T15:04:05Z")
	b.keep(b.file.SetDocProps(&excelize.DocProperties{
		Title: title, Creator: foot.station, LastModifiedBy: foot.maker, Created: stamp, Modified: stamp, Language: "zh-CN",
	}))
	b.keep(b.file.SetDefaultFont("宋体"))
	return b
}

// keep remembers the first error; a workbook is written whole or not at all.
func (b *workbook) keep(err error) { b.err = errors.Join(b.err, err) }

func (b *workbook) style(k kind) int {
	if id, has := b.styles[k]; has {
		return id
	}
	id, err := b.file.NewStyle(look(k))
	b.keep(err)
	b.styles[k] = id
	return id
}

func look(k kind) *excelize.Style {
	border := []excelize.Border{}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	st := &excelize.Style{
		Border:    border,
		Font:      &excelize.Font{Family: "宋体", Size: 11},
		Alignment: &excelize.Alignment{Vertical: "center"},
	}
	twoDecimals := "0.00"
	switch k {
	case kindTitle:
		st.Border, st.Font = nil, &excelize.Font{Family: "宋体", Size: 18, Bold: true}
		st.Alignment.Horizontal = "center"
	case kindHead:
		st.Font.Bold, st.Alignment.Horizontal, st.Alignment.WrapText = true, "center", true
	case kindText:
		st.NumFmt = 49 // text, so that a number typed over an identity number keeps its digits
	case kindWrap:
		st.NumFmt, st.Alignment.WrapText = 49, true
	case kindWhole:
		st.NumFmt = 1
	case kindHours:
		st.CustomNumFmt = &twoDecimals
	case kindTotal:
		st.NumFmt, st.Font.Bold = 1, true
	case kindTotalHours:
		st.CustomNumFmt, st.Font.Bold = &twoDecimals, true
	case kindNote:
		st.Border, st.Alignment.WrapText = nil, true
	}
	return st
}

// sheetPlan is a sheet: a title, a head that stays when scrolled and is repeated
// in print, rows and totals, notes below.
type sheetPlan struct {
	name, title string
	columns     []col
	rows        [][]any
	totals      [][]any
	notes       []string
	// filter puts a filter on the head, for lists that are looked through.
	filter bool
	// each gives the rows one by one instead of rows, count of them.
	each  iter.Seq[[]any]
	count int
}

// all are the rows of a sheet.
func (p sheetPlan) all() iter.Seq[[]any] {
	if p.each != nil {
		return p.each
	}
	return slices.Values(p.rows)
}

func (b *workbook) add(p sheetPlan) {
	if b.first {
		b.keep(b.file.SetSheetName("Sheet1", p.name))
		b.first = false
	} else {
		_, err := b.file.NewSheet(p.name)
		b.keep(err)
	}
	b.print(p)
	sheet, err := b.file.NewStreamWriter(p.name)
	b.keep(err)
	if b.err == nil {
		b.stream(p, sheet)
	}
}

// stream writes the rows of a sheet one by one: of a list of 100,000 rows no
// second copy stands in memory.
func (b *workbook) stream(p sheetPlan, sheet *excelize.StreamWriter) {
	for i, c := range p.columns {
		b.keep(sheet.SetColWidth(i+1, i+1, c.width))
	}
	l := lineWriter{book: b, sheet: sheet, plan: p, cells: make([]any, len(p.columns))}
	l.wide(p.title, kindTitle)
	for i, c := range p.columns {
		l.cells[i] = b.cell(cellValue{safe(c.name), kindHead})
	}
	l.put(excelize.RowOpts{Height: 32})
	for values := range p.all() {
		l.row(values, false)
	}
	for _, values := range p.totals {
		l.row(values, true)
	}
	for _, note := range p.notes {
		l.wide(note, kindNote)
	}
	b.keep(sheet.Flush())
}

// lineWriter writes the lines of a sheet from top to bottom.
type lineWriter struct {
	book  *workbook
	sheet *excelize.StreamWriter
	plan  sheetPlan
	at    int   // the line written last
	cells []any // of the line in the making
}

// put writes the line in the making.
func (l *lineWriter) put(opts ...excelize.RowOpts) {
	l.at++
	l.book.keep(l.sheet.SetRow(cellName(0, l.at), l.cells, opts...))
}

// wide writes a text over all columns.
func (l *lineWriter) wide(text string, k kind) {
	clear(l.cells)
	l.cells[0] = l.book.cell(cellValue{safe(text), k})
	l.put(excelize.RowOpts{Height: map[kind]float64{kindTitle: 32, kindNote: 18}[k]})
	l.book.keep(l.sheet.MergeCell(cellName(0, l.at), cellName(len(l.cells)-1, l.at)))
}

func (l *lineWriter) row(values []any, total bool) {
	clear(l.cells)
	for i, v := range values {
		one := typed(v, l.plan.columns[i].wrap)
		if total {
			one.kind = kindTotal
			if _, is := v.(hoursOf); is {
				one.kind = kindTotalHours
			}
		}
		l.cells[i] = l.book.cell(one)
	}
	l.put()
}

// cell is a value as excelize streams it; an empty text is a cell with a look
// and nothing in it.
func (b *workbook) cell(v cellValue) excelize.Cell {
	if v.value == "" {
		v.value = nil
	}
	return excelize.Cell{StyleID: b.style(v.kind), Value: v.value}
}

// cellValue is what excelize is handed and how it looks.
type cellValue struct {
	value any
	kind  kind
}

func typed(v any, wrap bool) cellValue {
	switch v := v.(type) {
	case string:
		if wrap {
			return cellValue{safe(v), kindWrap}
		}
		return cellValue{safe(v), kindText}
	case hoursNumber:
		return cellValue{float64(v), kindHours}
	case hoursOf:
		return cellValue{float64(v) / 60, kindHours}
	}
	return cellValue{v, kindWhole}
}

// safe makes text that no spreadsheet takes for a formula, also after it was
// saved as CSV, and that XML can hold.
func safe(text string) string {
	text = strings.ReplaceAll(printable(text), "\uFFFE", "")
	if text != "" && strings.ContainsRune("=+-@＝＋－＠|%", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// print sets a sheet up for A4 across, the head on every page.
func (b *workbook) print(p sheetPlan) {
	one, across, size := 1, "landscape", 9
	tall := 0
	b.keep(b.file.SetPanes(p.name, &excelize.Panes{
		Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A3", ActiveCell: "A3", Pane: "bottomLeft"}},
	}))
	fit := true
	b.keep(b.file.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.keep(b.file.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &across, FitToWidth: &one, FitToHeight: &tall}))
	side, top, edge := 0.7, 0.9, 0.4
	centred := true
	b.keep(b.file.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge, Horizontally: &centred,
	}))
	b.keep(b.file.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + headerText(b.foot.station) + "&R" + headerText(b.serialLine()),
		OddFooter: "&C第&P页　共&N页",
	}))
	if p.filter {
		last := 2 + max(p.count, len(p.rows), 1)
		b.keep(b.file.AutoFilter(p.name, cellName(0, 2)+":"+cellName(len(p.columns)-1, last), nil))
	}
	b.keep(b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$2", p.name), Scope: p.name,
	}))
}

func (b *workbook) serialLine() string {
	foot := b.foot
	foot.station = ""
	return foot.String()
}

// headerText escapes what a header takes for an order, and keeps it under the
// 255 characters that the format allows for the whole header.
func headerText(s string) string {
	r := []rune(printable(s))
	return strings.ReplaceAll(string(r[:min(len(r), 90)]), "&", "&&")
}

func (b *workbook) write(w io.Writer) error {
	if b.err != nil {
		return errors.Join(fmt.Errorf("make workbook: %w", b.err), b.file.Close())
	}
	if err := b.parts(w); err != nil {
		return errors.Join(fmt.Errorf("write workbook: %w", err), b.file.Close())
	}
	return b.file.Close()
}

// parts writes the workbook. excelize puts several streamed sheets into the file
// in any order; the same values must give the same bytes.
func (b *workbook) parts(w io.Writer) error {
	if b.file.SheetCount == 1 {
		_, err := b.file.WriteTo(w)
		return err
	}
	var whole bytes.Buffer
	if _, err := b.file.WriteTo(&whole); err != nil {
		return err
	}
	from, err := zip.NewReader(bytes.NewReader(whole.Bytes()), int64(whole.Len()))
	if err != nil {
		return err
	}
	to := zip.NewWriter(w)
	slices.SortFunc(from.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	for _, part := range from.File {
		if err := to.Copy(part); err != nil {
			return err
		}
	}
	return to.Close()
}

func columnName(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

func cellName(column, row int) string { return fmt.Sprintf("%s%d", columnName(column), row) }
