package store

import (
	"context"
	"encoding/json"
	"fmt"

	"rongyuan/store/record"
)

// Retention is how long a volunteer's record is kept after the person has left,
// in years (GB/T 40143—2021, 5.2.2). A station may keep longer and never
// shorter.
const Retention = 10

// SealVolunteer takes a person out of every list and report (封存: consent
// withdrawn where the law allows it; PIPL, article 47). The record stays, is in
// the log, and can be brought back. The reason is sealed in the audit log. The
// codes are reason_required, not_found, stale and nothing_to_do.
func (db *DB) SealVolunteer(ctx context.Context, id record.VolunteerID, reason string) error {
	return db.setSealed(ctx, id, reason, ActionSeal)
}

// UnsealVolunteer brings a sealed person back as paused. It needs the right to
// confirm or to manage.
func (db *DB) UnsealVolunteer(ctx context.Context, id record.VolunteerID, reason string) error {
	return db.setSealed(ctx, id, reason, ActionUnseal)
}

func (db *DB) setSealed(ctx context.Context, id record.VolunteerID, reason string, action Action) error {
	if reason == "" {
		return record.FailField("reason", record.CodeReasonRequired)
	}
	s, err := db.open()
	if err != nil {
		return err
	}
	right := record.RightWrite
	if action == ActionUnseal && !s.role.May(record.RightManage) {
		right = record.RightConfirm
	}
	return db.writeWith(ctx, right, func(t *tx) error {
		v, err := volunteer(t.view(), id)
		if err != nil {
			return err
		}
		sealed := v.Status == record.StatusSealed
		if sealed == (action == ActionSeal) {
			return record.Fail(record.CodeNothingToDo)
		}
		v.Status, v.StatusSince = record.StatusSealed, t.today
		if sealed {
			v.Status = record.StatusPaused
		}
		if _, err := t.updateVolunteer(v); err != nil {
			return err
		}
		_, err = t.note(Note{Action: action, Subject: string(id), Detail: reason})
		return err
	})
}

// SealedPeople are the light rows of people who are sealed, for the page on
// which a chief decides about them.
func (db *DB) SealedPeople(ctx context.Context) ([]Person, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	if !s.role.May(record.RightConfirm) && !s.role.May(record.RightManage) {
		return nil, record.Fail(record.CodeNoRight)
	}
	all, err := volunteers(view{ctx, db.reader, s}, "WHERE status = ? AND withdrawn = 0 ORDER BY status_since, id", record.StatusSealed)
	out := make([]Person, len(all))
	for i, v := range all {
		out[i] = lightOf(v).seenBy(s.role)
	}
	return out, err
}

// PurgeVolunteer erases what the file says of a sealed person when the time of
// keeping is over: the record, the payloads and salts of the operations on it,
// half-typed forms about it. Ids, minutes and the chain stay, so that figures
// and log still hold. It is for good, needs the right to confirm, and copies in
// old backups go as those are thinned out. The codes are reason_required,
// not_found, too_early (with the first day on which it may be done) and
// no_right.
func (db *DB) PurgeVolunteer(ctx context.Context, id record.VolunteerID, reason string) error {
	if reason == "" {
		return record.FailField("reason", record.CodeReasonRequired)
	}
	if _, err := db.may(record.RightConfirm); err != nil {
		return err
	}
	if _, err := db.Backup(ctx, ""); err != nil {
		return err
	}
	return db.writeWith(ctx, record.RightConfirm, func(t *tx) error {
		v, err := volunteer(t.view(), id)
		if err != nil {
			return err
		}
		if err := t.mayPurge(v); err != nil {
			return err
		}
		if err := t.eraseRecord(v); err != nil {
			return err
		}
		if err := t.eraseLoads(record.EntityVolunteer, string(id)); err != nil {
			return err
		}
		if err := t.eraseCertificates(id); err != nil {
			return err
		}
		if err := t.erasePersonal(id); err != nil {
			return err
		}
		// For good: the purge itself stands among what cannot be taken back.
		if err := t.exec("INSERT INTO undone (batch, by_whom, undo) VALUES (?, ?, '')", t.batch, t.s.account); err != nil {
			return fmt.Errorf("close batch: %w", err)
		}
		_, err = t.note(Note{Action: ActionPurge, Subject: string(id), Detail: reason})
		return err
	})
}

// mayPurge wants a sealed person whose time is over by the earlier of this PC's
// clock and the district's: a clock that runs ahead must not erase anybody.
func (t *tx) mayPurge(v record.Volunteer) error {
	if v.Status != record.StatusSealed {
		return record.FailField("status", record.CodeNotSealed)
	}
	first := record.Day(v.StatusSince.Time().AddDate(Retention, 0, 0).Format("2006-01-02"))
	today := t.today
	var last int64
	if err := t.QueryRowContext(t.ctx, "SELECT last_success_ms FROM exchange_state").Scan(&last); err != nil {
		return fmt.Errorf("read exchange: %w", err)
	}
	if last > 0 {
		today = min(today, record.DayOf(msTime(last)))
	}
	if today < first {
		return record.Fail(record.CodeTooEarly, string(first))
	}
	return nil
}

// eraseRecord leaves an empty, withdrawn person. The operation says only that.
func (t *tx) eraseRecord(v record.Volunteer) error {
	before := v
	empty := record.Volunteer{
		ID: v.ID, Version: v.Version + 1, Name: record.PurgedName, Number: v.Number, Serving: v.Serving, Joined: v.Joined,
		Status: record.StatusSealed, StatusSince: v.StatusSince, Withdrawn: true,
	}
	if err := t.putVolunteer(empty); err != nil {
		return err
	}
	change, err := record.Difference(before, empty)
	if err != nil {
		return err
	}
	change.Was = map[string]json.RawMessage{}
	if err := t.record(subject{Type: record.OpVolunteerUpdated, ID: string(v.ID), Base: v.Version}, change); err != nil {
		return err
	}
	return t.exec("DELETE FROM drafts WHERE form LIKE '%' || ? || '%'", v.ID)
}

// erasePersonal erases what hangs on a person.
func (t *tx) erasePersonal(id record.VolunteerID) error {
	for _, purge := range []func(*tx, record.VolunteerID) error{trainings.purge, honours.purge, transfers.purge} {
		if err := purge(t, id); err != nil {
			return err
		}
	}
	return nil
}

// eraseLoads empties salt and payload of every operation on a record but the
// last, which erases; the commitments keep the chain whole.
func (t *tx) eraseLoads(kind record.EntityKind, id string) error {
	err := t.exec(`UPDATE op_log SET payload = x'', salt = x'' WHERE entity = ? AND entity_id = ?
		AND NOT (incarnation = ? AND seq = ?)`, kind, id, t.log.incarnation, t.log.seq)
	if err != nil {
		return fmt.Errorf("erase payloads: %w", err)
	}
	return nil
}
