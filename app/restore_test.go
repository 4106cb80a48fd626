package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rongyuan/store"
	"rongyuan/store/record"
)

// founded is a station with one person and one backup, closed again, and its
// recovery code.
func founded(t *testing.T) (store.Options, string) {
	t.Helper()
	opt := options(t)
	ctx := context.Background()
	db, code, err := store.Create(ctx, opt, store.Founding{
		Station: record.Station{Code: "120112101", Name: "小站镇退役军人服务站"}, Admin: account, Password: password,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := db.RegisterVolunteer(ctx, volunteer("王建国", wangNumber)); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Backup(ctx, ""); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return opt, code
}

func dataFile(t *testing.T, opt store.Options) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(opt.Dir, "*.db"))
	if err != nil || len(found) != 1 {
		t.Fatalf("data files %v, %v", found, err)
	}
	return found[0]
}

// TestForgottenPassword opens the file with the recovery code, typed without its
// dashes and in small letters, after one group went wrong.
func TestForgottenPassword(t *testing.T) {
	opt, code := founded(t)
	d := open(t, opt)
	h := hands{t, d}
	for range 6 {
		h.write("falsch")
		h.press(fyne.KeyReturn)
	}
	page := d.page.(*loginPage)
	if !page.more.Visible() {
		t.Fatal("the lock does not say how long")
	}
	h.golden("login_locked")
	accounts, err := d.db.Accounts(d.ctx)
	if err != nil {
		t.Fatal(err)
	}
	d.showForgot(accounts)
	p := d.page.(*forgotPage)
	typo := []byte(code)
	at := strings.IndexByte(code, '-') + 1
	typo[at], typo[at+1] = typo[at+1], typo[at]
	if bytes.Equal(typo, []byte(code)) {
		typo[at] = 'A' + ('B'-typo[at])%2
	}
	h.write(string(typo))
	h.press(fyne.KeyReturn, fyne.KeyReturn)
	h.write("Neu-Passwort-2026")
	h.press(fyne.KeyReturn)
	h.write("Neu-Passwort-2026")
	h.press(fyne.KeyReturn)
	if got := p.fields["recovery"].Message(); !strings.Contains(got, "第 2 组") {
		t.Errorf("a wrong group: said %q", got)
	}
	p.code.SetValue("") // it is another one at each run
	h.golden("forgot")
	p.code.SetValue(strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	h.ctrl(fyne.KeyS)
	if d.frame == nil {
		t.Fatalf("the recovery code did not open the window: %q", p.fields["recovery"].Message())
	}
	if err := d.db.ChangePassword(d.ctx, "Neu-Passwort-2026", password); err != nil {
		t.Error(err)
	}
}

// TestSixDamagedFiles holds that each kind has words of its own and that a
// backup leads back where it can.
func TestSixDamagedFiles(t *testing.T) {
	said := map[string]string{}
	for name, one := range map[string]struct {
		spoil   func(t *testing.T, path string)
		restore bool
	}{
		"empty":     {func(t *testing.T, path string) { put(t, path, nil) }, true},
		"short":     {func(t *testing.T, path string) { put(t, path, bytes.Repeat([]byte("x"), 100)) }, true},
		"foreign":   {func(t *testing.T, path string) { put(t, path, bytes.Repeat([]byte("GIF89a  "), 4096)) }, true},
		"truncated": {func(t *testing.T, path string) { cut(t, path) }, true},
		"missing":   {func(t *testing.T, path string) { gone(t, path) }, true},
		"newer":     {func(t *testing.T, path string) { patch(t, path, 60, 0x7f) }, false},
		"damaged":   {func(t *testing.T, path string) { patch(t, path, 4096*3+200, bytes.Repeat([]byte{0xa5}, 30000)...) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			opt, _ := founded(t)
			one.spoil(t, dataFile(t, opt))
			d := open(t, opt)
			h := hands{t, d}
			p, ok := d.page.(*closedPage)
			if !ok {
				t.Fatalf("page %T, want the closed one", d.page)
			}
			said[name] = p.what
			if (p.restore != nil) != one.restore {
				t.Fatalf("restore offered: %v", p.restore != nil)
			}
			if !one.restore {
				return
			}
			if name == "damaged" {
				h.golden("closed_damaged")
			}
			test.Tap(p.restore)
			h.press(fyne.KeyReturn)
			h.write(password)
			if name == "damaged" {
				h.golden("restore")
			}
			h.press(fyne.KeyReturn)
			if _, ok := d.page.(*loginPage); !ok {
				t.Fatalf("page %T after the restore", d.page)
			}
			if name == "damaged" {
				h.golden("restored")
			}
			h.press(fyne.KeyReturn)
			h.login()
			if len(h.people()) != 1 {
				t.Error("the person is not there")
			}
		})
	}
	seen := map[string]string{}
	for name, what := range said {
		if other, twice := seen[what]; twice && !pair(name, other, "short", "foreign") && !pair(name, other, "empty", "truncated") {
			t.Errorf("%s and %s say the same: %s", name, other, what)
		}
		seen[what] = name
	}
}

func pair(a, b, x, y string) bool { return a == x && b == y || a == y && b == x }

// TestRestoreOnNewPC founds nothing: the backup and the recovery code are all
// there is.
func TestRestoreOnNewPC(t *testing.T) {
	old, code := founded(t)
	paths, err := store.Backups(old.BackupDir())
	if err != nil || len(paths) != 1 {
		t.Fatal(paths, err)
	}
	d := open(t, options(t))
	h := hands{t, d}
	d.showRestore(d.showFounding)
	p := d.page.(*restorePage)
	h.golden("restore_none")
	p.take(paths[0])
	p.way.SetValue(byRecovery)
	p.showWay()
	p.focusSecret()
	h.write("12345")
	h.press(fyne.KeyReturn)
	if p.fields["recovery"].Message() == "" {
		t.Error("a wrong code: nothing said")
	}
	p.code.SetValue("")
	h.write(code)
	h.press(fyne.KeyReturn)
	if _, ok := d.page.(*loginPage); !ok {
		t.Fatalf("page %T: %s", d.page, p.fields["recovery"].Message())
	}
}

func put(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func cut(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put(t, path, b[:len(b)/2])
}

func gone(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func patch(t *testing.T, path string, at int, bytes ...byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(b[at:], bytes)
	put(t, path, b)
}
