package app

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rongyuan/app/look"
	"rongyuan/app/widgets"
	"rongyuan/store"
)

// settings opens a part of the settings.
func (h hands) settings(section int) *settingsScreen {
	h.t.Helper()
	h.d.open(doorSettings, place{})
	s, ok := h.d.screens[doorSettings].(*settingsScreen)
	if !ok {
		h.t.Fatal("no settings")
	}
	for range section {
		h.press(fyne.KeyDown)
	}
	return s
}

func TestStationSettings(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	s := h.settings(sectionStation)
	h.golden("settings_station")
	h.press(fyne.KeyReturn)
	station := s.sections[sectionStation].(*stationSection)
	station.title.SetValue("")
	h.ctrl(fyne.KeyS)
	if station.fields["name"].Message() == "" {
		t.Error("a station without a name: nothing said")
	}
	station.title.SetValue("小站镇退役军人服务站")
	station.issuer.SetValue("小站镇人民政府")
	station.tel.SetValue("022-88880000")
	if s.Unsaved() == "" {
		t.Error("a typed change is not known as unsaved")
	}
	h.ctrl(fyne.KeyS)
	got, err := d.db.Station(context.Background())
	if err != nil || got.Issuer != "小站镇人民政府" || got.Phone != "022-88880000" || got.Code != "120112101" {
		t.Errorf("station %+v, %v", got, err)
	}
}

func TestCalendarSettings(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	s := h.settings(sectionCalendar)
	h.press(fyne.KeyReturn)
	h.fields("2026-10-01", "2026-10-07", "", "国庆节")
	h.fields("2026-10-10", "")
	h.press(fyne.KeyRight, fyne.KeyReturn)
	h.write("国庆节调休")
	h.press(fyne.KeyReturn)
	h.golden("settings_calendar")
	c, err := d.db.Calendar(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if c.Working("2026-10-05") || !c.Working("2026-10-10") || len(c.Holidays) != 7 {
		t.Errorf("calendar %+v", c)
	}
	calendar := s.sections[sectionCalendar].(*calendarSection)
	calendar.grid.SelectKey("2026-10-10")
	d.win.Canvas().Focus(calendar.grid)
	h.press(fyne.KeyDelete)
	if c, err = d.db.Calendar(context.Background()); err != nil || c.Working("2026-10-10") {
		t.Errorf("the worked Saturday stays: %v", err)
	}
	calendar.fields["day"].Focus()
	h.fields("2026-10-09", "2026-10-01")
	h.ctrl(fyne.KeyS)
	if calendar.fields["to"].Message() == "" {
		t.Error("a span that ends before it begins: nothing said")
	}
}

func TestDisplaySettings(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	before := theme.TextSize()
	h.settings(sectionDisplay)
	h.golden("settings_display")
	h.press(fyne.KeyReturn, fyne.KeyRight)
	if theme.TextSize() <= before || d.door != doorSettings {
		t.Errorf("text size %g, before %g, door %s", theme.TextSize(), before, d.door)
	}
	h.press(fyne.KeyReturn, fyne.KeyRight)
	size, err := d.db.Setting(context.Background(), settingTextSize)
	contrast, err2 := d.db.Setting(context.Background(), settingContrast)
	if size != "1" || contrast != "1" || errors.Join(err, err2) != nil {
		t.Errorf("kept: size %q, contrast %q", size, contrast)
	}
	h.golden("settings_large_contrast")
	if look.Large.String() != "大" {
		t.Error("the sizes have other names")
	}
}

func TestAccountSettings(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	s := h.settings(sectionAccounts)
	h.ctrl(fyne.KeyN)
	h.fields("李四", "", "kurz", "kurz")
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("a weak password closed the dialog")
	}
	h.golden("settings_account_add")
	h.write("Xiaozhan-Clerk-1")
	h.press(fyne.KeyReturn)
	h.write("Xiaozhan-Clerk-1")
	h.press(fyne.KeyReturn)
	if d.win.Canvas().Overlays().Top() != nil {
		t.Fatal("the dialog stays open")
	}
	h.golden("settings_accounts")
	accounts, err := d.db.Accounts(context.Background())
	if err != nil || len(accounts) != 2 {
		t.Fatalf("accounts %+v, %v", accounts, err)
	}
	section := s.sections[sectionAccounts].(*accountsSection)
	section.changeOwn()
	h.fields("falsch", "Xiaozhan-Neu-2026", "Xiaozhan-Neu-2026")
	if d.win.Canvas().Overlays().Top() == nil {
		t.Error("a wrong old password changed the password")
	}
	h.fields(password, "Xiaozhan-Neu-2026", "Xiaozhan-Neu-2026")
	section.grid.SelectKey("李四")
	section.reset()
	h.fields("Xiaozhan-Clerk-2", "Xiaozhan-Clerk-2")
	ctx := context.Background()
	d.db.Lock()
	if err := d.db.Unlock(ctx, account, password); err == nil {
		t.Error("the old password still opens the file")
	}
	if err := d.db.Unlock(ctx, "李四", "Xiaozhan-Clerk-2"); err != nil {
		t.Errorf("the reset password does not open the file: %v", err)
	}
	if newAccountsSection(d).keys() != nil {
		t.Error("a clerk may add accounts")
	}
	if err := d.db.Unlock(ctx, account, "Xiaozhan-Neu-2026"); err != nil {
		t.Fatal(err)
	}
	section.end()
	h.press(fyne.KeyLeft, fyne.KeyReturn)
	if accounts, err = d.db.Accounts(ctx); err != nil || !accounts[1].Disabled && !accounts[0].Disabled {
		t.Errorf("nobody was ended: %+v, %v", accounts, err)
	}
}

