package district

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"sync"
	"time"

	"rongyuan/store/record"
)

//go:embed pages
var pages embed.FS

// How long an officer's session lasts: without a click, and at all.
const (
	sessionIdle = 30 * time.Minute
	sessionLife = 12 * time.Hour
	sessionsMax = 200
	cookieName  = "__Host-rongyuan"
)

// console is the officers' pages.
type console struct {
	server *Server
	pages  *template.Template

	mu       sync.Mutex
	sessions map[[sha256.Size]byte]*session // by the hash of the cookie
}

type session struct {
	scope       Scope
	begun, seen time.Time
}

func newConsole(s *Server) *console {
	words := template.FuncMap{
		"hours":  func(minutes int64) string { return record.HoursText(int(minutes)) },
		"clock":  chinaTime,
		"status": func(st record.Status) string { return record.Statuses().NameOf(string(st)) },
		"figure": func(f record.Figures, code string) int64 { return f[code] },
	}
	return &console{
		server:   s,
		pages:    template.Must(template.New("").Funcs(words).ParseFS(pages, "pages/*.html")),
		sessions: map[[sha256.Size]byte]*session{},
	}
}

// chinaTime shows an RFC 3339 time as the clock on the wall.
func chinaTime(utc string) string {
	t, err := time.Parse(time.RFC3339, utc)
	if err != nil {
		return "—"
	}
	return t.In(record.Zone()).Format("2006-01-02 15:04")
}

func (c *console) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", c.behind(c.board))
	mux.HandleFunc("GET /stations/{code}", c.behind(c.station))
	mux.HandleFunc("GET /messages", c.behind(c.messages))
	mux.HandleFunc("POST /messages", c.behind(c.sendMessage))
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, _ *http.Request) {
		c.show(w, http.StatusOK, "login.html", loginPage{District: c.server.identity.Name})
	})
	mux.HandleFunc("POST /login", c.login)
	mux.HandleFunc("POST /logout", c.logout)
	static, err := fs.Sub(pages, "pages/static")
	if err == nil {
		mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	}
	guard := http.NewCrossOriginProtection()
	return guard.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	}))
}

// behind lets only officers through; others are led to the login.
func (c *console) behind(page func(http.ResponseWriter, *http.Request, Scope)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		scope, ok := c.whose(r)
		if !ok {
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		page(w, r, scope)
	}
}

func (c *console) whose(r *http.Request) (Scope, bool) {
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return Scope{}, false
	}
	now := c.server.opt.Clock()
	c.mu.Lock()
	defer c.mu.Unlock()
	key := sha256.Sum256([]byte(cookie.Value))
	one := c.sessions[key]
	if one == nil || now.Sub(one.seen) > sessionIdle || now.Sub(one.begun) > sessionLife {
		delete(c.sessions, key)
		return Scope{}, false
	}
	one.seen = now
	return one.scope, true
}

type loginPage struct {
	District string
	Code     record.Code
}

func (c *console) login(w http.ResponseWriter, r *http.Request) {
	page := loginPage{District: c.server.identity.Name}
	if !c.server.gate.stranger(addressOf(r), c.server.opt.Clock()) {
		page.Code = record.CodeTooManyRequests
		c.show(w, http.StatusTooManyRequests, "login.html", page)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 4096)
	scope, err := c.server.Login(r.Context(), r.PostFormValue("name"), r.PostFormValue("password"))
	if err != nil {
		page.Code = record.CodeOf(err)
		c.show(w, http.StatusUnauthorized, "login.html", page)
		return
	}
	if err := c.open(w, scope); err != nil {
		c.fail(w, err)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// open begins a session. The cookie's value is kept as a hash only.
func (c *console) open(w http.ResponseWriter, scope Scope) error {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(c.server.opt.Rand, raw); err != nil {
		return fmt.Errorf("make session: %w", err)
	}
	value := base64.RawURLEncoding.EncodeToString(raw)
	now := c.server.opt.Clock()
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, one := range c.sessions {
		if now.Sub(one.seen) > sessionIdle || len(c.sessions) >= sessionsMax {
			delete(c.sessions, key)
		}
	}
	c.sessions[sha256.Sum256([]byte(value))] = &session{scope, now, now}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: value, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode,
		MaxAge: int(sessionLife / time.Second),
	})
	return nil
}

