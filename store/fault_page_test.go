package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// portrait is what a station knows, for comparison after its file was spoilt.
type portrait map[record.VolunteerID][]byte

func portraitOf(t testing.TB, w *world) portrait {
	t.Helper()
	out := portrait{}
	people, err := w.db.AllVolunteers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range people {
		out[v.ID] = fieldsJSON(v)
	}
	return out
}

// settled is the closed file of a station of so many people, with the
// portrait of it.
func settled(t *testing.T, people int) (dir string, p portrait) {
	t.Helper()
	w := newWorld(t)
	var ids []record.VolunteerID
	for i := range people {
		ids = append(ids, w.register(someone(i+1)))
	}
	w.team("综合服务队", ids[:5]...)
	for i := range 5 {
		day := record.Day("2026-10-01").AddDays(i)
		a := patrol(record.Moment(day+"T09:00"), record.Moment(day+"T10:00"))
		if _, _, err := w.db.LogActivity(t.Context(), a, present(ids[i:i+4]...)); err != nil {
			t.Fatal(err)
		}
	}
	p = portraitOf(t, w)
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	return w.opt.Dir, p
}

// outcome says what a spoilt file does: the code that flags it, "" when all is
// right, or why a person is wrong.
func outcome(t testing.TB, dir string, want portrait) (code record.Code, wrong string) {
	t.Helper()
	ctx := t.Context()
	opt := quickOptions(dir, 11, func() time.Time { return time.Date(2026, 10, 20, 3, 0, 0, 0, time.UTC) })
	db, err := store.Open(ctx, opt)
	if err != nil {
		return record.CodeOf(err), ""
	}
	defer func() { _ = db.Close() }()
	if err := db.Unlock(ctx, testAdmin, testPassword); err != nil {
		return record.CodeOf(err), ""
	}
	// Before anybody asks for a check: whoever can be read is right.
	for id, fields := range want {
		v, err := db.Volunteer(ctx, id)
		if err == nil && !bytes.Equal(fieldsJSON(v), fields) {
			return "", fmt.Sprintf("%s is another: %s", id, v.Number)
		}
		if err != nil {
			code = record.CodeOf(err)
		}
	}
	light, err := db.People(ctx, store.PeopleFilter{})
	if err != nil {
		return record.CodeOf(err), ""
	}
	for _, p := range light {
		if fields, known := want[p.ID]; !known || !bytes.Contains(fields, []byte(p.IDNumber)) || !bytes.Contains(fields, []byte(p.Name)) {
			return "", fmt.Sprintf("%s in the list is another", p.ID)
		}
	}
	// The check: what cannot be read or is missing must be flagged by it.
	_, err = db.Verify(ctx)
	if err != nil {
		return record.CodeOf(err), ""
	}
	if code != "" || len(light) != len(want) {
		return "", fmt.Sprintf("%d of %d people, code %q, and the check finds nothing", len(light), len(want), code)
	}
	if err := compareProjection(ctx, db); err != nil {
		return "", "the check finds nothing: " + err.Error()
	}
	return "", ""
}

// spoil overwrites part of a file, as a failing disk does.
func spoil(raw []byte, rng *rand.Rand) string {
	const page = 4096
	pages := len(raw) / page
	n := rng.IntN(pages)
	at := raw[n*page : (n+1)*page]
	noise := func(b []byte) {
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
	}
	switch rng.IntN(6) {
	case 0:
		noise(at)
		return fmt.Sprintf("page %d of noise", n+1)
	case 1:
		clear(at)
		return fmt.Sprintf("page %d of zeros", n+1)
	case 2:
		from := rng.IntN(8) * 512
		noise(at[from : from+512])
		return fmt.Sprintf("page %d, noise from %d", n+1, from)
	case 3:
		other := rng.IntN(pages)
		copy(at, raw[other*page:(other+1)*page])
		return fmt.Sprintf("page %d is page %d", n+1, other+1)
	case 4:
		from := rng.IntN(page - 8)
		noise(at[from : from+8])
		return fmt.Sprintf("page %d, 8 bytes at %d", n+1, from)
	}
	bit := rng.IntN(page * 8)
	at[bit/8] ^= 1 << (bit % 8)
	return fmt.Sprintf("page %d, bit %d", n+1, bit)
}

