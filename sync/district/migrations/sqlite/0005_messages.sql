-- What the district says to its stations. A stream is '' for all of them, else
-- the station's code; its numbers are dense and given within the transaction
-- that writes, so that nothing is ever passed over.
CREATE TABLE messages (
    stream    TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    id        TEXT    NOT NULL UNIQUE,
    kind      TEXT    NOT NULL,
    urgent    INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    who       TEXT    NOT NULL,
    sealed    BLOB    NOT NULL,
    signature BLOB    NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER messages_keep BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'messages stay as they were sent'); END;
CREATE TRIGGER messages_stay BEFORE DELETE ON messages BEGIN SELECT RAISE(ABORT, 'messages stay as they were sent'); END;

-- How far each device has taken a stream over.
CREATE TABLE message_marks (
    stream TEXT    NOT NULL,
    device TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    at_ms  INTEGER NOT NULL,
    PRIMARY KEY (stream, device)
) STRICT, WITHOUT ROWID;
