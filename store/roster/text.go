package roster

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"rongyuan/store/record"
)

// maxText is the most bytes of a table as text: 100,000 rows and 20 columns
// have about 25 MB.
const maxText = 64 << 20

// textTable is a table written as text: lines, and a mark between the cells.
// Every cell is text, so that no number is ever rounded here.
type textTable struct {
	text  string
	comma byte
	told  func(int)
}

// openText opens CSV, text with tabs between the cells, and lists of people.
func openText(src Source) (tables, error) {
	text, err := wholeText(src)
	if err != nil {
		return nil, err
	}
	if comma := separator(text); comma != 0 {
		return &textTable{text: text, comma: comma}, nil
	}
	return newPersonList(text), nil
}

// wholeText decodes a file of text: UTF-8 and UTF-16 by their marks, UTF-8 by
// its form, else GB 18030, in which Chinese Excel writes CSV. A file that ends
// inside a character is cut.
func wholeText(src Source) (string, error) {
	if src.Size > maxText {
		return "", record.Fail(record.CodeTooManyRows, "100000")
	}
	b, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size))
	if err != nil {
		return "", record.Fail(record.CodeFileUnread, src.Name).Because(err)
	}
	from := simplifiedchinese.GB18030
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xFE")), bytes.HasPrefix(b, []byte("\xFE\xFF")):
		if len(b)%2 != 0 {
			return "", record.Fail(record.CodeWorkbookCut)
		}
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")), utf8.Valid(b):
		from = nil
	case utf8.Valid(b[:max(0, len(b)-3)]), utf8.Valid(b[:len(b)-1]), utf8.Valid(b[:max(0, len(b)-2)]):
		return "", record.Fail(record.CodeWorkbookCut)
	}
	if from != nil {
		if b, err = from.NewDecoder().Bytes(b); err != nil {
			return "", record.Fail(record.CodeNotWorkbook).Because(err)
		}
		if bytes.HasSuffix(b, []byte("\uFFFD")) {
			return "", record.Fail(record.CodeWorkbookCut)
		}
	}
	b = bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 {
		return "", record.Fail(record.CodeNotWorkbook)
	}
	return string(b), nil
}

// separator is the mark between the cells, 0 when the text is no table: the
// mark with which the most heads are found among the first lines.
func separator(text string) byte {
	best, most := byte(0), 1
	for _, comma := range []byte{'\t', ',', ';', '|'} {
		t := &textTable{text: text, comma: comma}
		var rows []row
		err := t.rows(context.Background(), func(r *row) error {
			rows = append(rows, row{r.num, r.hidden, append([]cell(nil), r.cells...)})
			if len(rows) == headerRows+headerDepth {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) && record.CodeOf(err) != record.CodeSheetDamaged {
			continue
		}
		h, code := findHeader(rows)
		if columns := len(h.columns); code == "" && columns > most {
			best, most = comma, columns
		} else if code == record.CodeNoNameColumn && best == 0 {
			best = comma
		}
	}
	return best
}

var errEnough = errors.New("enough rows")

func (t *textTable) list() []sheetPart     { return []sheetPart{{name: "文本", path: "text"}} }
func (t *textTable) size(sheetPart) int64  { return int64(len(t.text)) }
func (t *textTable) tell(told func(n int)) { t.told = told }
func (t *textTable) from1904() bool        { return false }
func (t *textTable) done(n int) {
	if t.told != nil {
		t.told(n)
	}
}

func (t *textTable) scan(ctx context.Context, s sheetPart, visit func(*row) error) (shape, error) {
	last := 0
	err := t.rows(ctx, func(r *row) error {
		last = r.num
		return visit(r)
	})
	return shape{}, cutAfter(err, last, s.name)
}

// rows parts the text by the rules of RFC 4180, and lets a quote inside a cell
// be. Rows are counted as a spreadsheet does that opens the file.
func (t *textTable) rows(ctx context.Context, visit func(*row) error) error {
	m := &rowMaker{ctx: ctx, visit: visit}
	rest := t.text
	for num := 1; rest != ""; num++ {
		if err := m.begin(num, false); err != nil {
			return tooManyRows()
		}
		before := len(rest)
		for col, more := 0, true; more; col++ {
			var text string
			var err error
			if text, rest, more, err = t.cell(rest); err != nil {
				return err
			}
			if err := m.add(cell{col: col, text: formulaText(text)}); err != nil {
				return err
			}
		}
		t.done(before - len(rest))
		if err := m.end(); err != nil {
			return err
		}
	}
	return nil
}

// maxQuoted is where a quote that nobody closes is given up.
const maxQuoted = 4 * maxCell

// cell takes one cell off the front; more says that another follows in the row.
func (t *textTable) cell(s string) (text, rest string, more bool, err error) {
	if !strings.HasPrefix(s, `"`) {
		i := strings.IndexAny(s, string(rune(t.comma))+"\r\n")
		if i < 0 {
			return s, "", false, nil
		}
		text, rest, more = t.after(s, i)
		return text, rest, more, nil
	}
	for i := 1; i < len(s) && i < maxQuoted; i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			i++
			continue
		}
		if end := i + 1; end == len(s) || s[end] == t.comma || s[end] == '\r' || s[end] == '\n' {
			_, rest, more = t.after(s, end)
			return strings.ReplaceAll(s[1:i], `""`, `"`), rest, more, nil
		}
	}
	return "", "", false, damaged(errUnfinished)
}

// after parts a text at a mark or a line's end.
func (t *textTable) after(s string, i int) (text, rest string, more bool) {
	text = s[:i]
	switch {
	case i == len(s):
		return text, "", false
	case s[i] == t.comma:
		return text, s[i+1:], true
	case strings.HasPrefix(s[i:], "\r\n"):
		return text, s[i+2:], false
	}
	return text, s[i+1:], false
}

// formulaText opens ="129999…", by which exports keep a spreadsheet from
// reading a number.
func formulaText(s string) string {
	if inner, cut := strings.CutPrefix(s, `="`); cut && strings.HasSuffix(inner, `"`) {
		return strings.TrimSuffix(inner, `"`)
	}
	return s
}
