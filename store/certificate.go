package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rongyuan/store/record"
)

// settingNotice is the station's length of a public notice in days: 0 for none.
const settingNotice = "certificate_notice_days"

// NoticeDays is how long an application is in public notice here: 0 for not at
// all, else at least [record.NoticeDays].
func (db *DB) NoticeDays(ctx context.Context) (int, error) {
	text, err := db.Setting(ctx, settingNotice)
	if err != nil || text == "" {
		return record.NoticeDays, err
	}
	days, err := strconv.Atoi(text)
	if err != nil {
		return record.NoticeDays, nil // a value that nobody could have saved here
	}
	return days, nil
}

// SaveNoticeDays sets it. It needs the right to manage; the code is invalid for
// a length between none and the least.
func (db *DB) SaveNoticeDays(ctx context.Context, days int) error {
	if _, err := db.may(record.RightManage); err != nil {
		return err
	}
	if days != 0 && (days < record.NoticeDays || days > 60) {
		return record.FailField("posted", record.CodeInvalid)
	}
	return db.SaveSetting(ctx, settingNotice, strconv.Itoa(days))
}

// Certificates is the register, the newest application first. Where a person is
// sealed the holder's name is left out.
func (db *DB) Certificates(ctx context.Context) ([]record.Certificate, error) {
	return db.certificates(ctx, "ORDER BY applied DESC, rowid DESC")
}

// CertificatesOf are a person's.
func (db *DB) CertificatesOf(ctx context.Context, id record.VolunteerID) ([]record.Certificate, error) {
	return db.certificates(ctx, "WHERE volunteer = ? ORDER BY applied DESC, rowid DESC", id)
}

// Certificate finds one by its id or its number. The code is not_found.
func (db *DB) Certificate(ctx context.Context, name string) (record.Certificate, error) {
	if number, err := record.ReadCertificateNumber(name); err == nil {
		name = number
	}
	all, err := db.certificates(ctx, "WHERE id = ?1 OR number = ?1", name)
	if err == nil && (len(all) == 0 || name == "") {
		err = record.Fail(record.CodeNotFound)
	}
	if err != nil {
		return record.Certificate{}, err
	}
	return all[0], nil
}

func (db *DB) certificates(ctx context.Context, where string, args ...any) ([]record.Certificate, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return nil, err
	}
	out, err := certificates(view{ctx, db.reader, s}, where, args...)
	for i := range out {
		if p, here := db.Person(out[i].Volunteer); !here || p.hidden() {
			out[i].Holder = record.Holder{Number: out[i].Holder.Number}
			out[i].Stamp = ""
		}
		if !s.role.May(record.RightUnmask) {
			out[i].Holder.IDNumber = record.IDNumber(record.MaskID(string(out[i].Holder.IDNumber)))
		}
	}
	return out, err
}

func certificates(w view, where string, args ...any) ([]record.Certificate, error) {
	out, rows, err := records[record.Certificate](w, "certificates", where, args...)
	for i := range out {
		out[i].ID, out[i].Version = record.CertificateID(rows[i].id), rows[i].version
	}
	return out, err
}

// Application is what somebody asks for.
type Application struct {
	Volunteer record.VolunteerID
	Use       string
	// Span are the days to be certified.
	Span   record.Period
	FullID bool
	// Posted is the first day of the public notice, today when empty; it does
	// not count where the station posts none.
	Posted record.Day
}

// ApplyCertificate takes an application and begins its public notice. The codes
// are not_found, no_service, date, date_future, date_order, invalid and
// too_long.
func (db *DB) ApplyCertificate(ctx context.Context, a Application) (record.Certificate, error) {
	days, err := db.NoticeDays(ctx)
	if err != nil {
		return record.Certificate{}, err
	}
	var c record.Certificate
	err = db.write(ctx, func(t *tx) error {
		c = record.Certificate{
			Volunteer: a.Volunteer, State: record.CertificateNoticed, Applied: t.today, Use: strings.TrimSpace(a.Use),
			From: a.Span.From, To: a.Span.To, FullID: a.FullID,
		}
		if days > 0 {
			c.Posted = cmp.Or(a.Posted, t.today)
			c.PostedTo = c.Posted.AddDays(days - 1)
		}
		if err := c.Check(t.today).Err(); err != nil {
			return err
		}
		if err := t.snapshot(&c); err != nil {
			return err
		}
		id, err := t.newID()
		if err != nil {
			return err
		}
		c.ID = record.CertificateID(id)
		_, err = t.putCertificate(record.OpCertificateApplied, record.Certificate{}, &c)
		return err
	})
	return c, err
}

