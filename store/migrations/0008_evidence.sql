-- Files that belong to records are kept once by what they hold, sealed, in a
-- folder beside this file; each under a key of its own, which stands here
-- sealed, so that a new data key leaves the files alone.
CREATE TABLE attachments (
    id     TEXT PRIMARY KEY,
    hash   TEXT NOT NULL UNIQUE,
    size   INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE evidence (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    activity  TEXT NOT NULL REFERENCES activities (id),
    kind      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX evidence_activity ON evidence (activity);
