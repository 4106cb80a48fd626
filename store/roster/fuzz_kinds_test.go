package roster

import (
	"context"
	"encoding/binary"
	"os"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// fuzzAny adds the files of the corpus with these names as seeds, and reads
// whatever comes of them.
func fuzzAny(f *testing.F, names ...string) {
	for _, name := range names {
		b, err := os.ReadFile("testdata/corpus/" + name)
		if err != nil {
			f.Fatal(err)
		}
		if len(b) < 64<<10 {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) { readAny(t, bytesSource("a.xls", b)) })
}

// FuzzOldBook: a whole .xls, its wrapping included.
func FuzzOldBook(f *testing.F) {
	fuzzAny(f, "plain-libreoffice.xls", "plain-sheetjs.xls", "hidden-rows.xls", "protected.xls", "cut.xls")
}

// FuzzRecords: the records of an .xls past its wrapping.
func FuzzRecords(f *testing.F) {
	for _, name := range []string{"plain-libreoffice.xls", "plain-sheetjs.xls", "dates.xls", "merged-libreoffice.xls"} {
		stream, err := workbookStream(fileSource(f, "corpus/"+name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(stream)
	}
	f.Fuzz(func(t *testing.T, stream []byte) {
		b := &oldBook{stream: stream, starts: map[string]int{}, formats: map[int]string{}}
		if b.globals() != nil {
			return
		}
		for _, s := range b.list() {
			last := 0
			found, err := b.scan(context.Background(), s, func(r *row) error {
				if r.num <= last || len(r.cells) == 0 || len(r.cells) > 1<<16 {
					t.Fatalf("row %d after %d with %d cells", r.num, last, len(r.cells))
				}
				last = r.num
				return nil
			})
			if record.CodeOf(err) == record.CodeInternal || len(found.hidden) > maxColumns {
				t.Fatalf("%v, %d hidden columns", err, len(found.hidden))
			}
		}
	})
}

// FuzzShared: texts that are parted between records come out as they went in,
// wherever they are parted.
func FuzzShared(f *testing.F) {
	f.Add("姓名\x00身份证号\x00王建国", uint8(9))
	f.Add("abc\x00\x00𠮷", uint8(1))
	f.Fuzz(func(t *testing.T, all string, cut uint8) {
		texts := strings.Split(strings.ToValidUTF8(all, ""), "\x00")
		b := &oldBook{stream: sstStream(texts, int(cut)%40+9)}
		r, next, ok := b.record(0)
		if !ok || len(texts) > 1000 || len(all) > 1<<12 {
			return
		}
		if _, err := b.sst(r, next); err != nil {
			t.Fatal(err)
		}
		if strings.Join(b.shared, "\x00") != strings.Join(texts, "\x00") {
			t.Fatalf("%q came out of %q", b.shared, texts)
		}
	})
}

// sstStream writes shared texts as records of at most most bytes, by the rules
// of Excel: a head is never parted, and characters that go on begin with a byte
// that says how wide they are.
func sstStream(texts []string, most int) []byte {
	var out []byte
	data := binary.LittleEndian.AppendUint32(nil, uint32(len(texts)))
	data = binary.LittleEndian.AppendUint32(data, uint32(len(texts)))
	id := uint16(recSST)
	flush := func() {
		out = binary.LittleEndian.AppendUint16(out, id)
		out = binary.LittleEndian.AppendUint16(out, uint16(len(data)))
		out, data, id = append(out, data...), nil, recContinue
	}
	for _, text := range texts {
		wide := utf16le16(text)
		if len(data)+3 > most {
			flush()
		}
		data = binary.LittleEndian.AppendUint16(data, uint16(len(wide)))
		data = append(data, 1)
		for _, unit := range wide {
			if len(data)+2 > most {
				flush()
				data = append(data, 1)
			}
			data = binary.LittleEndian.AppendUint16(data, unit)
		}
	}
	flush()
	return out
}

// FuzzWeb: pages.
func FuzzWeb(f *testing.F) {
	f.Add([]byte("<table><tr><td rowspan=3>姓名<td colspan=2>身份证号<tr hidden><td x:num=\"1\">王建国</table>"))
	f.Add([]byte("<html><table><tr><td><table><tr><th>姓名</th><th>电话</th></tr><tr><td>王&nbsp;建国<br></td></tr></table></td></tr></table>"))
	fuzzAny(f, "gov-export.xls", "网页-sheetjs.xls", "cut-html.xls")
}

// FuzzXMLTable: workbooks in one XML document.
func FuzzXMLTable(f *testing.F) { fuzzAny(f, "xml2003-sheetjs.xls", "xml2003-kingsoft.xls") }

// FuzzText: tables as text and pasted lists.
func FuzzText(f *testing.F) {
	f.Add([]byte("姓名,身份证号\n\"王\"\"建国\",\"=\"\"1\"\"\"\n"))
	f.Add([]byte("#接龙\n1. 王建国 13812345678\n2、赵云（组长）"))
	fuzzAny(f, "csv-gb18030.csv", "tabs-utf16.txt", "接龙.txt", "cut-csv.csv")
}