// snapshot fills in who the holder is and what the records say today.
func (t *tx) snapshot(c *record.Certificate) error {
	v, err := volunteer(t.view(), c.Volunteer)
	if err != nil {
		return err
	}
	if v.Withdrawn || v.Status == record.StatusSealed {
		return record.Fail(record.CodeNotFound)
	}
	c.Holder = record.Holder{Name: v.Name, IDNumber: v.IDNumber, Number: v.Number}
	if c.Lines, c.Training, err = t.view().certificateLines(c.Volunteer, c.Span()); err != nil {
		return err
	}
	c.Minutes = 0
	for _, l := range c.Lines {
		c.Minutes += int64(l.Minutes)
	}
	if c.Minutes == 0 {
		return record.Fail(record.CodeNoService)
	}
	return nil
}

// certificateLines are the activities in which somebody has service time that
// counts, in order of days, and the learning time beside them.
func (w view) certificateLines(id record.VolunteerID, span record.Period) ([]record.CertificateLine, int64, error) {
	list, err := entries(w, "WHERE volunteer = ? ORDER BY rowid", id)
	if err != nil {
		return nil, 0, err
	}
	all, err := activities(w, "WHERE withdrawn = 0 AND id IN (SELECT activity FROM entries WHERE volunteer = ?)", id)
	if err != nil {
		return nil, 0, err
	}
	byID := make(map[record.ActivityID]record.Activity, len(all))
	for _, a := range all {
		byID[a.ID] = a
	}
	names, err := teamNames(w)
	if err != nil {
		return nil, 0, err
	}
	var out []record.CertificateLine
	var training int64
	parts, err := w.counting(list)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range parts {
		a, has := byID[p.Activity]
		switch {
		case !has || !a.Held() || !span.Holds(a.Start.Day()):
		case record.Counting(a.Kind):
			out = append(out, record.CertificateLine{Day: a.Start.Day(), Title: a.Title, Organiser: names[a.Team], Minutes: p.Minutes})
		default:
			training += int64(p.Minutes)
		}
	}
	slices.SortStableFunc(out, func(a, b record.CertificateLine) int { return cmp.Compare(a.Day, b.Day) })
	return out, training, nil
}

func teamNames(w view) (map[record.TeamID]string, error) {
	type named struct {
		id   record.TeamID
		name string
	}
	rows, err := w.q.QueryContext(w.ctx, "SELECT id, name FROM teams")
	if err != nil {
		return nil, translate(fmt.Errorf("read teams: %w", err))
	}
	defer func() { _ = rows.Close() }()
	out := map[record.TeamID]string{}
	for rows.Next() {
		var one named
		if err := rows.Scan(&one.id, &one.name); err != nil {
			return nil, translate(err)
		}
		out[one.id] = one.name
	}
	return out, translate(rows.Err())
}

// IssueCertificate gives an application its number and signs what the records
// say today. It needs the right to confirm or to manage. The codes are
// no_right, not_found, notice_running (with the first day on which it may be
// done), already_reversed for one that was issued or dropped, and no_service.
func (db *DB) IssueCertificate(ctx context.Context, id record.CertificateID) (record.Certificate, error) {
	var c record.Certificate
	err := db.confirm(ctx, func(t *tx) error {
		before, err := t.certificate(id, record.CertificateNoticed)
		if err != nil {
			return err
		}
		if first := before.FirstIssue(); t.today < first {
			return record.Fail(record.CodeNoticeRunning, first.Chinese())
		}
		c, err = t.issue(before)
		return err
	})
	return c, err
}

