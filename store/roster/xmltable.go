package roster

import (
	"bytes"
	"context"
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"rongyuan/store/record"
)

// xmlTable is SpreadsheetML of 2003: a workbook in one XML document, which
// Excel and Kingsoft write and name .xls or .xml.
type xmlTable struct {
	src    Source
	told   func(int)
	sheets []sheetPart
	styles map[string]numberStyle
	mac    bool
}

// openXMLTable goes through the whole document once: which sheets there are,
// and whether they are hidden, stands behind their rows.
func openXMLTable(src Source) (tables, error) {
	t := &xmlTable{src: src, styles: map[string]numberStyle{}}
	x, err := t.reader()
	if err != nil {
		return nil, err
	}
	style, root := "", false
	for {
		k, err := x.next()
		if err != nil {
			return nil, err
		}
		if k == tokEOF {
			break
		}
		if k != tokStart {
			continue
		}
		switch string(x.name) {
		case "Workbook":
			root = x.depth == 1
		case "Style":
			style, _ = x.attr("ID")
		case "NumberFormat":
			format, _ := x.attr("Format")
			if len(t.styles) < 1<<16 {
				t.styles[style] = xmlStyle(format)
			}
		case "Date1904":
			t.mac = true
		case "Worksheet":
			if len(t.sheets) == maxSheets {
				return nil, record.Fail(record.CodeWorkbookBomb)
			}
			name, _ := x.attr("Name")
			t.sheets = append(t.sheets, sheetPart{name: name, path: "xml"})
		case "Visible":
			text, err := innerText(x)
			if err != nil {
				return nil, err
			}
			if len(t.sheets) > 0 && (text == "SheetHidden" || text == "SheetVeryHidden") {
				t.sheets[len(t.sheets)-1].hidden = true
			}
		}
	}
	if !root {
		return nil, record.Fail(record.CodeNotWorkbook)
	}
	return t, nil
}

// xmlStyle knows the names of formats that are built in.
func xmlStyle(format string) numberStyle {
	switch format {
	case "General Date", "Long Date", "Medium Date", "Short Date":
		return styleDay
	case "Long Time", "Medium Time", "Short Time":
		return styleTime
	case "General", "General Number", "Standard", "Fixed", "@", "":
		return styleNone
	}
	return formatStyle(format)
}

// reader reads the document in UTF-8, whatever Chinese encoding it declares.
func (t *xmlTable) reader() (*xmlReader, error) {
	head := make([]byte, min(t.src.Size, 200))
	if _, err := io.ReadFull(io.NewSectionReader(t.src, 0, t.src.Size), head); err != nil {
		return nil, record.Fail(record.CodeFileUnread, t.src.Name).Because(err)
	}
	var all io.Reader = counted{io.NewSectionReader(t.src, 0, t.src.Size).Read, t.told}
	if first, _, _ := bytes.Cut(bytes.ToLower(head), []byte("?>")); bytes.Contains(first, []byte(`encoding="gb`)) {
		all = transform.NewReader(all, simplifiedchinese.GB18030.NewDecoder())
	}
	return newXMLReader(all), nil
}

func (t *xmlTable) list() []sheetPart     { return t.sheets }
func (t *xmlTable) size(sheetPart) int64  { return t.src.Size }
func (t *xmlTable) tell(told func(n int)) { t.told = told }
func (t *xmlTable) from1904() bool        { return t.mac }

func (t *xmlTable) scan(ctx context.Context, s sheetPart, visit func(*row) error) (shape, error) {
	x, err := t.reader()
	if err != nil {
		return shape{}, err
	}
	p := &xmlScan{x: x, table: t, rowMaker: rowMaker{ctx: ctx, visit: visit}}
	err = p.find(s.name)
	return p.shape, cutAfter(err, p.last, s.name)
}

type xmlScan struct {
	rowMaker
	x     *xmlReader
	table *xmlTable
	shape shape
}

