CREATE TABLE district (
	one         INTEGER PRIMARY KEY CHECK (one = 1),
	code        TEXT NOT NULL,
	name        TEXT NOT NULL,
	incarnation TEXT NOT NULL,
	created_ms  INTEGER NOT NULL
) STRICT;

CREATE TABLE officers (
	name            TEXT PRIMARY KEY,
	role            TEXT NOT NULL,
	slot            BLOB NOT NULL,
	failures        INTEGER NOT NULL,
	locked_until_ms INTEGER NOT NULL,
	created_ms      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE enrol_codes (
	station    TEXT NOT NULL,
	hash       BLOB NOT NULL,
	officer    TEXT NOT NULL,
	created_ms INTEGER NOT NULL,
	expires_ms INTEGER NOT NULL,
	tries      INTEGER NOT NULL,
	device     TEXT NOT NULL,
	PRIMARY KEY (station, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
	id                 TEXT PRIMARY KEY,
	station            TEXT NOT NULL,
	alg                TEXT NOT NULL,
	public_key         BLOB NOT NULL,
	incarnation        TEXT NOT NULL,
	parent_incarnation TEXT NOT NULL DEFAULT '',
	fork_seq           INTEGER NOT NULL DEFAULT 0,
	enrolled_ms        INTEGER NOT NULL,
	seen_ms            INTEGER NOT NULL,
	revoked_ms         INTEGER NOT NULL,
	revoked_by         TEXT NOT NULL,
	forked_ms          INTEGER NOT NULL,
	head_seq           INTEGER NOT NULL,
	clock_offset_ms    INTEGER NOT NULL,
	app                TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_station ON devices (station);

CREATE TABLE stations (
	station    TEXT PRIMARY KEY,
	name       TEXT NOT NULL,
	created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE op_log (
	station      TEXT NOT NULL,
	incarnation  TEXT NOT NULL,
	seq          INTEGER NOT NULL,
	type         TEXT NOT NULL,
	type_ver     INTEGER NOT NULL,
	entity       TEXT NOT NULL,
	entity_id    TEXT NOT NULL,
	base_version INTEGER NOT NULL,
	home_epoch   INTEGER NOT NULL,
	batch        TEXT NOT NULL,
	wall_ms      INTEGER NOT NULL,
	mono_ms      INTEGER NOT NULL,
	sealed       BLOB NOT NULL,
	commitment   BLOB NOT NULL,
	hash         BLOB NOT NULL,
	device       TEXT NOT NULL,
	stored_ms    INTEGER NOT NULL,
	PRIMARY KEY (station, incarnation, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER op_log_keeps BEFORE UPDATE ON op_log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER op_log_stays BEFORE DELETE ON op_log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TABLE log_heads (
	station     TEXT NOT NULL,
	incarnation TEXT NOT NULL,
	seq         INTEGER NOT NULL,
	hash        BLOB NOT NULL,
	device      TEXT NOT NULL,
	signature   BLOB NOT NULL,
	safe_seq    INTEGER NOT NULL,
	applied_seq INTEGER NOT NULL,
	PRIMARY KEY (station, incarnation)
) STRICT, WITHOUT ROWID;

-- An operation up to applied_seq without a row here was applied as it came.
CREATE TABLE apply_state (
	station         TEXT NOT NULL,
	incarnation     TEXT NOT NULL,
	seq             INTEGER NOT NULL,
	entity          TEXT NOT NULL,
	entity_id       TEXT NOT NULL,
	state           TEXT NOT NULL,
	reason          TEXT NOT NULL,
	waits_kind      TEXT NOT NULL,
	waits_id        TEXT NOT NULL,
	applied_version INTEGER NOT NULL,
	PRIMARY KEY (station, incarnation, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX apply_state_open ON apply_state (station, entity, entity_id) WHERE state IN ('quarantined', 'held', 'conflict');
CREATE INDEX apply_state_waits ON apply_state (station, waits_kind, waits_id) WHERE state = 'held';

CREATE TABLE people      (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE teams       (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE memberships (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE brands      (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE activities  (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE entries     (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE consents    (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE papers      (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE INDEX activities_day ON activities (station, link);
CREATE INDEX entries_activity ON entries (station, link);

CREATE TABLE audit (
	seq     INTEGER PRIMARY KEY,
	at_ms   INTEGER NOT NULL,
	event   TEXT NOT NULL,
	who     TEXT NOT NULL,
	station TEXT NOT NULL,
	about   TEXT NOT NULL,
	sealed  BLOB,
	link    BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
