package district

import "rongyuan/store/record"

// tableOf is the table of a kind of record; "" for a kind that this version
// does not know.
func tableOf(kind record.EntityKind) string {
	switch kind {
	case record.EntityVolunteer:
		return "people"
	case record.EntityTeam:
		return "teams"
	case record.EntityMembership:
		return "memberships"
	case record.EntityBrand:
		return "brands"
	case record.EntityActivity:
		return "activities"
	case record.EntityEntry:
		return "entries"
	case record.EntityEvidence:
		return "evidence"
	case record.EntityConsent:
		return "consents"
	case record.EntityClosing:
		return "closings"
	case record.EntityReview:
		return "reviews"
	case record.EntityCorrection:
		return "corrections"
	case record.EntityObjection:
		return "objections"
	case record.EntityOutside:
		return "outside_hours"
	case record.EntityStation:
		return "papers"
	case record.EntityTraining:
		return "trainings"
	case record.EntityHonour:
		return "honours"
	case record.EntityTransfer:
		return "transfers"
	case record.EntityKey:
		return "signing_keys"
	case record.EntityCertificate:
		return "certificates"
	}
	return ""
}

func (t *sqliteTx) Station(s Scope, code record.StationCode) (Station, error) {
	if err := s.only(code); err != nil {
		return Station{}, err
	}
	return first(t, readStation, "SELECT station, name, created_ms FROM stations WHERE station = ?", code)
}

func readStation(r scanner) (st Station, err error) {
	err = r.Scan(&st.Code, &st.Name, &st.CreatedMS)
	return st, err
}

func (t *sqliteTx) Stations(s Scope) ([]Station, error) {
	found, err := all(t, readStation, "SELECT station, name, created_ms FROM stations ORDER BY station")
	return allowed(s, found, func(st Station) record.StationCode { return st.Code }), err
}

func (t *sqliteTx) PutStation(s Scope, st Station) error {
	if err := s.only(st.Code); err != nil {
		return err
	}
	return t.exec("INSERT OR REPLACE INTO stations (station, name, created_ms) VALUES (?, ?, ?)", st.Code, st.Name, st.CreatedMS)
}

func readRow(r scanner) (row Row, err error) {
	err = r.Scan(&row.ID, &row.Version, &row.Link, &row.Plain, &row.Sealed)
	return row, err
}

func (t *sqliteTx) Row(s Scope, of Ref) (Row, error) {
	table := tableOf(of.Kind)
	if err := s.only(of.Station); err != nil {
		return Row{}, err
	}
	if table == "" {
		return Row{}, record.Fail(record.CodeNotFound)
	}
	return first(t, readRow, "SELECT id, version, link, plain, sealed FROM "+table+" WHERE station = ? AND id = ?", of.Station, of.ID)
}

func (t *sqliteTx) PutRow(s Scope, of Ref, row Row) error {
	table := tableOf(of.Kind)
	if err := s.only(of.Station); err != nil {
		return err
	}
	if table == "" {
		return record.Fail(record.CodeUnknownOperation)
	}
	return t.exec("INSERT OR REPLACE INTO "+table+" (station, id, version, link, plain, sealed) VALUES (?, ?, ?, ?, ?, ?)",
		of.Station, of.ID, row.Version, row.Link, string(row.Plain), row.Sealed)
}

func (t *sqliteTx) Rows(s Scope, station record.StationCode, kind record.EntityKind) ([]Row, error) {
	table := tableOf(kind)
	if err := s.only(station); err != nil {
		return nil, err
	}
	if table == "" {
		return nil, record.Fail(record.CodeNotFound)
	}
	return all(t, readRow, "SELECT id, version, link, plain, sealed FROM "+table+" WHERE station = ? ORDER BY id", station)
}

func (t *sqliteTx) ActivityRows(s Scope, station record.StationCode, p record.Period) ([]Row, error) {
	if err := s.only(station); err != nil {
		return nil, err
	}
	return all(t, readRow, `SELECT id, version, link, plain, sealed FROM activities
		WHERE station = ? AND link BETWEEN ? AND ? ORDER BY id`, station, p.From, p.To)
}

func (t *sqliteTx) EntryRows(s Scope, station record.StationCode, p record.Period) ([]Row, error) {
	if err := s.only(station); err != nil {
		return nil, err
	}
	return all(t, readRow, `SELECT e.id, e.version, e.link, e.plain, e.sealed FROM activities a
		JOIN entries e ON e.station = a.station AND e.link = a.id
		WHERE a.station = ? AND a.link BETWEEN ? AND ? ORDER BY e.id`, station, p.From, p.To)
}
