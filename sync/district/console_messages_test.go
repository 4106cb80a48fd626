package district

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
)

// TestConsoleSendsALetter writes a letter in the console: what is wrong is said
// beside what was written, and nothing of it is lost.
func TestConsoleSendsALetter(t *testing.T) {
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	scope, err := s.Login(t.Context(), "区管理员", testPassword)
	must(t, err)
	_, err = s.NewCode(t.Context(), scope, here)
	must(t, err)
	b := newBrowser(t, s)
	if p := b.post("/messages", url.Values{"title": {"甲"}}); p.status != 303 || p.header.Get("Location") != "/login" {
		t.Errorf("without a login: %d", p.status)
	}
	b.post("/login", login("区管理员", testPassword))
	if p := b.get("/messages"); p.status != 200 || !strings.Contains(p.body, "还没有发过通知") || !strings.Contains(p.body, string(here)) {
		t.Fatalf("%d\n%s", p.status, p.body)
	}
	p := b.post("/messages", url.Values{"title": {" "}, "text": {"汛期 <备勤>"}, "to": {string(here)}, "urgent": {"1"}})
	if p.status != 422 || !strings.Contains(p.body, "没有写标题") || !strings.Contains(p.body, "汛期 &lt;备勤&gt;") ||
		!strings.Contains(p.body, `value="`+string(here)+`" selected`) || !strings.Contains(p.body, "checked") {
		t.Errorf("%d\n%s", p.status, p.body)
	}
	if p := b.post("/messages", url.Values{"title": {strings.Repeat("长", 81)}}); p.status != 422 || !strings.Contains(p.body, "最多 80 字") {
		t.Errorf("too long: %d", p.status)
	}
	if p := b.post("/messages", url.Values{"title": {"甲"}, "to": {"129999999"}}); p.status != 404 {
		t.Errorf("to nobody: %d", p.status)
	}
	if p := b.post("/messages", url.Values{"title": {"汛期备勤"}, "urgent": {"1"}}); p.status != 303 {
		t.Errorf("%d\n%s", p.status, p.body)
	}
	if p := b.get("/messages"); !strings.Contains(p.body, "汛期备勤") || !strings.Contains(p.body, "所有站") || !strings.Contains(p.body, "紧急") {
		t.Errorf("%s", p.body)
	}
	list, err := s.Sent(t.Context(), scope)
	if err != nil || len(list) != 1 || list[0].Notice != (record.Notice{Title: "汛期备勤", From: "区管理员"}) {
		t.Errorf("%+v %v", list, err)
	}
}
