package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// A day at the desk as a helper lives it, again and again: a draft while the
// form is being typed, an activity of three people, a correction, a planned
// activity that is held. Whatever is acknowledged is said on a line of its own.
const (
	dayPeople  = 3
	dayMinutes = 120 // of each in an activity
	dayAfter   = 45  // of the first, once corrected
)

func (o order) day(ctx context.Context, opt store.Options) error {
	db, err := o.open(ctx, opt)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	say := func(format string, args ...any) error {
		if _, err := fmt.Fprintf(out, format+"\n", args...); err != nil {
			return err
		}
		return out.Flush()
	}
	var people []record.VolunteerID
	for i := range dayPeople {
		id, _, err := db.RegisterVolunteer(ctx, someone(o.From*dayPeople+i))
		if err != nil {
			return err
		}
		people = append(people, id)
	}
	for n := 0; ; n++ {
		if err := o.hour(ctx, db, dayHour{n, people, say}); err != nil {
			return err
		}
	}
}

// dayHour is one round of the day.
type dayHour struct {
	n      int
	people []record.VolunteerID
	say    func(string, ...any) error
}

func (o order) hour(ctx context.Context, db *store.DB, h dayHour) error {
	draft := fmt.Sprintf(`{"round":"%d.%d"}`, o.From, h.n)
	if err := db.SaveDraft(ctx, "activity.new", draft); err != nil {
		return err
	}
	if err := h.say("draft %s", draft); err != nil {
		return err
	}
	day := record.Day("2026-10-01").AddDays(h.n % 15)
	a := patrol(record.Moment(fmt.Sprintf("%sT%02d:00", day, 8+h.n/15%12)), record.Moment(fmt.Sprintf("%sT%02d:00", day, 10+h.n/15%12)))
	planned := h.n%2 == 1
	entries := present(h.people...)
	if planned {
		a.State, entries = record.ActivityPlanned, nil
	}
	id, _, err := db.LogActivity(ctx, a, entries)
	if err != nil {
		return h.full(err)
	}
	if planned {
		if a, err = db.Activity(ctx, id); err != nil {
			return err
		}
		a.State = record.ActivityDone
		if _, err = db.CloseActivity(ctx, a, present(h.people...)); err != nil {
			return h.full(err)
		}
	}
	if err := h.say("activity %s", id); err != nil {
		return err
	}
	list, err := db.Participations(ctx, id)
	if err != nil {
		return err
	}
	if err := db.CorrectService(ctx, list[0].Entry, dayAfter, "提前离开"); err != nil {
		return err
	}
	return h.say("corrected %s", id)
}

// full ends the day when the people have no hours left in it.
func (h dayHour) full(err error) error {
	if record.CodeOf(err) == record.CodeDayOver24Hours {
		select {} // until it is killed
	}
	return err
}

// TestFaultScriptedDay kills a real process at moments that the machine chooses
// while it lives a scripted day: the draft that was acknowledged is there or a
// later one, everything acknowledged is there, and no figure counts half of
// anything.
func TestFaultScriptedDay(t *testing.T) {
	const perStation = 25
	rng := rand.New(rand.NewPCG(*faultSeed, 21))
	kills := scaled(25, 500)
	var w *world
	acked := map[record.ActivityID]bool{}
	total := 0
	for kill := range kills {
		if kill%perStation == 0 {
			w, acked = newWorld(t), map[record.ActivityID]bool{}
			if err := w.db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		o := order{Do: "day", Dir: w.opt.Dir, Seed: *faultSeed + uint64(kill), From: kill % perStation}
		draft := ""
		for _, line := range killed(t, o, time.Duration(rng.IntN(30))*time.Millisecond) {
			word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch word {
			case "draft":
				draft = rest
			case "activity":
				acked[record.ActivityID(rest)] = false
			case "corrected":
				acked[record.ActivityID(rest)] = true
			}
		}
		w.reopenClosed()
		w.judgeDay(draft, acked)
		if err := w.db.Close(); err != nil {
			t.Fatal(err)
		}
		total = max(total, len(acked))
	}
	if total < perStation {
		t.Errorf("%d activities in %d kills show little", total, perStation)
	}
	figure(t, "%d processes killed in a scripted day: no draft lost, no half record in a figure", kills)
}

// judgeDay checks the file that a killed day has left.
func (w *world) judgeDay(draft string, acked map[record.ActivityID]bool) {
	w.t.Helper()
	ctx := w.t.Context()
	if err := w.db.Unlock(ctx, testAdmin, testPassword); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.db.Verify(ctx); err != nil {
		w.t.Error(err)
	}
	got, err := w.db.Draft(ctx, "activity.new")
	var was, wasRound, is, isRound int
	_, _ = fmt.Sscanf(draft, `{"round":"%d.%d"}`, &was, &wasRound)
	if _, scan := fmt.Sscanf(got, `{"round":"%d.%d"}`, &is, &isRound); err != nil || scan != nil || is != was || isRound < wasRound || isRound > wasRound+1 {
		w.t.Errorf("the draft is %q, acknowledged was %q, %v", got, draft, err)
	}
	month := record.Month(2026, 10)
	r, err := w.db.Report(ctx, month)
	if err != nil {
		w.t.Fatal(err)
	}
	there := map[record.ActivityID]bool{}
	var minutes int64
	for _, row := range r.Activities {
		there[row.ID] = true
		minutes += row.Minutes
		corrected, known := acked[row.ID]
		whole, after := int64(dayPeople*dayMinutes), int64((dayPeople-1)*dayMinutes+dayAfter)
		if row.Participants != dayPeople || row.Minutes != whole && row.Minutes != after || known && corrected && row.Minutes != after {
			w.t.Errorf("half an activity: %d people, %d minutes (corrected %v)", row.Participants, row.Minutes, corrected)
		}
	}
	for id := range acked {
		if !there[id] {
			w.t.Errorf("activity %s was acknowledged and is gone", id)
		}
	}
	if r.Figures[record.FigureMinutes] != minutes || r.Figures[record.FigureParticipations] != int64(dayPeople*len(r.Activities)) {
		w.t.Errorf("figures %v", r.Figures)
	}
	for code, want := range r.Figures {
		rows, err := w.db.Behind(ctx, month, code)
		var sum int64
		for _, b := range rows {
			sum += b.N
		}
		if err != nil || sum != want {
			w.t.Errorf("%s: %d behind it, %d counted, %v", code, sum, want, err)
		}
	}
}
