package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rongyuan/store"
	"rongyuan/store/record"
)

// as opens a window for an account of a role, made by the administrator.
func (h hands) as(name string, role record.Role) {
	h.t.Helper()
	if err := h.d.db.AddAccount(h.t.Context(), store.Account{Name: name, Role: role}, password); err != nil {
		h.t.Fatal(err)
	}
	h.d.lockNow()
	h.enter(name)
}

func (h hands) enter(name string) {
	h.t.Helper()
	h.d.page.(*loginPage).account.SetValue(name)
	h.login()
}

func (h hands) card() *personCard { return h.d.screens[doorPeople].(*peopleScreen).people.card }

func (h hands) deed(word string) {
	h.t.Helper()
	for _, one := range h.card().deeds() {
		if strings.HasPrefix(one.text, word) {
			one.do()
			return
		}
	}
	h.t.Fatalf("%s is not offered", word)
}

// TestUnmaskEnds shows whole numbers for thirty seconds, birth included.
func TestUnmaskEnds(t *testing.T) {
	opt := station(t)
	up := time.Hour
	opt.Uptime = func() time.Duration { return up }
	d := open(t, opt)
	h := hands{t, d}
	h.login()
	id := h.register(volunteer("王建国", wangNumber))
	d.open(doorPeople, place{Person: id})
	h.golden("card_masked")
	h.ctrl(fyne.KeyU)
	h.write("核对身份")
	h.press(fyne.KeyReturn)
	if !h.card().open {
		t.Fatal("the reason opened nothing")
	}
	up += 29 * time.Second
	d.beat()
	if !h.card().open {
		t.Error("masked before thirty seconds were over")
	}
	up += time.Second
	d.beat()
	if h.card().open {
		t.Error("still open after thirty seconds")
	}
}

// TestSealAndBringBack goes from the card to the settings and back.
func TestSealAndBringBack(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	id := h.register(volunteer("王建国", wangNumber))
	d.open(doorPeople, place{Person: id})
	h.ctrl(fyne.KeyM)
	h.golden("deeds")
	h.write("封存")
	h.press(fyne.KeyReturn)
	h.write("本人撤回同意")
	h.press(fyne.KeyReturn)
	if len(h.people()) != 0 {
		t.Fatal("somebody sealed is still in the lists")
	}
	s := h.settings(sectionSealed).sections[sectionSealed].(*sealedSection)
	if len(s.rows) != 1 || s.rows[0].purge != "2036-10-20" {
		t.Fatalf("sealed %+v", s.rows)
	}
	h.golden("settings_sealed")
	s.bringBack()
	h.write("本人要求恢复")
	h.press(fyne.KeyReturn)
	if got := h.people()["王建国"]; got.Status != record.StatusPaused {
		t.Errorf("brought back as %q", got.Status)
	}
}

// TestPurge is the chief's, and only when ten years are over.
func TestPurge(t *testing.T) {
	opt := station(t)
	at := now()
	opt.Clock = func() time.Time { return at }
	d := open(t, opt)
	h := hands{t, d}
	h.login()
	h.seal(h.register(volunteer("王建国", wangNumber)))
	if d.screens[doorSettings] != nil || newSealedSection(d).keys() != nil {
		t.Error("an administrator is offered to purge")
	}
	h.as("刘站长", record.RoleChief)
	s := h.settings(0)
	s.choose(sectionSealed)
	sealed := s.sections[sectionSealed].(*sealedSection)
	sealed.purge()
	h.golden("purge_early")
	h.press(fyne.KeyReturn)
	at = at.AddDate(10, 0, 1)
	sealed.purge()
	h.write("保存期满")
	h.press(fyne.KeyReturn)
	if len(sealed.rows) != 0 || !strings.Contains(d.frame.notice.Text(), "已清除") {
		t.Errorf("%d rows, said %q", len(sealed.rows), d.frame.notice.Text())
	}
}

func TestConsentsAndStatus(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	id := h.register(volunteer("王建国", wangNumber))
	d.open(doorPeople, place{Person: id})
	h.deed("记单独同意")
	h.press(fyne.KeyDown, fyne.KeyReturn)
	h.golden("consent_give")
	h.ctrl(fyne.KeyS)
	if all, err := d.db.Consents(t.Context(), id); err != nil || len(all) != 1 || all[0].Purpose != "publicity" {
		t.Fatalf("consents %+v, %v", all, err)
	}
	h.deed("撤回同意")
	h.press(fyne.KeyLeft, fyne.KeyReturn)
	if all, err := d.db.Consents(t.Context(), id); err != nil || all[0].Ended != "2026-10-20" {
		t.Errorf("consents %+v, %v", all, err)
	}
	h.deed("改状态")
	h.write("去世")
	h.press(fyne.KeyReturn)
	h.write("2026-10-18")
	h.press(fyne.KeyReturn)
	v, err := d.db.Volunteer(t.Context(), id)
	if err != nil || v.Status != record.StatusDeceased || v.StatusSince != "2026-10-18" {
		t.Errorf("status %s since %s, %v", v.Status, v.StatusSince, err)
	}
}

