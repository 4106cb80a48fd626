package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// A half-typed form is kept under its name (people.new, activity.new, a
// record's id), for whoever is logged in, sealed. It does not travel and is in
// no figure.

func draftPlace(account, form string) seal.Place {
	return seal.Place{Table: "drafts", Column: "sealed", Row: account + "/" + form}
}

// SaveDraft keeps a half-typed form; an empty text forgets it. It is durable
// when the call returns.
func (db *DB) SaveDraft(ctx context.Context, form, text string) error {
	s, err := db.open()
	if err != nil {
		return err
	}
	db.writing.Lock()
	defer db.writing.Unlock()
	if text == "" {
		_, err := db.writer.ExecContext(ctx, "DELETE FROM drafts WHERE account = ? AND form = ?", s.account, form)
		return translate(err)
	}
	sealed, err := s.fields.SealText(draftPlace(s.account, form), text)
	if err != nil {
		return fmt.Errorf("seal draft: %w", err)
	}
	_, err = db.writer.ExecContext(ctx, `INSERT INTO drafts (account, form, wall_ms, sealed) VALUES (?, ?, ?, ?)
		ON CONFLICT (account, form) DO UPDATE SET wall_ms = excluded.wall_ms, sealed = excluded.sealed`,
		s.account, form, db.now().UnixMilli(), sealed)
	return translate(err)
}

// Draft gives a half-typed form back; "" when there is none.
func (db *DB) Draft(ctx context.Context, form string) (string, error) {
	s, err := db.open()
	if err != nil {
		return "", err
	}
	var sealed []byte
	err = db.reader.QueryRowContext(ctx, "SELECT sealed FROM drafts WHERE account = ? AND form = ?", s.account, form).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", translate(err)
	}
	text, err := s.fields.OpenText(draftPlace(s.account, form), sealed)
	if err != nil {
		return "", record.Fail(record.CodeSealBroken).Because(err)
	}
	return text, nil
}

// DraftForm is a half-typed form that waits.
type DraftForm struct {
	Form   string
	WallMS int64
}

// Drafts are the half-typed forms of whoever is logged in, the latest first.
func (db *DB) Drafts(ctx context.Context) ([]DraftForm, error) {
	s, err := db.open()
	if err != nil {
		return nil, err
	}
	return collect(view{ctx: ctx, q: db.reader}, func(r *sql.Rows) (d DraftForm, err error) {
		return d, r.Scan(&d.Form, &d.WallMS)
	}, "SELECT form, wall_ms FROM drafts WHERE account = ? ORDER BY wall_ms DESC", s.account)
}
