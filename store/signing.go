package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// The station signs its papers with a key of its own. It is made when it is
// first needed, stands sealed in the file, and so is in every backup: a paper
// that was signed before a PC was lost is verified with the same key after.

func seedPlace(id string) seal.Place {
	return seal.Place{Table: "signing_keys", Column: "seed", Row: id}
}

// signer is the active key with what a signature carries of it.
type signer struct {
	station  record.StationCode
	seed     []byte
	endorsed []byte
}

func (s signer) sign(purpose record.Purpose, message []byte) record.Signature {
	sig := record.Sign(s.seed, purpose, s.station, message)
	sig.Endorsed = s.endorsed
	return sig
}

// Sign signs a message with the station's key, which is made when there is
// none. It needs the right to read, since everybody who may see a paper may
// print it. The codes are locked and no_right.
func (db *DB) Sign(ctx context.Context, purpose record.Purpose, message []byte) (record.Signature, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Signature{}, err
	}
	key, err := view{ctx, db.reader, s}.signer()
	if record.CodeOf(err) == record.CodeNotFound {
		err = db.writeAs(ctx, s, func(t *tx) (err error) {
			key, err = t.signer()
			return err
		})
	}
	if err != nil {
		return record.Signature{}, err
	}
	return key.sign(purpose, message), nil
}

// signer is the active key; the code is not_found while there is none.
func (w view) signer() (signer, error) {
	var out signer
	var id string
	var sealed []byte
	err := w.q.QueryRowContext(w.ctx, `SELECT k.id, k.seed, k.endorsed, s.code FROM signing_keys k, station s WHERE k.state = ?`,
		record.KeyActive).Scan(&id, &sealed, &out.endorsed, &out.station)
	if errors.Is(err, sql.ErrNoRows) {
		return out, record.Fail(record.CodeNotFound)
	}
	if err != nil {
		return out, translate(err)
	}
	out.seed, err = w.s.fields.Open(seedPlace(id), sealed)
	if err != nil || len(out.seed) != ed25519.SeedSize {
		return out, record.Fail(record.CodeSealBroken).Because(err)
	}
	return out, nil
}

// signer is the active key of a change, made when there is none.
func (t *tx) signer() (signer, error) {
	key, err := t.view().signer()
	if record.CodeOf(err) != record.CodeNotFound {
		return key, err
	}
	if err := t.makeKey(); err != nil {
		return signer{}, err
	}
	return t.view().signer()
}

func (t *tx) makeKey() error {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(t.db.opt.Rand, seed); err != nil {
		return fmt.Errorf("make signing key: %w", err)
	}
	public, _ := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	key := record.SigningKey{ID: record.KeyOf(public), Version: 1, Public: public, Made: t.today, State: record.KeyActive}
	sealedSeed, err := t.s.fields.Seal(seedPlace(string(key.ID)), seed)
	if err != nil {
		return fmt.Errorf("seal signing key: %w", err)
	}
	sealed, err := t.sealRecord("signing_keys", string(key.ID), key)
	if err != nil {
		return err
	}
	if err := t.exec("INSERT INTO signing_keys (id, version, public, made, state, seed, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)",
		key.ID, key.Version, key.Public, key.Made, key.State, sealedSeed, sealed); err != nil {
		return fmt.Errorf("write signing key: %w", err)
	}
	change, err := record.Created(key)
	if err != nil {
		return err
	}
	if _, err := t.note(Note{Action: ActionKey, Subject: string(key.ID), Detail: "made"}); err != nil {
		return err
	}
	return t.record(subject{Type: record.OpKeyMade, ID: string(key.ID)}, change)
}

// SigningKeys are the station's keys, the oldest first, with their reasons.
func (db *DB) SigningKeys(ctx context.Context) ([]record.SigningKey, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	return signingKeys(view{ctx, db.reader, s}, "ORDER BY made, rowid")
}

func signingKeys(w view, where string, args ...any) ([]record.SigningKey, error) {
	out, rows, err := records[record.SigningKey](w, "signing_keys", where, args...)
	for i := range out {
		out[i].ID, out[i].Version = record.KeyID(rows[i].id), rows[i].version
	}
	return out, err
}

