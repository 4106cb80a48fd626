package say_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"rongyuan/assets/say"
	"rongyuan/store/record"
)

func TestEveryCodeHasOneTextAndNoTextIsOver(t *testing.T) {
	declared := declaredCodes(source(t))
	if len(declared) < 141 {
		t.Fatalf("only %d codes found in the source", len(declared))
	}
	values := map[string]string{}
	for name, value := range declared {
		if other, twice := values[value]; twice {
			t.Errorf("%s and %s are both %q", name, other, value)
		}
		values[value] = name
	}
	seen := map[record.Code]bool{}
	for _, code := range say.Codes() {
		if seen[code] {
			t.Errorf("two texts for %s", code)
		}
		seen[code] = true
		if values[string(code)] == "" {
			t.Errorf("a text for %s, which is no code", code)
		}
	}
	for value, name := range values {
		if !seen[record.Code(value)] {
			t.Errorf("no text for %s (%s)", value, name)
		}
	}
}

func TestEveryFieldHasItsLabel(t *testing.T) {
	for name := range declaredFields(source(t)) {
		if say.Field(name) == say.NoField {
			t.Errorf("no label for the field %q", name)
		}
	}
	for name, want := range map[string]string{
		"name": "姓名", "team.name": "队名", "volunteer.name": "姓名", "volunteer": "志愿者", "entry": "服务时长",
		"membership": "队员", "brand": "品牌项目", "activity": "活动", "id_number": "身份证号",
		"no_such_field": say.NoField, "team.no_such_field": say.NoField, "": say.NoField,
	} {
		if got := say.Field(name); got != want {
			t.Errorf("Field(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestEveryTableHasItsName(t *testing.T) {
	declared := declaredTables(source(t))
	for name := range declared {
		if say.Tables[name] == "" {
			t.Errorf("no name for the table %q", name)
		}
	}
	for name := range say.Tables {
		if !declared[name] {
			t.Errorf("a name for %q, which is no table", name)
		}
	}
	if got := say.Table("team_role"); got != "队内职务" {
		t.Errorf("Table(team_role) = %s", got)
	}
	if got := say.Table("unheard_of"); got != "代码表" {
		t.Errorf("an unknown table is %s", got)
	}
}

// foreign are the words in Latin letters that a clerk knows from the screen.
var foreign = regexp.MustCompile(`Excel|WPS|xlsx|xls|U 盘|help| X`)

func TestTextsAreShortPlainChinese(t *testing.T) {
	var all []string
	for _, code := range say.Codes() {
		for _, args := range [][]string{nil, {"7"}, {"7", "8"}} {
			s := say.Say(code, args...)
			all = append(all, s.What, s.Safe, s.Do)
			if s.What == "" || s.Safe == "" || s.Do == "" {
				t.Errorf("%s: a part of the sentence is missing: %+v", code, s)
			}
			if strings.HasSuffix(s.What, "。") || !strings.HasSuffix(s.Safe, "。") || !strings.HasSuffix(s.Do, "。") {
				t.Errorf("%s: full stops: %+v", code, s)
			}
			if len([]rune(s.What)) > 32 || len([]rune(s.Safe)) > 32 || len([]rune(s.Do)) > 48 {
				t.Errorf("%s: too long: %+v", code, s)
			}
		}
	}
	for _, label := range say.Fields {
		all = append(all, label)
	}
	for _, name := range say.Tables {
		all = append(all, name)
	}
	for _, one := range all {
		rest := foreign.ReplaceAllString(one, "")
		if strings.ContainsFunc(rest, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) }) {
			t.Errorf("a foreign word in %q", one)
		}
		if strings.ContainsAny(one, "{}[]") {
			t.Errorf("a template shows through in %q", one)
		}
		for _, word := range []string{"数据库", "事务", "哈希", "密钥槽", "错误码", "异常", "非法", "参数", "幂等"} {
			if strings.Contains(one, word) {
				t.Errorf("the word %s in %q", word, one)
			}
		}
	}
}

var (
	slot     = regexp.MustCompile(`\{[^}]*\}`)
	optional = regexp.MustCompile(`\[[^\[\]]*\]`)
)

func TestTemplatesAreWellFormed(t *testing.T) {
	allowed := map[string]bool{"{field}": true, "{0}": true, "{1}": true, "{2}": true, "{3}": true, "{0.label}": true, "{0.date}": true}
	for _, code := range say.Codes() {
		for _, template := range say.Templates(code) {
			for _, one := range slot.FindAllString(template, -1) {
				if !allowed[one] {
					t.Errorf("%s: unknown slot %s", code, one)
				}
			}
			for _, one := range slot.FindAllString(optional.ReplaceAllString(template, ""), -1) {
				if one != "{field}" {
					t.Errorf("%s: %s stands outside brackets", code, one)
				}
			}
		}
	}
}

func TestSayFillsArguments(t *testing.T) {
	for _, c := range []struct {
		name string
		got  string
		want string
	}{
		{"row and sheet", say.Say(record.CodeSheetDamaged, "12", "东风里").What, "表格“东风里”第 12 行后损坏"},
		{"row only", say.Say(record.CodeSheetDamaged, "12").What, "表格第 12 行后损坏"},
		{"no argument", say.Say(record.CodeSheetDamaged).What, "表格损坏"},
		{"empty argument", say.Say(record.CodeNoSheet, "").What, "找不到可以导入的工作表"},
		{"a day", say.Say(record.CodeLateRecord, "2026-10-19").What, "记录晚了，已过活动后 10 个工作日（最晚 2026年10月19日）"},
		{"no day", say.Say(record.CodeLateRecord, "soon").What, "记录晚了，已过活动后 10 个工作日"},
		{"a field", say.Say(record.CodeDateOrder, "enlisted").What, "这一项的先后不对，早于入伍时间"},
		{"a slot in an argument", say.Say(record.CodeNoSheet, "{0}[{1}]").What, "找不到可以导入的工作表“{0}[{1}]”"},
		{"control characters", say.Say(record.CodeNoSheet, "甲\u202e乙\n丙\x00").What, "找不到可以导入的工作表“甲乙 丙”"},
		{"a very long argument", say.Say(record.CodeNoSheet, strings.Repeat("长", 9000)).What, "找不到可以导入的工作表“" + strings.Repeat("长", 60) + "…”"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestExpectedWordings(t *testing.T) {
	for _, c := range []struct {
		code record.Code
		args []string
		want []string
	}{
		{record.CodeFileEmpty, nil, []string{"文件是空的", "一行都没有写入"}},
		{record.CodeWebTable, nil, []string{"网页格式", "另存为 xlsx"}},
		{record.CodeWorkbookCut, nil, []string{"文件不完整，可能没下载完"}},
		{record.CodeSheetDamaged, []string{"104"}, []string{"第 104 行后损坏", "一行都没有写入"}},
		{record.CodeTooManyColumns, []string{"200"}, []string{"列数过多，超过了 200 列"}},
		{record.CodeIDDigitsLost, nil, []string{"身份证号被 Excel 改成数字，后几位已丢失"}},
		{record.CodeIDMasked, nil, []string{"是脱敏数据"}},
		{record.CodeFileUnread, nil, []string{"请先关闭 Excel"}},
		{record.CodeForeignRecord, nil, []string{"在其他站建档"}},
		{record.CodeNotDistrict, nil, []string{"不是区级服务器", "什么都没有发出去"}},
		{record.CodeNoConnection, nil, []string{"已经存在本机", "接着上报", "不会丢"}},
		{record.CodeServerBusy, nil, []string{"已经存在本机", "接着上报"}},
		{record.CodeNotEnrolled, nil, []string{"已经存在本机"}},
		{record.CodeFileDamaged, nil, []string{"没有动过", "备份"}},
		{record.CodeDiskFull, nil, []string{"以前的资料都在"}},
	} {
		text := say.Say(c.code, c.args...).String()
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q lacks %q", c.code, text, want)
			}
		}
	}
}

func TestRefusedWorkbooksSayThatNothingWasWritten(t *testing.T) {
	for _, code := range []record.Code{
		record.CodeFileEmpty, record.CodeNotWorkbook, record.CodeOldWorkbook, record.CodeOpenDocument, record.CodeBinaryWorkbook, record.CodeWebTable,
		record.CodeWorkbookLocked, record.CodeWorkbookCut, record.CodeSheetDamaged, record.CodeWorkbookBomb, record.CodeWorkbookHostile,
		record.CodeTooManyRows, record.CodeTooManyColumns, record.CodeNoSheet, record.CodeNoHeader, record.CodeNoNameColumn,
		record.CodeSignInSheet, record.CodeFileChanged,
	} {
		if s := say.Say(code); !strings.Contains(s.Safe, "一行都没有写入") {
			t.Errorf("%s: %s", code, s.Safe)
		}
	}
}

func TestProblemIsOneLine(t *testing.T) {
	for _, c := range []struct {
		problem record.Problem
		want    string
	}{
		{record.Problem{Field: "id_number", Code: record.CodeIDChecksum, Value: "1299****"}, "身份证号最后一位对不上，请逐位对照证件"},
		{record.Problem{Field: "name", Code: record.CodeRequired}, "姓名没有填，请补填"},
		{record.Problem{Field: "name", Code: record.CodeTooLong, Args: []string{"50"}}, "姓名太长了，请缩短一些，最多 50 个字"},
		{record.Problem{Field: "discharged", Code: record.CodeDateOrder, Args: []string{"enlisted"}}, "退役时间的先后不对，早于入伍时间，请核对这两个日期"},
		{record.Problem{Code: record.CodeRequired}, "这一项没有填，请补填"},
	} {
		if got := say.Problem(c.problem); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestErrorFindsTheCodeInTheChain(t *testing.T) {
	refused := record.FailField("birth", record.CodeDate)
	for name, err := range map[string]error{
		"bare":    refused,
		"wrapped": fmt.Errorf("save volunteer: %w", refused),
		"joined":  errors.Join(errors.New("close: no such handle"), refused),
		"cause":   fmt.Errorf("import: %w", record.FailField("birth", record.CodeDate).Because(errors.New("parse: bad month"))),
	} {
		if got := say.Error(err); got.What != "出生日期写得不对" || got.Safe == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := say.Error(nil); got != (say.Sentence{}) || got.String() != "" {
		t.Errorf("nil reads %+v", got)
	}
	plain := say.Error(errors.New("sqlite: database disk image is malformed"))
	if plain != say.Say(record.CodeInternal) {
		t.Errorf("an error without a code reads %+v", plain)
	}
	var found record.Problems
	found.Add(record.LevelError, "name", record.CodeRequired)
	found.Add(record.LevelWarning, "birth", record.CodeMinor)
	found.Add(record.LevelError, "kind", record.CodeRequired)
	if got := say.Error(found.Err()); got.What != "姓名没有填" || got.Do != "请补填。另外还有 1 处要改。" {
		t.Errorf("several findings read %+v", got)
	}
}

func TestUnknownCodeIsSaidWithoutIt(t *testing.T) {
	s := say.Say("code_of_next_year", "value")
	if strings.Contains(s.String(), "code_of") || s.What == "" || s.Do == "" {
		t.Errorf("%+v", s)
	}
}

func TestDetailHoldsCodesFieldsAndVersionOnly(t *testing.T) {
	var found record.Problems
	found.Add(record.LevelError, "id_number", record.CodeIDChecksum, "129999198507011239")
	found = append(found, record.Problem{Field: "姓名王建国", Level: "王建国", Code: "129999198507011239", Value: "13800001234"})
	err := fmt.Errorf("read /home/wang/王建国.xlsx: %w", found.Err())
	err = record.FailField("sheet", record.CodeFileUnread, "王建国.xlsx").Because(err)
	got := say.Detail(fmt.Errorf("import: %w", err))
	for _, secret := range []string{"王", "1299", "1380", "home", "xlsx"} {
		if strings.Contains(got, secret) {
			t.Errorf("%q in the detail:\n%s", secret, got)
		}
	}
	want := "代码 file_unreadable(sheet) < id_checksum(id_number)\n版本 "
	if !strings.HasPrefix(got, want) || strings.HasSuffix(got, "版本 ") {
		t.Errorf("got\n%s\nwant the beginning\n%s", got, want)
	}
	if got := say.Detail(found.Err()); !strings.Contains(got, "\nerror id_checksum(id_number)\n? ?(?)\n版本 ") {
		t.Errorf("the findings are missing:\n%s", got)
	}
	if got := say.Detail(errors.New("dial tcp 10.0.0.8:443")); !strings.HasPrefix(got, "代码 internal\n") {
		t.Errorf("no code reads\n%s", got)
	}
	if say.Detail(nil) != "" {
		t.Error("nil has a detail")
	}
}
