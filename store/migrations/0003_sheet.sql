-- Printed sign-in sheets: their rows stay as they were printed. They belong to
-- this station's paper and do not travel.
CREATE TABLE sheets (
    number   TEXT PRIMARY KEY,
    activity TEXT NOT NULL REFERENCES activities (id),
    made     TEXT NOT NULL,
    actor    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX sheets_activity ON sheets (activity);

CREATE TABLE sheet_rows (
    sheet     TEXT    NOT NULL REFERENCES sheets (number),
    row       INTEGER NOT NULL,
    volunteer TEXT    NOT NULL REFERENCES volunteers (id),
    PRIMARY KEY (sheet, row)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sheet_rows_volunteer ON sheet_rows (sheet, volunteer);
CREATE TRIGGER sheet_rows_stay BEFORE DELETE ON sheet_rows BEGIN SELECT RAISE(ABORT, 'a printed row stays'); END;
CREATE TRIGGER sheet_rows_fixed BEFORE UPDATE ON sheet_rows BEGIN SELECT RAISE(ABORT, 'a printed row stays'); END;
