// Package seal keeps what a station knows about people unreadable to anyone
// who holds the file but not a key. A stolen or discarded PC must not be a
// leak, so personal fields, operation payloads, attachments and backups are
// sealed one by one; codes, minutes and team names stay readable so that
// reports need no key work.
//
// # What it holds
//
// One random data key per file (Key) is never written as it is. It stands
// wrapped in slots (Slot): a password, a printed recovery code, the district's
// public key, a secret of the operating system. Sub-keys are derived from it
// by HKDF-SHA256, one label for each use, so that no two uses share a key.
// Sealer seals values and binds each to its place (table, column, row, key);
// Index gives the one keyed index for ID numbers; Chain links the audit log;
// StreamWriter and StreamReader seal files chunk by chunk.
//
// # What it must never do
//
// It never logs and never puts a secret, a plaintext or an ID number into an
// error. It never returns part of a value that did not verify. It never makes
// an unkeyed hash of personal data: 18 digits are guessed in minutes. It never
// reads the clock, the disk or the network, knows no database and no record
// type, and never falls back to a weaker suite.
//
// # Threats
//
// Against: reading the file or a backup without a key; swapping sealed values
// between rows, columns, tables or files; flipping, cutting, reordering or
// lengthening them; guessing a password off line (argon2id makes each guess
// cost 64 MiB and some tenths of a second); telling names apart by length
// within a 16-byte step.
//
// Not against: a program that runs as the clerk while the file is unlocked; a
// whole file put back to an older state (the audit head that travels with an
// exchange shows that); someone who has the key and rewrites values in place
// with earlier values of the same place. Wiping is best effort: Go copies
// strings and keeps expanded AES keys where no program can reach them.
//
// # Nonces and re-keying
//
// Every value has a random 96-bit nonce. With one key, 2^32 values give a
// chance of 2^-32 that any two share a nonce (birthday bound). A station of
// 50,000 persons writes about 2^24 values in ten years. Make a new key and
// seal everything again when someone who held a slot leaves in discord, when a
// PC or a printed code is lost, and in any case before 2^31 values. A memory
// snapshot of a virtual machine must not be resumed twice: the nonces read
// ahead would repeat.
//
// # Algorithm agility
//
// Every value, slot and stream starts with a format version and a suite.
// Suite 1 is AES-256-GCM with HKDF-SHA256, argon2id (version 0x13) and HPKE
// DHKEM(X25519, HKDF-SHA256). An unknown suite is refused with ErrUnknownSuite
// and never guessed; SM4/SM3/SM2 would come as a further number. What version
// 1 has written must open for ever: testdata/v1.json proves it.
package seal
