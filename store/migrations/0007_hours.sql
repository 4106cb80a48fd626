-- What stands behind service time: reviews of entries that went over a limit,
-- corrections with their applicant, checker and approver, objections of
-- volunteers, and the ledger of other systems. Who and why is sealed; beside it
-- only ids, codes and days.

CREATE TABLE reviews (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    entry     TEXT NOT NULL REFERENCES entries (id),
    activity  TEXT NOT NULL REFERENCES activities (id),
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    grounds   TEXT NOT NULL, -- codes with a comma before and behind each
    state     TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX reviews_entry ON reviews (entry);
CREATE INDEX reviews_activity ON reviews (activity);
CREATE INDEX reviews_volunteer ON reviews (volunteer);
CREATE INDEX reviews_waiting ON reviews (id) WHERE state = 'waiting' AND withdrawn = 0;

CREATE TABLE corrections (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    entry     TEXT NOT NULL REFERENCES entries (id),
    activity  TEXT NOT NULL REFERENCES activities (id),
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    state     TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX corrections_entry ON corrections (entry);
CREATE INDEX corrections_volunteer ON corrections (volunteer);

CREATE TABLE objections (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    due       TEXT NOT NULL,
    answered  TEXT NOT NULL,
    sealed    BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX objections_volunteer ON objections (volunteer);

-- Never added to entries: the same afternoon may stand in both.
CREATE TABLE outside_hours (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    day       TEXT NOT NULL,
    minutes   INTEGER NOT NULL,
    sealed    BLOB NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outside_hours_volunteer ON outside_hours (volunteer, day);
