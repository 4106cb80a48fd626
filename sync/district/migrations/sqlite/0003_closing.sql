-- The close of each month of a station, by the month.
CREATE TABLE closings    (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
