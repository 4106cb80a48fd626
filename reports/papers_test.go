package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// rosterOf is a list of invented people, with names that papers find hard: rare
// characters outside the BMP, one that no font has (𠮷), a long one.
func rosterOf(n int) RosterPaper {
	p := RosterPaper{Station: station, Made: "2026-11-02T09:30", By: "张示例", Serial: "HM-20261102-01"}
	names := []string{"张示例", "李样本", "王𬭎𬱖", "欧阳测试", "𫖯无名", "阿卜杜拉·吐尔逊买买提", "陈𠮷安", "刘试"}
	for i := range n {
		p.Rows = append(p.Rows, RosterRow{
			Name: names[i%len(names)], Sex: []string{"男", "女"}[i%2], Ethnic: []string{"汉族", "回族", "维吾尔族"}[i%3],
			Birth: "1985-07-01", IDNumber: "129999198507011239", Politics: []string{"中共党员", "群众", "中共预备党员"}[i%3],
			Enlisted: "2003-12", Discharged: "2008-12", Team: []string{"老兵先锋综合服务队", "应急救援突击队"}[i%2],
			Post: []string{"队员", "队长", ""}[i%3], Phones: []string{"13800000000"}, Village: "和平里社区", Joined: "2021-09-08",
			Status: "在册", Skills: "急救医护、驾驶", Notes: []string{"", "", "轮椅出行"}[i%3],
		})
	}
	return p
}

func signInOf(people int) SignInPaper {
	p := SignInPaper{
		Station: station, Made: "2026-11-02T09:30", By: "张示例", Sheet: "QD-20261005-003", Title: "重阳节走访慰问困难老兵",
		Date: "2026年10月5日", Time: "09:00—11:30", Place: "和平里社区党群服务中心", Team: "老兵先锋综合服务队", Leader: "张示例",
	}
	for _, row := range rosterOf(people).Rows {
		p.Rows = append(p.Rows, SignInRow{Name: row.Name, Phone: row.Phones[0], Team: row.Team})
	}
	return p
}

// numberedOf is a sheet with a number that the store gave.
func numberedOf(people int) SignInPaper {
	p := signInOf(people)
	p.Sheet = record.SheetNumber(2026, 1)
	return p
}

func slipOf(n int) SlipPaper {
	p := SlipPaper{
		Station: station, Made: "2026-11-02T09:30", By: "李样本", Serial: "SC-20261102-07", Name: "王𬭎𬱖", IDNumber: "129999198507011239", Number: "V-0012",
		Period: record.Period{From: "2026-01-01", To: "2026-10-31"}, Minutes: int64(n) * 130, Training: 90,
	}
	for i := range n {
		p.Rows = append(p.Rows, SlipRow{
			Day: record.Day(fmt.Sprintf("2026-10-%02d", i+1)), Title: []string{"重阳节走访慰问困难老兵", "防汛应急拉动演练"}[i%2],
			Team: "老兵先锋综合服务队", Minutes: 130,
		})
	}
	return p
}

// of makes a report of n activities over a longer period, with a QR code.
func of(period record.Period, n int) record.PeriodReport {
	r := month(0)
	months := period.Months()
	var facts record.Facts
	for i := range n {
		one := month(1)
		a := one.Activities[0].Activity
		a.ID, a.Line = record.ActivityID(fmt.Sprintf("p%03d", i)), fmt.Sprint(1+i*3%7)
		day := string(months[i%len(months)].From[:8]) + fmt.Sprintf("%02d", 1+i*5%28)
		a.Start, a.End = record.Moment(day+"T09:00"), record.Moment(day+"T11:30")
		facts.Activities = append(facts.Activities, a)
		for j := range 3 + i*7%20 {
			facts.Entries = append(facts.Entries, record.Entry{Activity: a.ID, Volunteer: record.VolunteerID(fmt.Sprintf("v%02d", (i+j)%60)), Minutes: 150})
		}
	}
	last := r.Previous
	r.Period, r.Tallied, r.KeyDates = period, record.Tally(period, facts), record.TallyKeyDates(period, facts.Activities)
	r.Previous, r.LastYear = last, record.Figures{record.FigureActivities: 7, record.FigurePeople: 30, record.FigureParticipations: 77, record.FigureMinutes: 5400}
	r.Stamp = stampOf(r)
	return r
}

// stampOf signs a report with a fixed key.
func stampOf(r record.PeriodReport) string {
	message := r.Statement().Message()
	signature := record.Sign(bytes.Repeat([]byte{7}, 32), record.PurposeReport, r.Station.Code, message)
	text, err := record.Stamp{Purpose: record.PurposeReport, Signature: signature, Message: message}.Text()
	if err != nil {
		panic(err)
	}
	return text
}

func quarter() record.PeriodReport { return of(record.PeriodOf(record.PeriodQuarter, "2026-10-05"), 9) }

func half() record.PeriodReport { return of(record.PeriodOf(record.PeriodHalf, "2026-10-05"), 30) }

func year() record.PeriodReport { return of(record.PeriodOf(record.PeriodYear, "2026-10-05"), 60) }

