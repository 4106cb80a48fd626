package roster

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"rongyuan/store/record"
)

func people(n int) [][]any {
	rows := [][]any{{"姓名", "身份证号", "联系电话"}}
	for i := range n {
		rows = append(rows, []any{"王建国", testID(i), fmt.Sprintf("138%08d", i)})
	}
	return rows
}

func goodBytes(t *testing.T) []byte {
	t.Helper()
	b, err := io.ReadAll(io.NewSectionReader(bookOf(t, people(300)), 0, 1<<30))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func ole(names ...string) []byte {
	b := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1200)...)
	for _, name := range names {
		b = append(b, utf16le(name)...)
		b = append(b, make([]byte, 64)...)
	}
	return b
}

// TestKindByContent covers inputs 1 to 6 and 64: the suffix never decides.
func TestKindByContent(t *testing.T) {
	good := goodBytes(t)
	for _, c := range []struct {
		name   string
		inputs string
		body   []byte
		want   record.Code
	}{
		{"empty", "1", nil, record.CodeFileEmpty},
		{"mhtml", "3", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related"), record.CodeWebTable},
		{"other xml", "3", []byte(`<?xml version="1.0"?><a/>`), record.CodeNotWorkbook},
		{"xls cut", "4", ole("Root Entry", "Workbook"), record.CodeWorkbookCut},
		{"frames", "3", []byte("<html><frameset><frame src=\"a.files/sheet001.htm\"></frameset></html>"), record.CodeWebTable},
		{"xls of Excel 4", "4", []byte("\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00\x0a\x00\x00\x00"), record.CodeOldWorkbook},
		{"doc", "4", ole("Root Entry", "WordDocument"), record.CodeNotWorkbook},
		{"protected", "5", ole("Root Entry", "EncryptedPackage"), record.CodeWorkbookLocked},
		{"cut in half", "6", good[:len(good)/2], record.CodeWorkbookCut},
		{"no directory", "6", good[:bytes.LastIndex(good, []byte("PK\x01\x02"))-200], record.CodeWorkbookCut},
		{"only a directory", "6", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), record.CodeNotWorkbook},
		{"pdf", "2", []byte("%PDF-1.7\n"), record.CodeNotWorkbook},
		{"picture", "2", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), record.CodeNotWorkbook},
		{"zeros", "6", make([]byte, 4096), record.CodeNotWorkbook},
	} {
		t.Run(c.name+" "+c.inputs, func(t *testing.T) {
			refused(t, bytesSource("花名册.xlsx", c.body), c.want)
		})
	}
}

