package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// tx is one change: its time is frozen, its operations go into the log in the
// same transaction, and what it means for the directory happens after the
// commit.
type tx struct {
	*sql.Tx
	ctx   context.Context
	db    *DB
	s     *session
	now   time.Time
	today record.Day
	batch record.BatchID
	after []func(*directory)
	// people are the light rows of a roster, which come into the directory after
	// the commit and before after is called.
	people []record.Packed
	log    *logEnd
	last   uuid.UUID // the newest id
	// rules and seen are read once for all entries of a change.
	rules *record.Limits
	seen  map[record.ActivityID]record.Activity
	// statements are prepared once: parsing costs more than running them. The
	// end of the transaction closes them.
	statements map[string]statement
}

// statement is a prepared statement that its transaction closes.
type statement interface {
	ExecContext(ctx context.Context, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, args ...any) *sql.Row
}

// write runs a change. Nothing of it stays when f fails. Its operations form
// one batch, which is undone together.
func (db *DB) write(ctx context.Context, f func(*tx) error) error {
	return db.writeWith(ctx, record.RightWrite, f)
}

// writeWith is write for changes that need another right.
func (db *DB) writeWith(ctx context.Context, right record.Right, f func(*tx) error) error {
	s, err := db.may(right)
	if err != nil {
		return err
	}
	return db.writeAs(ctx, s, f)
}

// writeAs runs a change in a session whose rights were judged.
func (db *DB) writeAs(ctx context.Context, s *session, f func(*tx) error) error {
	db.writing.Lock()
	defer db.writing.Unlock()
	raw, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return translate(fmt.Errorf("begin change: %w", err))
	}
	defer func() { _ = raw.Rollback() }()
	now := db.now()
	t := &tx{Tx: raw, ctx: ctx, db: db, s: s, now: now, today: record.DayOf(now)}
	id, err := t.newID()
	if err != nil {
		return err
	}
	t.batch = record.BatchID(id)
	if err := f(t); err != nil {
		return translate(err)
	}
	if err := raw.Commit(); err != nil {
		return translate(fmt.Errorf("commit change: %w", err))
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.dir != nil {
		for _, one := range t.people {
			db.dir.put(lightOf(one.Volunteer()))
		}
		for _, step := range t.after {
			step(db.dir)
		}
		db.dir.settle()
	}
	return nil
}

// newID makes a UUID of version 7 from the change's time and the given
// randomness. Within a change each is a random step above the one before, so
// that rows written together lie together, in the order of writing.
func (t *tx) newID() (string, error) {
	if t.last == uuid.Nil {
		return t.firstID()
	}
	var step [4]byte
	if _, err := io.ReadFull(t.db.opt.Rand, step[:]); err != nil {
		return "", fmt.Errorf("make id: %w", err)
	}
	low := binary.BigEndian.Uint64(t.last[8:]) + uint64(binary.BigEndian.Uint32(step[:])) + 1
	binary.BigEndian.PutUint64(t.last[8:], low)
	return t.last.String(), nil
}

// firstID leaves room above itself: a change would have to make a billion
// others before the variant bits are reached.
func (t *tx) firstID() (string, error) {
	id, err := uuid.NewRandomFromReader(t.db.opt.Rand)
	if err != nil {
		return "", fmt.Errorf("make id: %w", err)
	}
	ms := t.now.UnixMilli()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] &= 0xdf
	t.last = id
	return id.String(), nil
}

// prepared is a statement of this transaction, prepared at its first use.
func (t *tx) prepared(query string) (statement, error) {
	if st, has := t.statements[query]; has {
		return st, nil
	}
	st, err := t.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	if t.statements == nil {
		t.statements = map[string]statement{}
	}
	t.statements[query] = st
	return st, nil
}

