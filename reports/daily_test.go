package reports

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

var dailyHead = Head{Station: station, Made: "2026-11-02T09:30", By: "张示例", Serial: "129999001-000031"}

// somebody is an invented volunteer with every field that the form prints.
func somebody() record.Volunteer {
	return record.Volunteer{
		Number: "129999001-00012", Name: "王𬭎𬱖", IDNumber: "129999198507011239", Sex: record.Male, Birth: "1985-07-01", Ethnic: "01",
		Phones: []string{"13800000000"}, Address: "和平里3号楼2门501", Politics: "01", Education: "60", Employer: "某某物业公司", Skills: []string{record.Skills().Terms[0].Code},
		Veteran: true, Serving: true, Kind: "2", Enlisted: "2003-12", Discharged: "2008-12", Merits: "三等功一次", Joined: "2021-09-08",
		Emergency: record.Contact{Name: "李样本", Relation: "配偶", Phone: "13900000000"}, Health: "良好",
	}
}

func ledgerRows(n int) []LedgerRow {
	var out []LedgerRow
	for i := range n {
		out = append(out, LedgerRow{
			Day: record.Day(fmt.Sprintf("2026-%02d-%02d", 1+i%12, 1+i%28)), Title: []string{"重阳节走访慰问困难老兵", "国庆节期间社区治安巡逻"}[i%2],
			Place: "和平里社区党群服务中心", Team: "老兵先锋综合服务队", Line: record.Lines().Terms[i%4].Name, Source: "现场签到", Minutes: 90 + i%3*20,
			Training: i%7 == 6, Urgent: i%5 == 4,
		})
	}
	return out
}

func deedOf(n int) DeedPaper {
	p := DeedPaper{
		Head: dailyHead, Team: "老兵先锋综合服务队", Brand: "绿橄榄", Leader: "张示例", Line: "推动平安创建", Sub: "治安巡逻", Spirit: "勇于担当", Village: "和平里社区", Photos: 2,
		Activity: record.Activity{
			Title: "国庆节期间社区治安巡逻", Start: "2026-10-05T09:00", End: "2026-10-05T11:30", Break: 10, Place: "和平里社区", Served: 40, Guests: 2, Urgent: true,
			Content: "分三组沿和平里、东风里巡逻，劝阻违规停车6起，帮助走失老人1名。", Recorded: "2026-10-06", Deadline: "2026-10-26", State: record.ActivityDone,
		},
	}
	for i := range n {
		p.People = append(p.People, DeedPerson{Name: rosterOf(8).Rows[i%8].Name, Minutes: 140})
	}
	return p
}

func phoneTree() PhoneTreePaper {
	m := func(name, role string) PhoneTreeMember { return PhoneTreeMember{name, role, []string{"13800000000"}} }
	return PhoneTreePaper{Head: dailyHead, Team: "应急救援突击队", Called: m("张示例", "队长"), Squads: []PhoneTreeSquad{
		{"应急救援突击队", []PhoneTreeMember{m("李样本", "副队长"), m("王𬭎𬱖", "队员"), m("欧阳测试", "队员")}},
		{"第一分队", []PhoneTreeMember{m("𫖯无名", "队长"), m("阿卜杜拉·吐尔逊买买提", "队员")}},
	}}
}

func starList() ListPaper {
	return ListPaper{Head: dailyHead, Title: "志愿者星级名单", Name: "星级", Signed: true, Columns: []ListColumn{
		{Title: "姓名"}, {Title: "志愿者编号"}, {Title: "身份证号", Kind: ListText}, {Title: "累计时长（小时）", Kind: ListHours}, {Title: "已达星级"}, {Title: "还差（小时）", Kind: ListHours},
	}, Rows: [][]string{
		{"王𬭎𬱖", "129999001-00012", "129999********1239", "312.5", "二星", "287.5"}, {"张示例", "129999001-00001", "", "88", "—", "12"},
	}, Notes: []string{"注：身份证号已作隐藏处理。"}}
}

