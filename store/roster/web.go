package roster

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"rongyuan/store/record"
)

// webTable is a page with a table, as the systems of offices write it and name
// it .xls. Nothing of it is ever fetched or run: only cells are read.
type webTable struct {
	src  Source
	told func(int)
}

func openWeb(src Source) (tables, error) { return &webTable{src: src}, nil }

func (w *webTable) list() []sheetPart     { return []sheetPart{{name: "网页", path: "html"}} }
func (w *webTable) size(sheetPart) int64  { return w.src.Size }
func (w *webTable) tell(told func(n int)) { w.told = told }
func (w *webTable) from1904() bool        { return false }

// The bounds of a page.
const (
	maxTableDepth = 20
	maxWebToken   = 1 << 20
	maxSpan       = 1 << 16
)

// decoded is the page in UTF-8: by its mark or its declaration, else by its
// form. GB 2312 and GBK are read as GB 18030, which holds both.
func (w *webTable) decoded() (io.Reader, error) {
	head := make([]byte, min(w.src.Size, 64<<10))
	if _, err := io.ReadFull(io.NewSectionReader(w.src, 0, w.src.Size), head); err != nil {
		return nil, record.Fail(record.CodeFileUnread, w.src.Name).Because(err)
	}
	all := counted{io.NewSectionReader(w.src, 0, w.src.Size).Read, w.told}
	enc, name, certain := charset.DetermineEncoding(head[:min(len(head), 1024)], "")
	switch {
	case name == "utf-8", !certain && validHead(head):
		return all, nil
	case !certain, name == "gbk", name == "gb18030":
		enc = simplifiedchinese.GB18030
	}
	return transform.NewReader(all, enc.NewDecoder()), nil
}

// validHead reports UTF-8; the sample may end inside a character.
func validHead(b []byte) bool {
	for cut := range min(4, len(b)) {
		if utf8.Valid(b[:len(b)-cut]) {
			return true
		}
	}
	return false
}

func (w *webTable) scan(ctx context.Context, s sheetPart, visit func(*row) error) (shape, error) {
	r, err := w.decoded()
	if err != nil {
		return shape{}, err
	}
	z := html.NewTokenizer(r)
	z.SetMaxBuf(maxWebToken)
	p := &webScan{z: z, rowMaker: rowMaker{ctx: ctx, visit: visit}, down: map[int]int{}}
	err = p.run()
	return p.shape, cutAfter(err, p.last, s.name)
}

// webScan reads the rows of all tables of a page, one under the other. A table
// inside a cell ends the row around it: such pages use the outer one for their
// layout.
type webScan struct {
	rowMaker
	z     *html.Tokenizer
	shape shape
	depth int
	num   int
	open  bool // a row is open
	col   int
	cell  *webCell
	down  map[int]int // column → rows that a cell above still covers
}

type webCell struct {
	cell
	text         bytes.Buffer
	across, down int
}

func (p *webScan) run() error {
	for {
		kind := p.z.Next()
		var err error
		switch kind {
		case html.ErrorToken:
			return p.finish()
		case html.TextToken:
			if p.cell != nil {
				err = p.write(p.z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			err = p.start()
		case html.EndTagToken:
			name, _ := p.z.TagName()
			err = p.close(string(name))
		}
		if err != nil {
			return err
		}
	}
}

// finish judges the end of the page: one that ends inside a table was cut.
func (p *webScan) finish() error {
	switch err := p.z.Err(); {
	case errors.Is(err, html.ErrBufferExceeded):
		return record.Fail(record.CodeWorkbookBomb).Because(err)
	case !errors.Is(err, io.EOF):
		return damaged(err)
	case p.depth > 0:
		return damaged(errUnfinished)
	}
	return nil
}

func (p *webScan) start() error {
	name, more := p.z.TagName()
	switch string(name) {
	case "table":
		if p.depth++; p.depth > maxTableDepth {
			return record.Fail(record.CodeWorkbookHostile)
		}
		clear(p.down)
		return p.endRow()
	case "tr":
		if err := p.endRow(); err != nil {
			return err
		}
		return p.beginRow(p.attrs(more))
	case "td", "th":
		if p.depth > 0 {
			return p.beginCell(p.attrs(more))
		}
	case "br":
		if p.cell != nil {
			return p.write([]byte("\n"))
		}
	}
	return nil
}

func (p *webScan) attrs(more bool) map[string]string {
	out := map[string]string{}
	for more && len(out) < 100 {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		out[string(key)] = string(value)
	}
	return out
}

func (p *webScan) close(name string) error {
	switch name {
	case "td", "th":
		return p.endCell()
	case "tr":
		return p.endRow()
	case "table":
		p.depth = max(0, p.depth-1)
		clear(p.down)
		return p.endRow()
	}
	return nil
}

func (p *webScan) beginRow(attrs map[string]string) error {
	if p.depth == 0 {
		return nil
	}
	p.num++
	p.open, p.col = true, 0
	style := strings.ToLower(strings.ReplaceAll(attrs["style"], " ", ""))
	_, hidden := attrs["hidden"]
	return p.begin(p.num, hidden || strings.Contains(style, "display:none"))
}

func (p *webScan) beginCell(attrs map[string]string) error {
	if err := p.endCell(); err != nil {
		return err
	}
	if !p.open {
		if err := p.beginRow(nil); err != nil {
			return err
		}
	}
	for p.down[p.col] > 0 {
		p.col++
	}
	if p.col >= maxColumns {
		return tooManyColumns()
	}
	c := &webCell{across: spanOf(attrs["colspan"]), down: spanOf(attrs["rowspan"])}
	c.col = p.col
	c.across = min(c.across, maxColumns-c.col)
	if value, exact := attrs["x:num"]; exact && value != "" {
		c.kind = cellNumber // what Excel holds, where the page shows it rounded
		c.text.WriteString(value)
	}
	p.cell = c
	return nil
}

func spanOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}

func (p *webScan) write(b []byte) error {
	if p.cell.kind == cellNumber {
		return nil
	}
	if p.cell.text.Len()+len(b) > maxQuoted {
		return record.Fail(record.CodeWorkbookBomb)
	}
	p.cell.text.Write(b)
	return nil
}

func (p *webScan) endCell() error {
	c := p.cell
	if c == nil {
		return nil
	}
	p.cell = nil
	c.cell.text = tidyWeb(c.text.String())
	if c.down > 1 && len(p.shape.merges) < maxRows {
		p.shape.merges = append(p.shape.merges, span{p.num, p.num + c.down - 1, c.col, c.col + c.across - 1})
	}
	for col := c.col; col < c.col+c.across; col++ {
		if c.down > 1 {
			p.down[col] = c.down
		}
	}
	p.col = c.col + c.across
	return p.add(c.cell)
}

// tidyWeb makes of a page's text what it shows: line breaks of the source are
// spaces, spaces are one.
func tidyWeb(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '\n' || r == '\r' || r == '\t' || r == '\u00a0'
	}), " ")
}

func (p *webScan) endRow() error {
	if err := p.endCell(); err != nil {
		return err
	}
	if !p.open {
		return nil
	}
	p.open = false
	for col, n := range p.down {
		if n <= 1 {
			delete(p.down, col)
		} else {
			p.down[col] = n - 1
		}
	}
	return p.end()
}
