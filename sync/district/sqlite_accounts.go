package district

import "rongyuan/store/record"

func (t *sqliteTx) District() (Identity, error) {
	return first(t, func(r scanner) (i Identity, err error) {
		err = r.Scan(&i.Code, &i.Name, &i.Incarnation, &i.CreatedMS)
		return i, err
	}, "SELECT code, name, incarnation, created_ms FROM district")
}

func (t *sqliteTx) PutDistrict(i Identity) error {
	return t.exec(`INSERT INTO district (one, code, name, incarnation, created_ms) VALUES (1, ?, ?, ?, ?)
		ON CONFLICT (one) DO UPDATE SET code = excluded.code, name = excluded.name, incarnation = excluded.incarnation`,
		i.Code, i.Name, i.Incarnation, i.CreatedMS)
}

const officerColumns = "name, role, slot, failures, locked_until_ms, created_ms"

func readOfficer(r scanner) (o Officer, err error) {
	err = r.Scan(&o.Name, &o.Role, &o.Slot, &o.Failures, &o.LockedUntilMS, &o.CreatedMS)
	return o, err
}

func (t *sqliteTx) Officer(name string) (Officer, error) {
	return first(t, readOfficer, "SELECT "+officerColumns+" FROM officers WHERE name = ?", name)
}

func (t *sqliteTx) Officers() ([]Officer, error) {
	return all(t, readOfficer, "SELECT "+officerColumns+" FROM officers ORDER BY name")
}

func (t *sqliteTx) PutOfficer(o Officer) error {
	return t.exec("INSERT OR REPLACE INTO officers ("+officerColumns+") VALUES (?, ?, ?, ?, ?, ?)",
		o.Name, o.Role, o.Slot, o.Failures, o.LockedUntilMS, o.CreatedMS)
}

func (t *sqliteTx) Codes(station record.StationCode) ([]EnrolCode, error) {
	return all(t, func(r scanner) (c EnrolCode, err error) {
		err = r.Scan(&c.Station, &c.Hash, &c.Officer, &c.CreatedMS, &c.ExpiresMS, &c.Tries, &c.Device)
		return c, err
	}, `SELECT station, hash, officer, created_ms, expires_ms, tries, device FROM enrol_codes
		WHERE station = ? ORDER BY created_ms, hash`, station)
}

func (t *sqliteTx) PutCode(c EnrolCode) error {
	return t.exec(`INSERT OR REPLACE INTO enrol_codes (station, hash, officer, created_ms, expires_ms, tries, device)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, c.Station, c.Hash, c.Officer, c.CreatedMS, c.ExpiresMS, c.Tries, c.Device)
}

const deviceColumns = `id, station, alg, public_key, incarnation, parent_incarnation, fork_seq, enrolled_ms, seen_ms,
	revoked_ms, revoked_by, forked_ms, head_seq, clock_offset_ms, app`

func readDevice(r scanner) (d Device, err error) {
	err = r.Scan(&d.ID, &d.Station, &d.Algorithm, &d.PublicKey, &d.Incarnation, &d.ParentIncarnation, &d.ForkSeq,
		&d.EnrolledMS, &d.SeenMS, &d.RevokedMS, &d.RevokedBy, &d.ForkedMS, &d.HeadSeq, &d.ClockOffsetMS, &d.App)
	return d, err
}

func (t *sqliteTx) Device(id string) (Device, error) {
	return first(t, readDevice, "SELECT "+deviceColumns+" FROM devices WHERE id = ?", id)
}

func (t *sqliteTx) Devices(s Scope) ([]Device, error) {
	found, err := all(t, readDevice, "SELECT "+deviceColumns+" FROM devices ORDER BY station, enrolled_ms, id")
	return allowed(s, found, func(d Device) record.StationCode { return d.Station }), err
}

func (t *sqliteTx) PutDevice(d Device) error {
	return t.exec("INSERT OR REPLACE INTO devices ("+deviceColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		d.ID, d.Station, d.Algorithm, d.PublicKey, d.Incarnation, d.ParentIncarnation, d.ForkSeq, d.EnrolledMS, d.SeenMS,
		d.RevokedMS, d.RevokedBy, d.ForkedMS, d.HeadSeq, d.ClockOffsetMS, d.App)
}

// allowed keeps what a scope may see.
func allowed[T any](s Scope, list []T, station func(T) record.StationCode) []T {
	var out []T
	for _, one := range list {
		if s.Allows(station(one)) {
			out = append(out, one)
		}
	}
	return out
}

const auditColumns = "seq, at_ms, event, who, station, about, sealed, link"

func readAudit(r scanner) (a AuditEntry, err error) {
	err = r.Scan(&a.Seq, &a.AtMS, &a.Event, &a.Who, &a.Station, &a.About, &a.Sealed, &a.Link)
	return a, err
}

func (t *sqliteTx) Audit(after int64, limit int) ([]AuditEntry, error) {
	return all(t, readAudit, "SELECT "+auditColumns+" FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
}

func (t *sqliteTx) LastAudit() (AuditEntry, error) {
	return first(t, readAudit, "SELECT "+auditColumns+" FROM audit ORDER BY seq DESC LIMIT 1")
}

func (t *sqliteTx) AddAudit(a AuditEntry) error {
	return t.exec("INSERT INTO audit ("+auditColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		a.Seq, a.AtMS, a.Event, a.Who, a.Station, a.About, a.Sealed, a.Link)
}
