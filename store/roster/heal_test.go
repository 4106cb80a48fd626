package roster

import (
	"slices"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// TestIDs covers inputs 26 to 33, 39 and 40. What stands behind = is what is
// stored, behind ! the code of the finding.
func TestIDs(t *testing.T) {
	for _, c := range []struct {
		name   string
		inputs string
		cell   any
		want   record.IDNumber
		code   record.Code
	}{
		{"plain", "", wang, wang, ""},
		{"number with exponent", "26", num("1.29999198507011E+17"), "", record.CodeIDDigitsLost},
		{"number with all digits of a float", "26", num("1.2999919850701123e+17"), "", record.CodeIDDigitsLost},
		{"number ending 000", "26", num("129999198507011000"), "", record.CodeIDDigitsLost},
		{"number with all digits", "26", num(wang), wang, ""},
		{"number with all digits and a point", "26", num(wang + ".0"), wang, ""},
		{"number printed from a float", "26", num("129999198507011232"), "", record.CodeIDDigitsLost},
		{"text with exponent", "26", "1.29999E+17", "", record.CodeIDDigitsLost},
		{"15 digits as number", "30", num("129999700101123"), "129999197001011237", record.CodeIDConverted},
		{"15 digits as exponent", "30", num("1.29999700101123E14"), "129999197001011237", record.CodeIDConverted},
		{"15 digits", "30", "129999700101123", "129999197001011237", record.CodeIDConverted},
		{"apostrophe", "27", "'" + wang, wang, record.CodeIDNormalised},
		{"spaces", "27", " 129999 19850701 1239 ", wang, record.CodeIDNormalised},
		{"no-break space", "27", wang + "\u00a0", wang, record.CodeIDNormalised},
		{"zero width", "27", "\u200b" + wang, wang, record.CodeIDNormalised},
		{"full width", "27", "１２９９９９１９８５０７０１１２３９", wang, record.CodeIDNormalised},
		{"dashes", "27", "129999-19850701-1239", wang, record.CodeIDNormalised},
		{"small x", "28", "12999919701001005x", zhao, record.CodeIDNormalised},
		{"full-width X", "28", "12999919701001005Ｘ", zhao, record.CodeIDNormalised},
		{"cyrillic Х", "28", "12999919701001005Х", "", record.CodeIDCharacters},
		{"star", "28", "12999919701001005*", "", record.CodeIDMasked},
		{"checksum", "29", "129999198507011238", "", record.CodeIDChecksum},
		{"17 digits", "31", "12999919850701123", "", record.CodeIDLength},
		{"19 digits", "31", "1299991985070112399", "", record.CodeIDLength},
		{"ones", "31", "111111111111111111", "", record.CodeIDRepeated},
		{"letters", "31", "军字第129999号", "", record.CodeIDCharacters},
		{"30 February", "32", checked("12999919850230123"), "", record.CodeIDBirth},
		{"born in the future", "32", checked("12999920990101123"), "", record.CodeIDBirth},
		{"121 years old", "32", checked("12999919040101123"), "", record.CodeIDAge},
		{"masked", "40", "1299****1239", "", record.CodeIDMasked},
		{"none", "39", nil, "", record.CodeIDMissing},
		{"none in words", "39", "暂无", "", record.CodeIDMissing},
		{"two in a cell", "27", wang + zhao, "", record.CodeIDRepeated},
		{"error value", "44", failed("#REF!"), "", record.CodeCellError},
		{"formula", "44", formula{wang}, wang, record.CodeCellFormula},
		{"formula without value", "44", formula{}, "", record.CodeCellError},
		{"shared text that is not there", "16", shared("99999"), "", record.CodeCellError},
		{"shared text -1", "16", shared("-1"), "", record.CodeCellError},
	} {
		t.Run(c.name+" "+c.inputs, func(t *testing.T) {
			d := one(t, []any{"姓名", "身份证号", "备注"}, []any{"王建国", c.cell, "好"})
			if d.Volunteer.IDNumber != c.want {
				t.Errorf("stored %q, want %q", record.MaskID(string(d.Volunteer.IDNumber)), record.MaskID(string(c.want)))
			}
			if c.code != "" && !d.Problems.Has(c.code) || c.code == "" && len(d.Problems) > 0 {
				t.Errorf("findings %v, want %q", d.Problems, c.code)
			}
			if refused := len(d.Problems.Errors()) > 0; refused != (c.want == "" && c.code != record.CodeIDMissing) {
				t.Errorf("refused is %t: %v", refused, d.Problems)
			}
			for _, p := range d.Problems {
				if strings.Contains(p.Value, "19850701") || strings.Contains(strings.Join(p.Args, ""), "19850701") {
					t.Errorf("a finding shows the number: %v", p)
				}
			}
		})
	}
}

// TestDates covers input 47 and domain 4.3 number 3.
func TestDates(t *testing.T) {
	for _, c := range []struct {
		cell any
		want record.Date
		code record.Code
	}{
		{"1985.07", "1985-07", ""},
		{"1985.7", "1985-07", ""},
		{"1985.1", "1985-01", ""}, // as text it is what was typed
		{"198507", "1985-07", ""},
		{"19850701", "1985-07-01", ""},
		{"1985-07", "1985-07", ""},
		{"1985/7/1", "1985-07-01", ""},
		{"1985年7月", "1985-07", ""},
		{"1985年7月1日", "1985-07-01", ""},
		{"1985年7月份", "1985-07", record.CodeDateFixed},
		{"1985", "1985", ""},
		{"85.7", "1985-07", record.CodeDateFixed},
		{"八五年", "1985", record.CodeDateFixed},
		{"一九八五年十二月", "1985-12", record.CodeDateFixed},
		{"一九八五年十月二十一日", "1985-10-21", record.CodeDateFixed},
		{"二〇〇三年十二月三十一日", "2003-12-31", record.CodeDateFixed},
		{"85年兵", "1985", record.CodeDateFixed},
		{"1985年冬", "1985", record.CodeDateFixed},
		{"1985-07-01 00:00:00", "1985-07-01", ""},
		{"31/12/1985", "1985-12-31", record.CodeDateFixed},
		{"12/31/1985", "1985-12-31", record.CodeDateFixed},
		{"5/6/1985", "", record.CodeDateAmbiguous},
		{"5/6/12", "", record.CodeDateAmbiguous},
		{"不详", "", ""},
		{"1985.13", "", record.CodeDate},
		{"很久以前", "", record.CodeDate},
		{num("31229"), "1985-07-01", record.CodeDateFixed},
		{styled{1, "31229"}, "1985-07-01", ""},
		{styled{3, "31229.75"}, "1985-07-01", ""},
		{styled{2, "31229"}, "1985-07", ""},
		{styled{1, "60"}, "", record.CodeDate}, // 29 February 1900
		{iso("1985-07-01T00:00:00"), "1985-07-01", ""},
		{num("1985.07"), "1985-07", ""},
		{num("1985.0699999999999"), "1985-07", ""},
		{num("1985.2"), "1985-02", ""},
		{num("1985.12"), "1985-12", ""},
		{num("1985.1"), "", record.CodeDateAmbiguous},
		{num("1985.0999999999999"), "", record.CodeDateAmbiguous},
		{num("1985"), "1985", ""},
		{num("198507"), "1985-07", ""},
		{num("19850701"), "1985-07-01", ""},
		{num("1985.0701"), "1985-07-01", ""},
		{num("1E308"), "", record.CodeDate},
		{num("-5"), "", record.CodeDate},
		{num("99999"), "", record.CodeDate},
	} {
		d := one(t, []any{"姓名", "身份证号", "入伍时间"}, []any{"王建国", zhao, c.cell})
		if d.Volunteer.Enlisted != c.want || (c.code != "" && !d.Problems.Has(c.code)) {
			t.Errorf("%v gave %q %v, want %q %s", c.cell, d.Volunteer.Enlisted, d.Problems, c.want, c.code)
		}
		if c.code == "" && len(d.Problems) > 0 && c.want >= "1970-10" {
			t.Errorf("%v gave findings %v", c.cell, d.Problems)
		}
		for _, p := range d.Problems {
			if p.Field == fieldEnlisted && p.Level == record.LevelError && p.Code != record.CodeDateOrder {
				t.Errorf("%v stops the row: %v", c.cell, p)
			}
		}
	}
}

func TestDatesOf1904(t *testing.T) {
	src := bookWith(t, [][]any{{"姓名", "身份证号", "入伍时间"}, {"王建国", wang, styled{1, "36100"}}}, "", map[string]string{
		"xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr date1904="true"/><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
	})
	if got := mustRead(t, src).Drafts[0].Volunteer.Enlisted; got != "2002-11-02" {
		t.Errorf("%q, want 2002-11-02", got)
	}
}

func TestMonthHeads(t *testing.T) {
	d := one(t, []any{"姓名", "身份证号", "入伍年月", "退役时间"}, []any{"王建国", wang, styled{1, "37956"}, styled{1, "38687"}})
	if d.Volunteer.Enlisted != "2003-12" || d.Volunteer.Discharged != "2005-12-01" {
		t.Errorf("%q %q", d.Volunteer.Enlisted, d.Volunteer.Discharged)
	}
}

// TestService covers ranges, and input 48: dates in the wrong order.
func TestService(t *testing.T) {
	for _, c := range []struct {
		cell     string
		from, to record.Date
	}{
		{"1988.12-1991.1", "1988-12", "1991-01"},
		{"1988-12—1991-01", "1988-12", "1991-01"},
		{"1988年12月至1991年1月", "1988-12", "1991-01"},
		{"1988.12.01~1991.01.31", "1988-12-01", "1991-01-31"},
		{"198812－199101", "1988-12", "1991-01"},
	} {
		d := one(t, []any{"姓名", "身份证号", "服役时间"}, []any{"赵云", zhao, c.cell})
		if d.Volunteer.Enlisted != c.from || d.Volunteer.Discharged != c.to || !d.Volunteer.Veteran {
			t.Errorf("%s gave %q %q %v", c.cell, d.Volunteer.Enlisted, d.Volunteer.Discharged, d.Problems)
		}
	}
	for _, c := range []struct{ from, to string }{{"2005.12", "2003.12"}, {"1960.12", "1963.12"}, {"2030.12", ""}} {
		d := one(t, []any{"姓名", "身份证号", "入伍时间", "退役时间"}, []any{"王建国", wang, c.from, c.to})
		if len(d.Problems.Errors()) == 0 {
			t.Errorf("%v passed: %v", c, d.Problems)
		}
	}
	d := one(t, []any{"姓名", "身份证号", "退役时间"}, []any{"王建国", wang, "2031.12"})
	if d.Volunteer.Discharged != "2031-12" || len(d.Problems.Errors()) > 0 || !d.Problems.Has(record.CodeDateFuture) {
		t.Errorf("a discharge ahead: %v", d.Problems)
	}
}

// TestPhones covers input 46.
func TestPhones(t *testing.T) {
	for _, c := range []struct {
		cell any
		want string
		bad  bool
	}{
		{"13812345678", "13812345678", false},
		{num("13812345678"), "13812345678", false},
		{num("13812345678.0"), "13812345678", false},
		{num("1.3812345678E10"), "13812345678", false},
		{num("1.38E+10"), "", true},
		{"1.38E+10", "", true},
		{"138 1234 5678", "13812345678", false},
		{"+86 138-1234-5678", "13812345678", false},
		{"0086 13812345678", "13812345678", false},
		{"13812345678、022-23456789", "13812345678 02223456789", false},
		{"13812345678/13987654321", "13812345678 13987654321", false},
		{"１３８１２３４５６７８", "13812345678", false},
		{"23456789", "23456789", false},
		{"无", "", false},
		{"1381234567", "", true},
		{"138123456789", "", true},
		{"打他儿子电话", "", true},
	} {
		d := one(t, []any{"姓名", "身份证号", "联系电话"}, []any{"王建国", wang, c.cell})
		if got := strings.Join(d.Volunteer.Phones, " "); got != c.want || d.Problems.Has(record.CodePhone) != c.bad {
			t.Errorf("%v gave %q %v", c.cell, got, d.Problems)
		}
	}
	d := one(t, []any{"姓名", "身份证号", "手机", "固话"}, []any{"王建国", wang, "13812345678", "022-23456789"})
	if !slices.Equal(d.Volunteer.Phones, []string{"13812345678", "02223456789"}) {
		t.Errorf("two columns gave %v", d.Volunteer.Phones)
	}
}

// TestNames covers inputs 41 to 43, 50 and 63.
func TestNames(t *testing.T) {
	for _, c := range []struct {
		cell, want, note, role string
		code                   record.Code
		stops                  bool
	}{
		{cell: "王建国", want: "王建国"},
		{cell: "张　三", want: "张三", code: record.CodeNameNormalised},
		{cell: " 李四 ", want: "李四", code: record.CodeNameNormalised},
		{cell: "阿卜杜拉•买买提", want: "阿卜杜拉·买买提", code: record.CodeNameNormalised},
		{cell: "金进𬱖", want: "金进𬱖"},
		{cell: "王\ue001国", want: "王\ue001国", code: record.CodeNamePrivateUse},
		{cell: "张三（组长）", want: "张三", note: "组长", role: "组长", code: record.CodeNameNormalised},
		{cell: "张三(去世)", want: "张三", note: "去世", code: record.CodeDeceased},
		{cell: "张三【女】", want: "张三", note: "女", code: record.CodeNameNormalised},
		{cell: "张三*", want: "张三", code: record.CodeNameNormalised},
		{cell: "张", want: "张", code: record.CodeNameShort, stops: true},
		{cell: "张3", want: "张3", code: record.CodeNameCharacters, stops: true},
		{cell: "=cmd|' /C calc'!A0", want: "=cmd|' /C calc'!A0", code: record.CodeNameCharacters, stops: true},
		{cell: "<script>", want: "<script>", code: record.CodeNameCharacters, stops: true},
		{cell: "王\u202e国建", want: "王\u202e国建", code: record.CodeControlChars, stops: true},
		{cell: "王建国😀", want: "王建国😀", code: record.CodeNameCharacters, stops: true},
		{cell: strings.Repeat("长", 51), want: strings.Repeat("长", 51), code: record.CodeTooLong, stops: true},
	} {
		d := one(t, []any{"姓名", "身份证号", "性别"}, []any{c.cell, wang, "男"})
		v := d.Volunteer
		if v.Name != c.want || v.Note != c.note || d.RoleName != c.role {
			t.Errorf("%q gave %q, note %q, role %q", c.cell, v.Name, v.Note, d.RoleName)
		}
		if (c.code != "" && !d.Problems.Has(c.code)) || (c.code == "" && len(d.Problems) > 0) || (len(d.Problems.Errors()) > 0) != c.stops {
			t.Errorf("%q gave %v, want %s", c.cell, d.Problems, c.code)
		}
	}
	if d := one(t, twoHeads, []any{"张三(已故)", wang}); d.Volunteer.Status != record.StatusDeceased {
		t.Errorf("status %q of the dead", d.Volunteer.Status)
	}
}

// TestCodes covers input 49 and domain 4.3 number 14.
func TestCodes(t *testing.T) {
	for _, c := range []struct{ head, cell, want string }{
		{"性别", "男", "1"},
		{"性别", "女性", "2"},
		{"民族", "汉", "01"},
		{"民族", "回族", "03"},
		{"政治面貌", "中共党员 ", "01"},
		{"政治面貌", "党员", "01"},
		{"是否党员", "是", "01"},
		{"是否党员", "否", "13"},
		{"党员", "√", "01"},
		{"政治面貌", "党员（2005年入党）", "01"},
		{"政治面貌", "无", "13"},
		{"文化程度", "大专", "30"},
		{"学历", "本科学历", "20"},
		{"学历", "高中毕业", "60"},
		{"学历", "研究生", "10"},
		{"人员类别", "退役士兵", "2"},
		{"人员类别", "残疾军人", "7"},
		{"军种", "陆军", "army"},
		{"军兵种", "武警部队", "police"},
		{"军兵种", "武警", "police"},
		{"军种", "二炮", "second_artillery"},
		{"退役方式", "自主就业", "self"},
		{"退役方式", "转业", "transfer"},
		{"军衔", "上等兵", "conscript"},
		{"军衔", "四级军士长", "sergeant"},
		{"军衔", "少校", "officer"},
	} {
		d := one(t, []any{"姓名", "身份证号", c.head}, []any{"王建国", wang, c.cell})
		v := d.Volunteer
		got := []string{string(v.Sex), v.Ethnic, v.Politics, v.Education, v.Kind, v.Branch, v.DischargeKind, v.Rank}
		if !slices.Contains(got, c.want) || d.Problems.Has(record.CodeUnknownCode) {
			t.Errorf("%s %s gave %v %v", c.head, c.cell, got, d.Problems)
		}
	}
	d := one(t, []any{"姓名", "身份证号", "政治面貌"}, []any{"王建国", wang, "红色人士"})
	if d.Volunteer.Politics != "" || len(d.Problems) != 1 || d.Problems[0].Level != record.LevelReview || d.Problems[0].Args[0] != "红色人士" || d.Raw[fieldPolitics] != "红色人士" {
		t.Errorf("an unknown word gave %v, raw %v", d.Problems, d.Raw)
	}
	d = one(t, []any{"姓名", "身份证号", "军兵种"}, []any{"王建国", wang, "陆军步兵"})
	if d.Volunteer.Branch != "army" || d.Volunteer.Arm != "步兵" {
		t.Errorf("陆军步兵 gave %q %q", d.Volunteer.Branch, d.Volunteer.Arm)
	}
	d = one(t, []any{"姓名", "身份证号", "兵种"}, []any{"王建国", wang, "炮兵"})
	if d.Volunteer.Arm != "炮兵" || len(d.Problems) > 0 {
		t.Errorf("炮兵 gave %q %v", d.Volunteer.Arm, d.Problems)
	}
}

func TestSkills(t *testing.T) {
	d := one(t, []any{"姓名", "身份证号", "特长"}, []any{"王建国", wang, "驾驶、急救，会电工；钓鱼"})
	table := record.Skills()
	var names []string
	for _, code := range d.Volunteer.Skills {
		names = append(names, table.NameOf(code))
	}
	if !slices.Equal(names, []string{"驾驶", "急救医护", "电工焊工"}) || d.Volunteer.SkillNote != "钓鱼" {
		t.Errorf("%v, note %q", names, d.Volunteer.SkillNote)
	}
}

// TestVillages: the code comes from the caller's table; an unknown name stays
// and is told once.
func TestVillages(t *testing.T) {
	src := bookOf(t, [][]any{
		{"姓名", "身份证号", "所属社区"}, {"王建国", wang, "东风里社区"}, {"赵云", zhao, "某某街道东风里社区"}, {"孙权", testID(3), "新地方"}, {"周瑜", testID(4), "新地方"},
	})
	book, err := Read(t.Context(), src, Options{Today: today, Villages: func(name string) (string, bool) {
		return "120103004001", name == "东风里社区"
	}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"120103004001", "120103004001", "", ""} {
		if v := book.Drafts[i].Volunteer; v.Village != want && !(want == "" && v.VillageName == "新地方") {
			t.Errorf("row %d: %q %q", i+2, v.Village, v.VillageName)
		}
	}
	if notes := book.Sheets[0].Notes; len(notes) != 1 || notes[0].Code != record.CodeVillageUnknown || notes[0].Args[0] != "新地方" {
		t.Errorf("notes %v", notes)
	}
	if v := book.Drafts[2].Volunteer; v.Village != "" || v.VillageName != "新地方" {
		t.Errorf("the unknown place: %q %q", v.Village, v.VillageName)
	}
}

// TestAgainstTheNumber covers input 34: the sheet and the number disagree.
func TestAgainstTheNumber(t *testing.T) {
	d := one(t, []any{"姓名", "身份证号", "性别", "出生年月"}, []any{"王建国", wang, "女", "1985.08"})
	if !d.Problems.Has(record.CodeIDSex) || !d.Problems.Has(record.CodeIDBirthGiven) || len(d.Problems.Errors()) > 0 {
		t.Errorf("findings %v", d.Problems)
	}
	d = one(t, []any{"姓名", "身份证号", "出生年月"}, []any{"王建国", wang, "1985.07"})
	if d.Volunteer.Birth != "1985-07-01" || len(d.Problems) > 0 {
		t.Errorf("birth %q, %v", d.Volunteer.Birth, d.Problems)
	}
}

// TestRoles: a roster of volunteers needs an agreement, one of veterans does
// not.
func TestRoles(t *testing.T) {
	src := bookOf(t, [][]any{{"姓名", "身份证号", "人员类别"}, {"王建国", wang, "退役士兵"}, {"赵云", zhao, "烈士遗属"}, {"孙权", testID(3), nil}})
	for _, c := range []struct {
		as      Role
		veteran []bool
		serving bool
		agreed  record.Day
	}{
		{Volunteers, []bool{true, false, false}, true, today},
		{Veterans, []bool{true, false, true}, false, ""},
	} {
		book, err := Read(t.Context(), src, Options{Today: today, As: c.as})
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range book.Drafts {
			v := d.Volunteer
			if v.Veteran != c.veteran[i] || v.Serving != c.serving || v.Agreement.Date != c.agreed {
				t.Errorf("%s, row %d: veteran %t, serving %t, agreed %q", c.as, d.Row, v.Veteran, v.Serving, v.Agreement.Date)
			}
		}
		if got := book.Notes.Has(record.CodeAgreementTaken); got != c.serving {
			t.Errorf("%s: agreement assumed is %t", c.as, got)
		}
	}
	d := one(t, []any{"姓名", "身份证号", "承诺日期", "入队时间"}, []any{"王建国", wang, "2021.5.4", "2021-06-01"})
	if a := d.Volunteer.Agreement; a.Date != "2021-05-04" || a.Way != "import" || d.Volunteer.Joined != "2021-06-01" {
		t.Errorf("agreement %+v, joined %q", a, d.Volunteer.Joined)
	}
}

// TestLongAndOddCells covers inputs 15, 50 and 51.
func TestLongAndOddCells(t *testing.T) {
	heads := []any{"姓名", "身份证号", "备注"}
	for _, c := range []struct {
		cell  string
		note  string
		code  record.Code
		stops bool
	}{
		{strings.Repeat("字", 1000), strings.Repeat("字", 1000), "", false},
		{strings.Repeat("字", 1001), strings.Repeat("字", 1001), record.CodeTooLong, true},
		{strings.Repeat("字", 32_768), "", record.CodeCellTooLong, true},
		{"一\u200b\u0007二_x0007_", "一二", "", false},
		{"a\u202eb", "a\u202eb", record.CodeControlChars, true},
		{"'; DROP TABLE people;--", "'; DROP TABLE people;--", "", false},
		{"=1+1", "=1+1", "", false},
		{"表情😀", "表情😀", "", false},
	} {
		cell := strings.ReplaceAll(c.cell, "\u0007", "")
		d := one(t, heads, []any{"王建国", wang, cell})
		if d.Volunteer.Note != c.note || (len(d.Problems.Errors()) > 0) != c.stops || (c.code != "" && !d.Problems.Has(c.code)) {
			t.Errorf("%.20q gave %.20q %v", c.cell, d.Volunteer.Note, d.Problems)
		}
	}
	big := bookWith(t, [][]any{heads, {"王建国", wang, shared("0")}, {"赵云", zhao, shared("0")}}, "", map[string]string{
		"xl/sharedStrings.xml": `<sst><si><t>` + strings.Repeat("A", 1<<20) + `</t></si></sst>`,
	})
	for _, d := range mustRead(t, big).Drafts {
		if !d.Problems.Has(record.CodeCellTooLong) {
			t.Errorf("a text of 1 MB gave %v", d.Problems)
		}
	}
}

// TestRaw: the draft keeps what was written wherever it stores something else.
func TestRaw(t *testing.T) {
	d := one(t, []any{"姓名", "身份证号", "性别", "入伍时间", "联系电话"}, []any{"张　三", "'" + wang, "男", "2003.12", "138 1234 5678"})
	for field, want := range map[string]string{fieldName: "张　三", fieldID: "'" + wang, fieldEnlisted: "2003.12", fieldPhones: "138 1234 5678", fieldSex: ""} {
		if d.Raw[field] != want {
			t.Errorf("%s: %q, want %q", field, d.Raw[field], want)
		}
	}
	if d.Columns[fieldID] != "B" || d.Sheet != "花名册" || d.Row != 2 {
		t.Errorf("place %v %s %d", d.Columns, d.Sheet, d.Row)
	}
}
