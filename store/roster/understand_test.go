package roster

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// TestHeaders covers inputs 19 to 24: where the heads are and what they mean.
func TestHeaders(t *testing.T) {
	title := []any{"某某街道退役军人志愿者花名册"}
	unit := []any{"填报单位（盖章）：某某街道", nil, nil, "填报日期：2026年10月9日"}
	for _, c := range []struct {
		name   string
		inputs string
		rows   [][]any
		header []int
		want   string // letters and fields
	}{
		{"first row", "19", [][]any{{"序号", "姓名", "身份证号"}, {num("1"), "王建国", wang}}, []int{1}, "B=name C=id_number"},
		{"title and unit", "19", [][]any{title, unit, {"序号", "姓名", "性别", "身份证号"}, {num("1"), "王建国", "男", wang}}, []int{3}, "B=name C=sex D=id_number"},
		{"blank rows above", "19", [][]any{nil, nil, title, nil, {"姓名", "身份证号"}, {"王建国", wang}}, []int{5}, "A=name B=id_number"},
		{"two rows", "19", [][]any{
			title, {"序号", "姓名", "服役情况", nil, "身份证号"}, {nil, nil, "入伍时间", "退役时间"}, {num("1"), "王建国", "2003.12", "2005.12", wang},
		}, []int{2, 3}, "B=name C=enlisted D=discharged E=id_number"},
		{"three rows", "19", [][]any{
			{"姓名", "基本情况", nil, nil, nil, "备注"}, {nil, "身份证号", "服役", nil, "电话"}, {nil, nil, "入伍", "退役"}, {"王建国", wang, "2003.12", "2005.12", "13812345678", "好"},
		}, []int{1, 2, 3}, "A=name B=id_number C=enlisted D=discharged E=phones F=note"},
		{"second row blank", "19", [][]any{{"姓名", "身份证号"}, {"", " "}, {"王建国", wang}}, []int{1}, "A=name B=id_number"},
		{"spaces and breaks", "20", [][]any{{"姓\n名", "公民身份号码 ", "联系 电话", "出 生\n年　月"}, {"王建国", wang, "13812345678", "1985.07"}}, []int{1}, "A=name B=id_number C=phones D=birth"},
		{"brackets and stars", "20", [][]any{{"*姓名（必填）", "身份证号（18位）", "联系电话(手机)", "村（社区）"}, {"王建国", wang, "13812345678", "东风里社区"}}, []int{1}, "A=name B=id_number C=phones D=village"},
		{"full width", "20", [][]any{{"姓名：", "证件号码", "文化程度"}, {"王建国", wang, "高中"}}, []int{1}, "A=name B=id_number C=education"},
		{"long heads", "20", [][]any{{"志愿者姓名", "本人居民身份证号", "本人联系电话"}, {"王建国", wang, "13812345678"}}, []int{1}, "A=name B=id_number C=phones"},
		{"head twice", "21", [][]any{{"姓名", "身份证号", "身份证号"}, {"王建国", wang, zhao}}, []int{1}, "A=name B=id_number"},
		{"two phones", "46", [][]any{{"姓名", "身份证号", "手机", "固定电话"}, {"王建国", wang, "13812345678", "022-23456789"}}, []int{1}, "A=name B=id_number C=phones D=phones"},
		{"another person", "20", [][]any{
			{"姓名", "身份证号", "紧急联系人", nil}, {nil, nil, "姓名", "电话"}, {"王建国", wang, "李梅", "13812345678"},
		}, []int{1, 2}, "A=name B=id_number C=emergency_name D=emergency_phone"},
		{"repeated below", "19", [][]any{{"姓名", "身份证号"}, {"王建国", wang}, {"姓名", "身份证号"}, {"赵云", zhao}}, []int{1}, "A=name B=id_number"},
		{"number without head", "20", [][]any{{"姓名", "性别", "号码2"}, {"王建国", "男", wang}, {"赵云", "男", zhao}}, []int{1}, "A=name B=sex C=id_number"},
	} {
		t.Run(c.name+" "+c.inputs, func(t *testing.T) {
			book := mustRead(t, bookOf(t, c.rows))
			s := book.Sheets[0]
			var got []string
			for _, letter := range sortedKeys(s.Mapping) {
				got = append(got, letter+"="+s.Mapping[letter])
			}
			if !slices.Equal(s.HeaderRows, c.header) || strings.Join(got, " ") != c.want {
				t.Errorf("rows %v, %v, want %v, %s", s.HeaderRows, got, c.header, c.want)
			}
			if d := book.Drafts[0]; d.Volunteer.Name != "王建国" || d.Volunteer.IDNumber != wang {
				t.Errorf("read %q with problems %v", d.Volunteer.Name, d.Problems)
			}
		})
	}
}

