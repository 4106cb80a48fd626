package cli_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

type backupDoc struct {
	Path       string       `json:"path"`
	Size       int64        `json:"size"`
	SHA256     string       `json:"sha256"`
	Station    string       `json:"station"`
	Made       *string      `json:"made"`
	People     int64        `json:"people"`
	Operations int64        `json:"operations"`
	Head       *record.Head `json:"head"`
	Broken     record.Code  `json:"broken"`
}

type backupList struct {
	Dir     string      `json:"dir"`
	Backups []backupDoc `json:"backups"`
}

type verifyDoc struct {
	store.Verified
	Backup *backupDoc `json:"backup"`
}

type restored struct {
	Dir        string         `json:"dir"`
	Station    record.Station `json:"station"`
	Made       *string        `json:"made"`
	People     int64          `json:"people"`
	Operations int64          `json:"operations"`
	Head       record.Head    `json:"head"`
	MovedAside string         `json:"moved_aside"`
}

func TestBackup(t *testing.T) {
	w := newStation(t)
	w.add("王建国", idWang)
	var first, second backupDoc
	w.json(&first, "backup")
	if first.People != 1 || first.Operations != 2 || len(first.SHA256) != 64 || first.Head == nil || first.Head.Seq != 2 || first.Made == nil {
		t.Errorf("%+v", first)
	}
	if st, err := os.Stat(first.Path); err != nil || st.Size() != first.Size || filepath.Dir(first.Path) != filepath.Join(w.env.DefaultDir, "backup") {
		t.Errorf("%s: %v", first.Path, err)
	}
	w.now = w.now.Add(time.Minute)
	stick := w.file("U盘")
	w.json(&second, "backup", "-o", stick)
	if filepath.Dir(second.Path) != stick {
		t.Errorf("%+v", second)
	}
	w.now = w.now.Add(time.Minute)
	w.good("backup")
	var list backupList
	w.json(&list, "backup", "list")
	if len(list.Backups) != 2 || list.Backups[1].Path != first.Path || list.Backups[1].People != 1 || list.Backups[0].Broken != "" {
		t.Errorf("%+v", list)
	}
	if err := os.WriteFile(filepath.Join(stick, "rongyuan-20270101-000000.000.rybak"), []byte("kein Backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.json(&list, "backup", "list", "-o", stick)
	if len(list.Backups) != 2 || list.Backups[0].Broken == "" || list.Backups[1].Station == "" {
		t.Errorf("%+v", list)
	}
	if text := w.good("backup", "list", "-o", stick); !strings.Contains(text, "打不开") {
		t.Error(text)
	}
	if err := os.WriteFile(w.file("Datei"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.bad(1, record.CodeFileUnwritten, "backup", "-o", w.file("Datei"))
	w.json(&list, "backup", "list", "-o", w.file("没有"))
	if len(list.Backups) != 0 {
		t.Errorf("%+v", list)
	}
}

func TestBackupListNeedsNoStation(t *testing.T) {
	w := newWorld(t)
	var list backupList
	w.json(&list, "backup", "list")
	if list.Backups == nil || len(list.Backups) != 0 {
		t.Errorf("%+v", list)
	}
}

func TestVerify(t *testing.T) {
	w := newStation(t)
	w.add("王建国", idWang)
	var v verifyDoc
	w.json(&v, "verify")
	if v.Operations != 2 || v.People != 1 || v.Notes == 0 || v.Broken != "" || v.Backup != nil {
		t.Errorf("%+v", v)
	}
	if text := w.good("verify"); !strings.Contains(text, "还没有备份") {
		t.Error(text)
	}
	var made backupDoc
	w.json(&made, "backup")
	w.add("李卫东", idX)
	w.json(&v, "verify")
	if v.People != 2 || v.Backup == nil || v.Backup.People != 1 || v.Backup.Path != made.Path || v.Backup.Broken != "" {
		t.Errorf("%+v", v)
	}
	if text := w.good("verify"); !strings.Contains(text, "2026-10-20 09:00") {
		t.Error(text)
	}
	w.look(func(db *store.DB) {
		if _, drill, err := db.BackupTimes(t.Context()); err != nil || !drill.Equal(w.now) {
			t.Errorf("the drill is not noted: %v, %v", drill, err)
		}
	})
	raw, err := os.ReadFile(made.Path)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)-40] ^= 8
	if err := os.WriteFile(made.Path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	v = verifyDoc{}
	w.jsonExit(6, &v, "verify")
	if v.Broken != "" || v.Backup == nil || v.Backup.Broken != record.CodeFileDamaged {
		t.Errorf("%+v", v)
	}
	if w.run("verify"); !strings.Contains(w.out.String(), "打不开") {
		t.Error(w.out.String())
	}
}

// elsewhere is a new PC with nothing but what it is handed.
func (w *world) elsewhere(t *testing.T) *world {
	t.Helper()
	n := newWorld(t)
	n.now = w.now
	delete(n.vars, "RONGYUAN_PASSWORD")
	return n
}

func TestRestoreOnANewPC(t *testing.T) {
	w := newWorld(t)
	var made founded
	w.json(&made, initArgs()...)
	w.add("王建国", idWang)
	var file backupDoc
	w.json(&file, "backup", "-o", w.file("U盘"))
	codeFile := w.file("恢复码.txt")
	if err := os.WriteFile(codeFile, []byte(strings.ToLower(made.RecoveryCode)+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		set  func(*world)
	}{
		"password":      {nil, func(n *world) { n.vars["RONGYUAN_PASSWORD"] = testPassword }},
		"typed":         {nil, func(n *world) { n.env.Secret = func(string) (string, error) { return testPassword, nil } }},
		"recovery":      {[]string{"--recovery"}, func(n *world) { n.vars["RONGYUAN_RECOVERY"] = made.RecoveryCode }},
		"recovery file": {[]string{"--recovery-file", codeFile}, func(*world) {}},
		"code typed":    {[]string{"--recovery"}, func(n *world) { n.env.Secret = func(string) (string, error) { return made.RecoveryCode, nil } }},
	} {
		t.Run(name, func(t *testing.T) {
			n := w.elsewhere(t)
			c.set(n)
			var done restored
			n.json(&done, append([]string{"restore", file.Path}, c.args...)...)
			if done.People != 1 || done.Operations != 2 || done.Dir != n.env.DefaultDir || done.MovedAside != "" || done.Station.Code != "120103004" {
				t.Errorf("%+v", done)
			}
			n.vars["RONGYUAN_PASSWORD"] = testPassword
			var list people
			n.json(&list, "volunteer", "list")
			if len(list.Volunteers) != 1 {
				t.Errorf("%+v", list)
			}
			n.good("verify")
		})
	}
}

func TestRestoreMovesAsideAndTells(t *testing.T) {
	w := newStation(t)
	w.add("王建国", idWang)
	var file backupDoc
	w.json(&file, "backup")
	w.add("李卫东", idX)
	w.now = w.now.Add(time.Minute)
	if text := w.good("restore", file.Path); !strings.Contains(text, "没有删") || !strings.Contains(text, ".old") {
		t.Error(text)
	}
	var done restored
	w.now = w.now.Add(time.Minute)
	w.json(&done, "restore", file.Path)
	if st, err := os.Stat(done.MovedAside); err != nil || st.Size() == 0 {
		t.Errorf("%+v: %v", done, err)
	}
	var list people
	w.json(&list, "volunteer", "list")
	if len(list.Volunteers) != 1 {
		t.Errorf("%+v", list)
	}
}

func TestRestoreRefusals(t *testing.T) {
	w := newWorld(t)
	var made founded
	w.json(&made, initArgs()...)
	w.add("王建国", idWang)
	var file backupDoc
	w.json(&file, "backup", "-o", w.file("U盘"))
	whole, err := os.ReadFile(file.Path)
	if err != nil {
		t.Fatal(err)
	}
	broken := w.file("坏.rybak")
	if err := os.WriteFile(broken, whole[:len(whole)-100], 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := w.file("别的.rybak")
	if err := os.WriteFile(foreign, bytes.Repeat([]byte("x"), 200), 0o600); err != nil {
		t.Fatal(err)
	}
	n := w.elsewhere(t)
	n.bad(4, record.CodeLocked, "restore", file.Path)
	n.bad(2, record.CodeUsage, "restore", file.Path, "--recovery")
	n.vars["RONGYUAN_RECOVERY"] = made.RecoveryCode[:len(made.RecoveryCode)-1] + "?"
	n.bad(4, record.CodeRecoveryTypo, "restore", file.Path, "--recovery")
	n.vars["RONGYUAN_PASSWORD"] = "Falsch-Wort-2026"
	n.bad(4, record.CodeWrongPassword, "restore", file.Path)
	n.vars["RONGYUAN_PASSWORD"] = testPassword
	n.bad(4, record.CodeWrongPassword, "restore", file.Path, "--user", "没有这个人")
	n.bad(6, record.CodeFileDamaged, "restore", broken)
	n.bad(6, record.CodeFileForeign, "restore", foreign)
	n.bad(1, record.CodeFileUnread, "restore", n.file("没有.rybak"))
	n.bad(1, record.CodeFileUnread, "restore", file.Path, "--recovery-file", n.file("没有.txt"))
	n.bad(1, record.CodeFolderRefused, "restore", file.Path, "--data", n.file("OneDrive/站"))
	if left, _ := filepath.Glob(filepath.Join(n.env.DefaultDir, "station.db*")); len(left) > 0 {
		t.Errorf("%v stayed", left)
	}
	db, err := store.Open(t.Context(), w.storeOptions())
	if err != nil {
		t.Fatal(err)
	}
	var f failure
	w.jsonExit(5, &f, "restore", file.Path)
	if err := db.Close(); err != nil || f.Error.Code != record.CodeInUse {
		t.Error(err, f)
	}
}

func TestRestoreWithSeveralAccountsNeedsAUser(t *testing.T) {
	w := newStation(t)
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	w.good("account", "add", "李经办", "--role", "经办")
	var file backupDoc
	w.json(&file, "backup", "-o", w.file("U盘"), "--user", testAdmin)
	n := w.elsewhere(t)
	n.vars["RONGYUAN_PASSWORD"] = otherPassword
	n.bad(2, record.CodeUsage, "restore", file.Path)
	n.good("restore", file.Path, "--user", "李经办")
}

func TestUnattended(t *testing.T) {
	w := newStation(t)
	w.add("王建国", idWang)
	w.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	w.good("account", "add", "李经办", "--role", "clerk")
	w.bad(4, record.CodeNoRight, "backup", "--unattended")
	var state struct {
		Allowed bool `json:"allowed"`
		Ready   bool `json:"ready"`
	}
	w.vars["RONGYUAN_PASSWORD"] = otherPassword
	w.bad(4, record.CodeNoRight, "unattended", "on", "--user", "李经办")
	w.vars["RONGYUAN_PASSWORD"] = testPassword
	w.json(&state, "unattended", "on", "--user", testAdmin)
	if !state.Allowed || !state.Ready || len(w.keys) != 1 {
		t.Errorf("%+v", state)
	}
	delete(w.vars, "RONGYUAN_PASSWORD")
	w.json(&state, "unattended", "status")
	if !state.Ready {
		t.Errorf("%+v", state)
	}
	var made backupDoc
	w.json(&made, "backup", "--unattended")
	if made.People != 1 {
		t.Errorf("%+v", made)
	}
	w.bad(1, record.CodeNotEnrolled, "sync", "--unattended")
	w.bad(2, record.CodeUsage, "volunteer", "list", "--unattended")
	kept := w.keys
	w.keys = pocket{}
	w.bad(4, record.CodeNoVault, "backup", "--unattended")
	w.json(&state, "unattended", "status")
	if !state.Allowed || state.Ready {
		t.Errorf("another PC: %+v", state)
	}
	w.env.Vault = nil
	w.bad(4, record.CodeNoVault, "backup", "--unattended")
	w.env.Vault = func(string) store.Vault { return w.keys }
	w.keys = kept
	w.vars["RONGYUAN_PASSWORD"] = testPassword
	w.json(&state, "unattended", "off", "--user", testAdmin)
	if state.Allowed || len(w.keys) != 0 {
		t.Errorf("%+v", state)
	}
	w.bad(4, record.CodeNoRight, "backup", "--unattended")
	w.env.Vault = func(string) store.Vault { return brokenVault{} }
	w.bad(4, record.CodeNoVault, "unattended", "on", "--user", testAdmin)
	if text := w.good("unattended", "status"); !strings.Contains(text, "没有打开") {
		t.Error(text)
	}
}

// brokenVault is a desktop without a keyring.
type brokenVault struct{}

func (brokenVault) Save(string, []byte) error   { return errors.New("no keyring") }
func (brokenVault) Load(string) ([]byte, error) { return nil, errors.New("no keyring") }
func (brokenVault) Delete(string) error         { return errors.New("no keyring") }
