-- The stations' registers of certificates.
CREATE TABLE certificates (
    station TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    version INTEGER NOT NULL,
    link    TEXT    NOT NULL,
    plain   TEXT    NOT NULL,
    sealed  BLOB,
    PRIMARY KEY (station, id)
) STRICT;
