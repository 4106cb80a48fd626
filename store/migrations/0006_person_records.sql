-- What hangs on a person beside service time: trainings, honours, moves between
-- stations. Titles and documents may name people and stand sealed.

CREATE TABLE trainings (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    day       TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX trainings_volunteer ON trainings (volunteer);

CREATE TABLE honours (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    day       TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX honours_volunteer ON honours (volunteer);

CREATE TABLE transfers (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    day       TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX transfers_volunteer ON transfers (volunteer);
