-- The register of certificates: applications, what was issued, what was
-- declared void. Nothing leaves it, and a number stands for one paper for ever.
CREATE TABLE certificates (
    id        TEXT PRIMARY KEY,
    version   INTEGER NOT NULL,
    volunteer TEXT    NOT NULL REFERENCES volunteers (id),
    state     TEXT    NOT NULL,
    applied   TEXT    NOT NULL,
    number    TEXT    NOT NULL DEFAULT '',
    issued    TEXT    NOT NULL DEFAULT '',
    ended     TEXT    NOT NULL DEFAULT '',
    -- Of the number, for the next one; 0 before issue.
    year INTEGER NOT NULL DEFAULT 0,
    seq  INTEGER NOT NULL DEFAULT 0,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX certificates_volunteer ON certificates (volunteer);
CREATE UNIQUE INDEX certificates_number ON certificates (number) WHERE number <> '';
CREATE UNIQUE INDEX certificates_seq ON certificates (year, seq) WHERE seq > 0;
CREATE TRIGGER certificates_stay BEFORE DELETE ON certificates BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
CREATE TRIGGER certificates_fixed BEFORE UPDATE OF number, issued, year, seq ON certificates
    WHEN OLD.number <> '' AND (NEW.number <> OLD.number OR NEW.issued <> OLD.issued OR NEW.year <> OLD.year OR NEW.seq <> OLD.seq)
    BEGIN SELECT RAISE(ABORT, 'the register is append-only'); END;
