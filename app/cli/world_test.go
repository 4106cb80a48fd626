package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"rongyuan/app/cli"
	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

const (
	testAdmin    = "张姐"
	testPassword = "Gongzuo-Zhan-2026"
	idWang       = "129999198507011239"
	idX          = "12999919701001005X"
)

// world is a data folder and a machine that the test owns.
type world struct {
	t    *testing.T
	dir  string
	env  cli.Env
	vars map[string]string
	now  time.Time
	keys pocket
	out  bytes.Buffer
	err  bytes.Buffer
}

// newWorld is a machine without a station.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), now: time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)}
	w.keys = pocket{}
	w.vars = map[string]string{"RONGYUAN_PASSWORD": testPassword}
	w.env = cli.Env{
		Stdin: strings.NewReader(""), Stdout: &w.out, Stderr: &w.err, Clock: func() time.Time { return w.now },
		Rand: rand.NewChaCha8([32]byte{3}), Getenv: func(name string) string { return w.vars[name] }, Version: "0.1.0",
		DefaultDir: filepath.Join(w.dir, "station"), PracticeDir: filepath.Join(w.dir, "practice"),
		Passwords: seal.Params{Memory: 64, Time: 1, Threads: 1}, Vault: func(string) store.Vault { return w.keys },
	}
	return w
}

// pocket is a vault in memory.
type pocket map[string][]byte

func (p pocket) Save(name string, secret []byte) error {
	p[name] = bytes.Clone(secret)
	return nil
}

func (p pocket) Load(name string) ([]byte, error) {
	if secret, has := p[name]; has {
		return bytes.Clone(secret), nil
	}
	return nil, store.ErrNoSecret
}

func (p pocket) Delete(name string) error {
	if _, has := p[name]; !has {
		return store.ErrNoSecret
	}
	delete(p, name)
	return nil
}

// newStation is a machine with a station.
func newStation(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.good("init", "--station-code", "120103004", "--station-name", "天津市河西区测试街道退役军人服务站", "--admin", testAdmin)
	return w
}

func (w *world) run(args ...string) int {
	w.out.Reset()
	w.err.Reset()
	return cli.Run(w.t.Context(), w.env, args)
}

// good runs a command that must succeed.
func (w *world) good(args ...string) string {
	w.t.Helper()
	if code := w.run(args...); code != 0 {
		w.t.Fatalf("%v: exit %d\n%s%s", args, code, w.out.String(), w.err.String())
	}
	w.chinese(w.out.String() + w.err.String())
	return w.out.String()
}

// whole is good for a command that shows what is masked elsewhere.
func (w *world) whole(args ...string) {
	w.t.Helper()
	if code := w.run(args...); code != 0 {
		w.t.Fatalf("%v: exit %d\n%s%s", args, code, w.out.String(), w.err.String())
	}
}

// json runs a command with --json and reads its document strictly.
func (w *world) json(into any, args ...string) {
	w.t.Helper()
	w.jsonExit(0, into, args...)
}

func (w *world) jsonExit(exit int, into any, args ...string) {
	w.t.Helper()
	if code := w.run(append(args, "--json")...); code != exit {
		w.t.Fatalf("%v: exit %d, want %d\n%s%s", args, code, exit, w.out.String(), w.err.String())
	}
	dec := json.NewDecoder(&w.out)
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		w.t.Fatalf("%v: %v", args, err)
	}
	if dec.More() {
		w.t.Errorf("%v: more than one document", args)
	}
}

// read reads the document that the last command printed.
func (w *world) read(into any) {
	w.t.Helper()
	if err := json.Unmarshal(w.out.Bytes(), into); err != nil {
		w.t.Fatal(err)
	}
}

// failure is the contract's shape.
type failure struct {
	Error struct {
		Code    record.Code `json:"code"`
		Message string      `json:"message"`
		Hint    string      `json:"hint"`
	} `json:"error"`
}

// bad runs a command that must fail with a code and an exit code, once with and
// once without --json, and must leave the log as it was.
func (w *world) bad(exit int, code record.Code, args ...string) {
	w.t.Helper()
	before := w.head()
	var f failure
	w.jsonExit(exit, &f, args...)
	if f.Error.Code != code || f.Error.Message == "" || f.Error.Hint == "" {
		w.t.Errorf("%v: %+v, want %s", args, f, code)
	}
	w.chinese(f.Error.Message + f.Error.Hint)
	if got := w.run(args...); got != exit {
		w.t.Errorf("%v without --json: exit %d", args, got)
	}
	if w.out.Len() > 0 || w.err.Len() == 0 {
		w.t.Errorf("%v: stdout %q, stderr %q", args, w.out.String(), w.err.String())
	}
	w.chinese(w.err.String())
	if after := w.head(); after != before {
		w.t.Errorf("%v: the log went from %s to %s", args, before, after)
	}
}

// chinese refuses what a clerk must not read: Go errors and whole numbers of
// people.
func (w *world) chinese(text string) {
	w.t.Helper()
	text = strings.ReplaceAll(text, "--errors", "")
	for _, word := range []string{"error", "sqlite", "open /", "no such", "invalid", "%!", "nil", idWang, idX, "flag"} {
		if strings.Contains(text, word) {
			w.t.Errorf("%q in %q", word, text)
		}
	}
	if strings.TrimSpace(text) != "" && !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		w.t.Errorf("no Chinese in %q", text)
	}
}

// head is the end of the operation log, "" where there is no station.
func (w *world) head() string {
	w.t.Helper()
	db, err := store.Open(w.t.Context(), w.storeOptions())
	if err != nil {
		return string(record.CodeOf(err))
	}
	defer func() { _ = db.Close() }()
	head, err := db.Head(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return fmt.Sprintf("%s %d", head, head.Seq)
}

func (w *world) storeOptions() store.Options {
	return store.Options{Dir: w.env.DefaultDir, Clock: w.env.Clock, Rand: w.env.Rand, Passwords: w.env.Passwords}
}

// look opens the file as the window would and lets a test read it.
func (w *world) look(f func(*store.DB)) {
	w.t.Helper()
	db, err := store.Open(w.t.Context(), w.storeOptions())
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Unlock(w.t.Context(), testAdmin, testPassword); err != nil {
		w.t.Fatal(err)
	}
	f(db)
}

// file makes a path in the world's folder.
func (w *world) file(name string) string { return filepath.Join(w.dir, name) }

type finding struct {
	Field   string       `json:"field"`
	Level   record.Level `json:"level"`
	Code    record.Code  `json:"code"`
	Message string       `json:"message"`
}

type written struct {
	ID       string    `json:"id"`
	Number   string    `json:"number"`
	Problems []finding `json:"problems"`
}

// add registers somebody.
func (w *world) add(name, id string) written {
	w.t.Helper()
	var doc written
	args := []string{"volunteer", "add", "--name", name, "--agreement-date", "2026-01-05"}
	if id != "" {
		args = append(args, "--id-number", id)
	}
	w.json(&doc, args...)
	return doc
}

// numbered is a valid identity number of the area that does not exist.
func numbered(i int) string {
	day := time.Date(1960, 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*41%16000)
	for _, last := range "0123456789X" {
		id := fmt.Sprintf("129999%s%03d%c", day.Format("20060102"), i%1000, last)
		if _, err := record.ReadIDNumber(id, "2026-10-20"); err == nil {
			return id
		}
	}
	panic("no check digit fits")
}
