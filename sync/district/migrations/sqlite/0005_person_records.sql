-- Trainings, honours and moves of people, looked up by the person.
CREATE TABLE trainings (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE honours   (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
CREATE TABLE transfers (station TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, link TEXT NOT NULL, plain TEXT NOT NULL, sealed BLOB, PRIMARY KEY (station, id)) STRICT, WITHOUT ROWID;