// dailyPapers are the papers of this file's kind, each with its picture in
// docs/papers.
func dailyPapers(t testing.TB) map[string]func(io.Writer) error {
	t.Helper()
	filled := RegistrationPaper{Head: dailyHead, Person: somebody(), Village: "和平里社区", Team: "老兵先锋综合服务队"}
	open := filled
	open.Full = true
	var badges BadgePaper
	badges.Head = dailyHead
	var labels LabelPaper
	labels.Head = dailyHead
	for i := range 12 {
		row := rosterOf(12).Rows[i]
		badges.Rows = append(badges.Rows, Badge{row.Name, fmt.Sprintf("129999001-%05d", i+1), "老兵先锋综合服务队", []string{"队长", "队员"}[min(i, 1)]})
		labels.Rows = append(labels.Rows, Label{row.Name, "天津市示范区某某街道和平里3号楼2门50" + fmt.Sprint(i), "300000"})
	}
	v := somebody()
	c := certificateOf(t, 4)
	return map[string]func(io.Writer) error{
		"registration-blank": func(w io.Writer) error { return RegistrationPDF(w, RegistrationPaper{Head: dailyHead}) },
		"registration":       func(w io.Writer) error { return RegistrationPDF(w, filled) },
		"registration-full":  func(w io.Writer) error { return RegistrationPDF(w, open) },
		"badges":             func(w io.Writer) error { return BadgesPDF(w, badges) },
		"labels":             func(w io.Writer) error { return LabelsPDF(w, labels) },
		"phonetree":          func(w io.Writer) error { return PhoneTreePDF(w, phoneTree()) },
		"activity":           func(w io.Writer) error { return DeedPDF(w, deedOf(14)) },
		"stars":              func(w io.Writer) error { return ListPDF(w, starList()) },
		"certificate":        func(w io.Writer) error { return CertificatesPDF(w, certificates(t, c)) },
		"certificate-annex":  func(w io.Writer) error { return CertificatesPDF(w, certificates(t, certificateOf(t, 9))) },
		"notice": func(w io.Writer) error {
			return NoticePDF(w, NoticePaper{dailyHead, []record.Certificate{c, c}, "2026-10-08", "2026-10-14"})
		},
		"notice-empty": func(w io.Writer) error { return NoticePDF(w, NoticePaper{Head: dailyHead}) },
		"ledger": func(w io.Writer) error {
			return LedgerPDF(w, LedgerPaper{dailyHead, v.Name, string(v.IDNumber), v.Number, "老兵先锋综合服务队", v.Joined, record.Period{From: "2026-01-01", To: "2026-11-02"}, ledgerRows(14)})
		},
		"year-sheet": func(w io.Writer) error {
			return YearSheetPDF(w, YearPaper{
				Head: dailyHead, Name: v.Name, IDNumber: string(v.IDNumber), Number: v.Number, Team: "老兵先锋综合服务队", Post: "队员", Politics: "中共党员",
				Joined: v.Joined, Year: 2026, Rows: ledgerRows(30), Total: 18750, Star: "二星",
			})
		},
	}
}

func TestDailyPapers(t *testing.T) {
	for name, write := range dailyPapers(t) {
		t.Run(name, func(t *testing.T) {
			pdf := made(t, write)
			text := poppler(t, pdf, "pdftotext", "-layout")
			golden(t, name+".txt", text)
			if !strings.HasSuffix(name, "-full") && strings.Contains(text, "129999198507011239") {
				t.Error("an identity number stands in full")
			}
			for line := range strings.Lines(poppler(t, pdf, "pdffonts")) {
				if f := strings.Fields(line); strings.Contains(line, "TrueType") && (len(f) < 5 || !strings.Contains(line, " yes yes yes")) {
					t.Errorf("a font is not embedded as a subset: %s", line)
				}
			}
			picture(t, name, pdf)
		})
	}
}

// picture keeps the first page for docs/papers, where people look at it.
func picture(t *testing.T, name string, pdf []byte) {
	t.Helper()
	file := filepath.Join("..", "docs", "papers", name+".png")
	if !*update {
		if _, err := os.Stat(file); err != nil {
			t.Errorf("no picture of this paper: %v", err)
		}
		return
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	from := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(from, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile", from, strings.TrimSuffix(file, ".png")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v %s", err, out)
	}
}

func TestListsHaveTypedCells(t *testing.T) {
	p := ListPaper{Head: dailyHead, Title: "人员名单", Columns: []ListColumn{
		{Title: "姓名"}, {Title: "身份证号"}, {Title: "电话"}, {Title: "次数"}, {Title: "小时"}, {Title: "编号"}, {Title: "混合"},
	}, Rows: [][]string{
		{"王建国", "129999********1239", "13800001234", "3", "1.5", "00012", "7"},
		{"=1+1", "129999198507011239", "", "12", "300", "00013", "—"},
	}}
	var b bytes.Buffer
	if err := ListExcel(&b, p); err != nil {
		t.Fatal(err)
	}
	golden(t, "list.cells", dump(t, opened(t, b.Bytes())))
	f := opened(t, b.Bytes())
	for cell, want := range map[string]string{"B4": "129999198507011239", "C3": "13800001234", "F3": "00012", "A4": "'=1+1"} {
		if got, err := f.GetCellValue("人员名单", cell); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", cell, got, want, err)
		}
		if kind, err := f.GetCellType("人员名单", cell); err != nil || kind == excelize.CellTypeNumber {
			t.Errorf("%s is no text", cell)
		}
	}
	if number(t, f, "人员名单", "D4") != 12 || number(t, f, "人员名单", "E3") != 1.5 {
		t.Error("figures are no numbers")
	}
	panes, err := f.GetPanes("人员名单")
	if err != nil || !panes.Freeze || panes.YSplit != 2 {
		t.Errorf("the head is not frozen: %+v, %v", panes, err)
	}
	head, err := f.GetHeaderFooter("人员名单")
	if err != nil || !strings.Contains(head.OddHeader, "129999001-000031") || !strings.Contains(head.OddHeader, "张示例") {
		t.Errorf("header %q, %v", head.OddHeader, err)
	}
	if err := ListExcel(io.Discard, ListPaper{}); err == nil {
		t.Error("a list without columns was written")
	}
}
