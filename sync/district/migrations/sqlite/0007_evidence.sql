-- What proves an activity: the records of its files; the files stay at the station.
CREATE TABLE evidence    (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
