package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"rongyuan/store"
	"rongyuan/store/record"
)

// chunks takes a backup apart: what stands before the first chunk, and the
// chunks of the sealed stream.
func chunks(t *testing.T, raw []byte) (head []byte, all [][]byte) {
	t.Helper()
	const length = 8 + 64<<10 + 16 // number and length, sealed text, tag
	at := bytes.Index(raw, []byte{0, 0, 0, 0, 0, 1, 0, 0})
	if at < 0 {
		t.Fatal("no full chunk")
	}
	return raw[:at], slices.Collect(slices.Chunk(raw[at:], length))
}

// TestFaultBackupChunks: a backup whose chunks are missing, doubled, in another
// order, from another backup, cut or with any bit flipped is refused, or holds
// exactly what it held; and the folder is left as it was.
func TestFaultBackupChunks(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	backup := func() []byte {
		file, err := w.db.Backup(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(file.Path)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for i := range 20 {
		w.register(someone(i + 1))
	}
	whole := backup()
	want := portraitOf(t, w)
	w.register(someone(50))
	head, list := chunks(t, whole)
	_, others := chunks(t, backup())
	n := len(list)
	if n < 4 {
		t.Fatalf("%d chunks", n)
	}
	join := func(c ...[]byte) []byte { return append(bytes.Clone(head), bytes.Join(c, nil)...) }
	swapped := slices.Clone(list)
	swapped[0], swapped[1] = swapped[1], swapped[0]
	lent := slices.Clone(list)
	lent[1] = others[1]
	cases := map[string][]byte{
		"in another order": join(swapped...), "one from another backup": join(lent...),
		"first missing": join(list[1:]...), "middle missing": join(append(slices.Clone(list[:1]), list[2:]...)...),
		"last missing": join(list[:n-1]...), "only the head": head, "first twice": join(append(slices.Clone(list[:1]), list...)...),
		"last twice": join(append(slices.Clone(list), list[n-1])...),
	}
	for name, raw := range cases {
		if code, _ := w.restored(raw, want); code != record.CodeFileDamaged && code != record.CodeFileTruncated {
			t.Errorf("%s: %q", name, code)
		}
	}
	rng := rand.New(rand.NewPCG(*faultSeed, 5))
	runs, refused := scaled(40, 1000), 0
	for range runs {
		raw := bytes.Clone(whole)
		if rng.IntN(3) == 0 {
			raw = raw[:rng.IntN(len(raw))]
		} else {
			from := rng.IntN(len(raw))
			if rng.IntN(2) == 0 {
				from = rng.IntN(len(head))
			}
			raw[from] ^= 1 << rng.IntN(8)
		}
		code, wrong := w.restored(raw, want)
		if wrong != "" || code == record.CodeInternal {
			t.Errorf("%q %s", code, wrong)
		}
		if code != "" {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
	figure(t, "%d damaged backups, %d refused, the rest exactly what they were", runs+len(cases), refused+len(cases))
}

// restored puts a backup into an empty folder and says how it was refused, or
// what is wrong with what it gave.
func (w *world) restored(raw []byte, want portrait) (code record.Code, wrong string) {
	w.t.Helper()
	opt := w.opt
	opt.Dir = w.t.TempDir()
	path := filepath.Join(w.t.TempDir(), "b.rybak")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		w.t.Fatal(err)
	}
	_, err := store.Restore(w.t.Context(), opt, path, store.Secret{Account: testAdmin, Password: testPassword})
	if err != nil {
		if left, _ := filepath.Glob(filepath.Join(opt.Dir, "station.db*")); len(left) > 0 {
			wrong = fmt.Sprint("left behind ", left)
		}
		return record.CodeOf(err), wrong
	}
	code, wrong = outcome(w.t, opt.Dir, want)
	if code != "" {
		wrong = "restored, and then " + string(code)
	}
	return "", wrong
}
