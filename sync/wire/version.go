package wire

import "rongyuan/store/record"

// The protocol versions that this program speaks, and the schema version that
// names the newest shapes of operations it knows. An older station may always
// push: Oldest is raised only when a version was never released.
const (
	Oldest = 1
	Newest = 1
	Schema = 1
)

// Protocol is what one side says of its versions.
type Protocol struct {
	Oldest int `json:"oldest"`
	Newest int `json:"newest"`
	// Schema is the newest shape of operations known; App the program's version
	// for the district's board, which decides nothing.
	Schema int    `json:"schema"`
	App    string `json:"app,omitempty"`
}

// Spoken is what this program says of its versions.
func Spoken(app string) Protocol {
	return Protocol{Oldest: Oldest, Newest: Newest, Schema: Schema, App: app}
}

// Agree reports with a code when a station's versions and this district's do
// not meet: version_too_old when the station must be updated, version_too_new
// when the district must.
func (p Protocol) Agree() error {
	switch {
	case p.Newest < p.Oldest || p.Oldest < 1:
		return record.FailField("/protocol", record.CodeMalformed)
	case p.Newest < Oldest:
		return record.Fail(record.CodeVersionTooOld)
	case p.Oldest > Newest:
		return record.Fail(record.CodeVersionTooNew)
	}
	return nil
}
