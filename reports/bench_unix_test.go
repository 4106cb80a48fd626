//go:build unix

package reports

import (
	"fmt"
	"io"
	"syscall"
	"testing"

	"github.com/xuri/excelize/v2"

	"rongyuan/store/record"
)

const wideRows, wideColumns = 100_000, 20

func wideCell(row, column int) string {
	if column%4 == 3 {
		return fmt.Sprint(row * (column + 1))
	}
	return fmt.Sprintf("和平里社区%06d", row*wideColumns+column)
}

func wideList() ListPaper {
	p := ListPaper{Head: Head{Station: station, Made: "2026-11-02T09:30"}, Title: "名单", Name: "名单"}
	for c := range wideColumns {
		p.Columns = append(p.Columns, ListColumn{Title: fmt.Sprintf("列%d", c+1)})
	}
	for r := range wideRows {
		row := make([]string, wideColumns)
		for c := range row {
			row[c] = wideCell(r, c)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// BenchmarkPapers are the steps of make bench-papers.
func BenchmarkPapers(b *testing.B) {
	b.Run("roster", func(b *testing.B) {
		p := rosterOf(1000)
		timed(b, func() error { return RosterPDF(io.Discard, p) })
	})
	b.Run("year", func(b *testing.B) {
		facts, period := crowd(20_000), record.PeriodOf(record.PeriodYear, "2026-05-05")
		timed(b, func() error {
			r := record.PeriodReport{Station: station, Period: period, Tallied: record.Tally(period, facts), Made: "2026-11-02T09:30"}
			r.KeyDates = record.TallyKeyDates(period, facts.Activities)
			return PeriodPDF(io.Discard, r)
		})
	})
	b.Run("excel", func(b *testing.B) {
		p := wideList()
		timed(b, func() error { return ListExcel(io.Discard, p) })
	})
	b.Run("stream", func(b *testing.B) { // excelize alone
		rows := wideList().Rows
		timed(b, func() error { return bareStream(rows) })
	})
}

// bareStream is the same list with excelize's StreamWriter and nothing else.
func bareStream(rows [][]string) error {
	f := excelize.NewFile()
	sheet, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	cells := make([]any, wideColumns)
	for i, row := range rows {
		for c, text := range row {
			cells[c] = text
		}
		if err := sheet.SetRow(cellName(0, i+1), cells); err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	if _, err := f.WriteTo(io.Discard); err != nil {
		return err
	}
	return f.Close()
}

// crowd is a year of n people: 300 activities, ten entries a person.
func crowd(n int) record.Facts {
	facts := record.Facts{}
	for i := range n {
		facts.Volunteers = append(facts.Volunteers, record.Volunteer{
			ID: record.VolunteerID(fmt.Sprintf("v%05d", i)), Serving: true, Veteran: i%2 == 0, Joined: "2026-01-05", Status: record.StatusActive,
		})
	}
	for i := range 300 {
		day := record.Day("2026-01-01").AddDays(i * 365 / 300)
		facts.Activities = append(facts.Activities, record.Activity{
			ID: record.ActivityID(fmt.Sprintf("a%03d", i)), Title: "社区治安巡逻", Kind: record.KindService, Line: fmt.Sprint(1 + i%7),
			Start: record.Moment(day + "T09:00"), End: record.Moment(day + "T11:00"), State: record.ActivityDone, Recorded: day, Deadline: day.AddDays(14),
		})
	}
	for i := range 10 * n {
		facts.Entries = append(facts.Entries, record.Entry{
			Activity: record.ActivityID(fmt.Sprintf("a%03d", i%300)), Volunteer: record.VolunteerID(fmt.Sprintf("v%05d", i/10)), Minutes: 120,
		})
	}
	return facts
}

// spent is the CPU time of this process in milliseconds.
func spent(b *testing.B) float64 {
	b.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return float64(use.Utime.Nano()+use.Stime.Nano()) / 1e6
}

// timed reports the CPU time of a step.
func timed(b *testing.B, step func() error) {
	b.Helper()
	before := spent(b)
	n := 0
	for b.Loop() {
		if err := step(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric((spent(b)-before)/float64(n), "cpu-ms")
}
