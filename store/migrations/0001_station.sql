-- The first schema. Personal values stand only in columns that hold sealed
-- bytes (light, sealed, payload, detail); everything else is ids, codes, dates
-- of activities, minutes, team names and activity titles.

CREATE TABLE station (
    only_one    INTEGER PRIMARY KEY CHECK (only_one = 1),
    code        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    issuer      TEXT    NOT NULL DEFAULT '',
    phone       TEXT    NOT NULL DEFAULT '',
    version     INTEGER NOT NULL,
    incarnation TEXT    NOT NULL,
    next_number INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The data key wrapped for each secret that may open the file. Readable: it
-- must be read before anything is open.
CREATE TABLE key_slots (
    id   TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    slot TEXT NOT NULL
) STRICT;

-- Data keys that were replaced, sealed under the key after them: what they
-- sealed must open until it was sealed anew, and old audit rows for ever.
CREATE TABLE old_keys (
    key_id    INTEGER PRIMARY KEY,
    sealed_by INTEGER NOT NULL,
    sealed    BLOB    NOT NULL,
    finished  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE accounts (
    name     TEXT PRIMARY KEY,
    role     TEXT NOT NULL,
    slot     TEXT NOT NULL REFERENCES key_slots (id),
    disabled INTEGER NOT NULL DEFAULT 0,
    -- Failed log-ins since the last good one, and what is left of the lock
    -- that they brought: milliseconds, counted from an uptime of the PC, since
    -- a clock can be moved.
    failures       INTEGER NOT NULL DEFAULT 0,
    lock_left_ms   INTEGER NOT NULL DEFAULT 0,
    lock_uptime_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE volunteers (
    id           TEXT PRIMARY KEY,
    version      INTEGER NOT NULL,
    home_epoch   INTEGER NOT NULL DEFAULT 1,
    number       TEXT,
    id_blind     BLOB,
    light        BLOB NOT NULL, -- name, identity number, phones, birth: for the directory
    sealed       BLOB NOT NULL, -- the whole record
    sex          TEXT NOT NULL,
    village      TEXT NOT NULL,
    politics     TEXT NOT NULL,
    veteran      INTEGER NOT NULL,
    serving      INTEGER NOT NULL,
    joined       TEXT NOT NULL,
    status       TEXT NOT NULL,
    status_since TEXT NOT NULL,
    withdrawn    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX volunteers_blind ON volunteers (id_blind) WHERE id_blind IS NOT NULL;
CREATE UNIQUE INDEX volunteers_number ON volunteers (number) WHERE number IS NOT NULL;

CREATE TABLE teams (
    id      TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    name    TEXT NOT NULL,
    sealed  BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE memberships (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    team      TEXT NOT NULL REFERENCES teams (id),
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    role      TEXT NOT NULL,
    from_day  TEXT NOT NULL,
    to_day    TEXT NOT NULL,
    main      INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX memberships_team ON memberships (team);
CREATE INDEX memberships_volunteer ON memberships (volunteer);

-- Agreement to voluntary extras, one row for each purpose; withdrawal ends it.
CREATE TABLE consents (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    purpose   TEXT NOT NULL,
    given     TEXT NOT NULL,
    form      TEXT NOT NULL,
    way       TEXT NOT NULL,
    ended     TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX consents_volunteer ON consents (volunteer);

CREATE TABLE brands (
    id      TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    name    TEXT NOT NULL,
    sealed  BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE activities (
    id      TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    title   TEXT NOT NULL,
    start   TEXT NOT NULL,
    state   TEXT NOT NULL,
    sealed  BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX activities_start ON activities (start);

-- Service time: never changed, never deleted; a correction is a row that
-- reverses another.
CREATE TABLE entries (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    activity  TEXT NOT NULL REFERENCES activities (id),
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    minutes   INTEGER NOT NULL,
    source    TEXT NOT NULL,
    reverses  TEXT REFERENCES entries (id),
    reason    BLOB,
    recorded  TEXT NOT NULL
) STRICT;
CREATE INDEX entries_activity ON entries (activity);
CREATE INDEX entries_volunteer ON entries (volunteer);
CREATE UNIQUE INDEX entries_reverses ON entries (reverses) WHERE reverses IS NOT NULL;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
-- The reason may be sealed anew under another key.
CREATE TRIGGER entries_fixed BEFORE UPDATE OF id, version, activity, volunteer, minutes, source, reverses, recorded ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

-- The operation log: dense, chained, sealed, append-only.
CREATE TABLE op_log (
    incarnation  TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    type         TEXT    NOT NULL,
    type_ver     INTEGER NOT NULL,
    entity       TEXT    NOT NULL,
    entity_id    TEXT    NOT NULL,
    base_version INTEGER NOT NULL,
    home_epoch   INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    batch        TEXT    NOT NULL,
    wall_ms      INTEGER NOT NULL,
    mono_ms      INTEGER NOT NULL,
    salt         BLOB    NOT NULL,
    payload      BLOB    NOT NULL,
    commitment   BLOB    NOT NULL,
    hash         BLOB    NOT NULL,
    PRIMARY KEY (incarnation, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX op_log_batch ON op_log (batch);
-- Payload and salt may be sealed anew or erased on a lawful request; the
-- commitment binds what they said.
CREATE TRIGGER op_log_fixed BEFORE UPDATE OF incarnation, seq, type, type_ver, entity, entity_id, base_version, home_epoch,
    actor, batch, wall_ms, mono_ms, commitment, hash ON op_log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER op_log_stay BEFORE DELETE ON op_log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- Who saw, printed, exported and logged in: append-only, linked by a keyed
-- hash, never sent as records.
CREATE TABLE audit_log (
    seq     INTEGER PRIMARY KEY,
    wall_ms INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    detail  BLOB    NOT NULL,
    link    BLOB    NOT NULL
) STRICT;
CREATE TRIGGER audit_log_fixed BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER audit_log_stay BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TABLE imports (
    batch   TEXT PRIMARY KEY,
    sha256  TEXT NOT NULL,
    wall_ms INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    new     INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    detail  BLOB NOT NULL
) STRICT;

-- Batches of operations that were taken back, and the batches that did it.
CREATE TABLE undone (
    batch   TEXT PRIMARY KEY,
    by_whom TEXT NOT NULL,
    undo    TEXT NOT NULL
) STRICT;

-- Half-typed forms; they belong to this PC and this account.
CREATE TABLE drafts (
    account TEXT    NOT NULL,
    form    TEXT    NOT NULL,
    wall_ms INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (account, form)
) STRICT;

-- Holidays and worked weekend days, as published each year.
CREATE TABLE calendar_days (
    day    TEXT PRIMARY KEY,
    worked INTEGER NOT NULL,
    name   TEXT NOT NULL
) STRICT;

-- Small things of this PC that do not travel: settings, the exchange's marks.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE enrolment (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    sealed   BLOB NOT NULL
) STRICT;

CREATE TABLE exchange_state (
    only_one        INTEGER PRIMARY KEY CHECK (only_one = 1),
    stored          INTEGER NOT NULL DEFAULT 0,
    safe            INTEGER NOT NULL DEFAULT 0,
    last_success_ms INTEGER NOT NULL DEFAULT 0,
    clock_offset_ms INTEGER NOT NULL DEFAULT 0,
    heads_equal_at  INTEGER NOT NULL DEFAULT 0,
    cases           INTEGER NOT NULL DEFAULT 0,
    quarantined     INTEGER NOT NULL DEFAULT 0,
    last_code       TEXT    NOT NULL DEFAULT ''
) STRICT;
INSERT INTO exchange_state (only_one) VALUES (1);