// TestArchive covers inputs 9 to 11 and the archives of other programs.
func TestArchive(t *testing.T) {
	parts := func(more map[string]string) Source { return bookWith(t, people(2), "", more) }
	many := map[string]string{}
	for i := range 1200 {
		many[fmt.Sprintf("xl/media/%d.txt", i)] = "x"
	}
	for _, c := range []struct {
		name   string
		inputs string
		src    Source
		want   record.Code
	}{
		{"bomb", "9", parts(map[string]string{"xl/worksheets/sheet1.xml": strings.Repeat("\x00", 40<<20)}), record.CodeWorkbookBomb},
		{"bomb beside the sheet", "9", parts(map[string]string{"xl/media/a.bin": strings.Repeat("a", 20<<20)}), record.CodeWorkbookBomb},
		{"1,200 entries", "10", parts(many), record.CodeWorkbookBomb},
		{"zip of a workbook", "10", zipSource(t, map[string]string{"花名册.xlsx": string(goodBytes(t))}), record.CodeNotWorkbook},
		{"path upwards", "11", parts(map[string]string{"../../x": "x"}), record.CodeWorkbookHostile},
		{"path upwards inside", "11", parts(map[string]string{"xl/../../x": "x"}), record.CodeWorkbookHostile},
		{"absolute path", "11", parts(map[string]string{"/etc/x": "x"}), record.CodeWorkbookHostile},
		{"drive", "11", parts(map[string]string{"C:/x": "x"}), record.CodeWorkbookHostile},
		{"backslash", "11", parts(map[string]string{`xl\x`: "x"}), record.CodeWorkbookHostile},
		{"names in two cases", "11", parts(map[string]string{"XL/workbook.xml": "x"}), record.CodeWorkbookHostile},
		{"ods", "64", zipSource(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), record.CodeOpenDocument},
		{"docx", "64", zipSource(t, map[string]string{"word/document.xml": "<a/>"}), record.CodeNotWorkbook},
		{"no relations", "18", parts(map[string]string{"xl/_rels/workbook.xml.rels": "<Relationships/>"}), record.CodeNoSheet},
		{"sheet part missing", "6", parts(map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/gone.xml"/></Relationships>`}), record.CodeWorkbookCut},
	} {
		t.Run(c.name+" "+c.inputs, func(t *testing.T) { refused(t, c.src, c.want) })
	}
}

// TestBombIsCheap covers input 9: refused before anything is unpacked.
func TestBombIsCheap(t *testing.T) {
	src := bookWith(t, people(2), "", map[string]string{"xl/worksheets/sheet1.xml": strings.Repeat(" ", 300<<20)})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	refused(t, src, record.CodeWorkbookBomb)
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Fatalf("%d bytes used to refuse a bomb", used)
	}
}

// TestLyingDirectory covers input 9: the directory promises less than comes.
func TestLyingDirectory(t *testing.T) {
	b := goodBytes(t)
	sheet := []byte("xl/worksheets/sheet1.xml")
	at := bytes.LastIndex(b, sheet) - 46 // its entry in the directory
	copy(b[at+24:], []byte{50, 0, 0, 0})
	_, err := Read(context.Background(), bytesSource("a.xlsx", b), Options{Today: today})
	if code := record.CodeOf(err); code != record.CodeWorkbookBomb && code != record.CodeSheetDamaged {
		t.Fatalf("%v", err)
	}
}

// TestDamagedSheets covers inputs 7, 8, 12 and 13: nothing of a damaged sheet
// is taken, and the refusal names the last row that was whole.
func TestDamagedSheets(t *testing.T) {
	whole := sheetXML(people(100), "")
	row50 := strings.Index(whole, `<row r="50">`)
	for _, c := range []struct {
		name   string
		inputs string
		sheet  string
		want   record.Code
	}{
		{"cut after a row", "7", whole[:row50], record.CodeSheetDamaged},
		{"cut in a tag", "7", whole[:row50+5], record.CodeSheetDamaged},
		{"cut in a text", "7", whole[:strings.Index(whole, "王建国")+4], record.CodeSheetDamaged},
		{"cut before the root ends", "7", strings.TrimSuffix(whole, "</worksheet>"), record.CodeSheetDamaged},
		{"bad tag", "8", strings.Replace(whole, `<row r="50">`, `<row r="50"><c r=`, 1), record.CodeSheetDamaged},
		{"wrong end", "8", strings.Replace(whole, `</row><row r="50">`, `</rows><row r="50">`, 1), record.CodeSheetDamaged},
		{"text behind the root", "8", whole + "x", record.CodeSheetDamaged},
		{"two roots", "8", whole + "<a></a>", record.CodeSheetDamaged},
		{"empty part", "8", "", record.CodeSheetDamaged},
		{"another root", "8", "<html></html>", record.CodeSheetDamaged},
		{"not UTF-8", "50", strings.Replace(whole, "王建国", "王\xff国", 1), record.CodeSheetDamaged},
		{"unknown entity", "12", strings.Replace(whole, "王建国", "&secret;", 1), record.CodeSheetDamaged},
		{"document type", "12", `<!DOCTYPE a [<!ENTITY b "c">]>` + whole, record.CodeWorkbookHostile},
		{"external entity", "12", `<!DOCTYPE a SYSTEM "file:///etc/passwd">` + whole, record.CodeWorkbookHostile},
		{"row 2147483647", "13", strings.Replace(whole, `r="50"`, `r="2147483647"`, 1), record.CodeSheetDamaged},
		{"row 5000000", "13", strings.Replace(whole, `<row r="50">`, `<row r="5000000">`, 1), record.CodeSheetDamaged},
		{"row -1", "13", strings.Replace(whole, `<row r="50">`, `<row r="-1">`, 1), record.CodeSheetDamaged},
		{"row 0", "13", strings.Replace(whole, `<row r="50">`, `<row r="0">`, 1), record.CodeSheetDamaged},
		{"row twice", "13", strings.Replace(whole, `<row r="50">`, `<row r="49">`, 1), record.CodeSheetDamaged},
		{"rows descending", "13", strings.Replace(whole, `<row r="50">`, `<row r="3">`, 1), record.CodeSheetDamaged},
		{"cell of another row", "13", strings.Replace(whole, `r="A50"`, `r="A51"`, 1), record.CodeSheetDamaged},
		{"cell twice", "13", strings.Replace(whole, `r="B50"`, `r="A50"`, 1), record.CodeSheetDamaged},
		{"column XFD", "14", strings.Replace(whole, `r="C50"`, `r="XFD50"`, 1), record.CodeTooManyColumns},
		{"nested too deep", "8", strings.Replace(whole, "<sheetData>", strings.Repeat("<a>", 100), 1), record.CodeSheetDamaged},
	} {
		t.Run(c.name+" "+c.inputs, func(t *testing.T) {
			err := refusal(t, bookWith(t, nil, "", map[string]string{"xl/worksheets/sheet1.xml": c.sheet}), c.want)
			if c.inputs == "7" && strings.HasPrefix(c.name, "cut after") && (len(err.Args) != 2 || err.Args[0] != "49") {
				t.Errorf("args %v, want the last whole row 49", err.Args)
			}
		})
	}
}

// TestDamagedParts covers input 12 in the parts beside the sheets, and
// checksums.
func TestDamagedParts(t *testing.T) {
	for name, part := range map[string]string{
		"xl/workbook.xml":      `<!DOCTYPE a><workbook/>`,
		"xl/sharedStrings.xml": `<!DOCTYPE a><sst/>`,
		"xl/styles.xml":        `<!DOCTYPE a><styleSheet/>`,
		"_rels/.rels":          `<!DOCTYPE a><Relationships/>`,
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, bookWith(t, people(2), "", map[string]string{name: part}), record.CodeWorkbookHostile)
		})
	}
	refused(t, bookWith(t, people(2), "", map[string]string{"xl/sharedStrings.xml": `<sst><si><t>`}), record.CodeSheetDamaged)
	b := goodBytes(t)
	at := bytes.Index(b, []byte("xl/worksheets/sheet1.xml")) + 600
	b[at] ^= 0x40
	_, err := Read(context.Background(), bytesSource("a.xlsx", b), Options{Today: today})
	if code := record.CodeOf(err); code != record.CodeSheetDamaged && code != record.CodeWorkbookCut && code != record.CodeWorkbookBomb {
		t.Fatalf("a flipped bit gave %v", err)
	}
}

