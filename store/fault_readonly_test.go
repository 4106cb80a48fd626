//go:build !windows

package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFaultReadOnlyFolder opens and founds a station in folders that may not be
// written: both say so, and nothing is touched. It takes a process of nobody's,
// since the superuser may write everywhere.
func TestFaultReadOnlyFolder(t *testing.T) {
	w := newWorld(t)
	w.register(someone(1))
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	base, err := os.MkdirTemp("", "readonly")
	if err != nil {
		t.Fatal(err)
	}
	full, empty := filepath.Join(base, "full"), filepath.Join(base, "empty")
	t.Cleanup(func() {
		for _, dir := range []string{full, empty} {
			_ = os.Chmod(dir, 0o700)
		}
		_ = os.RemoveAll(base)
	})
	for _, dir := range []string{full, empty} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	copyFiles(t, w.opt.Dir, full)
	before := listing(t, full)
	program := filepath.Join(base, "program")
	raw, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = os.WriteFile(program, raw, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]os.FileMode{base: 0o755, full: 0o555, empty: 0o555, filepath.Join(full, "station.db"): 0o444} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	for _, lock := range []bool{true, false} {
		if !lock { // also where no lock file was left
			if err := errorsOf(os.Chmod(full, 0o755), os.Remove(filepath.Join(full, "station.lock")), os.Chmod(full, 0o555)); err != nil {
				t.Fatal(err)
			}
			before = listing(t, full)
		}
		cmd, err := order{Do: "try", Dir: full, Backup: empty}.command()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Path, cmd.Dir = program, base
		if os.Geteuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		out, err := cmd.Output()
		if got := strings.TrimSpace(string(out)); got != "read_only read_only" {
			t.Errorf("with lock file %t: %q, %v", lock, got, err)
		}
		if after := listing(t, full); after != before {
			t.Errorf("the folder changed from %s to %s", before, after)
		}
	}
}

func errorsOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}
