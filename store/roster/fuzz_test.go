package roster

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rongyuan/store/record"
)

// FuzzFile: whatever the bytes are, reading ends with a refusal of a known code
// or with drafts that keep their promises.
func FuzzFile(f *testing.F) {
	for _, name := range []string{"整齐花名册.xlsx", "老表.xlsx", "签到表.xlsx"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("姓名,身份证号\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		readAny(t, bytesSource("a.xlsx", b))
	})
}

// FuzzSheet: the XML of a sheet, past the archive's checksums.
func FuzzSheet(f *testing.F) {
	f.Add(sheetXML([][]any{{"姓名", "身份证号", "入伍时间"}, {"王建国", num(wang), styled{1, "37956"}}, {"赵云", shared("0"), formula{"1985.1"}}}, `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`))
	f.Add(`<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>1</v></c></row></sheetData></worksheet>`)
	f.Add(`<x:worksheet xmlns:x="y"><x:sheetData><x:row r="1"/><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:r><x:t>姓</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh><x:r><x:t>名</x:t></x:r></x:is></x:c></x:row></x:sheetData></x:worksheet>`)
	f.Add(`<worksheet><!-- <c> --><sheetData><row r='1'><c r='A1' t='str'><v><![CDATA[姓名]]></v></c></row></sheetData><?x?></worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		readAny(t, bookWith(t, nil, "", map[string]string{"xl/worksheets/sheet1.xml": sheet}))
	})
}

func readAny(t *testing.T, src Source) {
	book, err := Read(context.Background(), src, Options{Today: today})
	if err != nil {
		if code := record.CodeOf(err); code == record.CodeInternal || len(book.Drafts) > 0 {
			t.Fatalf("%s with %d drafts: %v", code, len(book.Drafts), err)
		}
		return
	}
	for i := range book.Drafts {
		checkDraft(t, &book.Drafts[i])
	}
}

// checkDraft holds a draft against what every draft promises.
func checkDraft(t *testing.T, d *record.Draft) {
	v := d.Volunteer
	if v.IDNumber != "" {
		read, err := record.ReadIDNumber(string(v.IDNumber), today)
		if err != nil || read.Number != v.IDNumber {
			t.Fatalf("a number that is none was stored: %v", err)
		}
	}
	for _, date := range []record.Date{v.Birth, v.Enlisted, v.Discharged} {
		if date != "" && !date.Valid() {
			t.Fatalf("stored the date %q", date)
		}
	}
	if len(d.Problems.Errors()) == 0 && v.Name == "" {
		t.Fatal("a person without a name passed")
	}
	for _, problem := range v.Check(today).Errors() {
		// A cell that cannot be read at all leaves its field empty, and says why.
		unread := func(p record.Problem) bool { return p.Field == problem.Field && p.Code == record.CodeCellError }
		if !d.Problems.Has(problem.Code) && !slices.ContainsFunc(d.Problems, unread) {
			t.Fatalf("the record's own check finds %v, the draft has %v", problem, d.Problems)
		}
	}
	for _, problem := range d.Problems {
		if v.IDNumber != "" && strings.Contains(problem.Value, string(v.IDNumber)) {
			t.Fatal("a finding shows the number")
		}
	}
}

// FuzzHeader: heads of any words never make the finder panic, and what it
// finds has a name column inside the rows it was given.
func FuzzHeader(f *testing.F) {
	f.Add("序号|姓名|服役情况||备注\n||入伍时间|退役时间|\n1|王建国|2003|2005|好")
	f.Add("姓名|签到|姓名|签到\n王建国|√|赵云|√")
	f.Add("姓\n名")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		var rows []row
		for i, line := range strings.Split(text, "\n") {
			r := row{num: i + 1}
			for col, word := range strings.Split(line, "|") {
				if word != "" && col < maxColumns {
					r.cells = append(r.cells, cell{col: col, text: word})
				}
			}
			rows = append(rows, r)
		}
		h := &healer{today: today, words: newVocabulary()}
		l, code := understand(rows, nil, h)
		if code != "" {
			return
		}
		if !l.has(fieldName) || l.first+l.depth > len(rows) || l.depth < 1 {
			t.Fatalf("header at %d, %d deep, of %d rows", l.first, l.depth, len(rows))
		}
		for i := range rows[l.first+l.depth:] {
			l.classify(&rows[l.first+l.depth+i])
		}
	})
}

// FuzzCell: any text in any field, as text and as number.
func FuzzCell(f *testing.F) {
	for _, text := range []string{wang, "1.29999198507011E+17", "1985.1", "八五年", "1978.12-1983.1", "13812345678、022-23456789", "张三（组长）", "陆军步兵", "驾驶、急救", "12345部队", "31/12/85", "\u202e"} {
		for i := range Fields() {
			f.Add(text, uint8(i), uint8(i%4))
		}
	}
	h := &healer{today: today, words: newVocabulary()}
	f.Fuzz(func(t *testing.T, text string, field, kind uint8) {
		if !utf8.ValidString(text) {
			return
		}
		d := &record.Draft{Row: 2}
		h.draft, h.number = d, record.IDReading{}
		col := column{field: Fields()[int(field)%len(Fields())], title: "列"}
		c := cell{kind: cellKind(kind % 5), text: text, style: numberStyle(field % 4)}
		h.heal(c, col)
		h.heal(cell{text: "王建国"}, column{field: fieldName})
		h.finish()
		checkDraft(t, d)
	})
}
