package district

import "rongyuan/store/record"

// Scope says on whose behalf something is done and which stations it may touch.
// Only this package's authenticator makes one: [Server.Login] for an officer, a
// verified signature for a device. The zero Scope may touch nothing.
type Scope struct {
	who     string // officer's name or device's id, for the audit log
	officer bool
	role    record.Role
	station record.StationCode // of a device
	device  Device
	all     bool
}

// system is the scope of the server's own work: applying what was stored.
func system() Scope { return Scope{who: "server", all: true} }

func deviceScope(d Device) Scope { return Scope{who: d.ID, station: d.Station, device: d} }

func officerScope(o Officer) Scope {
	return Scope{who: o.Name, officer: true, role: o.Role, all: true}
}

// Who is the officer's name or the device's id.
func (s Scope) Who() string { return s.who }

// Role is an officer's role; "" for a device.
func (s Scope) Role() record.Role { return s.role }

// Allows reports whether the scope may touch a station's data.
func (s Scope) Allows(station record.StationCode) bool {
	return s.all || (s.station != "" && s.station == station)
}

// only is nil when the scope allows a station. The refusal is not_found: what
// belongs to others is not even there.
func (s Scope) only(station record.StationCode) error {
	if !s.Allows(station) {
		return record.Fail(record.CodeNotFound)
	}
	return nil
}

// desk is nil when the scope is an officer's whose role has the right.
func (s Scope) desk(right record.Right) error {
	if !s.officer || !s.role.May(right) {
		return record.Fail(record.CodeNoRight)
	}
	return nil
}
