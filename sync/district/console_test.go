package district

import (
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

const testPassword = "Hexi-2026-strong"

// testServer is a district on a clock that the test moves.
func testServer(t *testing.T, now *time.Time) *Server {
	t.Helper()
	s, err := Create(t.Context(), Options{
		Folder: filepath.Join(t.TempDir(), "d"), Clock: func() time.Time { return *now }, Rand: rand.Reader,
		Passwords: seal.Params{Memory: 64, Time: 1, Threads: 1},
	}, Founding{Code: "129999", Name: "某区<退役>中心", Officer: "区管理员", Password: testPassword})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

// browser is a client that keeps cookies and does not follow.
type browser struct {
	t      *testing.T
	base   string
	client *http.Client
}

func newBrowser(t *testing.T, s *Server) *browser {
	server := httptest.NewTLSServer(s.Handler())
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	must(t, err)
	c := server.Client()
	c.Jar = jar
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t, server.URL, c}
}

// page is an answer that was read to its end.
type page struct {
	status int
	header http.Header
	body   string
}

func (b *browser) get(path string) page {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.base+path, nil)
	must(b.t, err)
	return b.do(req)
}

func (b *browser) post(path string, form url.Values, header ...string) page {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.base+path, strings.NewReader(form.Encode()))
	must(b.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return b.do(req)
}

func (b *browser) do(req *http.Request) page {
	b.t.Helper()
	res, err := b.client.Do(req)
	must(b.t, err)
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	must(b.t, err)
	return page{res.StatusCode, res.Header, string(raw)}
}

func login(name, password string) url.Values {
	return url.Values{"name": {name}, "password": {password}}
}

func TestConsoleIsForOfficersOnly(t *testing.T) {
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	scope, err := s.Login(t.Context(), "区管理员", testPassword)
	must(t, err)
	_, err = s.NewCode(t.Context(), scope, here)
	must(t, err)
	b := newBrowser(t, s)
	for _, path := range []string{"/", "/stations/129999004", "/?month=2026-09"} {
		if p := b.get(path); p.status != 303 || p.header.Get("Location") != "/login" || strings.Contains(p.body, "129999") {
			t.Errorf("%s without login: %d", path, p.status)
		}
	}
	if p := b.post("/login", login("区管理员", "wrong")); p.status != 401 || !strings.Contains(p.body, "用户名或密码不对") {
		t.Errorf("wrong password: %d", p.status)
	}
	if p := b.post("/login", login("区管理员", testPassword), "Sec-Fetch-Site", "cross-site"); p.status != 403 {
		t.Errorf("a form of another site: %d", p.status)
	}
	p := b.post("/login", login("区管理员", testPassword))
	cookie := p.header.Get("Set-Cookie")
	if p.status != 303 || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "Secure") || !strings.Contains(cookie, "SameSite=Strict") {
		t.Fatalf("login: %d %s", p.status, cookie)
	}
	p = b.get("/?month=2026-10")
	if p.status != 200 || !strings.Contains(p.body, "各站一览") || !strings.Contains(p.body, "129999004") || !strings.Contains(p.body, "2026年10月") ||
		!strings.Contains(p.body, "从未同步") || !strings.Contains(p.body, "某区&lt;退役&gt;中心") || strings.Contains(p.body, "<退役>") {
		t.Errorf("board: %d\n%s", p.status, p.body)
	}
	if policy := p.header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'self'") {
		t.Errorf("policy %q", policy)
	}
	if strings.Contains(p.body, "style=") || strings.Contains(p.body, "<script") || strings.Contains(p.body, "http://") || strings.Contains(p.body, "https://") {
		t.Error("the page needs what its own policy forbids")
	}
	if p := b.get("/stations/129999004"); p.status != 200 || !strings.Contains(p.body, "七条任务线") || !strings.Contains(p.body, "还没有人员") {
		t.Errorf("station: %d", p.status)
	}
	if p := b.get("/stations/129999009"); p.status != 404 || !strings.Contains(p.body, "没有这一页") {
		t.Errorf("a station of nobody: %d", p.status)
	}
	if p := b.get("/static/style.css"); p.status != 200 || !strings.Contains(p.body, "#2f5d34") {
		t.Errorf("style: %d", p.status)
	}
	if p := b.get("/healthz"); p.status != 200 || p.body != "ok\n" {
		t.Errorf("health: %d %s", p.status, p.body)
	}
	now = now.Add(31 * time.Minute)
	if p := b.get("/"); p.status != 303 {
		t.Errorf("after half an hour without a click: %d", p.status)
	}
	b.post("/login", login("区管理员", testPassword))
	if p := b.post("/logout", nil); p.status != 303 {
		t.Errorf("logout: %d", p.status)
	}
	if p := b.get("/"); p.status != 303 {
		t.Errorf("after logout: %d", p.status)
	}
}

func TestFiveFailuresLock(t *testing.T) {
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	ctx := context.Background()
	fail := func(times int) {
		for range times {
			if _, err := s.Login(ctx, "区管理员", "nothing like it"); record.CodeOf(err) != record.CodeWrongPassword {
				t.Fatalf("wrong password: %v", err)
			}
		}
	}
	if _, err := s.Login(ctx, "nobody", testPassword); record.CodeOf(err) != record.CodeWrongPassword {
		t.Errorf("nobody: %v", err)
	}
	fail(5)
	if _, err := s.Login(ctx, "区管理员", testPassword); record.CodeOf(err) != record.CodeAccountLocked {
		t.Errorf("after five failures: %v", err)
	}
	now = now.Add(firstLock + time.Second)
	fail(5)
	now = now.Add(firstLock + time.Second)
	if _, err := s.Login(ctx, "区管理员", testPassword); record.CodeOf(err) != record.CodeAccountLocked {
		t.Errorf("the second lock is not longer: %v", err)
	}
	now = now.Add(firstLock)
	scope, err := s.Login(ctx, "区管理员", testPassword)
	if err != nil || scope.Role() != record.RoleAdmin {
		t.Errorf("after the lock: %v", err)
	}
	if name, err := s.SoleOfficer(ctx); err != nil || name != "区管理员" {
		t.Errorf("sole officer %q %v", name, err)
	}
	report, err := s.Verify(ctx)
	if err != nil || !report.Good() || report.Lines < 10 {
		t.Errorf("audit: %+v %v", report, err)
	}
}

func TestFounding(t *testing.T) {
	good := Founding{Code: "129999", Name: "某区", Officer: "区管理员", Password: testPassword}
	for name, one := range map[string]struct {
		spoil func(*Founding)
		want  record.Code
	}{
		"code":     {func(f *Founding) { f.Code = "12" }, record.CodeInvalid},
		"name":     {func(f *Founding) { f.Name = " " }, record.CodeRequired},
		"officer":  {func(f *Founding) { f.Officer = "" }, record.CodeRequired},
		"short":    {func(f *Founding) { f.Password = "short" }, record.CodePasswordWeak},
		"own name": {func(f *Founding) { f.Password = "区管理员-Abc-12345" }, record.CodePasswordName},
	} {
		f := good
		one.spoil(&f)
		if _, err := Create(t.Context(), Options{Folder: t.TempDir(), Clock: time.Now, Rand: rand.Reader}, f); record.CodeOf(err) != one.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(t.Context(), Options{Folder: t.TempDir(), Clock: time.Now, Rand: rand.Reader}); record.CodeOf(err) != record.CodeNoStation {
		t.Errorf("an empty folder: %v", err)
	}
}
