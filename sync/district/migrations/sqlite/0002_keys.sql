-- The keys with which stations sign their papers.
CREATE TABLE signing_keys (
    station TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    link    TEXT    NOT NULL,
    plain   TEXT    NOT NULL,
    sealed  BLOB,
    PRIMARY KEY (station, id)
) STRICT;