// signedMonth is a month with a QR code and a text that a person wrote.
func signedMonth() record.PeriodReport {
	r := month(18)
	r.Text = append(Paragraphs(r)[:1:1], "下一步，将围绕国际志愿者日组织集中服务，重点关爱独居和高龄老兵。")
	r.Stamp = stampOf(r)
	return r
}

// first is the first report of a station: no month before, no team, nothing
// done.
func first() record.PeriodReport {
	r := record.PeriodReport{Station: station, Period: record.Month(2026, 10), Made: "2026-11-02T09:30", By: "张示例"}
	r.Tallied = record.Tally(r.Period, record.Facts{})
	return r
}

// second is a month that was reopened and closed again.
func second() record.PeriodReport {
	r := month(9)
	r.Edition, r.Seal = 2, "7K3M-9QXA-04TZ-H2WP"
	return r
}

const recoveryCode = "ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567-89ABC-DEFGH"

// pdfPapers are all papers that come as PDF.
var pdfPapers = map[string]func(io.Writer) error{
	"month":           func(w io.Writer) error { return PeriodPDF(w, month(18)) },
	"month-empty":     func(w io.Writer) error { return PeriodPDF(w, month(0)) },
	"month-first":     func(w io.Writer) error { return PeriodPDF(w, first()) },
	"month-second":    func(w io.Writer) error { return PeriodPDF(w, second()) },
	"month-signed":    func(w io.Writer) error { return PeriodPDF(w, signedMonth()) },
	"quarter":         func(w io.Writer) error { return PeriodPDF(w, quarter()) },
	"half":            func(w io.Writer) error { return PeriodPDF(w, half()) },
	"year":            func(w io.Writer) error { return PeriodPDF(w, year()) },
	"roster":          func(w io.Writer) error { return RosterPDF(w, rosterOf(40)) },
	"roster-full":     func(w io.Writer) error { p := rosterOf(3); p.Full = true; return RosterPDF(w, p) },
	"signin":          func(w io.Writer) error { return SignInPDF(w, signInOf(34)) },
	"signin-numbered": func(w io.Writer) error { return SignInPDF(w, numberedOf(34)) },
	"signin-blank":    func(w io.Writer) error { return SignInPDF(w, SignInPaper{Station: station, Made: "2026-11-02T09:30"}) },
	"slip":            func(w io.Writer) error { return SlipPDF(w, slipOf(14)) },
	"slip-empty":      func(w io.Writer) error { return SlipPDF(w, slipOf(0)) },
	"person":          func(w io.Writer) error { return PersonPDF(w, personPaper()) },
	"person-empty": func(w io.Writer) error {
		return PersonPDF(w, PersonPaper{Station: station, Made: "2026-11-02T09:30", By: "李样本", Reason: "本人查询"})
	},
	"recovery": func(w io.Writer) error { return RecoveryPDF(w, station.Name, recoveryCode, "2026-11-02") },
}

// workbooks are all papers that come as Excel.
var workbooks = map[string]func(io.Writer) error{
	"month":        func(w io.Writer) error { return PeriodExcel(w, month(18)) },
	"month-empty":  func(w io.Writer) error { return PeriodExcel(w, month(0)) },
	"month-first":  func(w io.Writer) error { return PeriodExcel(w, first()) },
	"month-second": func(w io.Writer) error { return PeriodExcel(w, second()) },
	"year":         func(w io.Writer) error { return PeriodExcel(w, year()) },
	"roster":       func(w io.Writer) error { return RosterExcel(w, rosterOf(12)) },
	"roster-full":  func(w io.Writer) error { p := rosterOf(3); p.Full = true; return RosterExcel(w, p) },
}

func made(t testing.TB, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameValuesGiveSameBytes(t *testing.T) {
	for name, papers := range map[string]map[string]func(io.Writer) error{"pdf": pdfPapers, "excel": workbooks} {
		for paper, write := range papers {
			t.Run(name+" "+paper, func(t *testing.T) {
				one := made(t, write)
				for range 3 {
					if !bytes.Equal(one, made(t, write)) {
						t.Fatal("two prints of the same values differ")
					}
				}
			})
		}
	}
}

func BenchmarkRoster1000(b *testing.B) {
	p := rosterOf(1000)
	made(b, func(w io.Writer) error { return RosterPDF(w, p) })
	for b.Loop() {
		if err := RosterPDF(io.Discard, p); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLongNamesKeepTheSheetOnOnePage holds 30 rows a page whatever is in them.
func TestLongNamesKeepTheSheetOnOnePage(t *testing.T) {
	p := signInOf(30)
	long := strings.Repeat("很长的名字", 10)
	for i := range p.Rows {
		p.Rows[i].Name = long
	}
	p.Place, p.Team = strings.Repeat("和平里社区", 20), strings.Repeat("和平里社区", 12)
	pdf := made(t, func(w io.Writer) error { return SignInPDF(w, p) })
	if info := poppler(t, pdf, "pdfinfo"); !strings.Contains(info, "Pages:           1\n") {
		t.Error(info)
	}
	if n := strings.Count(squeezed(poppler(t, pdf, "pdftotext", "-raw")), long); n != 30 {
		t.Errorf("%d of 30 names are whole", n)
	}
}
