package roster

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"rongyuan/store/record"
)

func pasted(t *testing.T, text string) Book {
	t.Helper()
	book, err := ReadText(context.Background(), text, Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// TestPastedTable: cells of a spreadsheet come with tabs between them, and with
// quotes around those that have a line break.
func TestPastedTable(t *testing.T) {
	book := pasted(t, "花名册\t\t\r\n序号\t姓名\t身份证号\t\"联系\n电话\"\r\n1\t王建国\t"+wang+"\t13812345678\r\n\r\n2\t\"赵\"\"云\"\"\"\t"+zhao+"\t\r\n")
	if len(book.Drafts) != 2 || book.Drafts[0].Volunteer.IDNumber != wang || book.Drafts[0].Row != 3 || book.Drafts[1].Row != 5 {
		t.Fatalf("%+v", book.Drafts)
	}
	if phones := book.Drafts[0].Volunteer.Phones; len(phones) != 1 || phones[0] != "13812345678" {
		t.Errorf("telephones %v", phones)
	}
}

// TestPastedLists: a list from a chat, one person a line, in the forms that
// people write.
func TestPastedLists(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // row, name, number, telephone, village
	}{
		{"numbered", "#接龙\n周六植树活动报名\n1. 王建国 13812345678\n2、赵云\n3. 孙权（组长） " + wang, []string{"3 王建国  13812345678 ", "4 赵云   ", "5 孙权 " + wang + "  "}},
		{"glued", "王建国13812345678\n赵云" + zhao + "，13912345678", []string{"1 王建国  13812345678 ", "2 赵云 " + zhao + " 13912345678 "}},
		{"labelled", "姓名：王建国 身份证号：" + wang + " 电话：138 1234 5678\n姓名: 赵云，电话: 13912345678", []string{"1 王建国 " + wang + " 13812345678 ", "2 赵云  13912345678 "}},
		{"names alone", "王建国\n赵云\n阿不都·热合曼\n", []string{"1 王建国   ", "2 赵云   ", "3 阿不都·热合曼   "}},
		{"place above", "东风里社区：\n1 王建国 13812345678\n2 赵云 13912345678\n前进村\n3 孙权 13712345678", []string{"2 王建国  13812345678 东风里社区", "3 赵云  13912345678 东风里社区", "5 孙权  13712345678 前进村"}},
		{"tabs without heads", "王建国\t男\t" + wang + "\n赵云\t男\t" + zhao, []string{"1 王建国 " + wang + "  ", "2 赵云 " + zhao + "  "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, d := range pasted(t, c.text).Drafts {
				v := d.Volunteer
				got = append(got, strings.Join([]string{strconv.Itoa(d.Row), v.Name, string(v.IDNumber), strings.Join(v.Phones, "/"), v.VillageName}, " "))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("read\n%q, want\n%q", got, c.want)
			}
		})
	}
}

// TestPastedErrors: the rows that were not taken come back as a workbook that
// reads again.
func TestPastedErrors(t *testing.T) {
	src := TextSource("1. 王建国 " + wang + "\n2. 赵云 " + zhao[:17] + "\n")
	book, err := Read(context.Background(), src, Options{Today: today})
	if err != nil || len(book.Drafts) != 2 {
		t.Fatal(err, book.Drafts)
	}
	var out bytes.Buffer
	if err := WriteErrors(&out, src, book, map[At]string{{book.Drafts[1].Sheet, 2}: "身份证号位数不对"}); err != nil {
		t.Fatal(err)
	}
	again := mustRead(t, bytesSource("a.xlsx", out.Bytes()))
	if len(again.Drafts) != 1 || again.Drafts[0].Volunteer.Name != "赵云" || !again.Drafts[0].Problems.Has(record.CodeIDLength) {
		t.Errorf("%+v", again.Drafts)
	}
}

func TestNoList(t *testing.T) {
	for name, text := range map[string]string{
		"a letter":  "各位同志：\n请于周五前报送名单。\n联系人张三，电话13812345678。\n谢谢大家的支持。\n街道服务站\n2026年3月\n",
		"one word":  "通知",
		"blank":     "\n\n",
		"only text": strings.Repeat("今天天气很好，适合出门。\n", 50),
	} {
		book, err := ReadText(context.Background(), text, Options{Today: today})
		if code := record.CodeOf(err); code != record.CodeNoHeader || len(book.Drafts) > 0 {
			t.Errorf("%s: %v with %d drafts", name, err, len(book.Drafts))
		}
	}
	if _, err := ReadText(context.Background(), "", Options{Today: today}); record.CodeOf(err) != record.CodeFileEmpty {
		t.Error(err)
	}
}

// TestCSV covers input 2: encodings, quotes, and formulas that stand for text.
func TestCSV(t *testing.T) {
	const table = "姓名,身份证号,备注\r\n王建国,\"=\"\"" + wang + "\"\"\",\"一,二\r\n三\"\r\n赵云," + zhao + ",5\" 管\r\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{"utf-8": table, "with a mark": "\xEF\xBB\xBF" + table, "gb 18030": gbk, "semicolons": strings.ReplaceAll(strings.ReplaceAll(table, "一,二", "一二"), ",", ";")} {
		book := mustRead(t, bytesSource("a.xlsx", []byte(body)))
		if len(book.Drafts) != 2 || book.Drafts[0].Volunteer.IDNumber != wang || book.Drafts[1].Volunteer.Note != `5" 管` || book.Drafts[1].Row != 3 {
			t.Errorf("%s: %+v", name, book.Drafts)
		}
	}
	lost := mustRead(t, bytesSource("a.csv", []byte("姓名,身份证号\n王建国,1.29999198507011E+17\n")))
	if d := lost.Drafts[0]; !d.Problems.Has(record.CodeIDDigitsLost) || d.IDPrefix != wang[:15] {
		t.Errorf("%v, %q is left", d.Problems, d.IDPrefix)
	}
}

func TestCutText(t *testing.T) {
	for name, body := range map[string]string{
		"inside a quote":     "姓名,身份证号\n王建国,\"" + wang,
		"inside a character": "姓名,身份证号\n王建国," + wang + "\n赵\xe4\xba",
		"utf-16 with a half": "\xFF\xFE\x31\x00\x2c",
	} {
		book, err := Read(context.Background(), bytesSource("a.csv", []byte(body)), Options{Today: today})
		if code := record.CodeOf(err); (code != record.CodeSheetDamaged && code != record.CodeWorkbookCut) || len(book.Drafts) > 0 {
			t.Errorf("%s: %v with %d drafts", name, err, len(book.Drafts))
		}
	}
}
