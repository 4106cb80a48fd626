package store

import (
	"context"
	"database/sql"
	"fmt"

	"rongyuan/store/record"
)

// Consents are a person's consents, ended ones included.
func (db *DB) Consents(ctx context.Context, id record.VolunteerID) ([]record.Consent, error) {
	if _, err := db.may(record.RightRead); err != nil {
		return nil, err
	}
	return consents(view{ctx: ctx, q: db.reader}, "WHERE volunteer = ? AND withdrawn = 0", id)
}

func consents(w view, where string, args ...any) ([]record.Consent, error) {
	return collect(w, func(r *sql.Rows) (c record.Consent, err error) {
		return c, r.Scan(&c.ID, &c.Version, &c.Volunteer, &c.Purpose, &c.Given, &c.Form, &c.Way, &c.Ended, &c.Withdrawn)
	}, "SELECT id, version, volunteer, purpose, given, form, way, ended, withdrawn FROM consents "+where+" ORDER BY given, id", args...)
}

// GiveConsent writes a consent. The codes are those of [record.Consent.Check]
// and not_found.
func (db *DB) GiveConsent(ctx context.Context, c record.Consent) (record.ConsentID, error) {
	err := db.write(ctx, func(t *tx) error {
		if _, err := volunteer(t.view(), c.Volunteer); err != nil {
			return err
		}
		id, err := t.newID()
		if err != nil {
			return err
		}
		c.ID, c.Version = record.ConsentID(id), 1
		if err := t.putConsent(c); err != nil {
			return err
		}
		change, err := record.Created(c)
		if err != nil {
			return err
		}
		return t.record(subject{Type: record.OpConsentGiven, ID: id}, change)
	})
	return c.ID, err
}

// EndConsent ends a consent today: the person has withdrawn it. The codes are
// not_found and nothing_to_do for one that has ended.
func (db *DB) EndConsent(ctx context.Context, id record.ConsentID) error {
	return db.write(ctx, func(t *tx) error {
		found, err := consents(t.view(), "WHERE id = ?", id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return record.Fail(record.CodeNotFound)
		}
		after := found[0]
		if after.Ended != "" {
			return record.Fail(record.CodeNothingToDo) // the day on which it ended stays
		}
		after.Ended = t.today
		return t.updateConsent(after)
	})
}

func (t *tx) updateConsent(after record.Consent) error {
	found, err := consents(t.view(), "WHERE id = ?", after.ID)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return record.Fail(record.CodeNotFound)
	}
	change, err := t.changed(found[0].Version, after.Version, found[0], after)
	if err != nil {
		return err
	}
	after.Version++
	if err := t.putConsent(after); err != nil {
		return err
	}
	return t.record(subject{Type: record.OpConsentUpdated, ID: string(after.ID), Base: found[0].Version}, change)
}

func (t *tx) putConsent(c record.Consent) error {
	if err := c.Check(t.today).Err(); err != nil {
		return err
	}
	err := t.exec(`INSERT INTO consents (id, version, volunteer, purpose, given, form, way, ended, withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, ended = excluded.ended, withdrawn = excluded.withdrawn`,
		c.ID, c.Version, c.Volunteer, c.Purpose, c.Given, c.Form, c.Way, c.Ended, c.Withdrawn)
	if err != nil {
		return fmt.Errorf("write consent: %w", err)
	}
	return nil
}