// TestRowLimit covers input 17: too many people are refused, a formatted blank
// tail is not.
func TestRowLimit(t *testing.T) {
	var tail strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&tail, `<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>`, i+10, i+10, i+10)
	}
	blank := strings.Replace(sheetXML(people(3), ""), "</sheetData>", tail.String()+"</sheetData>", 1)
	book := mustRead(t, bookWith(t, nil, "", map[string]string{"xl/worksheets/sheet1.xml": blank}))
	if len(book.Drafts) != 3 || book.Skipped != 0 {
		t.Errorf("%d drafts, %d skipped of a blank tail", len(book.Drafts), book.Skipped)
	}
	refused(t, bookOf(t, people(maxRows+1)), record.CodeTooManyRows)
}

func TestCancel(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	src := bookOf(t, people(5000))
	_, err := Read(ctx, src, Options{Today: today, Progress: func(int, int) { stop() }})
	if record.CodeOf(err) != record.CodeCancelled || !errors.Is(err, context.Canceled) {
		t.Fatalf("%v", err)
	}
}

func TestProgressEnds(t *testing.T) {
	last, whole := 0, 0
	_, err := Read(context.Background(), bookOf(t, people(3000)), Options{Today: today, Progress: func(done, total int) {
		if done < last || total == 0 {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last, whole = done, total
	}})
	if err != nil || last != whole {
		t.Fatalf("progress ended at %d of %d: %v", last, whole, err)
	}
}

// TestUnreadable covers input 54: the drive goes while the file is read.
func TestUnreadable(t *testing.T) {
	refused(t, bytesSource("~$花名册.xlsx", []byte("\x03Zhang")), record.CodeFileUnread)
	refused(t, Source{Name: "a.xlsx", Size: 4096, ReaderAt: gone{}}, record.CodeFileUnread)
}

type gone struct{}

func (gone) ReadAt([]byte, int64) (int, error) { return 0, errors.New("device not ready") }

// TestLocked covers input 5 for archives whose entries are encrypted.
func TestLocked(t *testing.T) {
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	if _, err := zw.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", Flags: 1}); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, bytesSource("a.xlsx", out.Bytes()), record.CodeWorkbookLocked)
}
