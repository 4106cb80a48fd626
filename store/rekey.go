package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// A file gets a new data key when somebody who held a slot leaves in discord or
// a printed code is lost. The first transaction makes the new key with its
// slots and keeps the old key sealed under it; from then on everything new is
// sealed under the new key. Then row after row is sealed anew, in small
// transactions: a power cut stops the work and the next call goes on with it.
// Operations keep their commitments, old audit rows keep their key.

// rekeyStep is how many rows one transaction seals anew.
const rekeyStep = 500

// Rekey gives the file a new data key, or goes on with one that was begun. The
// administrator's password must be named, since it is wrapped anew; every other
// account needs a new password from an administrator, and the result is the new
// recovery code ("" when an interrupted re-keying went on). The codes are
// wrong_password and no_right.
func (db *DB) Rekey(ctx context.Context, password string) (string, error) {
	s, err := db.may(record.RightManage)
	if err != nil {
		return "", err
	}
	slot, _, err := db.accountSlot(ctx, s.account)
	if err != nil {
		return "", err
	}
	proof, err := seal.OpenPassword(slot, password)
	if err != nil {
		return "", record.FailField("password", record.CodeWrongPassword)
	}
	proof.Wipe()
	code := ""
	if db.Rekeyed(ctx) {
		if code, err = db.beginRekey(ctx, s, password); err != nil {
			return "", err
		}
		if err := db.Unlock(ctx, s.account, password); err != nil {
			return code, err
		}
	}
	return code, db.goOnRekeying(ctx)
}

// Rekeyed reports whether nothing is left under an older key.
func (db *DB) Rekeyed(ctx context.Context) bool {
	var open int
	err := db.reader.QueryRowContext(ctx, "SELECT COUNT(*) FROM old_keys WHERE finished = 0").Scan(&open)
	return err == nil && open == 0
}

func (db *DB) beginRekey(ctx context.Context, s *session, password string) (code string, err error) {
	fresh, err := seal.NewKey(db.opt.Rand)
	if err != nil {
		return "", fmt.Errorf("make data key: %w", err)
	}
	defer fresh.Wipe()
	err = db.writeAs(ctx, s, func(t *tx) error {
		wrapped, err := seal.WrapKey(db.opt.Rand, fresh, t.s.key)
		if err != nil {
			return fmt.Errorf("wrap old key: %w", err)
		}
		if err := t.exec("INSERT INTO old_keys (key_id, sealed_by, sealed) VALUES (?, ?, ?)", t.s.key.ID(), fresh.ID(), wrapped); err != nil {
			return fmt.Errorf("keep old key: %w", err)
		}
		if code, err = t.slotsAnew(fresh, password); err != nil {
			return err
		}
		if err := t.blindAnew(fresh); err != nil {
			return err
		}
		_, err = t.note(Note{Action: ActionRekey, Subject: fmt.Sprint(fresh.ID())})
		return err
	})
	return code, err
}

// slotsAnew replaces all slots: the administrator's by the same password, the
// recovery code by a new one, the district's for its public key; the rest cannot
// be wrapped without their secrets and go.
func (t *tx) slotsAnew(fresh *seal.Key, password string) (string, error) {
	pass, err := seal.NewPasswordSlot(t.db.opt.Rand, fresh, seal.Login{Account: t.s.account, Password: password}, t.db.opt.Passwords)
	if err != nil {
		return "", fmt.Errorf("make password slot: %w", err)
	}
	paper, code, err := seal.NewRecoverySlot(t.db.opt.Rand, fresh, string(t.today))
	if err != nil {
		return "", fmt.Errorf("make recovery slot: %w", err)
	}
	id, err := putSlot(t.ctx, t.Tx, pass)
	if err != nil {
		return "", err
	}
	if _, err := putSlot(t.ctx, t.Tx, paper); err != nil {
		return "", err
	}
	if err := t.exec("UPDATE accounts SET slot = ?, disabled = CASE WHEN name = ? THEN 0 ELSE disabled END WHERE name = ?",
		id, t.s.account, t.s.account); err != nil {
		return "", fmt.Errorf("write account: %w", err)
	}
	// Accounts whose slot goes stay, with the administrator's slot as a
	// placeholder that their password does not open, until it is set anew.
	if err := t.exec("UPDATE accounts SET slot = ? WHERE name <> ?", id, t.s.account); err != nil {
		return "", fmt.Errorf("void other passwords: %w", err)
	}
	if err := t.exec("DELETE FROM key_slots WHERE id <> ? AND id <> ? AND kind <> ?", id, slotID(paper), seal.KindEscrow); err != nil {
		return "", fmt.Errorf("remove old slots: %w", err)
	}
	return code, t.escrowAnew(fresh)
}

// blindAnew computes the index of every number under the new key in one
// transaction, so that uniqueness holds at every moment.
func (t *tx) blindAnew(fresh *seal.Key) error {
	index, err := seal.NewIndex(fresh)
	if err != nil {
		return fmt.Errorf("derive index: %w", err)
	}
	defer index.Wipe()
	t.db.mu.RLock()
	people := t.db.dir.idNumbers()
	t.db.mu.RUnlock()
	for id, number := range people {
		sum, err := index.Blind(string(number))
		if err != nil {
			return fmt.Errorf("index number: %w", err)
		}
		if err := t.exec("UPDATE volunteers SET id_blind = ? WHERE id = ? AND id_blind IS NOT NULL", sum[:], id); err != nil {
			return fmt.Errorf("write index: %w", err)
		}
	}
	return nil
}