// TestNoRoster covers inputs 18, 22 and the sheets that are something else.
func TestNoRoster(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]any
		want record.Code
	}{
		{"empty sheet", nil, record.CodeNoSheet},
		{"a letter", [][]any{{"关于开展志愿服务的通知"}, {"各社区："}, {"请于本周五前报送名单。"}}, record.CodeNoHeader},
		{"numbers only", [][]any{{num("1"), num("2")}, {num("3"), num("4")}}, record.CodeNoHeader},
		{"no names", [][]any{{"序号", "身份证号", "性别", "民族", "联系电话"}, {num("1"), wang, "男", "汉", "13812345678"}}, record.CodeNoNameColumn},
		{"signing in", [][]any{{"活动签到表"}, {"序号", "姓名", "电话", "签到"}, {num("1"), "王建国", "13812345678", "√"}}, record.CodeSignInSheet},
		{"signing in, three across", [][]any{{"姓名", "签名", "姓名", "签名", "姓名", "签名"}, {"王建国", "", "赵云", "", "孙权", ""}}, record.CodeSignInSheet},
	} {
		t.Run(c.name, func(t *testing.T) { refused(t, bookOf(t, c.rows), c.want) })
	}
}

// TestColumnsByValue covers heads that mean two things: the values decide.
func TestColumnsByValue(t *testing.T) {
	for _, c := range []struct{ head, value, field string }{
		{"人员类别", "退役士兵", fieldKind},
		{"类别", "义务兵", fieldRank},
		{"类别", "自主就业", fieldDischarge},
		{"退役类型", "转业", fieldDischarge},
		{"退役类型", "军队转业干部", fieldKind},
		{"服役时间", "1978.12-1983.1", fieldService},
		{"服役时间", "1978年12月至1983年1月", fieldService},
		{"服役时间", "1978.12", fieldEnlisted},
		{"服务时间", "2021-05-04", fieldJoined},
		{"服务时间", "3小时", ""},
		{"时间", "12", ""},
		{"身份", "中共党员", fieldPolitics},
	} {
		t.Run(c.head+" "+c.value, func(t *testing.T) {
			book := mustRead(t, bookOf(t, [][]any{{"姓名", "身份证号", c.head}, {"王建国", wang, c.value}, {"赵云", zhao, c.value}}))
			if got := book.Sheets[0].Mapping["C"]; got != c.field {
				t.Errorf("%q, want %q", got, c.field)
			}
		})
	}
}

// TestIgnoredColumns covers input 23 and 部队代号.
func TestIgnoredColumns(t *testing.T) {
	book := mustRead(t, bookOf(t, [][]any{
		{"序号", "姓名", "身份证号", "原部队代号", "喜欢的颜色", "年龄"},
		{num("1"), "王建国", wang, "12345部队", "红", num("41")},
	}))
	s := book.Sheets[0]
	if !maps.Equal(s.Ignored, map[string]string{"D": "原部队代号", "E": "喜欢的颜色", "F": "年龄"}) {
		t.Errorf("ignored %v", s.Ignored)
	}
	if !s.Notes.Has(record.CodeSensitive) || !s.Notes.Has(record.CodeColumnIgnored) {
		t.Errorf("notes %v", s.Notes)
	}
	d := book.Drafts[0]
	for _, text := range append(slices.Collect(maps.Values(d.Raw)), d.Volunteer.Note, d.Volunteer.Arm, d.Volunteer.Branch) {
		if strings.Contains(text, "12345") {
			t.Errorf("a unit's number was kept: %q", text)
		}
	}
}

