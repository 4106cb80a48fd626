package cli_test

import (
	"os"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// reported is a station with one patrol in October 2026.
func reported(t *testing.T) *world {
	w := patrolled(t)
	w.good(patrol("--start", "2026-10-08 09:00", "--end", "11:00", "--team", "老兵巡逻队", "--team-all", "--served", "12")...)
	return w
}

func TestReportsOfLongerPeriods(t *testing.T) {
	w := reported(t)
	for _, c := range []struct{ kind, period, text string }{
		{"quarter", "2026-Q4", "本季度开展志愿服务活动1场次"},
		{"half", "2026-H2", "本半年开展志愿服务活动1场次"},
		{"year", "2026", "本年开展志愿服务活动1场次"},
	} {
		var doc reportDoc
		w.json(&doc, "report", c.kind, c.period, "-o", w.file(c.kind+".pdf"))
		if doc.Period != c.period || doc.Figures["minutes"] != 360 || len(doc.KeyDates) == 0 || len(doc.Villages) != 1 || len(doc.Problems) != 0 {
			t.Errorf("%+v", doc)
		}
		if !strings.HasPrefix(doc.Text[0], c.text) {
			t.Errorf("%s: %q", c.kind, doc.Text)
		}
		w.good("report", c.kind, c.period, "-o", w.file(c.kind+".xlsx"))
	}
	w.bad(1, record.CodeDate, "report", "quarter", "2026-10")
	w.bad(1, record.CodeDate, "report", "year", "2026-Q4")
}

func TestReportWithATypedText(t *testing.T) {
	w := reported(t)
	text := w.file("说明.txt")
	if err := os.WriteFile(text, []byte("　　本月开展志愿服务活动1场次，3人参加，共2人次。\r\n\r\n下一步继续。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var doc reportDoc
	w.jsonExit(3, &doc, "report", "month", "2026-10", "-o", w.file("月报.pdf"), "--text", text)
	if len(doc.Text) != 2 || doc.Text[1] != "下一步继续。" || len(doc.Problems) == 0 || !strings.Contains(doc.Problems[0].Message, "参加人次") {
		t.Errorf("%+v", doc)
	}
	if err := os.WriteFile(text, []byte{0xB1, 0xBE, 0xD4, 0xC2}, 0o600); err != nil {
		t.Fatal(err)
	}
	w.bad(1, record.CodeFileUnread, "report", "month", "2026-10", "--text", text)
	w.bad(1, record.CodeFileUnread, "report", "month", "2026-10", "--text", w.file("没有.txt"))
}

// TestReportVerify takes the text of the code off a paper, as a scanner types
// it, to this station and to one that knows nobody.
func TestReportVerify(t *testing.T) {
	w := reported(t)
	var doc reportDoc
	w.json(&doc, "report", "month", "2026-10", "-o", w.file("月报.pdf"))
	var claim struct {
		Valid       bool             `json:"valid"`
		Station     string           `json:"station"`
		Period      string           `json:"period"`
		Edition     int              `json:"edition"`
		Made        string           `json:"made"`
		Figures     map[string]int64 `json:"figures"`
		Key         string           `json:"key"`
		Standing    string           `json:"standing"`
		By          string           `json:"by"`
		Fingerprint string           `json:"fingerprint"`
	}
	w.json(&claim, "report", "verify", doc.Stamp)
	if !claim.Valid || claim.Station != "120103004" || claim.Period != "2026-10" || claim.Standing != "own" || len(claim.Figures) < 25 {
		t.Errorf("%+v", claim)
	}
	for code, value := range claim.Figures {
		if doc.Figures[code] != value {
			t.Errorf("%s is %d in the code and %d on the paper", code, value, doc.Figures[code])
		}
	}
	if text := w.good("report", "verify", doc.Stamp); !strings.Contains(text, "签名和数字相符") || !strings.Contains(text, "服务时长") {
		t.Error(text)
	}
	stranger := newStation(t)
	stranger.jsonExit(3, &claim, "report", "verify", doc.Stamp)
	if claim.Standing != "unknown" {
		t.Errorf("a stranger finds it %s", claim.Standing)
	}
	digits := []byte(doc.Stamp)
	at := len(digits) - 20
	digits[at] = '0' + (digits[at]-'0'+1)%10
	want := record.CodeStampForged
	if _, err := record.ReadStamp(string(digits)); err != nil {
		want = record.CodeStampUnread // some digits give no number of seven bytes
	}
	w.bad(1, want, "report", "verify", string(digits))
	w.bad(1, record.CodeStampUnread, "report", "verify", doc.Stamp[:len(doc.Stamp)-1])
	w.bad(1, record.CodeStampUnread, "report", "verify", "你好")
}
