package reports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// FormFill is what a form is filled with.
type FormFill struct {
	Source  record.FormSource
	Mapping record.FormMapping
	// Full writes identity and telephone numbers in full. The zero value masks
	// them.
	Full bool
}

// FormFilled says what was done. The findings name cells and rows for which a
// person is needed.
type FormFilled struct {
	Cells    int `json:"cells"` // that were written
	Rows     int `json:"rows"`  // with a person, a team and so on
	Problems record.Problems
}

// Fill writes the filled form. Cells with formulas keep them; what they had
// computed is taken out and the workbook asks to be computed anew when it is
// opened, so that nobody reads a total of last month. A form that lacks rows is
// refused: half a list looks like a whole one.
func (f *Form) Fill(w io.Writer, fill FormFill) (FormFilled, error) {
	if found := fill.Mapping.Check(); len(found.Errors()) > 0 {
		return FormFilled{}, record.FailField("mapping", record.CodeMalformed)
	}
	var out FormFilled
	plan := map[*gridSheet]*sheetFill{}
	for _, s := range f.sheets {
		plan[s] = &sheetFill{s: s, out: &out, put: map[spot]formValue{}, like: map[int]int{}}
	}
	for _, one := range fill.Mapping.Parts {
		if one.Sheet > len(f.sheets) || len(f.sheets[one.Sheet-1].part.xml) == 0 {
			return out, record.Fail(record.CodeFormPlace, strconv.Itoa(one.Sheet))
		}
		t := plan[f.sheets[one.Sheet-1]]
		if err := t.part(one, fill); err != nil {
			return out, err
		}
	}
	changed := map[string][]byte{}
	for s, t := range plan {
		if b := t.written(); b != nil {
			changed[s.part.name] = b
		}
		out.Cells += len(t.put)
	}
	if len(changed) > 0 {
		changed[f.book.name] = computedAnew(f.book.xml)
	}
	return out, f.write(w, changed)
}

