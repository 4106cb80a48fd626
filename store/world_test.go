package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// world is a station in a temporary folder whose clock and randomness the test
// owns.
type world struct {
	t    testing.TB
	opt  store.Options
	db   *store.DB
	code string // recovery code
	now  time.Time
}

const (
	testAdmin    = "张姐"
	testPassword = "Gongzuo-Zhan-2026"
)

func newWorld(t *testing.T) *world { t.Helper(); return newWorldFor(t) }

func newWorldFor(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)}
	w.opt = store.Options{
		Dir: t.TempDir(), Clock: func() time.Time { return w.now },
		Rand:      rand.NewChaCha8([32]byte{1, 2, 3}),
		Passwords: seal.Params{Memory: 64, Time: 1, Threads: 1},
	}
	db, code, err := store.Create(t.Context(), w.opt, store.Founding{
		Station: record.Station{Code: "120103004", Name: "天津市河西区测试街道退役军人服务站"},
		Admin:   testAdmin, Password: testPassword,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.db, w.code = db, code
	t.Cleanup(func() { _ = w.db.Close() })
	return w
}

// reopen closes the file and opens it again, as the next morning does.
func (w *world) reopen() {
	w.t.Helper()
	if err := w.db.Close(); err != nil {
		w.t.Fatal(err)
	}
	db, err := store.Open(w.t.Context(), w.opt)
	if err != nil {
		w.t.Fatal(err)
	}
	w.db = db
	if err := db.Unlock(w.t.Context(), testAdmin, testPassword); err != nil {
		w.t.Fatal(err)
	}
}

// number makes a valid identity number of the area that does not exist.
func number(i int) record.IDNumber {
	day := time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*37%16000)
	body := fmt.Sprintf("129999%s%03d", day.Format("20060102"), i%1000)
	for _, last := range "0123456789X" {
		if read, err := record.ReadIDNumber(body+string(last), "2026-10-20"); err == nil {
			return read.Number
		}
	}
	panic("no check digit fits")
}

func someone(i int) record.Volunteer {
	names := []string{"王建国", "李卫东", "单小芳", "欧阳文博", "张桂英", "赵铁柱", "刘学军"}
	return record.Volunteer{
		Name: names[i%len(names)], IDNumber: number(i), Phones: []string{fmt.Sprintf("199%08d", i)},
		Veteran: true, Serving: true, Kind: "2", Politics: "01",
		Agreement: record.Agreement{Date: "2026-01-05", Version: record.AgreementVersion, Way: "paper"},
	}
}

func (w *world) register(v record.Volunteer) record.VolunteerID {
	w.t.Helper()
	id, _, err := w.db.RegisterVolunteer(w.t.Context(), v)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) team(name string, people ...record.VolunteerID) record.TeamID {
	w.t.Helper()
	id, err := w.db.FoundTeam(w.t.Context(), record.Team{Name: name, Kind: "t01"})
	if err != nil {
		w.t.Fatal(err)
	}
	for i, person := range people {
		role := "member"
		if i == 0 {
			role = "captain"
		}
		if err := w.db.Join(w.t.Context(), record.Membership{Team: id, Volunteer: person, Role: role, From: "2026-01-10"}); err != nil {
			w.t.Fatal(err)
		}
	}
	return id
}

func patrol(start, end record.Moment) record.Activity {
	return record.Activity{Title: "社区治安巡逻", Line: "3", Sub: "3.2", Start: start, End: end, Place: "东风里", Served: 12}
}

func present(people ...record.VolunteerID) []record.Entry {
	var out []record.Entry
	for _, one := range people {
		out = append(out, record.Entry{Volunteer: one})
	}
	return out
}

func (w *world) head() record.Head {
	w.t.Helper()
	h, err := w.db.Head(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return h
}

// refused checks the code of a refusal and that the log did not grow.
func (w *world) refused(before record.Head, err error, want record.Code) {
	w.t.Helper()
	if got := record.CodeOf(err); got != want {
		w.t.Errorf("code = %s, want %s (%v)", got, want, err)
	}
	if after := w.head(); !after.Equal(before) {
		w.t.Errorf("the log grew from %d to %d on a refusal", before.Seq, after.Seq)
	}
}
