package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

func letterPlace(id string) seal.Place {
	return seal.Place{Table: "letters", Column: "sealed", Row: id}
}

// Marks are how far the messages of a district's storage, in one of its lives,
// were taken over.
func (db *DB) Marks(ctx context.Context, server record.Incarnation) (map[record.Stream]record.Mark, error) {
	rows, err := db.reader.QueryContext(ctx, "SELECT stream, seq, id FROM letter_marks WHERE server = ?", server)
	if err != nil {
		return nil, translate(err)
	}
	defer func() { _ = rows.Close() }()
	out := map[record.Stream]record.Mark{}
	for rows.Next() {
		var stream record.Stream
		var mark record.Mark
		if err := rows.Scan(&stream, &mark.Seq, &mark.ID); err != nil {
			return nil, translate(err)
		}
		out[stream] = mark
	}
	return out, translate(rows.Err())
}

// TakeMessages keeps messages of a district and how far its streams were taken
// over, in one transaction, and gives how many were not known. A message that
// comes again stays as it is: it may have been read. Any session may do it; the
// code is locked while there is none.
func (db *DB) TakeMessages(ctx context.Context, server record.Incarnation, messages []record.Message) (fresh int, err error) {
	s, err := db.open()
	if err != nil {
		return 0, err
	}
	err = db.writeAs(ctx, s, func(t *tx) error {
		for _, m := range messages {
			added, err := t.addLetter(m)
			if err != nil {
				return err
			}
			fresh += added
			err = t.exec(`INSERT INTO letter_marks (server, stream, seq, id) VALUES (?, ?, ?, ?)
				ON CONFLICT (server, stream) DO UPDATE SET seq = excluded.seq, id = excluded.id`, server, m.Stream, m.Seq, m.ID)
			if err != nil {
				return fmt.Errorf("keep mark: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return fresh, nil
}

func (t *tx) addLetter(m record.Message) (int, error) {
	plain, err := json.Marshal(m)
	if err != nil {
		return 0, fmt.Errorf("encode message: %w", err)
	}
	sealed, err := t.s.fields.Seal(letterPlace(m.ID), plain)
	if err != nil {
		return 0, fmt.Errorf("seal message: %w", err)
	}
	done, err := t.ExecContext(t.ctx, `INSERT INTO letters (id, stream, kind, urgent, at_ms, sealed) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`, m.ID, m.Stream, m.Kind, m.Urgent, m.AtMS, sealed)
	if err != nil {
		return 0, fmt.Errorf("keep message: %w", err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// Letters are the newest messages of the district first: unread urgent ones,
// then the others by the district's clock, at most limit. It needs the right to
// read.
func (db *DB) Letters(ctx context.Context, limit int) ([]record.Letter, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	w := view{ctx, db.reader, s}
	return collect(w, func(r *sql.Rows) (l record.Letter, err error) {
		var id string
		var sealed []byte
		if err := r.Scan(&id, &sealed, &l.ReadMS, &l.ReadBy); err != nil {
			return l, err
		}
		plain, err := w.s.fields.Open(letterPlace(id), sealed)
		if err != nil {
			return l, record.Fail(record.CodeSealBroken).Because(err)
		}
		return l, json.Unmarshal(plain, &l.Message)
	}, `SELECT id, sealed, read_ms, read_by FROM letters
		ORDER BY urgent = 1 AND read_ms = 0 DESC, at_ms DESC, id LIMIT ?`, limit)
}

// ReadLetter notes that a letter was opened here, by whom and when; opened again
// it keeps the first time. The code is not_found.
func (db *DB) ReadLetter(ctx context.Context, id string) error {
	return db.writeWith(ctx, record.RightRead, func(t *tx) error {
		var there int
		if err := t.QueryRowContext(t.ctx, "SELECT count(*) FROM letters WHERE id = ?", id).Scan(&there); err != nil {
			return fmt.Errorf("find letter: %w", err)
		}
		if there == 0 {
			return record.Fail(record.CodeNotFound)
		}
		return t.exec("UPDATE letters SET read_ms = ?, read_by = ? WHERE id = ? AND read_ms = 0", t.now.UnixMilli(), t.s.account, id)
	})
}

// UnreadLetters is how many letters nobody opened. It answers also while the
// file is locked.
func (db *DB) UnreadLetters(ctx context.Context) (n int, err error) {
	err = db.reader.QueryRowContext(ctx, "SELECT count(*) FROM letters WHERE read_ms = 0").Scan(&n)
	return n, translate(err)
}