// confirm runs a change that stands for the station before others.
func (db *DB) confirm(ctx context.Context, f func(*tx) error) error {
	right := record.RightConfirm
	if _, role := db.Account(); role.May(record.RightManage) {
		right = record.RightManage
	}
	return db.writeWith(ctx, right, f)
}

func (t *tx) issue(before record.Certificate) (record.Certificate, error) {
	c := before
	if err := t.snapshot(&c); err != nil {
		return c, err
	}
	station, _, err := readStation(t.ctx, t)
	if err != nil {
		return c, err
	}
	var seq int64
	year, _ := strconv.Atoi(string(t.today[:4]))
	if err := t.QueryRowContext(t.ctx, "SELECT COALESCE(MAX(seq), 0) + 1 FROM certificates WHERE year = ?", year).Scan(&seq); err != nil {
		return c, fmt.Errorf("read register: %w", err)
	}
	c.State, c.Number, c.Issued = record.CertificateIssued, record.CertificateNumber(station.Code, year, seq), t.today
	c.Issuer, c.Phone, c.Handler = cmp.Or(station.Issuer, station.Name), station.Phone, t.s.account
	key, err := t.signer()
	if err != nil {
		return c, err
	}
	message := record.ClaimOf(c).Message()
	stamp := record.Stamp{Purpose: record.PurposeCertificate, Message: message, Signature: key.sign(record.PurposeCertificate, message)}
	if c.Stamp, err = stamp.Text(); err != nil {
		return c, err
	}
	if _, err := t.note(Note{Action: ActionCertificate, Subject: string(c.ID), Detail: "出具 " + c.Number}); err != nil {
		return c, err
	}
	return t.putCertificate(record.OpCertificateIssued, before, &c)
}

func (t *tx) certificate(id record.CertificateID, states ...record.CertificateState) (record.Certificate, error) {
	all, err := certificates(t.view(), "WHERE id = ?", id)
	if err != nil {
		return record.Certificate{}, err
	}
	if len(all) == 0 {
		return record.Certificate{}, record.Fail(record.CodeNotFound)
	}
	if !slices.Contains(states, all[0].State) {
		return record.Certificate{}, record.Fail(record.CodeAlreadyReversed)
	}
	return all[0], nil
}

// EndCertificate drops an application that was not issued, or declares an
// issued certificate void. The number stays in the register and is not used
// again. It needs a reason and the right to confirm or to manage. The codes are
// reason_required, no_right, not_found and already_reversed.
func (db *DB) EndCertificate(ctx context.Context, id record.CertificateID, reason string) error {
	return db.confirm(ctx, func(t *tx) error {
		_, err := t.endCertificate(id, reason)
		return err
	})
}

func (t *tx) endCertificate(id record.CertificateID, reason string) (record.Certificate, error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return record.Certificate{}, record.FailField("reason", record.CodeReasonRequired)
	}
	before, err := t.certificate(id, record.CertificateNoticed, record.CertificateIssued)
	if err != nil {
		return before, err
	}
	c := before
	c.State, c.Ended, c.Reason = record.CertificateDropped, t.today, reason
	if before.State == record.CertificateIssued {
		c.State = record.CertificateVoided
	}
	if err := c.Check(t.today).Err(); err != nil {
		return c, err
	}
	if _, err := t.note(Note{Action: ActionCertificate, Subject: string(id), Detail: "作废 " + c.Number + "：" + reason}); err != nil {
		return c, err
	}
	return t.putCertificate(record.OpCertificateEnded, before, &c)
}

