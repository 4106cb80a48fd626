package cli_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// trace is a mark as bytes that a file must not hold.
type trace struct {
	mark string
	form string
	raw  []byte
}

// tracesOf are marks in every encoding in which a program on Windows or Linux
// would write them in the clear.
func tracesOf(t *testing.T, marks []string) []trace {
	t.Helper()
	var out []trace
	for form, enc := range map[string]encoding.Encoding{
		"UTF-8": encoding.Nop, "UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "GB18030": simplifiedchinese.GB18030,
	} {
		for _, mark := range marks {
			raw, err := enc.NewEncoder().Bytes([]byte(mark))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, trace{mark, form, raw})
		}
	}
	return out
}

// found lists the marks that stand in the clear in a file's bytes or name.
func found(traces []trace, path string, raw []byte) []string {
	var out []string
	for _, one := range traces {
		if bytes.Contains(raw, one.raw) || strings.Contains(filepath.Base(path), one.mark) {
			out = append(out, one.mark+" ("+one.form+") in "+filepath.Base(path))
		}
	}
	return out
}

// scan reads every file below root but those that somebody handed in or asked
// for, and gives the marks that it found and the names of all files.
func scan(t *testing.T, traces []trace, root string, but ...string) (leaks, names []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			for _, skip := range but {
				if path == skip {
					return fs.SkipDir
				}
			}
			return err
		}
		raw, err := os.ReadFile(path)
		leaks, names = append(leaks, found(traces, path, raw)...), append(names, filepath.Base(path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return leaks, names
}

// watch looks at what passes while commands run: parts of backups, drills and
// other files that are gone when a command ends. It tells what it found when it
// is stopped.
func watch(traces []trace, root string, but ...string) (stop func() []string) {
	end, leaks := make(chan struct{}), make(chan []string)
	go func() {
		var out []string
		seen := map[string]time.Time{}
		for {
			_ = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
				if err != nil {
					return nil // what is gone again is no fault
				}
				for _, skip := range but {
					if path == skip {
						return fs.SkipDir
					}
				}
				st, err := e.Info()
				if err != nil || e.IsDir() || st.ModTime().Equal(seen[path]) {
					return nil
				}
				seen[path] = st.ModTime()
				if raw, err := os.ReadFile(path); err == nil {
					out = append(out, found(traces, path, raw)...)
				}
				return nil
			})
			select {
			case <-end:
				leaks <- out
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() []string { close(end); return <-leaks }
}

// TestTheCanaryDies is the control: what the scan must find, it finds.
func TestTheCanaryDies(t *testing.T) {
	marks := []string{"甘罗拜", "129999198507011239"}
	traces := tracesOf(t, marks)
	dir := t.TempDir()
	skipped := filepath.Join(dir, "out")
	if err := os.Mkdir(skipped, 0o700); err != nil {
		t.Fatal(err)
	}
	stop := watch(traces, dir, skipped)
	for i, one := range traces {
		passing := filepath.Join(dir, "passing")
		for name, raw := range map[string][]byte{
			filepath.Join(dir, string(rune('a'+i))+".db"): append([]byte("SQLite\x00x"), one.raw...), filepath.Join(skipped, "x"): one.raw, passing: one.raw,
		} {
			if err := os.WriteFile(name, raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(50 * time.Millisecond)
		if err := os.Remove(passing); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, marks[0]+".tmp"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	passed := strings.Join(stop(), "\n")
	leaks, names := scan(t, traces, dir, skipped)
	for _, one := range traces {
		if want := one.mark + " (" + one.form + ") in "; !strings.Contains(strings.Join(leaks, "\n"), want) {
			t.Errorf("not found: %s", want)
		}
	}
	if !strings.Contains(passed, "in passing") {
		t.Errorf("a passing file was not seen: %s", passed)
	}
	if len(names) != len(traces)+1 || !strings.Contains(strings.Join(leaks, "\n"), marks[0]+".tmp") {
		t.Errorf("%v", names)
	}
}
