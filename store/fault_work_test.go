package store_test

import (
	"fmt"
	"slices"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
)

// work is one random change of a station, as a clerk would make it. Refusals
// by rules are no failures; what fails because of the disk stays in doubt.
func (s *shaken) work() error {
	steps := []func() error{
		s.register, s.register, s.register, s.update, s.update, s.found, s.join, s.join, s.hold, s.hold, s.hold,
		s.correct, s.correct, s.importing, s.undo, s.draftForm, s.draftForm, s.note, s.changePassword, s.restart,
	}
	return steps[s.rng.IntN(len(steps))]()
}

// refusal reports a code with which a rule answers, not the disk.
func refusal(err error) bool {
	return slices.Contains([]record.Code{
		record.CodeStale, record.CodeAlreadyMember, record.CodeNothingToDo, record.CodeAlreadyReversed, record.CodeDayOver24Hours,
		record.CodeNotFound, record.CodeMinutesRange,
	}, record.CodeOf(err))
}

func (s *shaken) finish(d doubt, err error) error {
	s.t.Helper()
	if err != nil && refusal(err) {
		return nil
	}
	return s.done(d, err)
}

func (s *shaken) person() (store.Person, bool) {
	people, err := s.db.People(s.ctx, store.PeopleFilter{Serving: true})
	if err != nil || len(people) == 0 {
		return store.Person{}, false
	}
	return people[s.rng.IntN(len(people))], true
}

func (s *shaken) register() error {
	s.next++
	_, _, err := s.db.RegisterVolunteer(s.ctx, someone(s.next))
	return s.finish(doubt{name: "register", operations: 1}, err)
}

func (s *shaken) update() error {
	p, ok := s.person()
	if !ok {
		return s.register()
	}
	v, err := s.db.Volunteer(s.ctx, p.ID)
	if err != nil {
		return s.finish(doubt{name: "read"}, err)
	}
	s.next++
	v.Address = fmt.Sprintf("东风里%d号", s.next)
	_, err = s.db.UpdateVolunteer(s.ctx, v)
	return s.finish(doubt{name: "update", operations: 1}, err)
}

func (s *shaken) found() error {
	s.next++
	_, err := s.db.FoundTeam(s.ctx, record.Team{Name: fmt.Sprintf("服务队%d", s.next), Kind: "t01"})
	return s.finish(doubt{name: "found", operations: 1}, err)
}

func (s *shaken) join() error {
	teams, err := s.db.Teams(s.ctx)
	if err != nil {
		return s.finish(doubt{name: "read"}, err)
	}
	p, ok := s.person()
	if !ok || len(teams) == 0 {
		return s.found()
	}
	err = s.db.Join(s.ctx, record.Membership{Team: teams[s.rng.IntN(len(teams))].ID, Volunteer: p.ID, From: "2026-01-10"})
	return s.finish(doubt{name: "join", operations: 1}, err)
}

func (s *shaken) hold() error {
	var who []record.VolunteerID
	for range 1 + s.rng.IntN(4) {
		if p, ok := s.person(); ok && !slices.Contains(who, p.ID) {
			who = append(who, p.ID)
		}
	}
	s.next++
	// Each activity has a time of its own: nobody is in two places, or the
	// number of operations would not be known beforehand.
	slot := s.next / 18 % 32
	at := record.Day("2026-10-01").AddDays(s.next % 18).Time().Add(time.Duration(360+30*slot) * time.Minute)
	a := patrol(record.MomentOf(at), record.MomentOf(at.Add(30*time.Minute)))
	a.Title = fmt.Sprintf("社区治安巡逻%d", s.next)
	_, _, err := s.db.LogActivity(s.ctx, a, present(who...))
	return s.finish(doubt{name: "hold", operations: 1 + len(who)}, err)
}

func (s *shaken) correct() error {
	p, ok := s.person()
	if !ok {
		return s.register()
	}
	list, err := s.db.ParticipationsOf(s.ctx, p.ID)
	if err != nil {
		return s.finish(doubt{name: "read"}, err)
	}
	if len(list) == 0 {
		return s.hold()
	}
	minutes := s.rng.IntN(30)
	want := 2
	if minutes == 0 {
		want = 1
	}
	err = s.db.CorrectService(s.ctx, list[s.rng.IntN(len(list))].Entry, minutes, "提前离开")
	return s.finish(doubt{name: "correct", operations: want}, err)
}

func (s *shaken) importing() error {
	var drafts []record.Draft
	for i := range 1 + s.rng.IntN(8) {
		s.next++
		drafts = append(drafts, record.Draft{Row: i + 2, Volunteer: someone(s.next)})
	}
	plan, err := s.db.PlanImport(s.ctx, drafts)
	if err == nil {
		_, err = s.db.CommitImport(s.ctx, plan)
	}
	return s.finish(doubt{name: "import", operations: plan.Count(record.VerdictNew) + plan.Count(record.VerdictUpdate)}, err)
}

func (s *shaken) undo() error {
	u, err := s.db.LastUndoable(s.ctx)
	if err == nil {
		err = s.db.UndoBatch(s.ctx, u.Batch)
	}
	return s.finish(doubt{name: "undo", operations: u.Operations}, err)
}

func (s *shaken) draftForm() error {
	s.next++
	text := fmt.Sprintf(`{"name":"王%d"}`, s.next)
	err := s.db.SaveDraft(s.ctx, "people.new", text)
	return s.finish(doubt{name: "draft", draft: text}, err)
}

func (s *shaken) note() error {
	serial, err := s.db.Note(s.ctx, store.Note{Action: store.ActionPrint, Subject: "slip", Detail: "1"})
	if err == nil {
		s.said.notes = serial
	}
	return s.finish(doubt{name: "note"}, err)
}

func (s *shaken) changePassword() error {
	s.next++
	next := fmt.Sprintf("Gongzuo-Zhan-%04d", s.next)
	err := s.db.ChangePassword(s.ctx, s.said.password, next)
	return s.finish(doubt{name: "password", password: next}, err)
}

// restart closes the file, with its checkpoint, and opens it again.
func (s *shaken) restart() error {
	err := s.db.Close()
	if err == nil {
		err = s.reopen()
	}
	return s.finish(doubt{name: "restart"}, err)
}
