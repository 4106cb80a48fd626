package reports

import (
	"strings"
	"testing"

	"rongyuan/store/record"
)

func TestPeriodsAndTheirNames(t *testing.T) {
	for _, c := range []struct {
		from, to          record.Day
		name, paper, last string
	}{
		{"2026-02-01", "2026-02-28", "2026年2月", "月报", "上月"},
		{"2026-12-01", "2026-12-31", "2026年12月", "月报", "上月"},
		{"2026-01-01", "2026-03-31", "2026年第一季度", "季报", "上季度"},
		{"2026-10-01", "2026-12-31", "2026年第四季度", "季报", "上季度"},
		{"2026-07-01", "2026-12-31", "2026年下半年", "半年报", "上个半年"},
		{"2026-01-01", "2026-12-31", "2026年", "年报", "上年"},
		{"2026-02-01", "2026-04-30", "2026年2月1日至2026年4月30日", "报告", "上期"},
		{"2026-10-05", "2026-10-11", "2026年10月5日至2026年10月11日", "报告", "上期"},
	} {
		p := record.Period{From: c.from, To: c.to}
		if got := periodName(p); got != c.name {
			t.Errorf("%s is called %s, want %s", p, got, c.name)
		}
		if s := spanOf(p); s.paper != c.paper || s.last != c.last {
			t.Errorf("%s: %s after %s, want %s after %s", p, s.paper, s.last, c.paper, c.last)
		}
	}
}

func TestComparison(t *testing.T) {
	now := record.Figures{record.FigureActivities: 5, record.FigurePeople: 7, record.FigureParticipations: 9, record.FigureMinutes: 80}
	before := record.Figures{record.FigureActivities: 3, record.FigurePeople: 7, record.FigureParticipations: 12, record.FigureMinutes: 160}
	want := "活动增加2场次，参加人数持平，参加人次减少3人次，服务时长减少1小时20分"
	if got := changes(now, before); got != want {
		t.Errorf("got %s", got)
	}
	r := record.PeriodReport{Period: record.Month(2026, 10), Previous: before, LastYear: now}
	r.Figures = now
	if got := activityWords(r, spanOf(r.Period)); !strings.Contains(got, "较上月，"+want+"。同比活动持平，") {
		t.Errorf("got %s", got)
	}
	r.Previous, r.LastYear = nil, nil
	if got := activityWords(r, spanOf(r.Period)); strings.Contains(got, "较") || strings.Contains(got, "同比") {
		t.Errorf("compared with nothing: %s", got)
	}
	r.Period, r.LastYear = record.Period{From: "2026-01-01", To: "2026-12-31"}, before
	r.Previous = before
	if got := activityWords(r, spanOf(r.Period)); strings.Count(got, "活动增加2场次") != 1 {
		t.Errorf("a year is compared twice: %s", got)
	}
}

func TestEmptyMonthSaysSo(t *testing.T) {
	r := month(0)
	if got := summary(r)[0]; got != "本月未开展志愿服务活动。上月开展15场次。" {
		t.Error(got)
	}
	if text := strings.Join(summary(r), ""); strings.Contains(text, "均在结束后") {
		t.Error("it praises records of nothing: " + text)
	}
}

// TestWrittenPartFollowsFromTheFigures holds the paper's own text to the rules
// for typed ones.
func TestWrittenPartFollowsFromTheFigures(t *testing.T) {
	for _, r := range []record.PeriodReport{month(0), month(1), month(18), month(60), first(), quarter(), half(), year()} {
		if found := r.CheckText(Paragraphs(r)); len(found) > 0 {
			t.Errorf("%s: %v\n%s", r.Period, found, strings.Join(Paragraphs(r), "\n"))
		}
	}
}
