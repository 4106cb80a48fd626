package reports

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

const (
	bookXML = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`
	relsXML = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>`
)

// handmade is a workbook of one sheet as some program might write it.
func handmade(t testing.TB, sheet string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, one := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", fmt.Sprintf(relsXML, "officeDocument", "/xl/workbook.xml")},
		{"xl/_rels/workbook.xml.rels", fmt.Sprintf(relsXML, "worksheet", "worksheets/sheet1.xml")},
		{"xl/workbook.xml", bookXML},
		{"xl/worksheets/sheet1.xml", sheet},
	} {
		w, err := z.Create(one[0])
		if err == nil {
			_, err = w.Write([]byte(one[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func sheetXML(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

func texts(words ...string) string {
	out := ""
	for _, word := range words {
		out += `<c t="inlineStr"><is><t>` + word + `</t></is></c>`
	}
	return out
}

func filledWith(t *testing.T, raw []byte, parts ...record.FormPart) (*excelize.File, FormFilled, error) {
	t.Helper()
	f := openForm(t, raw)
	m := record.FormMapping{Parts: parts}
	if len(parts) == 0 {
		m = f.Suggest()
	}
	var out bytes.Buffer
	done, err := f.Fill(&out, FormFill{Source: newFormWorld().source, Mapping: m})
	if err != nil {
		return nil, done, err
	}
	return excel(t, out.Bytes()), done, nil
}

// Writers may leave places out, prefix their elements, or write rows without
// cells: a filled cell lands where it belongs all the same.
func TestFormsAsProgramsWriteThem(t *testing.T) {
	prefixed := strings.NewReplacer("<?", "<?", "</", "</x:", "<", "<x:", " xmlns=", " xmlns:x=").Replace(
		sheetXML(`<row r="1">` + texts("姓名", "性别", "学历") + `</row><row r="2"/>`))
	for name, sheet := range map[string]string{
		"no places":    sheetXML(`<row>` + texts("姓名", "性别", "学历") + `</row><row><c/><c/><c s="0"/></row>`),
		"empty rows":   sheetXML(`<row r="1">` + texts("姓名", "性别", "学历") + `</row><row r="2" ht="20" customHeight="1"/><row r="3"></row>`),
		"other places": sheetXML(`<row r="1">` + texts("姓名", "性别", "学历") + `</row><row r="2"><c r="B2"><v></v></c></row><row r="40"><c r="A40"/></row>`),
		"prefixed":     prefixed,
	} {
		f, done, err := filledWith(t, handmade(t, sheet))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if done.Rows != 11 || done.Cells != 33 {
			t.Errorf("%s: %+v", name, done)
		}
		for cell, want := range map[string]string{"A1": "姓名", "A2": "王建国", "B2": "男", "C2": "大学专科", "A12": "鲁肃", "B12": "男"} {
			if got, err := f.GetCellValue("表", cell); err != nil || got != want {
				t.Errorf("%s: %s is %q, %v", name, cell, got, err)
			}
		}
	}
}

func TestEmptySheetIsFilled(t *testing.T) {
	raw := handmade(t, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>`)
	f, _, err := filledWith(t, raw, record.FormPart{Sheet: 1, Kind: record.FormCells, Cells: map[string]string{"B2": "activities", "C1": "station_name"}})
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"B2": "5", "C1": "测试街道退役军人服务站"} {
		if got, err := f.GetCellValue("表", cell); err != nil || got != want {
			t.Errorf("%s is %q, %v", cell, got, err)
		}
	}
}

// A form with too few rows is refused with both numbers; a mapping of another
// form as well. Nothing is written.
func TestFormRefusals(t *testing.T) {
	small := handmade(t, sheetXML(`<row>`+texts("姓名", "性别", "学历")+`</row><row/><row/><row>`+texts("合计")+`</row>`))
	_, _, err := filledWith(t, small)
	var refused *record.Error
	if !errors.As(err, &refused) || refused.Code != record.CodeFormTooSmall || refused.Args[1] != "2" || refused.Args[2] != "11" {
		t.Errorf("too small: %v", err)
	}
	_, _, err = filledWith(t, small, record.FormPart{Sheet: 3, Kind: record.FormCells, Cells: map[string]string{"A1": "teams"}})
	if record.CodeOf(err) != record.CodeFormPlace {
		t.Errorf("a sheet that is not there: %v", err)
	}
	_, _, err = filledWith(t, small, record.FormPart{Sheet: 1, Kind: record.FormPeople, Columns: map[string]string{"A": "shoe size"}})
	if record.CodeOf(err) != record.CodeMalformed {
		t.Errorf("a field that is none: %v", err)
	}
	whole, readErr := os.ReadFile("testdata/forms/01-人员两级表头.xlsx")
	if readErr != nil {
		t.Fatal(readErr)
	}
	for name, c := range map[string]struct {
		raw  []byte
		want record.Code
	}{
		"empty":    {nil, record.CodeFileEmpty},
		"text":     {[]byte("姓名,性别\n"), record.CodeFormKind},
		"old":      {append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...), record.CodeFormKind},
		"locked":   {append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")...), record.CodeWorkbookLocked},
		"cut":      {whole[:len(whole)/2], record.CodeWorkbookCut},
		"cut rows": {handmade(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>`), record.CodeSheetDamaged},
		"entities": {handmade(t, `<!DOCTYPE x [<!ENTITY a "b">]>`+sheetXML("")), record.CodeWorkbookHostile},
		"far away": {handmade(t, sheetXML(`<row r="9999999"><c r="A9999999"/></row>`)), record.CodeSheetDamaged},
	} {
		if _, err := OpenForm(bytes.NewReader(c.raw), int64(len(c.raw))); record.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Formulas stay also where a column was mapped over them, and what is
// overwritten is told.
func TestFormKeepsFormulas(t *testing.T) {
	raw := handmade(t, sheetXML(`<row>`+texts("姓名", "本月时长", "学历")+`</row><row><c r="A2"/><c r="B2" t="str"><f>1+1</f><v>2</v></c><c r="C2" t="inlineStr"><is><t>旧</t></is></c></row>`))
	f, done, err := filledWith(t, raw, record.FormPart{Sheet: 1, Kind: record.FormPeople, Columns: map[string]string{"A": "name", "B": "hours", "C": "education"}})
	if err != nil {
		t.Fatal(err)
	}
	formula, err := f.GetCellFormula("表", "B2")
	value, errValue := f.GetCellValue("表", "B2", excelize.Options{RawCellValue: true})
	if err != nil || errValue != nil || formula != "1+1" || value != "" {
		t.Errorf("%q %q %v %v", formula, value, err, errValue)
	}
	if !done.Problems.Has(record.CodeFormFormula) || !done.Problems.Has(record.CodeFormUsed) {
		t.Errorf("%+v", done.Problems)
	}
}

// The fingerprint is that of the heads: the title's month, the rows and what
// somebody has written change nothing, another head does.
func TestFormFingerprint(t *testing.T) {
	mark := func(title, head string, rows int) string {
		return openForm(t, handmade(t, sheetXML(`<row>`+texts(title)+`</row><row>`+texts("姓名", head, "学历")+`</row>`+strings.Repeat(`<row>`+texts("甲乙")+`</row>`, rows)))).Fingerprint()
	}
	if mark("2026年10月花名册", "性别", 0) != mark("十一月花名册", "性 别", 7) {
		t.Error("another month is another form")
	}
	if mark("花名册", "性别", 0) == mark("花名册", "政治面貌", 0) {
		t.Error("another head is the same form")
	}
}

// TestFormInFull writes whole numbers only when asked.
func TestFormInFull(t *testing.T) {
	raw := handmade(t, sheetXML(`<row>`+texts("姓名", "身份证号", "联系电话", "出生日期")+`</row>`))
	for full, want := range map[bool][]string{false: {"129999********1200", "138****1200", "1960"}, true: {"129999196007011200", "13800001200", "1960-07-01"}} {
		f := openForm(t, raw)
		var out bytes.Buffer
		if _, err := f.Fill(&out, FormFill{Source: newFormWorld().source, Mapping: f.Suggest(), Full: full}); err != nil {
			t.Fatal(err)
		}
		for i, cell := range []string{"B2", "C2", "D2"} {
			if got, err := excel(t, out.Bytes()).GetCellValue("表", cell); err != nil || got != want[i] {
				t.Errorf("full %v: %s is %q, %v", full, cell, got, err)
			}
		}
	}
}

// FuzzForm: whatever a sheet holds, a form is refused with a known code or
// filled so that it opens again with its cells where they were.
func FuzzForm(f *testing.F) {
	for _, c := range formCases(f) {
		raw, err := os.ReadFile("testdata/forms/" + c.File)
		if err != nil {
			f.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			f.Fatal(err)
		}
		for _, one := range z.File {
			if strings.HasSuffix(one.Name, "sheet1.xml") {
				form := Form{files: z.File}
				p, err := form.read(one.Name)
				if err != nil {
					f.Fatal(err)
				}
				f.Add(string(p.xml))
			}
		}
	}
	f.Add(sheetXML(`<row>` + texts("姓名", "性别", "学历") + `</row><row/>`))
	source := newFormWorld().source
	f.Fuzz(func(t *testing.T, sheet string) {
		raw := handmade(t, sheet)
		form, err := OpenForm(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			if record.CodeOf(err) == record.CodeInternal {
				t.Fatal(err)
			}
			return
		}
		var out bytes.Buffer
		if _, err := form.Fill(&out, FormFill{Source: source, Mapping: form.Suggest()}); err != nil {
			if record.CodeOf(err) == record.CodeInternal {
				t.Fatal(err)
			}
			return
		}
		again, err := OpenForm(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if err != nil {
			t.Fatalf("the filled form does not open: %v", err)
		}
		for _, r := range form.sheets[0].rows {
			for _, c := range r.cells {
				if now := again.sheets[0].at(c.row, c.col); now == nil || now.style != c.style || now.formula != c.formula || c.text != "" && now.text == "" && !c.formula {
					t.Fatalf("%s was %+v and is %+v", cellName(c.col-1, c.row), c, now)
				}
			}
		}
	})
}