// EndKey retires the active key, or revokes it when it may be in the wrong
// hands; the next signature makes a new one. What a retired key signed stays
// good, what a revoked one signed does not: those certificates must be issued
// again. It needs the right to manage and a reason. The codes are
// reason_required and not_found.
func (db *DB) EndKey(ctx context.Context, state record.KeyState, reason string) error {
	if reason == "" {
		return record.FailField("reason", record.CodeReasonRequired)
	}
	if state != record.KeyRetired && state != record.KeyRevoked {
		return record.FailField("state", record.CodeUnknownCode, string(state))
	}
	return db.manage(ctx, ActionKey, string(state), func(t *tx) error {
		all, err := signingKeys(t.view(), "WHERE state = ?", record.KeyActive)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return record.Fail(record.CodeNotFound)
		}
		before := all[0]
		after := before
		after.State, after.Ended, after.Reason, after.Version = state, t.today, reason, before.Version+1
		change, err := record.Difference(before, after)
		if err != nil {
			return err
		}
		sealed, err := t.sealRecord("signing_keys", string(after.ID), after)
		if err != nil {
			return err
		}
		if err := t.exec("UPDATE signing_keys SET version = ?, state = ?, sealed = ? WHERE id = ?",
			after.Version, after.State, sealed, after.ID); err != nil {
			return fmt.Errorf("write signing key: %w", err)
		}
		return t.record(subject{Type: record.OpKeyEnded, ID: string(after.ID), Base: before.Version}, change)
	})
}

// KeyToEndorse is the active key for which the district has not given its word
// yet; the code is nothing_to_do when there is none. It answers for any
// session, also an unattended one, since it gives public values only.
func (db *DB) KeyToEndorse(ctx context.Context) (record.SigningKey, error) {
	var key record.SigningKey
	if _, err := db.open(); err != nil {
		return key, err
	}
	enrolment, err := db.Enrolment(ctx)
	if err != nil {
		return key, err
	}
	err = db.reader.QueryRowContext(ctx, `SELECT id, version, public, made, state FROM signing_keys
		WHERE state = ? AND district_key <> ?`, record.KeyActive, enrolment.DistrictKey).
		Scan(&key.ID, &key.Version, &key.Public, &key.Made, &key.State)
	if errors.Is(err, sql.ErrNoRows) {
		return key, record.Fail(record.CodeNothingToDo)
	}
	return key, translate(err)
}

// SaveEndorsement keeps the district's word for a key. The code is
// unauthorised when it does not hold.
func (db *DB) SaveEndorsement(ctx context.Context, id record.KeyID, e record.Endorsement) error {
	s, err := db.open()
	if err != nil {
		return err
	}
	return db.writeAs(ctx, s, func(t *tx) error {
		var public []byte
		var station record.StationCode
		err := t.QueryRowContext(t.ctx, "SELECT k.public, s.code FROM signing_keys k, station s WHERE k.id = ?", id).Scan(&public, &station)
		if err != nil {
			return fmt.Errorf("read signing key: %w", err)
		}
		if !e.Holds(station, public) {
			return record.Fail(record.CodeUnauthorised)
		}
		return t.exec("UPDATE signing_keys SET district = ?, district_key = ?, endorsed = ? WHERE id = ?",
			e.District, e.DistrictKey, e.Signature, id)
	})
}

