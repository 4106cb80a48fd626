package roster

import (
	"strings"
	"testing"

	"rongyuan/store/record"
)

// TestOtherXML covers input 64 and the ways in which programs write the same
// sheet: prefixes, strict namespaces, no references, runs, reading aids, CDATA,
// single quotes, comments, a byte order mark.
func TestOtherXML(t *testing.T) {
	const heads = `<row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>身份证号</t></is></c></row>`
	cell := func(s string) string {
		return `<row><c t="inlineStr"><is>` + s + `</is></c><c><v>` + wang + `</v></c></row>`
	}
	sheet := func(rows string) string { return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>` }
	for name, body := range map[string]string{
		"no references":   sheet(heads + cell("<t>王建国</t>")),
		"runs":            sheet(heads + cell("<r><rPr><b/></rPr><t>王</t></r><r><t>建国</t></r>")),
		"reading aids":    sheet(heads + cell(`<t>王建国</t><rPh sb="0" eb="1"><t>wang</t></rPh><phoneticPr fontId="1"/>`)),
		"cdata":           sheet(heads + cell("<t><![CDATA[王建国]]></t>")),
		"entities":        sheet(heads + cell("<t>&#29579;&#x5EFA;国</t>")),
		"escapes":         sheet(heads + cell("<t>王建国_x000D_</t>")),
		"comment":         sheet(heads + "<!-- <row> -->" + cell("<t>王<!-- 李 -->建国</t>")),
		"byte order mark": "\xEF\xBB\xBF<?xml version='1.0'?>\n" + sheet(heads+cell("<t>王建国</t>")) + "\n",
		"single quotes":   strings.ReplaceAll(sheet(heads+cell("<t>王建国</t>")), `"`, `'`),
		"spaced tags":     strings.ReplaceAll(sheet(heads+cell("<t>王建国</t>")), `</row>`, "</row >\n "),
		"prefix": `<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>身份证号</x:t></x:is></x:c></x:row>` +
			`<x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>王建国</x:t></x:is></x:c><x:c r="B2"><x:v>` + wang + `</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
	} {
		t.Run(name, func(t *testing.T) {
			book := mustRead(t, bookWith(t, nil, "", map[string]string{"xl/worksheets/sheet1.xml": body}))
			if len(book.Drafts) != 1 || book.Drafts[0].Volunteer.Name != "王建国" || book.Drafts[0].Volunteer.IDNumber != wang {
				t.Errorf("%d drafts, %v", len(book.Drafts), book.Drafts)
			}
		})
	}
}

// TestFastPathIsThePath: a sheet that is written as the fast path expects, and
// the same sheet written otherwise, give the same drafts.
func TestFastPathIsThePath(t *testing.T) {
	rows := people(50)
	rows[3][1], rows[4][2], rows[5][0] = num(wang), num("1.3812345678E10"), shared("0")
	rows[6] = []any{formula{"王建国"}, failed("#N/A"), styled{1, "31229"}}
	fast := sheetXML(rows, "")
	slow := strings.ReplaceAll(strings.ReplaceAll(fast, `<c r=`, `<c  r=`), "<v>", "<v >")
	a := mustRead(t, bookWith(t, nil, "", map[string]string{"xl/worksheets/sheet1.xml": fast}))
	b := mustRead(t, bookWith(t, nil, "", map[string]string{"xl/worksheets/sheet1.xml": slow}))
	if len(a.Drafts) != 50 || len(b.Drafts) != 50 {
		t.Fatalf("%d and %d drafts", len(a.Drafts), len(b.Drafts))
	}
	for i := range a.Drafts {
		x, y := a.Drafts[i], b.Drafts[i]
		if x.Volunteer.Name != y.Volunteer.Name || x.Volunteer.IDNumber != y.Volunteer.IDNumber || len(x.Problems) != len(y.Problems) || strings.Join(x.Volunteer.Phones, " ") != strings.Join(y.Volunteer.Phones, " ") {
			t.Errorf("row %d differs: %v, %v", x.Row, x.Problems, y.Problems)
		}
	}
}

func TestStyles(t *testing.T) {
	for code, want := range map[string]numberStyle{
		"yyyy-mm-dd": styleDay, `yyyy"年"m"月"d"日"`: styleDay, `yyyy"年"m"月"`: styleMonth, "[$-804]yyyy/m": styleMonth,
		"General": styleNone, "0.00": styleNone, `0"月"`: styleNone, "@": styleNone, "h:mm": styleTime, "#,##0": styleNone, `\d0`: styleNone,
		"[Red]0": styleNone, "m/d/yy h:mm": styleDay, "[DBNum1]yyyy年m月": styleMonth,
	} {
		if got := formatStyle(code); got != want {
			t.Errorf("%s is %d, want %d", code, got, want)
		}
	}
}

func TestWholeNumber(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", "1.0": "1", "1.38E10": "13800000000 lost", "1.3812345678e+10": "13812345678", "0.5": "", "-1": "", "": "", "E5": "",
		"1E400": "", "12345678901234567890": "12345678901234567890", "1.5E1": "15", "15E-1": "", "NaN": "",
	} {
		plain, lost, ok := wholeNumber(text)
		if lost {
			plain += " lost"
		}
		if !ok {
			plain = ""
		}
		if plain != want {
			t.Errorf("%q gave %q, want %q", text, plain, want)
		}
	}
}

func TestLetters(t *testing.T) {
	for col, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := Letters(col); got != want {
			t.Errorf("%d is %s, want %s", col, got, want)
		}
		if back, row := splitRef([]byte(want + "7")); back != col || row != 7 {
			t.Errorf("%s is %d, want %d", want, back, col)
		}
	}
	for _, bad := range []string{"", "7", "A", "A0", "a1", "AAAA1", "A-1", "A1B", "A9999999999"} {
		if col, _ := splitRef([]byte(bad)); col != -1 {
			t.Errorf("%q is column %d", bad, col)
		}
	}
}

// TestFields: every field that can be mapped by hand stores what it is given.
func TestFields(t *testing.T) {
	h := &healer{today: today, words: newVocabulary()}
	values := map[string]string{
		fieldID: wang, fieldSex: "男", fieldBirth: "1985.07", fieldEthnic: "回", fieldPhones: "13812345678", fieldPolitics: "党员", fieldEducation: "高中",
		fieldSkills: "驾驶", fieldCategories: "社区服务", fieldKind: "退役士兵", fieldEnlisted: "2003.12", fieldDischarged: "2005.12", fieldService: "2003.12-2005.12",
		fieldBranch: "海军", fieldRank: "军官", fieldDischarge: "转业", fieldJoined: "2021-05-04", fieldAgreed: "2021-05-04", fieldEmergencyTel: "13812345678", fieldStatus: "在册",
	}
	for _, field := range Fields() {
		value := values[field]
		if value == "" {
			value = "文字"
		}
		var d record.Draft
		h.draft, h.number = &d, record.IDReading{}
		h.heal(cell{text: value}, column{field: field})
		change, err := record.Difference(record.Volunteer{}, d.Volunteer)
		if err != nil {
			t.Fatal(err)
		}
		if (d.TeamName == "" && d.RoleName == "" && change.Empty()) || len(d.Problems.Errors()) > 0 {
			t.Errorf("%s stored nothing of %q: %v", field, value, d.Problems)
		}
	}
}