// TestRowsThatAreNoPeople covers input 41 and the lines around a table.
func TestRowsThatAreNoPeople(t *testing.T) {
	rows := [][]any{
		{"花名册"},
		{"序号", "姓名", "身份证号", "联系电话", "备注"},
		{num("1"), num("2"), num("3"), num("4"), num("5")},
		{num("1"), "王建国", wang, "13812345678"},
		{"小计", nil, "1人"},
		{"  ", ""},
		{"花名册"},
		{"序号", "姓名", "身份证号", "联系电话", "备注"},
		{num("2"), "赵云", zhao},
		{nil, "合 计", nil, num("2")},
		{num("3")},
		{num("4"), "", nil, "/"},
		{"注：本表一式两份"},
		{"填表说明：1.身份证号须为18位。"},
		{nil, "填报人：张三", nil, "审核人：李四", "联系电话：022-23456789"},
		{"单位负责人：", nil, "制表日期：2026年1月"},
		{"第 1 页 共 2 页"},
	}
	book := mustRead(t, bookOf(t, rows))
	var names []string
	for _, d := range book.Drafts {
		names = append(names, d.Volunteer.Name)
	}
	if !slices.Equal(names, []string{"王建国", "赵云"}) {
		t.Fatalf("people %v", names)
	}
	if book.Skipped != 12 {
		t.Errorf("skipped %d, want 12", book.Skipped)
	}
}

// TestRowsThatArePeople: what looks like a note and is a person, and what is a
// person without a name.
func TestRowsThatArePeople(t *testing.T) {
	book := mustRead(t, bookOf(t, [][]any{
		{"序号", "姓名", "身份证号", "联系电话", "备注"},
		{num("1"), "王建国", nil, nil, nil},
		{num("2"), nil, wang, "13812345678"},
		{num("3"), "注建国", nil, "13812345679"},
		{num("4"), "单位", nil, "13812345670", "姓单"},
	}))
	if len(book.Drafts) != 4 {
		t.Fatalf("%d people, want 4", len(book.Drafts))
	}
	if got := book.Drafts[1].Problems.Errors(); len(got) != 1 || got[0].Code != record.CodeRequired || got[0].Field != fieldName {
		t.Errorf("a number without a name gave %v", got)
	}
	if !book.Drafts[0].Problems.Has(record.CodeIDMissing) {
		t.Errorf("a name without a number gave %v", book.Drafts[0].Problems)
	}
}