// rowKey is the key of a table's rows, as SQLite finds them by index: text is how
// it stands in a [seal.Place], and columns = values is the row of such a text ?1.
type rowKey struct{ text, columns, values string }

// resealed are the columns that are sealed anew.
var resealed = []struct {
	table, column string
	key           rowKey
}{
	{"volunteers", "light", rowKey{"id", "id", "?1"}},
	{"volunteers", "sealed", rowKey{"id", "id", "?1"}},
	{"teams", "sealed", rowKey{"id", "id", "?1"}},
	{"brands", "sealed", rowKey{"id", "id", "?1"}},
	{"activities", "sealed", rowKey{"id", "id", "?1"}},
	{"evidence", "sealed", rowKey{"id", "id", "?1"}},
	{"attachments", "sealed", rowKey{"id", "id", "?1"}},
	{"closings", "sealed", rowKey{"id", "id", "?1"}},
	{"entries", "reason", rowKey{"id", "id", "?1"}},
	{"certificates", "sealed", rowKey{"id", "id", "?1"}},
	{"trainings", "sealed", rowKey{"id", "id", "?1"}},
	{"honours", "sealed", rowKey{"id", "id", "?1"}},
	{"transfers", "sealed", rowKey{"id", "id", "?1"}},
	{"letters", "sealed", rowKey{"id", "id", "?1"}},
	{"signing_keys", "seed", rowKey{"id", "id", "?1"}},
	{"signing_keys", "sealed", rowKey{"id", "id", "?1"}},
	{"reviews", "sealed", rowKey{"id", "id", "?1"}},
	{"corrections", "sealed", rowKey{"id", "id", "?1"}},
	{"objections", "sealed", rowKey{"id", "id", "?1"}},
	{"outside_hours", "sealed", rowKey{"id", "id", "?1"}},
	{"enrolment", "sealed", rowKey{"CAST(only_one AS TEXT)", "only_one", "CAST(?1 AS INTEGER)"}},
	{"imports", "detail", rowKey{"batch", "batch", "?1"}},
	{"op_log", "payload", rowKey{
		"incarnation || '/' || seq", "(incarnation, seq)",
		"(substr(?1, 1, instr(?1, '/') - 1), CAST(substr(?1, instr(?1, '/') + 1) AS INTEGER))",
	}},
	// A name may hold the separator, and forms are few: no index is needed.
	{"drafts", "sealed", rowKey{"account || '/' || form", "account || '/' || form", "?1"}},
}

func (db *DB) goOnRekeying(ctx context.Context) error {
	for _, one := range resealed {
		last := ""
		for more := true; more; {
			err := db.reseal(ctx, func(t *tx) (err error) {
				last, more, err = t.resealStep(one.table, one.column, one.key, last)
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return db.reseal(ctx, func(t *tx) error { return t.exec("UPDATE old_keys SET finished = 1") })
}

// reseal is a transaction that changes how values are sealed and nothing that
// they say; it writes no operation.
func (db *DB) reseal(ctx context.Context, f func(*tx) error) error {
	s, err := db.may(record.RightManage)
	if err != nil {
		return err
	}
	return db.writeAs(ctx, s, f)
}

// resealStep seals up to rekeyStep values behind a row anew and gives the last
// row that it saw.
func (t *tx) resealStep(table, column string, key rowKey, after string) (string, bool, error) {
	type value struct {
		row    string
		sealed []byte
	}
	rows, err := collect(t.view(), func(r *sql.Rows) (v value, err error) {
		return v, r.Scan(&v.row, &v.sealed)
	}, fmt.Sprintf("SELECT %s, %s FROM %s WHERE %s > %s AND LENGTH(%s) > 0 ORDER BY %s LIMIT %d",
		key.text, column, table, key.columns, key.values, column, strings.Trim(key.columns, "()"), rekeyStep), after)
	if err != nil {
		return after, false, err
	}
	for _, v := range rows {
		after = v.row
		id, err := seal.KeyIDOf(v.sealed)
		if err != nil {
			return after, false, record.Fail(record.CodeSealBroken).Because(err)
		}
		if id == t.s.key.ID() {
			continue
		}
		again, err := t.s.sealedAnew(seal.Place{Table: table, Column: column, Row: v.row}, v.sealed)
		if err != nil {
			return after, false, err
		}
		if err := t.exec(fmt.Sprintf("UPDATE %s SET %s = ?2 WHERE %s = %s", table, column, key.columns, key.values), v.row, again); err != nil {
			return after, false, fmt.Errorf("write %s: %w", table, err)
		}
	}
	return after, len(rows) == rekeyStep, nil
}

// oldKeys opens the keys that were replaced, from the newest back.
func oldKeys(w view, key *seal.Key) ([]*seal.Key, error) {
	type kept struct {
		by     uint32
		sealed []byte
	}
	rows, err := collect(w, func(r *sql.Rows) (k kept, err error) {
		return k, r.Scan(&k.by, &k.sealed)
	}, "SELECT sealed_by, sealed FROM old_keys")
	if err != nil {
		return nil, err
	}
	var out []*seal.Key
	for by := key; len(out) < len(rows); {
		var older *seal.Key
		for _, row := range rows {
			if row.by == by.ID() {
				if older, err = seal.UnwrapKey(by, row.sealed); err != nil {
					return nil, record.Fail(record.CodeSealBroken).Because(err)
				}
			}
		}
		if older == nil {
			return nil, record.Fail(record.CodeSealBroken).Because(errors.New("an old key is missing"))
		}
		out, by = append(out, older), older
	}
	return out, nil
}

func slotID(s seal.Slot) string { return fmt.Sprintf("%x", s.Salt) }
