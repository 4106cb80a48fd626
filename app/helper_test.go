package app

import (
	"context"
	"crypto/rand"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// Numbers of nobody: the area 129999 does not exist.
const (
	wangNumber = "129999198507011239"
	password   = "Xiaozhan-2026"
	account    = "张姐"
)

// now is a Tuesday morning.
func now() time.Time { return time.Date(2026, 10, 20, 10, 0, 0, 0, record.Zone()) }

func options(t testing.TB) store.Options {
	t.Helper()
	return store.Options{
		Dir: filepath.Join(t.TempDir(), "station"), Clock: now, Rand: rand.Reader,
		Passwords: seal.Params{Memory: 64, Time: 1, Threads: 1},
	}
}

// open makes a window as large as the smallest screen, working in a row.
func open(t testing.TB, opt store.Options) *Desk {
	t.Helper()
	return openWith(t, Config{Options: opt, Version: "0.1.0"})
}

func openWith(t testing.TB, cfg Config) *Desk {
	t.Helper()
	cfg.App = test.NewTempApp(t)
	d, err := newDesk(cfg, func(f func()) { f() }, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	d.win.Resize(fyne.NewSize(1366, 768))
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// station founds a station before the window opens.
func station(t testing.TB) store.Options {
	t.Helper()
	opt := options(t)
	db, _, err := store.Create(context.Background(), opt, store.Founding{
		Station: record.Station{Code: "120112101", Name: "小站镇退役军人服务站"}, Admin: account, Password: password,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return opt
}

// loggedIn is a window behind the login.
func loggedIn(t testing.TB) *Desk {
	t.Helper()
	d := open(t, station(t))
	h := hands{t, d}
	h.write(password)
	h.press(fyne.KeyReturn)
	if d.frame == nil {
		t.Fatal("the login did not open the window")
	}
	return d
}

// hands type as a clerk does: on whatever has the focus.
type hands struct {
	t testing.TB
	d *Desk
}

func (h hands) canvas() fyne.Canvas { return h.d.win.Canvas() }

func (h hands) press(names ...fyne.KeyName) {
	h.t.Helper()
	for _, n := range names {
		if f := h.canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: n})
		} else {
			h.canvas().OnTypedKey()(&fyne.KeyEvent{Name: n})
		}
	}
}

func (h hands) write(s string) {
	h.t.Helper()
	f := h.canvas().Focused()
	if f == nil {
		h.t.Fatalf("nothing has the focus for %q", s)
	}
	for _, r := range s {
		h.canvas().Focused().TypedRune(r)
	}
}

func (h hands) ctrl(n fyne.KeyName) {
	h.t.Helper()
	var s fyne.Shortcut = &desktop.CustomShortcut{KeyName: n, Modifier: fyne.KeyModifierControl}
	if n == fyne.KeyZ {
		s = &fyne.ShortcutUndo{} // as the driver sends it
	}
	if f, ok := h.canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	h.canvas().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(s)
}

// people are the rows of the store, by name.
func (h hands) people() map[string]store.Person {
	h.t.Helper()
	found, err := h.d.db.People(context.Background(), store.PeopleFilter{})
	if err != nil {
		h.t.Fatal(err)
	}
	out := map[string]store.Person{}
	for _, p := range found {
		out[p.Name] = p
	}
	return out
}

// register writes a person past the window.
func (h hands) register(v record.Volunteer) record.VolunteerID {
	h.t.Helper()
	id, _, err := h.d.db.RegisterVolunteer(context.Background(), v)
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// volunteer is somebody who serves, with the fields that must be there.
func volunteer(name, number string) record.Volunteer {
	return record.Volunteer{
		Name: name, IDNumber: record.IDNumber(number), Serving: true, Joined: "2026-03-01",
		Agreement: record.Agreement{Date: "2026-03-01", Version: record.AgreementVersion, Way: wayPaper},
	}
}

// golden compares the window with testdata/name.png.
func (h hands) golden(name string) {
	h.t.Helper()
	img := h.canvas().Capture()
	if *update {
		writePNG(h.t, filepath.Join("testdata", name+".png"), img)
	}
	t, ok := h.t.(*testing.T)
	if !ok {
		h.t.Fatal("a picture is compared in tests only")
	}
	test.AssertImageMatches(t, name+".png", img)
}

func writePNG(t testing.TB, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