// TestMergedCells covers input 24: a community is filled down, a name is not.
func TestMergedCells(t *testing.T) {
	src := bookWith(t, [][]any{
		{"社区", "姓名", "身份证号", "服务队"},
		{"东风里社区", "王建国", wang, "一队"},
		{nil, "赵云", zhao},
		{nil, nil, testID(5)},
		{"前进村", "孙权", testID(7)},
		{nil, "周瑜", testID(8)},
	}, `<mergeCells count="3"><mergeCell ref="A2:A4"/><mergeCell ref="B3:B4"/><mergeCell ref="D2:D3"/></mergeCells>`, nil)
	book := mustRead(t, src)
	var got []string
	for _, d := range book.Drafts {
		got = append(got, d.Volunteer.Name+" "+d.Volunteer.VillageName+" "+d.TeamName)
	}
	want := []string{"王建国 东风里社区 一队", "赵云 东风里社区 一队", " 东风里社区 ", "孙权 前进村 ", "周瑜  "}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestPlaceOfSheet: each sheet a community, by its name, its title, or a line
// above its people.
func TestPlaceOfSheet(t *testing.T) {
	for _, c := range []struct {
		name string
		rows [][]any
		want string
	}{
		{"title", [][]any{{"东风里社区退役军人志愿者名册"}, twoHeads, {"王建国", wang}}, "东风里社区"},
		{"title with street", [][]any{{"某某街道东风里社区退役军人志愿者名册"}, twoHeads, {"王建国", wang}}, "东风里社区"},
		{"line", [][]any{twoHeads, {"一、东风里社区（35人）"}, {"王建国", wang}}, "东风里社区"},
		{"column wins", [][]any{{"前进村退役军人名册"}, {"姓名", "身份证号", "社区"}, {"王建国", wang, "东风里社区"}}, "东风里社区"},
		{"street is no community", [][]any{{"某某街道退役军人名册"}, twoHeads, {"王建国", wang}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := mustRead(t, bookOf(t, c.rows)).Drafts[0].Volunteer.VillageName; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestNamesAcross covers domain 4.3 number 17: two people in a row.
func TestNamesAcross(t *testing.T) {
	book := mustRead(t, bookOf(t, [][]any{
		{"序号", "姓名", "身份证号", "序号", "姓名", "身份证号"},
		{num("1"), "王建国", wang, num("2"), "赵云", zhao},
		{num("3"), "孙权", testID(3), num("4"), nil, nil},
	}))
	if len(book.Drafts) != 3 || book.Drafts[1].Volunteer.Name != "赵云" || book.Drafts[1].Columns[fieldName] != "E" || book.Drafts[1].Row != 2 {
		t.Fatalf("%d drafts: %+v", len(book.Drafts), book.Drafts)
	}
	if book.Sheets[0].Rows != 3 {
		t.Errorf("%d rows, want 3 people", book.Sheets[0].Rows)
	}
}

// TestHidden covers inputs 18 and 25: a hidden sheet is told and not read,
// hidden rows are read and told.
func TestHidden(t *testing.T) {
	hiddenRow := strings.Replace(sheetXML(people(3), ""), `<row r="3">`, `<row r="3" hidden="1">`, 1)
	parts := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="花名册" sheetId="1" r:id="rId1"/><sheet name="旧表" sheetId="2" state="veryHidden" r:id="rId2"/><sheet name="图" sheetId="3" r:id="rId3"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   hiddenRow,
		"xl/worksheets/sheet2.xml":   sheetXML([][]any{twoHeads, {"旧人员", wang}}, ""),
	}
	src := bookWith(t, nil, "", parts)
	book := mustRead(t, src)
	if len(book.Drafts) != 3 || !book.Notes.Has(record.CodeSheetHidden) {
		t.Errorf("%d drafts, notes %v", len(book.Drafts), book.Notes)
	}
	if notes := book.Sheets[0].Notes; len(notes) != 1 || notes[0].Code != record.CodeRowsHidden || notes[0].Args[0] != "1" {
		t.Errorf("notes of the sheet %v", notes)
	}
	asked, err := Read(context.Background(), src, Options{Today: today, Sheet: "旧表"})
	if err != nil || len(asked.Drafts) != 1 || !asked.Sheets[0].Hidden {
		t.Errorf("asked for by name: %v, %v", asked.Sheets, err)
	}
	if _, err := Read(context.Background(), src, Options{Today: today, Sheet: "没有"}); record.CodeOf(err) != record.CodeNoSheet {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

func TestMapping(t *testing.T) {
	src := bookOf(t, [][]any{{"姓名", "身份证号", "手机", "别的"}, {"王建国", wang, "13812345678", "李梅"}})
	book := mustRead(t, src)
	m := book.Mapping()
	form := m.Forms[book.Sheets[0].Fingerprint]
	form.Columns["D"], form.Columns["C"] = fieldEmergency, fieldNothing
	var file bytes.Buffer
	if err := m.Save(&file); err != nil {
		t.Fatal(err)
	}
	loaded, err := LoadMapping(&file)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(context.Background(), src, Options{Today: today, Mapping: loaded})
	if err != nil {
		t.Fatal(err)
	}
	v := again.Drafts[0].Volunteer
	if v.Emergency.Name != "李梅" || len(v.Phones) != 0 || v.IDNumber != wang {
		t.Errorf("read %+v", v)
	}
	if again.Sheets[0].Fingerprint != book.Sheets[0].Fingerprint {
		t.Error("the fingerprint of the same heads changed")
	}
	for _, bad := range []string{"", "[]", `{"forms":{"a":{"columns":{"A":"password"}}}}`} {
		if _, err := LoadMapping(strings.NewReader(bad)); record.CodeOf(err) != record.CodeMalformed {
			t.Errorf("%q gave %v", bad, err)
		}
	}
}

// TestClassified covers input 62: a paper that bears a grade of secrecy.
func TestClassified(t *testing.T) {
	refused(t, bookOf(t, [][]any{{"机密★1年"}, {"名册"}, twoHeads, {"王建国", wang}}), record.CodeSensitive)
	d := one(t, []any{"姓名", "身份证号", "备注", "立功受奖"}, []any{"王建国", wang, "原在51234部队服役", "三等功"})
	if !d.Problems.Has(record.CodeSensitive) || d.Volunteer.Note != "" || d.Raw[fieldNote] != "" || d.Volunteer.Merits != "三等功" {
		t.Errorf("%+v, raw %v, %v", d.Volunteer.Note, d.Raw, d.Problems)
	}
}

// TestPlainTextIsVisible: a text that is taken for plain at a glance is one from
// which the whole rule takes nothing.
func TestPlainTextIsVisible(t *testing.T) {
	for _, s := range []string{
		"", "a", "王建国", "139", " 王", "王 ", "王\u3000", "\u1680王", "王\u200b", "\ufeff王", "王\u0085", "\x7f", "王\xff", "\xe4\xb8", "\u00a0", "𠮷", "\ufffd", "王\r", "é",
	} {
		if got, whole := visible(s), visible(s+"\u200b"); got != whole {
			t.Errorf("%q: %q, by the whole rule %q", s, got, whole)
		}
	}
}
