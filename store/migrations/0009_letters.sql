-- What the district said to this station. Letters belong to this PC: they come
-- again to a new one.
CREATE TABLE letters (
    id      TEXT PRIMARY KEY,
    stream  TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    urgent  INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    sealed  BLOB    NOT NULL, -- the whole message
    read_ms INTEGER NOT NULL DEFAULT 0,
    read_by TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX letters_at ON letters (at_ms);
CREATE INDEX letters_unread ON letters (id) WHERE read_ms = 0;

-- How far each stream of a district's storage, in each of its lives, was taken
-- over.
CREATE TABLE letter_marks (
    server TEXT    NOT NULL,
    stream TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    id     TEXT    NOT NULL,
    PRIMARY KEY (server, stream)
) STRICT, WITHOUT ROWID;
