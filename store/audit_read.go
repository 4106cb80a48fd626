package store

import (
	"context"
	"database/sql"
	"math"
	"regexp"
	"strings"

	"rongyuan/store/record"
)

// AuditEntry is an entry of the audit log with its detail open. It names
// records by their ids only; numbers of people that somebody typed into a
// reason are masked.
type AuditEntry struct {
	// Seq is the serial number; see [Serial].
	Seq    int64
	WallMS int64
	Actor  string
	// Action is what was done to Subject, a record's id or a paper's name.
	Action  Action
	Subject string
	Detail  string
}

// AuditFilter chooses entries of the audit log; the zero value is the newest
// [AuditPage] of all.
type AuditFilter struct {
	// From and To are days in China by this PC's clock, both included.
	From, To record.Day
	Action   Action
	Actor    string
	Subject  string
	// Before gives the entries with smaller serial numbers, for the next page;
	// Limit is at most how many, [AuditPage] when it is 0.
	Before int64
	Limit  int
}

// AuditPage is how many entries a page of the audit log has.
const AuditPage = 100

// AuditEntries are entries of the audit log, the newest first. It needs the
// right to audit; the codes are no_right and seal_broken.
func (db *DB) AuditEntries(ctx context.Context, f AuditFilter) ([]AuditEntry, error) {
	s, err := db.may(record.RightAudit)
	if err != nil {
		return nil, err
	}
	return auditEntries(view{ctx, db.reader, s}, f)
}

// NotesOn are who saw, printed, sealed or brought back one person, the newest
// first: what the person may ask for (PIPL, article 45). It needs the right to
// unmask, since a clerk prints it who may not read the whole log.
func (db *DB) NotesOn(ctx context.Context, id record.VolunteerID) ([]AuditEntry, error) {
	s, err := db.may(record.RightUnmask)
	if err != nil || id == "" {
		return nil, err
	}
	return auditEntries(view{ctx, db.reader, s}, AuditFilter{Subject: string(id)})
}

func auditEntries(w view, f AuditFilter) ([]AuditEntry, error) {
	where, args := f.where()
	limit := f.Limit
	if limit <= 0 {
		limit = AuditPage
	}
	return collect(w, func(r *sql.Rows) (e AuditEntry, err error) {
		var sealed []byte
		if err = r.Scan(&e.Seq, &e.WallMS, &e.Actor, &e.Action, &e.Subject, &sealed); err != nil {
			return e, err
		}
		detail, err := w.s.fields.OpenText(auditPlace(e.Seq), sealed)
		if err != nil {
			return e, record.Fail(record.CodeSealBroken).Because(err)
		}
		e.Detail = maskNumbers(detail)
		return e, nil
	}, "SELECT seq, wall_ms, actor, action, subject, detail FROM audit_log WHERE "+where+" ORDER BY seq DESC LIMIT ?", append(args, limit)...)
}

// where is the filter in SQL. A filter for a day reads the clock that stood in
// the entry; the order of entries never does.
func (f AuditFilter) where() (string, []any) {
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if f.From != "" {
		from = f.From.Time().UnixMilli()
	}
	if f.To != "" {
		to = f.To.AddDays(1).Time().UnixMilli() - 1
	}
	before := f.Before
	if before <= 0 {
		before = math.MaxInt64
	}
	conditions, args := []string{"wall_ms BETWEEN ? AND ? AND seq < ?"}, []any{from, to, before}
	for _, one := range []struct{ column, value string }{
		{"action", string(f.Action)}, {"actor", f.Actor}, {"subject", f.Subject},
	} {
		if one.value != "" {
			conditions, args = append(conditions, one.column+" = ?"), append(args, one.value)
		}
	}
	return strings.Join(conditions, " AND "), args
}

var (
	longNumber  = regexp.MustCompile(`\b\d{17}[0-9Xx]\b|\b\d{15}\b`)
	phoneNumber = regexp.MustCompile(`\b1[3-9]\d{9}\b`)
)

// maskNumbers masks identity numbers and telephones in a text.
func maskNumbers(text string) string {
	return phoneNumber.ReplaceAllStringFunc(longNumber.ReplaceAllStringFunc(text, record.MaskID), record.MaskPhone)
}