// QueryContext runs a prepared query; it shadows that of [sql.Tx].
func (t *tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := t.prepared(query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// QueryRowContext runs a prepared query for one row; it shadows that of
// [sql.Tx].
func (t *tx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	st, err := t.prepared(query)
	if err != nil {
		return t.Tx.QueryRowContext(ctx, query, args...) // which says why
	}
	return st.QueryRowContext(ctx, args...)
}

func (t *tx) exec(query string, args ...any) error {
	st, err := t.prepared(query)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(t.ctx, args...)
	return err
}

// logEnd is the end of the log while a transaction appends to it.
type logEnd struct {
	station     record.StationCode
	incarnation record.Incarnation
	seq         int64
	hash        []byte
	mono        int64
	insert      statement
	entities    map[record.OperationType]record.EntityKind
}

func (t *tx) logEnd() (*logEnd, error) {
	if t.log != nil {
		return t.log, nil
	}
	end := &logEnd{entities: record.OperationTypes()}
	if err := t.QueryRowContext(t.ctx, "SELECT code, incarnation FROM station").Scan(&end.station, &end.incarnation); err != nil {
		return nil, fmt.Errorf("read station: %w", err)
	}
	err := t.QueryRowContext(t.ctx,
		"SELECT seq, hash, mono_ms FROM op_log WHERE incarnation = ? ORDER BY seq DESC LIMIT 1", end.incarnation).
		Scan(&end.seq, &end.hash, &end.mono)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read end of log: %w", err)
	}
	end.insert, err = t.prepared(`INSERT INTO op_log (incarnation, seq, type, type_ver, entity, entity_id,
		base_version, home_epoch, actor, batch, wall_ms, mono_ms, salt, payload, commitment, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return nil, fmt.Errorf("prepare log: %w", err)
	}
	t.log = end
	return end, nil
}

// subject says what an operation changes and which version the clerk saw.
type subject struct {
	Type  record.OperationType
	ID    string
	Base  int64
	Epoch int64
}

// record appends an operation to the log. Every change of a synced table calls
// it in the same transaction.
func (t *tx) record(on subject, change record.Change) error {
	payload, err := json.Marshal(change)
	if err != nil {
		return fmt.Errorf("encode operation: %w", err)
	}
	if _, err := t.logEnd(); err != nil {
		return err
	}
	row, err := t.chain(on, payload)
	if err != nil {
		return err
	}
	if _, err := t.log.insert.ExecContext(t.ctx, row.values()...); err != nil {
		return fmt.Errorf("write operation: %w", err)
	}
	return nil
}

// operationRow is an operation as the log keeps it.
type operationRow struct {
	record.Operation
	sealed []byte
}

func (o *operationRow) values() []any {
	return []any{
		o.Incarnation, o.Seq, o.Type, o.TypeVersion, o.Entity, o.EntityID, o.BaseVersion, o.HomeEpoch,
		o.Actor, o.Batch, o.WallMS, o.MonoMS, o.Salt, o.sealed, o.Commit, o.Hash,
	}
}

// chain makes the next operation, seals it, and moves the end of the log behind
// it; the caller has called [tx.logEnd] and writes the row.
func (t *tx) chain(on subject, payload []byte) (operationRow, error) {
	end := t.log
	op := record.Operation{
		Station: end.station, Incarnation: end.incarnation, Seq: end.seq + 1,
		Type: on.Type, TypeVersion: 1, Entity: end.entities[on.Type], EntityID: on.ID,
		BaseVersion: on.Base, HomeEpoch: max(1, on.Epoch), Actor: t.s.account, Batch: t.batch,
		WallMS: t.now.UnixMilli(), MonoMS: max(end.mono, t.now.UnixMilli()),
		Salt: make([]byte, record.SaltSize), Payload: payload,
	}
	if _, err := io.ReadFull(t.db.opt.Rand, op.Salt); err != nil {
		return operationRow{}, fmt.Errorf("read randomness: %w", err)
	}
	op.Bind(end.hash)
	sealed, err := t.s.loads.Seal(payloadPlace(op.Incarnation, op.Seq), payload)
	if err != nil {
		return operationRow{}, fmt.Errorf("seal operation: %w", err)
	}
	op.Payload = nil
	end.seq, end.hash, end.mono = op.Seq, op.Hash, op.MonoMS
	return operationRow{op, sealed}, nil
}

func payloadPlace(incarnation record.Incarnation, seq int64) seal.Place {
	return seal.Place{Table: "op_log", Column: "payload", Row: fmt.Sprintf("%s/%d", incarnation, seq)}
}

// sealRecord seals a whole record as JSON in its row's column sealed.
func (t *tx) sealRecord(table, id string, rec any) ([]byte, error) {
	plain, err := json.Marshal(rec)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", table, err)
	}
	sealed, err := t.s.fields.Seal(recordPlace(table, id), plain)
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", table, err)
	}
	return sealed, nil
}

func recordPlace(table, id string) seal.Place {
	return seal.Place{Table: table, Column: "sealed", Row: id}
}

// querier is a transaction or a pool.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// view is a session that looks through a transaction or a pool; s is nil where
// nothing sealed is read.
type view struct {
	ctx context.Context
	q   querier
	s   *session
}

func (t *tx) view() view { return view{t.ctx, t, t.s} }

// collect runs a query and scans each row.
func collect[T any](w view, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := w.q.QueryContext(w.ctx, query, args...)
	if err != nil {
		return nil, translate(fmt.Errorf("query: %w", err))
	}
	defer func() { _ = rows.Close() }()
	var out []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, translate(fmt.Errorf("read row: %w", err))
		}
		out = append(out, one)
	}
	if err := rows.Err(); err != nil {
		return nil, translate(fmt.Errorf("read rows: %w", err))
	}
	return out, nil
}

// stored is one row of a table whose record is sealed.
type stored struct {
	id      string
	version int64
	sealed  []byte
}

// records reads sealed records of one table; where is the rest of the query.
func records[T any](w view, table, where string, args ...any) ([]T, []stored, error) {
	rows, err := collect(w, func(r *sql.Rows) (one stored, err error) {
		return one, r.Scan(&one.id, &one.version, &one.sealed)
	}, "SELECT id, version, sealed FROM "+table+" "+where, args...)
	if err != nil {
		return nil, nil, err
	}
	out := make([]T, len(rows))
	for i, row := range rows {
		if err := w.unseal(table, row, &out[i]); err != nil {
			return nil, nil, err
		}
	}
	return out, rows, nil
}

// unseal opens what [tx.sealRecord] made.
func (w view) unseal(table string, row stored, into any) error {
	plain, err := w.s.fields.Open(recordPlace(table, row.id), row.sealed)
	if err != nil {
		return record.Fail(record.CodeSealBroken).Because(err)
	}
	if err := json.Unmarshal(plain, into); err != nil {
		return fmt.Errorf("decode %s: %w", table, err)
	}
	return nil
}
