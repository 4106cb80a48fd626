-- The close of a month: while it is not open, the activities of the month and
-- their service time refuse every change.
CREATE TABLE closings (
    id      TEXT    PRIMARY KEY, -- the month, 2026-10
    version INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    open    INTEGER NOT NULL,
    sealed  BLOB    NOT NULL
) STRICT;
-- Where in the log a month was closed is asked for every report of a closed
-- month; there are a dozen such operations a year.
CREATE INDEX op_log_closings ON op_log (entity_id, seq) WHERE entity = 'closing';