func TestNewRecoveryCode(t *testing.T) {
	opt := station(t)
	d := open(t, opt)
	h := hands{t, d}
	h.write(password)
	h.press(fyne.KeyReturn)
	s := h.settings(sectionAccounts)
	s.sections[sectionAccounts].(*accountsSection).renewRecovery()
	h.press(fyne.KeyLeft, fyne.KeyReturn)
	if d.win.Canvas().Overlays().Top() == nil {
		t.Fatal("the code was not shown")
	}
	code := h.shownCode()
	h.press(fyne.KeyEscape)
	d.db.Lock()
	if err := d.db.UnlockRecovery(context.Background(), code, account, "Xiaozhan-Neu-2026"); err != nil {
		t.Errorf("the code that was shown opens nothing: %v", err)
	}
}

// shownCode copies the code with the button of the dialog.
func (h hands) shownCode() string {
	h.t.Helper()
	for range 4 {
		if b, ok := h.canvas().Focused().(*widgets.Button); ok && b.Text == "复制" {
			break
		}
		h.canvas().FocusNext()
	}
	h.press(fyne.KeyReturn)
	return h.d.cfg.App.Clipboard().Content()
}

func TestBackupSettings(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	h.register(volunteer("王建国", wangNumber))
	s := h.settings(sectionBackup)
	section := s.sections[sectionBackup].(*backupSection)
	if got := section.last.line.Text; got != "还没有过" {
		t.Errorf("before the first backup: %q", got)
	}
	h.ctrl(fyne.KeyS)
	files, err := store.Backups(d.db.BackupDir())
	if err != nil || len(files) != 1 || len(section.files) != 1 || section.files[0].people != 1 {
		t.Fatalf("backups %q, listed %+v, %v", files, section.files, err)
	}
	section.drillFile("")
	if !strings.Contains(d.frame.notice.Text(), "能恢复") {
		t.Errorf("after the drill: %q", d.frame.notice.Text())
	}
	if _, drill, err := d.db.BackupTimes(context.Background()); err != nil || drill.IsZero() {
		t.Errorf("the drill was not noted: %v", err)
	}
	section.folder.SetText(`C:\ProgramData\Rongyuan\backup`)
	h.golden("settings_backup")
}

func TestAbout(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	d.cfg.Options.Dir = `C:\ProgramData\Rongyuan`
	h.settings(sectionAbout)
	h.golden("settings_about")
	h.press(fyne.KeyReturn, fyne.KeyReturn)
	if got := d.cfg.App.Clipboard().Content(); !strings.Contains(got, d.cfg.Options.Dir) || !strings.Contains(got, "0.1.0") {
		t.Errorf("copied %q", got)
	}
}
