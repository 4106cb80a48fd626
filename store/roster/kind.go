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

// checkKind tells by its content, never by its suffix, what a file is. It is
// nil for a zip archive, else the refusal.
func checkKind(src Source) error {
	if src.Size == 0 {
		return record.Fail(record.CodeFileEmpty)
	}
	if src.Size > maxFile {
		return record.Fail(record.CodeWorkbookBomb)
	}
	head := make([]byte, min(src.Size, 64<<10))
	if _, err := io.ReadFull(io.NewSectionReader(src, 0, src.Size), head); err != nil {
		return record.Fail(record.CodeFileUnread, src.Name).Because(err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return record.Fail(record.CodeNotWorkbook)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return oleKind(src)
	}
	return textKind(head)
}

// oleKind parts a protected workbook, which Office wraps in an OLE file with a
// stream of this name, from a workbook of Excel 97.
func oleKind(src Source) error {
	locked, old := utf16le("EncryptedPackage"), utf16le("Workbook")
	all, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size))
	switch {
	case err != nil:
		return record.Fail(record.CodeFileUnread, src.Name).Because(err)
	case bytes.Contains(all, locked):
		return record.Fail(record.CodeWorkbookLocked)
	case bytes.Contains(all, old), bytes.Contains(all, utf16le("Book")):
		return record.Fail(record.CodeOldWorkbook)
	}
	return record.Fail(record.CodeNotWorkbook)
}

func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}

// textKind refuses what is no archive: a web page or an XML table that was
// named .xls, a table as text, or something else.
func textKind(head []byte) error {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n"))
	switch {
	case bytes.HasPrefix(text, []byte("<")):
		for _, mark := range []string{"<html", "<table", "<!doctype html", "office:spreadsheet"} {
			if bytes.Contains(text, []byte(mark)) {
				return record.Fail(record.CodeWebTable)
			}
		}
		return record.Fail(record.CodeNotWorkbook)
	case bytes.HasPrefix(text, []byte("mime-version:")):
		return record.Fail(record.CodeWebTable)
	case bytes.HasPrefix(text, []byte("%pdf")), bytes.HasPrefix(text, []byte(`{\rtf`)):
		return record.Fail(record.CodeNotWorkbook)
	case isText(head):
		return record.Fail(record.CodeTextTable)
	}
	return record.Fail(record.CodeNotWorkbook)
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
