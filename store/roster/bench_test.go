package roster

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"
)

// wideRoster is a workbook of n people and 20 columns, half of its texts
// shared and half in place, as spreadsheets and exporters write them.
func wideRoster(t testing.TB, n int) Source {
	t.Helper()
	heads := strings.Fields("序号 姓名 性别 民族 出生年月 身份证号 政治面貌 文化程度 入伍时间 退役时间 军兵种 退役方式 特长 工作单位 家庭住址 所属社区 联系电话 队内职务 入队时间 备注")
	var sheet, shared strings.Builder
	texts := map[string]int{}
	share := func(s string) int {
		if i, ok := texts[s]; ok {
			return i
		}
		texts[s] = len(texts)
		fmt.Fprintf(&shared, "<si><t>%s</t></si>", s)
		return len(texts) - 1
	}
	sheet.WriteString(`<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for i := range n + 1 {
		fmt.Fprintf(&sheet, `<row r="%d" spans="1:20">`, i+1)
		for c, head := range heads {
			ref := fmt.Sprintf("%s%d", Letters(c), i+1)
			text := head
			if i > 0 {
				text = wideValue(i, head)
			}
			switch {
			case head == "序号" && i > 0:
				fmt.Fprintf(&sheet, `<c r="%s"><v>%s</v></c>`, ref, text)
			case c%2 == 0 && c < 12:
				fmt.Fprintf(&sheet, `<c r="%s" t="s"><v>%d</v></c>`, ref, share(text))
			default:
				fmt.Fprintf(&sheet, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, text)
			}
		}
		sheet.WriteString("</row>")
	}
	sheet.WriteString("</sheetData></worksheet>")
	return zipSource(t, workbookParts(sheet.String(), `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`+shared.String()+`</sst>`))
}

func wideValue(i int, head string) string {
	switch head {
	case "姓名":
		return string([]rune{'王' + rune(i%7), '建' + rune(i/7%50), '国' + rune(i/350%300)})
	case "性别":
		return "男"
	case "民族":
		return "汉族"
	case "出生年月":
		return "1985.07"
	case "身份证号":
		return testID(i)
	case "政治面貌":
		return "中共党员"
	case "文化程度":
		return "高中"
	case "入伍时间":
		return "2003-12"
	case "退役时间":
		return "2005.12"
	case "军兵种":
		return "陆军"
	case "退役方式":
		return "自主就业"
	case "特长":
		return "驾驶、急救"
	case "所属社区":
		return "东风里社区"
	case "联系电话":
		return fmt.Sprintf("138%08d", i)
	case "入队时间":
		return "2021-05-04"
	case "家庭住址":
		return fmt.Sprintf("天津市河西区某某路%d号", i%999)
	}
	return fmt.Sprint(i % 97)
}

// testID is a valid number of the area that does not exist.
func testID(i int) string {
	return checked(fmt.Sprintf("129999%04d%02d%02d%03d", 1945+i/7%55, 1+i%12, 1+i%28, i/3000%1000))
}

// checked appends the check digit to 17 digits (GB 11643).
func checked(text string) string {
	sum := 0
	for j, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(text[j]-'0') * w
	}
	return text + "10X98765432"[sum%11:sum%11+1]
}

// workbookParts is the smallest workbook with one sheet.
func contentType(part, kind string) string {
	return `<Override PartName="/xl/` + part + `.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.` + kind + `+xml"/>`
}

func workbookParts(sheet, shared string) map[string]string {
	return map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` + contentType("workbook", "sheet.main") + contentType("worksheets/sheet1", "worksheet") + contentType("sharedStrings", "sharedStrings") + `</Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
		"xl/sharedStrings.xml":       shared,
	}
}

func zipSource(t testing.TB, parts map[string]string) Source {
	t.Helper()
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for name, text := range parts {
		w, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return bytesSource("花名册.xlsx", out.Bytes())
}

func bytesSource(name string, b []byte) Source {
	return Source{Name: name, Size: int64(len(b)), ReaderAt: bytes.NewReader(b)}
}

func inflate(t testing.TB, src Source) int64 {
	t.Helper()
	zr, err := zip.NewReader(src, src.Size)
	if err != nil {
		t.Fatal(err)
	}
	zr.RegisterDecompressor(zip.Deflate, flate.NewReader)
	var total int64
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"} {
		f, err := zr.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, f)
		if err != nil {
			t.Fatal(err)
		}
		total += n
		_ = f.Close()
	}
	return total
}

// BenchmarkScan measures the scan of a large sheet beside a bare inflate of the
// same parts, in turns, so that a busy machine slows both.
func BenchmarkScan(b *testing.B) {
	src := wideRoster(b, 100_000)
	b.ReportAllocs()
	b.ResetTimer()
	var bare, scan time.Duration
	for range b.N {
		start := b.Elapsed()
		b.SetBytes(inflate(b, src))
		middle := b.Elapsed()
		scanAll(b, src)
		bare, scan = bare+middle-start, scan+b.Elapsed()-middle
	}
	b.ReportMetric(float64(scan)/float64(bare), "x-inflate")
	b.ReportMetric(float64(scan.Milliseconds())/float64(b.N), "scan-ms")
}

func scanAll(b *testing.B, src Source) {
	book, err := openWorkbook(src)
	if err != nil {
		b.Fatal(err)
	}
	rows := 0
	if _, err := book.scan(context.Background(), book.sheets[0], func(*row) error { rows++; return nil }); err != nil || rows != 100_001 {
		b.Fatal(err, rows)
	}
}

// BenchmarkRead measures the whole reading: scan, heads, healing, checks.
func BenchmarkRead(b *testing.B) {
	src := wideRoster(b, 100_000)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		book, err := Read(context.Background(), src, Options{Today: today})
		if err != nil || len(book.Drafts) != 100_000 {
			b.Fatal(err, len(book.Drafts))
		}
	}
}
