package district

import (
	"context"

	"rongyuan/store/record"
)

// Storage is where the district keeps everything. Each storage passes the same
// contract suite. What it is handed is sealed already: it never sees a name.
type Storage interface {
	// Update runs do in one durable transaction: all of it or nothing. Two
	// updates never run at once.
	Update(ctx context.Context, do func(Tx) error) error
	// View runs do on one unchanging picture.
	View(ctx context.Context, do func(Tx) error) error
	// Check looks for damage; the code is file_damaged.
	Check(ctx context.Context) error
	Close() error
}

// Tx is one transaction. A record that is not there is not_found; so is one
// that the scope does not allow.
type Tx interface {
	Accounts
	Log
	Rows
	Messages
	// Savepoint runs do and takes back only what do wrote when it fails.
	Savepoint(do func() error) error
}

// Accounts are the methods about who may speak to the server. They take no
// scope, since scopes are made from what they answer.
type Accounts interface {
	District() (Identity, error)
	PutDistrict(Identity) error
	Officer(name string) (Officer, error)
	Officers() ([]Officer, error)
	PutOfficer(Officer) error
	Codes(record.StationCode) ([]EnrolCode, error)
	PutCode(EnrolCode) error
	Device(id string) (Device, error)
	Devices(Scope) ([]Device, error)
	PutDevice(Device) error
	// Audit is the log after a number, in order, at most limit entries.
	Audit(after int64, limit int) ([]AuditEntry, error)
	LastAudit() (AuditEntry, error)
	AddAudit(AuditEntry) error
}

// Log are the methods about what stations have sent.
type Log interface {
	Head(Scope, LogName) (LogHead, error)
	Heads(Scope) ([]LogHead, error)
	PutHead(Scope, LogHead) error
	// Append adds an operation; the same key twice is refused.
	Append(Scope, StoredOperation) error
	Operation(Scope, Key) (StoredOperation, error)
	Operations(s Scope, log LogName, after int64, limit int) ([]StoredOperation, error)
	// OperationsOn are all operations on a record, in order of their logs.
	OperationsOn(Scope, Ref) ([]StoredOperation, error)
	// Erase puts an emptied seal in the place of what an operation said.
	Erase(s Scope, k Key, emptied []byte) error
	PutState(Scope, State) error
	State(Scope, Key) (State, error)
	// Open are the states of a record that are not settled, in the order of
	// incarnation and number.
	Open(Scope, Ref) ([]State, error)
	// Waiting are the held states that wait for a record, in the same order.
	Waiting(Scope, Ref) ([]State, error)
	// Quarantine are all states of a kind at every allowed station.
	Quarantine(Scope, StateKind) ([]State, error)
	Counts(Scope, record.StationCode) (Counts, error)
}

// Rows are the methods about the picture that operations make.
type Rows interface {
	Station(Scope, record.StationCode) (Station, error)
	Stations(Scope) ([]Station, error)
	PutStation(Scope, Station) error
	Row(Scope, Ref) (Row, error)
	PutRow(Scope, Ref, Row) error
	// Rows are all rows of a kind at a station, in order of id.
	Rows(Scope, record.StationCode, record.EntityKind) ([]Row, error)
	// ActivityRows and EntryRows are the activities that start in a period and
	// the entries of service time that belong to them.
	ActivityRows(Scope, record.StationCode, record.Period) ([]Row, error)
	EntryRows(Scope, record.StationCode, record.Period) ([]Row, error)
}

// Identity is the district and the life of its storage.
type Identity struct {
	Code        string
	Name        string
	Incarnation record.Incarnation
	CreatedMS   int64
}

// Officer is somebody who may use the console and the commands. Slot is a
// password slot of a key that opens nothing: it only proves the password.
type Officer struct {
	Name          string
	Role          record.Role
	Slot          []byte
	Failures      int64
	LockedUntilMS int64
	CreatedMS     int64
}

// EnrolCode is a one-time code, by its hash.
type EnrolCode struct {
	Station   record.StationCode
	Hash      []byte
	Officer   string
	CreatedMS int64
	ExpiresMS int64
	Tries     int64
	// Device is who used it, "" while it is open.
	Device string
}

// Device is a PC of a station, by its key. Its incarnation names its log.
type Device struct {
	ID                string
	Station           record.StationCode
	Algorithm         string
	PublicKey         []byte
	Incarnation       record.Incarnation
	ParentIncarnation record.Incarnation
	ForkSeq           int64
	EnrolledMS        int64
	SeenMS            int64 // 0 when it never said hello
	RevokedMS         int64 // 0 while it may speak
	RevokedBy         string
	ForkedMS          int64 // the last hello whose log is not ours; 0 when the logs agree
	HeadSeq           int64 // the end of its log as it last said
	ClockOffsetMS     int64 // this server's clock less the device's
	App               string
}

// LogName names one log of one station.
type LogName struct {
	Station     record.StationCode
	Incarnation record.Incarnation
}

// LogHead is the end of a log as stored. Applied is the last operation that was
// tried; Safe the last in a verified backup.
type LogHead struct {
	LogName
	Seq       int64
	Hash      []byte
	Device    string
	Signature []byte
	Safe      int64
	Applied   int64
}

// Key names one operation.
type Key struct {
	LogName
	Seq int64
}

// StoredOperation is an operation whose salt, actor and payload are sealed
// together: a commitment beside its salt could be guessed.
type StoredOperation struct {
	Operation record.Operation // Salt, Actor and Payload are empty
	Sealed    []byte
	Device    string
	StoredMS  int64
}

// Ref names one record of one station.
type Ref struct {
	Station record.StationCode
	Kind    record.EntityKind
	ID      string
}

// Row is a record as the picture holds it: the readable fields as JSON and the
// others sealed. Link is what rows of its kind are looked up by: the day of an
// activity, the activity of an entry.
type Row struct {
	ID      string
	Version int64
	Link    string
	Plain   []byte
	Sealed  []byte
}

// Station is a station of the district.
type Station struct {
	Code      record.StationCode
	Name      string
	CreatedMS int64
}

// StateKind says what became of an operation.
type StateKind string

// The states of operations. Those of the last three wait.
const (
	Applied     StateKind = "applied"
	Merged      StateKind = "merged"
	Conflict    StateKind = "conflict"
	Quarantined StateKind = "quarantined"
	Held        StateKind = "held"
)

// State is what became of one operation and why. Waits names the record that a
// held one waits for.
type State struct {
	Key
	Ref            Ref
	State          StateKind
	Reason         record.Code
	Waits          Ref
	AppliedVersion int64
}

// Counts are how many operations of a station wait.
type Counts struct {
	Conflicts, Quarantined, Held int64
}

// Waiting is the sum of all that wait.
func (c Counts) Waiting() int64 { return c.Conflicts + c.Quarantined + c.Held }

// AuditEntry is one line of the audit log. Sealed holds a reason as an officer
// typed it.
type AuditEntry struct {
	Seq     int64
	AtMS    int64
	Event   string
	Who     string
	Station record.StationCode
	About   string
	Sealed  []byte
	Link    []byte
}
