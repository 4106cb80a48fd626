-- The keys with which the station signs certificates and reports. The public
-- half is readable, so that a paper can be verified without logging in; seed is
-- the private half, sealed, and sealed is the record with its reason.
CREATE TABLE signing_keys (
    id      TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    public  BLOB    NOT NULL,
    made    TEXT    NOT NULL,
    state   TEXT    NOT NULL,
    seed    BLOB    NOT NULL,
    sealed  BLOB    NOT NULL,
    -- The district's word that the key is this station's; none while empty.
    district     TEXT NOT NULL DEFAULT '',
    district_key BLOB NOT NULL DEFAULT x'',
    endorsed     BLOB NOT NULL DEFAULT x''
) STRICT;
CREATE UNIQUE INDEX signing_keys_active ON signing_keys (state) WHERE state = 'active';
CREATE TRIGGER signing_keys_stay BEFORE DELETE ON signing_keys BEGIN SELECT RAISE(ABORT, 'keys stay'); END;

-- Keys of others: this station's district, and what an administrator took from
-- a key file. They are public and belong to this PC.
CREATE TABLE trusted_keys (
    id     TEXT PRIMARY KEY,
    owner  TEXT NOT NULL,
    code   TEXT NOT NULL,
    name   TEXT NOT NULL,
    public BLOB NOT NULL,
    since  TEXT NOT NULL
) STRICT;

-- What others declared void: certificates by number, keys by id. Whatever
-- brings it down from a district writes here and nowhere else.
CREATE TABLE revocations (
    kind  TEXT NOT NULL,
    id    TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