// TestFaultPages overwrites pages of a real file: opening or checking it says
// so, or it did no harm. Nobody is ever shown as another, and every refusal has
// a code.
func TestFaultPages(t *testing.T) {
	dir, want := settled(t, 60)
	whole, err := os.ReadFile(filepath.Join(dir, "station.db"))
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(*faultSeed, 3))
	runs := scaled(150, 2000)
	codes := map[record.Code]int{}
	to := copied(t, dir)
	for i := range runs {
		raw := bytes.Clone(whole)
		what := spoil(raw, rng)
		renew(t, to, raw, nil)
		code, wrong := outcome(t, to, want)
		if wrong != "" {
			t.Errorf("run %d, %s: %s", i, what, wrong)
		}
		if code == record.CodeInternal {
			t.Errorf("run %d, %s: no code", i, what)
		}
		codes[code]++
	}
	if codes[""] == runs || codes[""] == 0 {
		t.Errorf("%d of %d were harmless", codes[""], runs)
	}
	figure(t, "%d pages overwritten, %d harmless, the rest flagged, nobody wrong: %v", runs, codes[""], codes)
}

// renew puts a file and its log into a folder.
func renew(t *testing.T, dir string, raw, log []byte) {
	t.Helper()
	path := filepath.Join(dir, "station.db")
	for end, content := range map[string][]byte{"": raw, "-wal": log, "-shm": nil} {
		var err error
		if content == nil {
			if err = os.Remove(path + end); os.IsNotExist(err) {
				err = nil
			}
		} else {
			err = os.WriteFile(path+end, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestFaultLogFile takes the write-ahead log away or puts another beside the
// file: of another station, of this one yesterday, cut, spoilt, of zeros. What
// opens is right, though it may be older; what is not whole is flagged.
func TestFaultLogFile(t *testing.T) {
	w := newWorld(t)
	for i := range 20 {
		w.register(someone(i + 1))
	}
	path := filepath.Join(w.opt.Dir, "station.db")
	read := func(end string) []byte {
		raw, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	yesterday := read("-wal")
	w.reopen() // with a checkpoint
	for i := range 20 {
		w.register(someone(i + 21))
	}
	people, err := w.db.AllVolunteers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw, log := read(""), read("-wal")
	other := &world{t: t}
	other.opt = quickOptions(t.TempDir(), 99, func() time.Time { return w.now }) // another key, the same password
	if other.db, _, err = store.Create(t.Context(), other.opt, founding()); err != nil {
		t.Fatal(err)
	}
	for i := range 9 {
		other.register(someone(i + 70))
	}
	foreign, err := os.ReadFile(filepath.Join(other.opt.Dir, "station.db-wal"))
	if err == nil {
		err = other.db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	want := portrait{}
	for _, v := range people {
		want[v.ID] = fieldsJSON(v)
	}
	rng := rand.New(rand.NewPCG(*faultSeed, 4))
	flipped := bytes.Clone(log)
	flipped[len(flipped)/2] ^= 16
	cases := map[string][]byte{
		"its own": log, "missing": nil, "empty": {}, "foreign": foreign, "yesterday's": yesterday, "zeros": make([]byte, len(log)),
		"flipped": flipped, "noise": []byte("花名册"),
	}
	for range scaled(10, 200) {
		n := rng.IntN(len(log))
		cases[fmt.Sprintf("cut at %d", n)] = log[:n]
	}
	to := copied(t, w.opt.Dir)
	for name, beside := range cases {
		renew(t, to, raw, beside)
		if wrong := olderOrFlagged(t, to, want); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
	}
	renew(t, to, raw, log)
	if code, wrong := outcome(t, to, want); code != "" || wrong != "" {
		t.Errorf("its own log: %s %s", code, wrong)
	}
}

// olderOrFlagged accepts a file that is flagged, or whole as it once was.
func olderOrFlagged(t *testing.T, dir string, want portrait) string {
	t.Helper()
	w, err := openWorld(t, dir)
	if err == nil {
		defer func() { _ = w.db.Close() }()
		err = w.db.Unlock(t.Context(), testAdmin, testPassword)
	}
	if err == nil {
		_, err = w.db.Verify(t.Context())
	}
	if err != nil {
		if !coded(err) {
			return "no code: " + err.Error()
		}
		return ""
	}
	for id, fields := range portraitOf(t, w) {
		if !bytes.Equal(fields, want[id]) {
			return "another person"
		}
	}
	if err := compareProjection(t.Context(), w.db); err != nil {
		return err.Error()
	}
	return ""
}