// TrustedKeys are all keys that this copy of the program knows: the station's
// own, its district's, and those taken from key files. It answers also while
// the file is locked: everything in it is public.
func (db *DB) TrustedKeys(ctx context.Context) ([]record.TrustedKey, error) {
	station, _, err := readStation(ctx, db.reader)
	if err != nil {
		return nil, err
	}
	w := view{ctx: ctx, q: db.reader}
	own, err := collect(w, func(r *sql.Rows) (k record.TrustedKey, err error) {
		k = record.TrustedKey{Owner: record.OwnerStation, Code: string(station.Code), Name: station.Name, Own: true}
		return k, r.Scan(&k.Public, &k.State, &k.Since)
	}, `SELECT k.public, CASE WHEN r.id IS NULL THEN k.state ELSE 'revoked' END, k.made FROM signing_keys k
		LEFT JOIN revocations r ON r.kind = 'key' AND r.id = k.id ORDER BY k.made, k.rowid`)
	if err != nil {
		return nil, err
	}
	taken, err := collect(w, func(r *sql.Rows) (k record.TrustedKey, err error) {
		return k, r.Scan(&k.Owner, &k.Code, &k.Name, &k.Public, &k.Since, &k.State)
	}, `SELECT owner, code, name, public, COALESCE(r.since, t.since), CASE WHEN r.id IS NULL THEN 'active' ELSE 'revoked' END
		FROM trusted_keys t LEFT JOIN revocations r ON r.kind = 'key' AND r.id = t.id ORDER BY owner, code, t.since`)
	if err != nil {
		return nil, err
	}
	return append(own, taken...), nil
}

// TrustKey takes in a key from a key file. Whoever does so has compared its
// fingerprint. It needs the right to manage; the code is nothing_to_do when the
// key is known.
func (db *DB) TrustKey(ctx context.Context, k record.TrustedKey) error {
	return db.manage(ctx, ActionKey, "trust", func(t *tx) error { return t.trustKey(k, true) })
}

func (t *tx) trustKey(k record.TrustedKey, fresh bool) error {
	res, err := t.ExecContext(t.ctx, `INSERT INTO trusted_keys (id, owner, code, name, public, since)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM signing_keys WHERE id = ?1)
		ON CONFLICT (id) DO NOTHING`, k.ID(), k.Owner, k.Code, k.Name, k.Public, t.today)
	if err != nil {
		return fmt.Errorf("write trusted key: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 && fresh {
		return errors.Join(err, record.Fail(record.CodeNothingToDo))
	}
	return nil
}

// DistrustKey forgets a key that was taken in. It needs the right to manage;
// the code is not_found.
func (db *DB) DistrustKey(ctx context.Context, id record.KeyID) error {
	return db.manage(ctx, ActionKey, "distrust", func(t *tx) error {
		res, err := t.ExecContext(t.ctx, "DELETE FROM trusted_keys WHERE id = ?", id)
		if err != nil {
			return fmt.Errorf("forget key: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, record.Fail(record.CodeNotFound))
		}
		return nil
	})
}

// LearnRevocations keeps what others declared void. It is the one place where
// revocations enter: an exchange or a courier file that brings them calls it,
// in any session, after it has judged who says so. Known ones change nothing.
func (db *DB) LearnRevocations(ctx context.Context, list []record.Revocation) error {
	s, err := db.open()
	if err != nil {
		return err
	}
	return db.writeAs(ctx, s, func(t *tx) error {
		for _, one := range list {
			if one.Kind != record.RevokedKey && one.Kind != record.RevokedCertificate || one.ID == "" || !one.Since.Valid() {
				return record.Fail(record.CodeInvalid)
			}
			if err := t.exec("INSERT INTO revocations (kind, id, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
				one.Kind, one.ID, one.Since); err != nil {
				return fmt.Errorf("write revocation: %w", err)
			}
		}
		return nil
	})
}

func signingTable() sealedTable[record.SigningKey] {
	return sealedTable[record.SigningKey]{
		record.EntityKey, "signing_keys", "LOWER(HEX(public)), made, state",
		func(k record.SigningKey) []any { return quoted(hex.EncodeToString(k.Public), k.Made, k.State) },
	}
}

// ProveKey signs a message with a key of the station to prove to the district
// that it has the private half. It answers for any session, also an unattended
// one: what it signs is no paper. The codes are locked and not_found.
func (db *DB) ProveKey(ctx context.Context, id record.KeyID, message []byte) ([]byte, error) {
	s, err := db.open()
	if err != nil {
		return nil, err
	}
	key, err := view{ctx, db.reader, s}.signer()
	if err != nil {
		return nil, err
	}
	private := ed25519.NewKeyFromSeed(key.seed)
	public, _ := private.Public().(ed25519.PublicKey)
	if record.KeyOf(public) != id {
		return nil, record.Fail(record.CodeNotFound)
	}
	return ed25519.Sign(private, message), nil
}
