package roster

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"rongyuan/store/record"
)

// maxFile is the most bytes of a file that are looked at. The largest roster
// of a district, 100,000 rows, has about 20 MB.
const maxFile = 128 << 20

// kind is what a file is by its content; its suffix never counts.
type kind int

const (
	kindArchive  kind = iota // zip: .xlsx, .xlsm, and what is refused there
	kindCompound             // OLE: .xls, and protected workbooks
	kindWeb                  // a table of HTML, often named .xls
	kindXML                  // SpreadsheetML of 2003, often named .xls
	kindText                 // CSV, text with tabs, or a list of people
)

func kindOf(src Source) (kind, error) {
	if src.Size == 0 {
		return 0, record.Fail(record.CodeFileEmpty)
	}
	if src.Size > maxFile {
		return 0, record.Fail(record.CodeWorkbookBomb)
	}
	head := make([]byte, min(src.Size, 64<<10))
	if _, err := io.ReadFull(io.NewSectionReader(src, 0, src.Size), head); err != nil {
		return 0, record.Fail(record.CodeFileUnread, src.Name).Because(err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return kindArchive, nil
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return 0, record.Fail(record.CodeNotWorkbook)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return kindCompound, nil
	case oldStream(head):
		return 0, record.Fail(record.CodeOldWorkbook)
	}
	return textKind(head)
}

// oldStream reports a workbook of Excel 2 to 4, which has no wrapping.
func oldStream(head []byte) bool {
	return len(head) > 8 && head[0] == 0x09 && (head[1] == 0 || head[1] == 2 || head[1] == 4) && head[2] <= 8 && head[3] == 0
}

// textKind tells the kinds of text: a page, an XML table, or lines.
func textKind(head []byte) (kind, error) {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n"))
	switch {
	case bytes.HasPrefix(text, []byte("<")):
		return markupKind(text)
	case bytes.HasPrefix(text, []byte("mime-version:")):
		return 0, record.Fail(record.CodeWebTable)
	case bytes.HasPrefix(text, []byte("%pdf")), bytes.HasPrefix(text, []byte(`{\rtf`)):
		return 0, record.Fail(record.CodeNotWorkbook)
	case isText(head):
		return kindText, nil
	}
	return 0, record.Fail(record.CodeNotWorkbook)
}

// markupKind parts pages from XML tables. A page of frames holds its table in
// other files, which did not come with it.
func markupKind(text []byte) (kind, error) {
	if bytes.Contains(text, []byte("office:spreadsheet")) && bytes.Contains(text, []byte("<?xml")) && !bytes.Contains(text, []byte("<html")) {
		return kindXML, nil
	}
	if bytes.Contains(text, []byte("<frameset")) {
		return 0, record.Fail(record.CodeWebTable)
	}
	for _, mark := range []string{"<html", "<table", "<!doctype html"} {
		if bytes.Contains(text, []byte(mark)) {
			return kindWeb, nil
		}
	}
	return 0, record.Fail(record.CodeNotWorkbook)
}

func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// isText reports whether bytes read as text in UTF-8, UTF-16 or GB 18030.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		return true
	}
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\r' && b != '\n' {
			return false
		}
	}
	// The sample may end inside a character.
	for cut := range min(4, len(head)) {
		if utf8.Valid(head[:len(head)-cut]) {
			return true
		}
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(head[:len(head)-min(len(head)-1, 3)])
	return err == nil && bytes.Count(out, []byte("\uFFFD"))*50 < len(out)
}
