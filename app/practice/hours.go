package practice

import (
	"rongyuan/store"
	"rongyuan/store/record"
)

// addChief gives the station its second person: who records does not confirm.
func (b *builder) addChief() error {
	return b.db.AddAccount(b.ctx, store.Account{Name: Chief, Role: record.RoleChief}, b.password)
}

// asChief does something with the chief's account and goes back to the clerk's.
func (b *builder) asChief(do func() error) error {
	b.db.Lock()
	if err := b.db.Unlock(b.ctx, Chief, b.password); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	b.db.Lock()
	return b.db.Unlock(b.ctx, Admin, b.password)
}

// decide is the chief's hour: what waits is looked at, what was asked is decided.
func (b *builder) decide() error {
	return b.asChief(func() error {
		waiting, err := b.db.Reviews(b.ctx, store.ReviewFilter{Waiting: true})
		if err != nil {
			return err
		}
		var ids []record.ReviewID
		for _, r := range waiting {
			ids = append(ids, r.ID)
		}
		if len(ids) > 0 {
			if err := b.db.DecideReviews(b.ctx, ids, store.Verdict{Approve: true, Why: "对过签到表，问过本人身体情况"}); err != nil {
				return err
			}
		}
		asked, err := b.db.Corrections(b.ctx, store.CorrectionFilter{Open: true})
		if err != nil {
			return err
		}
		for _, c := range asked {
			if err := b.db.DecideCorrection(b.ctx, c.ID, store.CorrectionVerdict{Approve: true, Why: "属实", Basis: "原签到表和带队人说明"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// forgotten records an evening on which two people forgot to sign out, and one
// long day from memory.
func (b *builder) forgotten() error {
	day := b.today.AddDays(-3)
	a, s := b.planned(0, day)
	a.Title, a.Place = "节前治安巡逻", "辖区主要路口"
	var list []record.Entry
	for i, who := range s.members[:min(6, len(s.members))] {
		list = append(list, record.Entry{Volunteer: who, Source: record.SourceOnSite, NoSignOut: i == 1 || i == 2})
	}
	if _, _, err := b.db.LogActivity(b.ctx, a, list); err != nil {
		return err
	}
	long, s := b.planned(5, day)
	long.Title = "防汛物资清点"
	long.Start, long.End, long.Break = record.Moment(string(day)+"T08:00"), record.Moment(string(day)+"T17:00"), 60
	_, _, err := b.db.LogActivity(b.ctx, long, []record.Entry{
		{Volunteer: s.members[0], Source: record.SourceOnSite}, {Volunteer: s.members[1], Source: record.SourceLater, Minutes: 6 * 60},
	})
	return err
}

// object has a volunteer say that his hours are wrong.
func (b *builder) object() error {
	who := b.teams[0].members[1]
	list, err := b.db.ParticipationsOf(b.ctx, who)
	if err != nil || len(list) == 0 {
		return err
	}
	_, err = b.db.RaiseObjection(b.ctx, record.Objection{
		Volunteer: who, Activity: list[0].Activity, Way: "visit", Claim: "那天我一直待到结束，时长好像少记了半个小时，请核实。",
	})
	return err
}

// otherLedger notes what another system has of two people: most of it the same,
// one with other hours, one that the station does not have.
func (b *builder) otherLedger() error {
	var lines []record.Outside
	for _, who := range b.teams[0].members[:min(2, len(b.teams[0].members))] {
		parts, err := b.db.ParticipationsOf(b.ctx, who)
		if err != nil {
			return err
		}
		for i, p := range parts[:min(5, len(parts))] {
			a, err := b.db.Activity(b.ctx, p.Activity)
			if err != nil {
				return err
			}
			line := record.Outside{Volunteer: who, System: "national", Title: a.Title, Day: a.Start.Day(), Minutes: max(30, p.Minutes)}
			if i == 1 {
				line.Minutes += 60
			}
			lines = append(lines, line)
		}
		lines = append(lines, record.Outside{Volunteer: who, System: "national", Title: "文明交通劝导", Day: b.first.AddDays(12), Minutes: 120})
	}
	_, err := b.db.NoteOutside(b.ctx, lines)
	return err
}
