package store

import (
	"context"
	"database/sql"
	"fmt"
)

// lateIndexes are left out while the first roster of a station is written and
// made at its end, in the same transaction: sorting everybody once costs less
// than finding a place for each. That holds for the numbers only, which come in
// no order: the other indexes grow at their ends. Until then blinds stands for
// the unique index of identity numbers. A zero value leaves nothing out.
type lateIndexes struct {
	t      *tx
	names  []string
	sql    []string
	blinds map[[32]byte]struct{}
}

// lateLeast is the number of new people from which it is worth while; the table
// must be nearly empty, since its rows are sorted as well.
const lateLeast = 5000

func (t *tx) lateIndexes(fresh int) (*lateIndexes, error) {
	l := &lateIndexes{t: t}
	var known int
	err := t.QueryRowContext(t.ctx, "SELECT (SELECT COUNT(*) FROM volunteers) + (SELECT COUNT(*) FROM op_log) / 4").Scan(&known)
	if err != nil {
		return nil, fmt.Errorf("count people: %w", err)
	}
	if fresh < lateLeast || known > fresh/10 {
		return l, nil
	}
	l.names, l.blinds = []string{"volunteers_blind"}, make(map[[32]byte]struct{}, fresh)
	for _, name := range l.names {
		var text string
		if err := t.QueryRowContext(t.ctx, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", name).Scan(&text); err != nil {
			return nil, fmt.Errorf("read schema: %w", err)
		}
		l.sql = append(l.sql, text)
	}
	blinds, err := collect(t.view(), func(r *sql.Rows) (b []byte, err error) { return b, r.Scan(&b) },
		"SELECT id_blind FROM volunteers WHERE id_blind IS NOT NULL")
	for _, one := range blinds {
		l.has(one)
	}
	return l, err
}

// has enters an index of an identity number and reports whether it was there.
func (l *lateIndexes) has(blind []byte) bool {
	if l.blinds == nil || blind == nil {
		return false
	}
	_, had := l.blinds[[32]byte(blind)]
	l.blinds[[32]byte(blind)] = struct{}{}
	return had
}

// narrowCache is what a load needs that goes to the ends of its tables only; the
// cache of every day would hold what nobody reads again.
const (
	narrowCache = "PRAGMA cache_size(-8192)"
	roomyCache  = "PRAGMA cache_size(-65536)"
)

// roomy gives the connection its cache back, whatever came of the load.
func (l *lateIndexes) roomy() {
	if len(l.names) > 0 {
		_, _ = l.t.ExecContext(context.WithoutCancel(l.t.ctx), roomyCache) // costs speed only
	}
}

func (l *lateIndexes) drop() error {
	if len(l.names) > 0 {
		if err := l.t.exec(narrowCache); err != nil {
			return fmt.Errorf("narrow cache: %w", err)
		}
	}
	for _, name := range l.names {
		if err := l.t.exec("DROP INDEX " + name); err != nil {
			return fmt.Errorf("drop index: %w", err)
		}
	}
	return nil
}

func (l *lateIndexes) create() error {
	for _, text := range l.sql {
		if err := l.t.exec(text); err != nil {
			return fmt.Errorf("make index: %w", err)
		}
	}
	return nil
}