// ReissueCertificate declares a certificate void and issues another one for the
// same days with what the records say now. The notice is not repeated. The codes
// are those of [DB.EndCertificate] and [DB.IssueCertificate].
func (db *DB) ReissueCertificate(ctx context.Context, id record.CertificateID, reason string) (record.Certificate, error) {
	var c record.Certificate
	err := db.confirm(ctx, func(t *tx) error {
		if _, err := t.certificate(id, record.CertificateIssued); err != nil {
			return err
		}
		old, err := t.endCertificate(id, reason)
		if err != nil {
			return err
		}
		next, err := t.newID()
		if err != nil {
			return err
		}
		c = record.Certificate{
			ID: record.CertificateID(next), Volunteer: old.Volunteer, State: record.CertificateNoticed, Applied: t.today, Use: old.Use,
			From: old.From, To: old.To, FullID: old.FullID, Posted: old.Posted, PostedTo: old.PostedTo, Replaces: old.Number,
		}
		if err := t.snapshot(&c); err != nil {
			return err
		}
		if c, err = t.putCertificate(record.OpCertificateApplied, record.Certificate{}, &c); err != nil {
			return err
		}
		c, err = t.issue(c)
		return err
	})
	return c, err
}

// putCertificate writes a certificate and the operation that changed it.
func (t *tx) putCertificate(kind record.OperationType, before record.Certificate, c *record.Certificate) (record.Certificate, error) {
	c.Version = before.Version + 1
	sealed, err := t.sealRecord("certificates", string(c.ID), *c)
	if err != nil {
		return *c, err
	}
	var year, seq int64
	if parts := strings.Split(c.Number, "-"); len(parts) > 3 {
		year, _ = strconv.ParseInt(parts[len(parts)-3], 10, 64)
		seq, _ = strconv.ParseInt(parts[len(parts)-2], 10, 64)
	}
	if err := t.exec(`INSERT INTO certificates (id, version, volunteer, state, applied, number, issued, ended, year, seq, sealed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state,
			number = excluded.number, issued = excluded.issued, ended = excluded.ended, year = excluded.year, seq = excluded.seq,
			sealed = excluded.sealed`,
		c.ID, c.Version, c.Volunteer, c.State, c.Applied, c.Number, c.Issued, c.Ended, year, seq, sealed); err != nil {
		return *c, fmt.Errorf("write certificate: %w", err)
	}
	change, err := record.Difference(before, *c)
	if err != nil {
		return *c, err
	}
	return *c, t.record(subject{Type: kind, ID: string(c.ID), Base: before.Version}, change)
}

func certificateTable() sealedTable[record.Certificate] {
	return sealedTable[record.Certificate]{
		record.EntityCertificate, "certificates", "volunteer, state, applied, number, issued, ended",
		func(c record.Certificate) []any {
			return quoted(c.Volunteer, c.State, c.Applied, c.Number, c.Issued, c.Ended)
		},
	}
}

// CertificateDrift is what the records say today beside an issued certificate.
func (db *DB) CertificateDrift(ctx context.Context, c record.Certificate) (record.Drift, error) {
	s, err := db.may(record.RightRead)
	if err != nil {
		return record.Drift{}, err
	}
	now, _, err := view{ctx, db.reader, s}.certificateLines(c.Volunteer, c.Span())
	return record.DriftOf(c.Lines, now), err
}

// eraseCertificates empties the snapshots of somebody who is purged; numbers
// and days stay in the register, since a number must never be used again.
func (t *tx) eraseCertificates(id record.VolunteerID) error {
	all, err := certificates(t.view(), "WHERE volunteer = ?", id)
	if err != nil {
		return err
	}
	for _, before := range all {
		c := before
		c.Holder, c.Lines, c.Stamp, c.Use, c.Reason, c.Erased = record.Holder{Name: record.PurgedName}, nil, "", "", "", true
		c.Version++
		sealed, err := t.sealRecord("certificates", string(c.ID), c)
		if err != nil {
			return err
		}
		if err := t.exec("UPDATE certificates SET version = ?, sealed = ? WHERE id = ?", c.Version, sealed, c.ID); err != nil {
			return fmt.Errorf("erase certificate: %w", err)
		}
		change, err := record.Difference(before, c)
		if err != nil {
			return err
		}
		change.Was = nil
		if err := t.record(subject{Type: record.OpCertificateEnded, ID: string(c.ID), Base: before.Version}, change); err != nil {
			return err
		}
		if err := t.eraseLoads(record.EntityCertificate, string(c.ID)); err != nil {
			return err
		}
	}
	return nil
}
