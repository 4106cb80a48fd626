package roster

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"unicode/utf16"

	"rongyuan/store/record"
)

// What a cell of a hand-made sheet may be, beside a string.
type (
	num     string // a number, exactly as the XML writes it
	shared  string // the index of a shared text
	failed  string // #REF! and the like
	iso     string // a date in the form of ISO 8601
	formula struct{ cached string }
	styled  struct {
		style int
		num   string
	}
)

// sheetXML writes a sheet of rows; nil leaves a cell out, a nil row leaves a
// row out.
func sheetXML(rows [][]any, tail string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for i, cells := range rows {
		if cells == nil {
			continue
		}
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for col, value := range cells {
			b.WriteString(cellXML(fmt.Sprintf("%s%d", Letters(col), i+1), value))
		}
		b.WriteString("</row>")
	}
	return b.String() + "</sheetData>" + tail + "</worksheet>"
}

func cellXML(ref string, value any) string {
	switch v := value.(type) {
	case string:
		var text strings.Builder
		_ = xml.EscapeText(&text, []byte(v))
		return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, text.String())
	case num:
		return fmt.Sprintf(`<c r="%s"><v>%s</v></c>`, ref, string(v))
	case shared:
		return fmt.Sprintf(`<c r="%s" t="s"><v>%s</v></c>`, ref, string(v))
	case failed:
		return fmt.Sprintf(`<c r="%s" t="e"><v>%s</v></c>`, ref, string(v))
	case iso:
		return fmt.Sprintf(`<c r="%s" t="d"><v>%s</v></c>`, ref, string(v))
	case styled:
		return fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, ref, v.style, v.num)
	case formula:
		if v.cached == "" {
			return fmt.Sprintf(`<c r="%s" t="str"><f>A1</f></c>`, ref)
		}
		return fmt.Sprintf(`<c r="%s" t="str"><f>A1</f><v>%s</v></c>`, ref, v.cached)
	}
	return ""
}

// stylesXML has the styles 1 a day, 2 a month, 3 a day of Chinese Excel, 4 text.
const stylesXML = `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts>` +
	`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="31"/><xf numFmtId="49"/></cellXfs></styleSheet>`

func bookOf(t testing.TB, rows [][]any) Source { return bookWith(t, rows, "", nil) }

// bookWith makes a workbook of one sheet, with what stands behind the rows and
// with other parts in place of the usual.
func bookWith(t testing.TB, rows [][]any, tail string, parts map[string]string) Source {
	all := workbookParts(sheetXML(rows, tail), `<sst><si><t>共用</t></si></sst>`)
	all["xl/styles.xml"] = stylesXML
	all["xl/_rels/workbook.xml.rels"] = strings.Replace(all["xl/_rels/workbook.xml.rels"], "</Relationships>",
		`<Relationship Id="rId9" Type="x/styles" Target="/xl/styles.xml"/></Relationships>`, 1)
	maps.Copy(all, parts)
	return zipSource(t, all)
}

func mustRead(t *testing.T, src Source) Book {
	t.Helper()
	book, err := Read(context.Background(), src, Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// one reads a workbook with these heads and one row, and gives its draft.
func one(t *testing.T, heads []any, cells []any) record.Draft {
	t.Helper()
	book := mustRead(t, bookOf(t, [][]any{heads, cells}))
	if len(book.Drafts) != 1 {
		t.Fatalf("%d drafts, want 1", len(book.Drafts))
	}
	return book.Drafts[0]
}

func refused(t *testing.T, src Source, want record.Code) {
	t.Helper()
	if err := refusal(t, src, want); err == nil {
		t.Fatal("the workbook was taken")
	}
}

func refusal(t *testing.T, src Source, want record.Code) *record.Error {
	t.Helper()
	book, err := Read(context.Background(), src, Options{Today: today})
	if record.CodeOf(err) != want {
		t.Fatalf("%v, want %s", err, want)
	}
	if len(book.Drafts) > 0 || len(book.Sheets) > 0 {
		t.Fatalf("%d drafts of a refused workbook", len(book.Drafts))
	}
	var out *record.Error
	if !errors.As(err, &out) {
		t.Fatalf("%v has no code", err)
	}
	return out
}

var twoHeads = []any{"姓名", "身份证号"}

const (
	wang = "129999198507011239"
	zhao = "12999919701001005X"
)

// utf16le16 is a text in units of UTF-16.
func utf16le16(s string) []uint16 { return utf16.Encode([]rune(s)) }
