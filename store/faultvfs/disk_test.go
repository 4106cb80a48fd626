package faultvfs_test

import (
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"rongyuan/store/faultvfs"
)

func open(t *testing.T, d *faultvfs.Disk, path, synchronous string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?vfs="+d.Name()+"&_pragma=journal_mode(WAL)&_pragma=synchronous("+synchronous+")")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// counted writes rows until the power goes and gives how many were
// acknowledged and how many are there after it came back.
func counted(t *testing.T, seed uint64, synchronous string) (acknowledged, there int) {
	t.Helper()
	d, err := faultvfs.New(seed)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, d, path, synchronous)
	if _, err := db.Exec("CREATE TABLE a (n INTEGER PRIMARY KEY, b BLOB)"); err != nil {
		t.Fatal(err)
	}
	d.CutAt(int(20 + seed%60))
	for !d.Off() {
		if _, err := db.Exec("INSERT INTO a (b) VALUES (randomblob(3000))"); err == nil {
			acknowledged++
		}
	}
	_ = db.Close()
	if _, err := d.PowerOn(); err != nil {
		t.Fatal(err)
	}
	db = open(t, d, path, synchronous)
	defer func() { _ = db.Close() }()
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); synchronous == "FULL" && (err != nil || verdict != "ok") {
		t.Errorf("seed %d: %s, %v", seed, verdict, err)
	}
	if err := db.QueryRow("SELECT COUNT(*) FROM a").Scan(&there); err != nil && synchronous == "FULL" {
		t.Errorf("seed %d: %v", seed, err)
	}
	return acknowledged, there
}

// TestPowerCut shows both that nothing is lost which was synced and that the
// disk does lose what was not.
func TestPowerCut(t *testing.T) {
	losses := 0
	for seed := range uint64(40) {
		if said, there := counted(t, seed, "FULL"); there < said {
			t.Errorf("seed %d: %d rows of %d", seed, there, said)
		}
		if said, there := counted(t, seed, "OFF"); there < said {
			losses++
		}
	}
	if losses == 0 {
		t.Error("a disk that never loses anything shows nothing")
	}
}

func TestSameSeedSameCut(t *testing.T) {
	for seed := range uint64(5) {
		a1, b1 := counted(t, seed, "OFF")
		a2, b2 := counted(t, seed, "OFF")
		if a1 != a2 || b1 != b2 {
			t.Errorf("seed %d: %d/%d, then %d/%d", seed, b1, a1, b2, a2)
		}
	}
}

func TestFailures(t *testing.T) {
	for _, c := range []struct {
		plan func(d *faultvfs.Disk)
		want string
	}{
		{func(d *faultvfs.Disk) { d.FailAt(faultvfs.Write, 1, false) }, "778"},
		{func(d *faultvfs.Disk) { d.FailAt(faultvfs.Sync, 1, true) }, "1034"},
		{func(d *faultvfs.Disk) { d.Limit(1000) }, "full"},
	} {
		d, err := faultvfs.New(1)
		if err != nil {
			t.Fatal(err)
		}
		db := open(t, d, filepath.Join(t.TempDir(), "a.db"), "FULL")
		if _, err := db.Exec("CREATE TABLE a (b BLOB)"); err != nil {
			t.Fatal(err)
		}
		c.plan(d)
		_, err = db.Exec("INSERT INTO a VALUES (randomblob(9000))")
		if err == nil || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
		d.Heal()
		if _, err := db.Exec("INSERT INTO a VALUES (randomblob(9000))"); err != nil {
			t.Errorf("after %s: %v", c.want, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestOnlyTestsImport holds that the disk is in no program.
func TestOnlyTestsImport(t *testing.T) {
	out, err := exec.Command("go", "list", "-tags", "migrated_fynedo,ci", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "rongyuan/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if _, imports, _ := strings.Cut(line, " "); strings.Contains(imports, "rongyuan/store/faultvfs") {
			t.Errorf("imported by %s", line)
		}
	}
}