// TestPersonPaper prints what is held, with a serial number that the log knows.
func TestPersonPaper(t *testing.T) {
	opened := ""
	d := openWith(t, Config{Options: station(t), Opener: func(path string) error {
		opened = path
		return nil
	}})
	h := hands{t, d}
	h.login()
	id := h.register(volunteer("王建国", wangNumber))
	d.open(doorPeople, place{Person: id})
	h.deed("打印本人信息")
	h.write("本人查询")
	h.press(fyne.KeyReturn)
	if st, err := os.Stat(opened); err != nil || st.Size() < 1000 {
		t.Fatalf("paper %q, %v", opened, err)
	}
	notes, err := d.db.NotesOn(t.Context(), id)
	if err != nil || len(notes) != 1 {
		t.Fatalf("notes %+v, %v", notes, err)
	}
	if name := filepath.Base(opened); !strings.Contains(name, store.Serial("120112101", notes[0].Seq)) {
		t.Errorf("%s does not carry serial %d", name, notes[0].Seq)
	}
}

// TestRolesAreOfferedTheirOwn looks at what each role finds.
func TestRolesAreOfferedTheirOwn(t *testing.T) {
	opt := station(t)
	d := openWith(t, Config{Options: opt, Opener: func(string) error { return nil }})
	h := hands{t, d}
	h.login()
	id := h.register(volunteer("王建国", wangNumber))
	for _, one := range []struct {
		role          record.Role
		add, unmask   bool
		deeds, offers int
	}{
		{record.RoleClerk, true, true, 12, 6},
		{record.RoleChief, false, true, 4, 8},
		{record.RoleViewer, false, false, 3, 6},
	} {
		if d.frame != nil {
			d.lockNow()
		}
		h.enter(account)
		h.as("甲"+string(one.role), one.role)
		d.open(doorPeople, place{Person: id})
		keys := d.screens[doorPeople].Keys()
		if _, add := keys["Ctrl+N"]; add != one.add {
			t.Errorf("%s: register offered %v", one.role, add)
		}
		if _, unmask := keys["Ctrl+U"]; unmask != one.unmask {
			t.Errorf("%s: unmask offered %v", one.role, unmask)
		}
		if n := len(h.card().deeds()); n != one.deeds {
			t.Errorf("%s: %d deeds, want %d", one.role, n, one.deeds)
		}
		if one.role == record.RoleViewer {
			h.golden("people_viewer")
		}
		if n := len(h.settings(0).offered); n != one.offers {
			t.Errorf("%s: %d settings, want %d", one.role, n, one.offers)
		}
	}
}

// TestAudit reads the log, narrowed, as administrator and as auditor.
func TestAudit(t *testing.T) {
	d := loggedIn(t)
	h := hands{t, d}
	id := h.register(volunteer("王建国", wangNumber))
	for _, n := range []store.Note{
		{Action: store.ActionUnmask, Subject: string(id), Detail: "核对身份"}, {Action: store.ActionPrint, Subject: "志愿服务时长单", Detail: "1 页"},
	} {
		if _, err := d.db.Note(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	s := h.settings(sectionAudit).sections[sectionAudit].(*auditSection)
	h.golden("settings_audit")
	all := len(s.rows)
	s.action.SetValue(string(store.ActionUnmask))
	s.read(false)
	if len(s.rows) != 1 || s.rows[0].about != "王建国" || all < 3 {
		t.Errorf("%d of %d rows: %+v", len(s.rows), all, s.rows)
	}
	s.action.SetValue("")
	s.to.SetValue("2026-10-19")
	s.read(false)
	if len(s.rows) != 0 {
		t.Errorf("before the day there are %d", len(s.rows))
	}
	h.as("审计员", record.RoleAuditor)
	if d.door != doorSettings || h.canvas().Overlays().Top() != nil {
		t.Errorf("the auditor lands in %s", d.door)
	}
}

// vault is a keyring of a test.
type vault map[string][]byte

func (v vault) Save(name string, secret []byte) error {
	v[name] = append([]byte{}, secret...)
	return nil
}

func (v vault) Load(name string) ([]byte, error) {
	if secret, has := v[name]; has {
		return append([]byte{}, secret...), nil
	}
	return nil, store.ErrNoSecret
}

func (v vault) Delete(name string) error {
	delete(v, name)
	return nil
}

func TestUnattendedSwitch(t *testing.T) {
	keys := vault{}
	d := openWith(t, Config{Options: station(t), Vault: keys})
	h := hands{t, d}
	h.login()
	s := h.settings(sectionBackup).sections[sectionBackup].(*backupSection)
	d.switchUnattended(true, s.load)
	h.press(fyne.KeyLeft, fyne.KeyReturn)
	if !s.allowed || len(keys) != 1 {
		t.Fatalf("allowed %v, %d secrets", s.allowed, len(keys))
	}
	h.press(fyne.KeyEscape)
	d.switchUnattended(false, s.load)
	h.press(fyne.KeyReturn)
	if s.allowed || len(keys) != 0 {
		t.Errorf("allowed %v, %d secrets", s.allowed, len(keys))
	}
}
