-- What stands behind service time, see the station's own schema.
CREATE TABLE reviews       (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE corrections   (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE objections    (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE outside_hours (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