// find goes to a sheet, reads it, and reads on to the end of the document.
func (p *xmlScan) find(name string) error {
	seen := false
	for {
		k, err := p.x.next()
		if err != nil || k == tokEOF {
			return err
		}
		if k != tokStart || string(p.x.name) != "Worksheet" {
			continue
		}
		if title, _ := p.x.attr("Name"); title == name && !seen {
			seen = true
			if err := p.sheet(); err != nil {
				return err
			}
		}
	}
}

func (p *xmlScan) sheet() error {
	column := 0
	for depth := p.x.depth; ; {
		k, err := p.x.next()
		switch {
		case err != nil:
			return err
		case k == tokEnd && p.x.depth < depth:
			return nil
		case k != tokStart:
			continue
		}
		switch string(p.x.name) {
		case "Column":
			if at := number(p.x, "Index"); at > 0 {
				column = at - 1
			}
			last := column + max(0, number(p.x, "Span"))
			if v, _ := p.x.attr("Hidden"); yes(v) {
				p.shape.hide(column, last)
			}
			column = last + 1
		case "Row":
			if err := p.row(); err != nil {
				return err
			}
		}
	}
}

func (p *xmlScan) row() error {
	num := p.current.num + 1
	if at := number(p.x, "Index"); at > 0 {
		num = at
	}
	v, _ := p.x.attr("Hidden")
	below := max(0, number(p.x, "Span"))
	if err := p.begin(num, yes(v)); err != nil {
		return err
	}
	col := 0
	for depth := p.x.depth; ; {
		k, err := p.x.next()
		switch {
		case err != nil:
			return err
		case k == tokEnd && p.x.depth < depth:
			err := p.end()
			p.current.num = num + min(below, maxRow)
			return err
		case k == tokStart && string(p.x.name) == "Cell":
			if col, err = p.cell(col); err != nil {
				return err
			}
		}
	}
}

func (p *xmlScan) cell(col int) (next int, err error) {
	if at := number(p.x, "Index"); at > 0 {
		if at-1 < col {
			return 0, damaged(errMalformed)
		}
		col = at - 1
	}
	across, down := max(0, number(p.x, "MergeAcross")), max(0, number(p.x, "MergeDown"))
	if (across > 0 || down > 0) && len(p.shape.merges) < maxRows && across < maxRow && down < maxRow {
		p.shape.merges = append(p.shape.merges, span{p.current.num, p.current.num + down, col, col + across})
	}
	one := cell{col: col}
	style, _ := p.x.attr("StyleID")
	one.style = p.table.styles[style]
	_, one.formula = p.x.attr("Formula")
	for depth := p.x.depth; ; {
		k, err := p.x.next()
		switch {
		case err != nil:
			return 0, err
		case k == tokEnd && p.x.depth < depth:
			return col + min(across, maxRow) + 1, p.add(one)
		case k == tokStart && string(p.x.name) == "Data":
			kind, _ := p.x.attr("Type")
			if one.text, err = innerText(p.x); err != nil {
				return 0, err
			}
			one.kind = xmlKind(kind)
		case k == tokStart && string(p.x.name) == "Comment":
			if err := p.x.skip(); err != nil {
				return 0, err
			}
		}
	}
}

func xmlKind(kind string) cellKind {
	switch kind {
	case "Number":
		return cellNumber
	case "DateTime":
		return cellDate
	case "Boolean":
		return cellBool
	case "Error":
		return cellError
	}
	return cellText
}

// innerText is all text of the element that was just opened, whatever elements
// of layout stand in it.
func innerText(x *xmlReader) (string, error) {
	var out []byte
	for depth := x.depth; ; {
		k, err := x.next()
		switch {
		case err != nil:
			return "", err
		case k == tokText:
			if out, err = x.appendText(out); err != nil {
				return "", err
			}
			if len(out) > maxQuoted {
				return "", record.Fail(record.CodeWorkbookBomb)
			}
		case k == tokEnd && x.depth < depth:
			return string(out), nil
		}
	}
}