func (c *console) logout(w http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(cookieName); err == nil {
		c.mu.Lock()
		delete(c.sessions, sha256.Sum256([]byte(cookie.Value)))
		c.mu.Unlock()
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", Secure: true, HttpOnly: true, MaxAge: -1})
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// month is the month of ?month=2026-10, this month without one.
func (c *console) month(r *http.Request) record.Period {
	if p, err := record.ReadMonth(r.URL.Query().Get("month")); err == nil {
		return p
	}
	return record.MonthOf(record.DayOf(c.server.opt.Clock()))
}

// frame is what every page of the console shows.
type frame struct {
	District, Officer     string
	Month, Chinese        string
	Previous, Next, Today string
	Path                  string
}

func (c *console) frame(r *http.Request, scope Scope) (frame, record.Period) {
	p := c.month(r)
	return frame{
		District: c.server.identity.Name, Officer: scope.who, Month: p.String(), Chinese: p.Chinese(),
		Previous: p.Previous().String(), Next: record.MonthOf(p.To.AddDays(1)).String(),
		Today: c.server.opt.Clock().In(record.Zone()).Format("2006-01-02 15:04"), Path: r.URL.Path,
	}, p
}

// boardLine is a station with its figures of the month.
type boardLine struct {
	StationLine
	Figures record.Figures
	// Silent is "" up to seven days without a word, then yellow, from thirty red.
	Silent string
}

type boardPage struct {
	frame
	Lines []boardLine
	Sum   record.Figures
}

func (c *console) board(w http.ResponseWriter, r *http.Request, scope Scope) {
	page := boardPage{}
	var period record.Period
	page.frame, period = c.frame(r, scope)
	lines, err := c.server.Stations(r.Context(), scope)
	if err != nil {
		c.fail(w, err)
		return
	}
	counted, err := c.server.Figures(r.Context(), scope, period, "")
	if err != nil {
		c.fail(w, err)
		return
	}
	figures := map[record.StationCode]record.Figures{}
	for _, one := range counted.Stations {
		figures[one.Station] = one.Figures
	}
	for _, line := range lines {
		page.Lines = append(page.Lines, boardLine{line, figures[line.Station], c.silent(line.LastSeen)})
	}
	page.Sum = counted.Figures
	c.show(w, http.StatusOK, "board.html", page)
}

// silent is how long a station has said nothing, as a colour of the board.
func (c *console) silent(lastSeen string) string {
	seen, err := time.Parse(time.RFC3339, lastSeen)
	if err != nil {
		return "never"
	}
	switch days := c.server.opt.Clock().Sub(seen) / (24 * time.Hour); {
	case days >= 30:
		return "red"
	case days >= 7:
		return "yellow"
	}
	return ""
}

type stationPage struct {
	frame
	Line    StationLine
	Figures StationFigures
	People  []Person
}

func (c *console) station(w http.ResponseWriter, r *http.Request, scope Scope) {
	page := stationPage{}
	var period record.Period
	page.frame, period = c.frame(r, scope)
	code := record.StationCode(r.PathValue("code"))
	lines, err := c.server.Stations(r.Context(), scope)
	if err != nil {
		c.fail(w, err)
		return
	}
	for _, line := range lines {
		if line.Station == code {
			page.Line = line
		}
	}
	counted, err := c.server.Figures(r.Context(), scope, period, code)
	if err != nil {
		c.fail(w, err)
		return
	}
	page.Figures = counted.Stations[0]
	if page.People, err = c.server.People(r.Context(), scope, code, nil); err != nil {
		c.fail(w, err)
		return
	}
	c.show(w, http.StatusOK, "station.html", page)
}

// show writes a page whole or not at all.
func (c *console) show(w http.ResponseWriter, status int, name string, page any) {
	var b bytes.Buffer
	if err := c.pages.ExecuteTemplate(&b, name, page); err != nil {
		c.server.log.Error("page", "name", name, "cause", err.Error())
		http.Error(w, "页面暂时打不开，请稍后再试。", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if _, err := b.WriteTo(w); err != nil {
		c.server.log.Debug("page not taken")
	}
}

// fail shows a page without a reason that would tell a stranger anything.
func (c *console) fail(w http.ResponseWriter, err error) {
	if notThere(err) {
		c.show(w, http.StatusNotFound, "missing.html", loginPage{District: c.server.identity.Name})
		return
	}
	c.server.log.Error("console", "code", record.CodeOf(err))
	c.show(w, http.StatusInternalServerError, "missing.html", loginPage{District: c.server.identity.Name, Code: record.CodeOf(err)})
}