// write copies the archive with the changed parts in their places.
func (f *Form) write(w io.Writer, changed map[string][]byte) error {
	z := zip.NewWriter(w)
	for _, one := range f.files {
		b, is := changed[one.Name]
		if !is {
			if err := z.Copy(one); err != nil {
				return fmt.Errorf("copy part of form: %w", err)
			}
			continue
		}
		head := &zip.FileHeader{Name: one.Name, Method: zip.Deflate, Modified: one.Modified}
		part, err := z.CreateHeader(head)
		if err == nil {
			_, err = io.Copy(part, bytes.NewReader(b))
		}
		if err != nil {
			return fmt.Errorf("write part of form: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write form: %w", err)
	}
	return nil
}

// spot is a cell of a sheet.
type spot struct{ row, col int }

// sheetFill is what a sheet is given.
type sheetFill struct {
	s    *gridSheet
	out  *FormFilled
	put  map[spot]formValue
	like map[int]int // row below the form's own → the row whose look it takes
}

// part decides the values of one part.
func (t *sheetFill) part(p record.FormPart, fill FormFill) error {
	v := &formValues{source: fill.Source, full: fill.Full}
	p, ok := t.settled(p)
	if !ok {
		return record.Fail(record.CodeFormPlace, t.s.name)
	}
	if p.Kind == record.FormCells {
		return t.cells(p, v)
	}
	rows := v.rows(p)
	if p.Match != "" {
		t.matched(p, rows)
		return nil
	}
	return t.inOrder(p, rows)
}

// settled is a part with its rows: those that the sheet itself shows where the
// mapping leaves them open.
func (t *sheetFill) settled(p record.FormPart) (record.FormPart, bool) {
	if p.Kind == record.FormCells {
		return p, true
	}
	if found := t.s.table(); p.From == 0 && found != nil {
		p.From = found.from
	}
	if p.From == 0 {
		return p, false
	}
	if p.To == 0 {
		p.To = t.s.roomFrom(p.From)
	}
	return p, p.To == 0 || p.To >= p.From
}

func (t *sheetFill) cells(p record.FormPart, v *formValues) error {
	for cell, field := range p.Cells {
		col, row, _ := record.CellPlace(cell)
		if field != "" {
			t.set(row, col, v.single(field))
		}
	}
	return nil
}

// inOrder fills the rows from the top.
func (t *sheetFill) inOrder(p record.FormPart, rows []formLine) error {
	free := t.free(p)
	if p.To > 0 && len(free) < len(rows) {
		return record.Fail(record.CodeFormTooSmall, t.s.name, strconv.Itoa(len(free)), strconv.Itoa(len(rows)))
	}
	last := p.From
	if n := len(free); n > 0 {
		last = free[n-1]
	}
	for i, line := range rows {
		row := 0
		if i < len(free) {
			row = free[i]
		} else {
			row = last + 1 + i - len(free)
			t.like[row] = last
		}
		t.line(p, row, line)
	}
	t.out.Rows += len(rows)
	return nil
}

// free are the rows of a part; of merged ones the first.
func (t *sheetFill) free(p record.FormPart) []int {
	end := p.To
	if end == 0 {
		end = max(p.From, t.s.lastRow())
	}
	first := 0
	for letter, field := range p.Columns {
		if n, _ := record.ColumnNumber(letter); field != "" && (first == 0 || n < first) {
			first = n
		}
	}
	var out []int
	for row := p.From; row <= end; row++ {
		if top, _ := t.s.anchor(row, first); top == row || top < p.From {
			out = append(out, row)
		}
	}
	return out
}

func (t *sheetFill) line(p record.FormPart, row int, line formLine) {
	for letter, field := range p.Columns {
		if field == "" || letter == p.Match {
			continue
		}
		col, _ := record.ColumnNumber(letter)
		if field == "row" && t.s.at(t.s.anchor(row, col)).filled() {
			continue // the numbers stand there already
		}
		t.set(row, col, line.value(field))
	}
}

// matched gives each row the figures of what it names.
func (t *sheetFill) matched(p record.FormPart, rows []formLine) {
	col, _ := record.ColumnNumber(p.Match)
	end := p.To
	if end == 0 {
		end = t.s.lastRow()
	}
	used := make([]bool, len(rows))
	for row := p.From; row <= end; row++ {
		if top, _ := t.s.anchor(row, col); top != row {
			continue
		}
		text := t.s.textAt(row, col)
		if text == "" || totalWord(text) {
			continue
		}
		i := named(rows, text)
		if i < 0 || used[i] {
			t.tell(record.CodeFormRowUnknown, cellName(col-1, row))
			continue
		}
		used[i] = true
		t.line(p, row, rows[i])
		t.out.Rows++
	}
	for i, line := range rows {
		if !used[i] && line.busy {
			t.tell(record.CodeFormNoRow, line.name)
		}
	}
}

// tell adds a finding; with several of one code each has its own argument.
func (t *sheetFill) tell(code record.Code, arg string) {
	for _, have := range t.out.Problems {
		if have.Code == code && slices.Contains(have.Args, arg) {
			return
		}
	}
	t.out.Problems = append(t.out.Problems, record.Problem{Level: record.LevelReview, Code: code, Args: []string{arg}})
}

// set gives a cell its value. Of merged cells the first shows it.
func (t *sheetFill) set(row, col int, v formValue) {
	row, col = t.s.anchor(row, col)
	have := t.s.at(row, col)
	switch {
	case v.is == blankValue:
		return
	case have != nil && have.formula:
		t.tell(record.CodeFormFormula, cellName(col-1, row))
		return
	case have.filled():
		t.tell(record.CodeFormUsed, cellName(col-1, row))
	}
	t.put[spot{row, col}] = v
}

// written is the sheet's XML with the values; nil when nothing in it changes.
func (t *sheetFill) written() []byte {
	var e edits
	t.forget(&e)
	byRow := map[int][]int{}
	last := spot{}
	for at := range t.put {
		byRow[at.row] = append(byRow[at.row], at.col)
		last.row, last.col = max(last.row, at.row), max(last.col, at.col)
	}
	for _, row := range t.newOrder(byRow) {
		cols := byRow[row]
		slices.Sort(cols)
		if r := t.s.row(row); r != nil {
			t.changeRow(&e, r, cols)
		} else {
			t.addRow(&e, row, cols)
		}
	}
	if len(e.list) == 0 {
		return nil
	}
	if t.s.data.closed && len(t.put) > 0 {
		e.list = []edit{{t.s.data.from, t.s.data.to, t.opened(e)}}
	}
	t.reach(&e, last)
	return e.apply(t.s.part.xml)
}

func (t *sheetFill) newOrder(byRow map[int][]int) []int {
	var out []int
	for row := range byRow {
		out = append(out, row)
	}
	slices.Sort(out)
	return out
}

// opened is the element of the rows of a sheet that had none.
func (t *sheetFill) opened(e edits) string {
	var b strings.Builder
	name := t.s.prefix + "sheetData"
	b.WriteString("<" + name + ">")
	for _, one := range e.list {
		b.WriteString(one.text)
	}
	b.WriteString("</" + name + ">")
	return b.String()
}

// changeRow writes cells into a row that is there.
func (t *sheetFill) changeRow(e *edits, r *formRow, cols []int) {
	added := ""
	at := r.place.innerFrom // behind the last cell to the left
	flush := func() {
		if added != "" {
			e.insert(at, added)
		}
		added = ""
	}
	i := 0
	for _, col := range cols {
		for i < len(r.cells) && r.cells[i].col < col {
			flush()
			at = r.cells[i].place.to
			i++
		}
		v := t.put[spot{r.num, col}]
		if i < len(r.cells) && r.cells[i].col == col {
			flush()
			c := r.cells[i]
			e.replace(c.place.from, c.place.to, t.s.cellXML(col, r.num, c.style, v))
			at = c.place.to
			i++
			continue
		}
		added += t.s.cellXML(col, r.num, t.s.styleAt(r, col), v)
	}
	if !r.place.closed {
		flush()
		return
	}
	if added != "" { // <row/> becomes <row>…</row>
		tag := strings.TrimRight(string(t.s.part.xml[r.place.from:r.place.innerFrom-2]), " \t\r\n")
		e.replace(r.place.from, r.place.to, tag+">"+added+"</"+t.s.prefix+"row>")
	}
}

// styleAt is how a cell looks that is not there yet: as its row, else as its
// column says.
func (s *gridSheet) styleAt(r *formRow, col int) int {
	if r != nil && r.style >= 0 {
		return r.style
	}
	for _, c := range s.columns {
		if c.from <= col && col <= c.to {
			return c.style
		}
	}
	return -1
}

var rowHeight = regexp.MustCompile(`\s(ht|customHeight|hidden|s|customFormat)="[^"]*"`)

// addRow writes a row below those that are there, looking like the one that it
// continues.
func (t *sheetFill) addRow(e *edits, row int, cols []int) {
	var b strings.Builder
	model := t.s.row(t.like[row])
	b.WriteString("<" + t.s.prefix + `row r="` + strconv.Itoa(row) + `"`)
	if model != nil {
		for _, one := range rowHeight.FindAllString(string(t.s.part.xml[model.place.from:model.place.innerFrom]), -1) {
			b.WriteString(one)
		}
	}
	b.WriteString(">")
	looks := map[int]int{}
	all := slices.Clone(cols)
	if model != nil {
		for _, c := range model.cells {
			looks[c.col] = c.style
			if !slices.Contains(all, c.col) {
				all = append(all, c.col)
			}
		}
	}
	slices.Sort(all)
	for _, col := range all {
		style, has := looks[col]
		if !has {
			style = t.s.styleAt(model, col)
		}
		if v, filled := t.put[spot{row, col}]; filled {
			b.WriteString(t.s.cellXML(col, row, style, v))
		} else if style >= 0 {
			b.WriteString("<" + t.s.prefix + `c r="` + cellName(col-1, row) + `" s="` + strconv.Itoa(style) + `"/>`)
		}
	}
	b.WriteString("</" + t.s.prefix + "row>")
	at := t.s.data.innerFrom
	for _, r := range t.s.rows {
		if r.num < row {
			at = r.place.to
		}
	}
	e.insert(at, b.String())
}

var typeOfCell = regexp.MustCompile(`\st\s*=\s*("[^"]*"|'[^']*')`)

// forget takes out what formulas had computed.
func (t *sheetFill) forget(e *edits) {
	for _, r := range t.s.rows {
		for _, c := range r.cells {
			if !c.formula || c.value.to == 0 {
				continue
			}
			e.replace(c.value.from, c.value.to, "")
			if at := typeOfCell.FindIndex(t.s.part.xml[c.place.from:c.tag]); at != nil {
				e.replace(c.place.from+at[0], c.place.from+at[1], "")
			}
		}
	}
}

// reach widens what the sheet says of how far its cells go.
func (t *sheetFill) reach(e *edits, last spot) {
	d := t.s.dimension
	if d.to <= d.from || last.row == 0 {
		return
	}
	have, ok := readArea(string(t.s.part.xml[d.from:d.to]))
	if ok && (last.row > have.bottom || last.col > have.right) {
		e.replace(d.from, d.to, cellName(have.left-1, have.top)+":"+cellName(max(have.right, last.col)-1, max(have.bottom, last.row)))
	}
}

var (
	calcTag  = regexp.MustCompile(`<([A-Za-z0-9]+:)?calcPr\b[^>]*>`)
	fullCalc = regexp.MustCompile(`\sfullCalcOnLoad\s*=\s*("[^"]*"|'[^']*')`)
	beforeIt = regexp.MustCompile(`</([A-Za-z0-9]+:)?(definedNames|externalReferences|functionGroups|sheets)>|<([A-Za-z0-9]+:)?(definedNames|externalReferences|functionGroups|sheets)\b[^>]*/>`)
)

// computedAnew makes a workbook ask to be computed when it is opened.
func computedAnew(book []byte) []byte {
	if at := calcTag.FindIndex(book); at != nil {
		tag := fullCalc.ReplaceAllString(string(book[at[0]:at[1]]), "")
		end := strings.LastIndexAny(tag, "/>")
		if strings.HasSuffix(tag, "/>") {
			end = len(tag) - 2
		}
		tag = strings.TrimRight(tag[:end], " ") + ` fullCalcOnLoad="1"` + tag[end:]
		return slices.Concat(book[:at[0]], []byte(tag), book[at[1]:])
	}
	all := beforeIt.FindAllSubmatchIndex(book, -1)
	if len(all) == 0 {
		return book
	}
	at := all[len(all)-1]
	prefix := ""
	for _, group := range []int{1, 3} {
		if at[2*group] >= 0 {
			prefix = string(book[at[2*group]:at[2*group+1]])
		}
	}
	return slices.Concat(book[:at[1]], []byte("<"+prefix+`calcPr fullCalcOnLoad="1"/>`), book[at[1]:])
}
