package seal

// Error is a refusal of this package. The values are constants, may be
// compared with errors.Is, and carry nothing of what was sealed.
type Error string

// Error gives the English text for developers; no clerk ever sees it.
func (e Error) Error() string { return "seal: " + string(e) }

// Refusals that concern values, keys and slots.
const (
	// ErrTampered: a value does not verify at this place: flipped, cut, moved
	// from another row, column or table, or no sealed value at all.
	ErrTampered Error = "value does not verify at its place"
	// ErrWrongKey: the value or stream names another data key than the one given.
	ErrWrongKey Error = "sealed under another key"
	// ErrUnknownSuite: the suite number is not known to this program version.
	ErrUnknownSuite Error = "unknown suite"
	// ErrUnknownVersion: the format version is not known to this program version.
	ErrUnknownVersion Error = "unknown format version"
	// ErrNoPlace: a Place lacks its table, column or row, so nothing would bind.
	ErrNoPlace Error = "place is incomplete"
	// ErrWiped: the key, sealer, index or chain was wiped and can do nothing more.
	ErrWiped Error = "key was wiped"
	// ErrEmpty: an empty ID number or secret, which everybody would share.
	ErrEmpty Error = "empty input"
	// ErrNoRandom: no source of randomness was given.
	ErrNoRandom Error = "no source of randomness"

	// ErrWrongSecret: the slot is whole, but the password, code, private key or
	// device secret is not the one that it was made with.
	ErrWrongSecret Error = "wrong secret for this slot"
	// ErrDamagedSlot: the slot's structure or checksum is broken; no secret,
	// however right, would open it.
	ErrDamagedSlot Error = "slot is damaged"
	// ErrSlotKind: the slot is of another kind than the one asked for.
	ErrSlotKind Error = "slot is of another kind"
	// ErrBadName: a slot name that is no UTF-8, has control characters or is
	// longer than 64 characters.
	ErrBadName Error = "slot name cannot be used"
	// ErrBadParams: argon2id parameters outside the limits of Params.
	ErrBadParams Error = "password parameters out of range"
	// ErrBadKey: a public key that is not a sound X25519 key.
	ErrBadKey Error = "public key cannot be used"
	// ErrDamagedPaper: no request to a district or answer of one, as written.
	ErrDamagedPaper Error = "request or answer is damaged"
	// ErrForeignAnswer: an answer to another request.
	ErrForeignAnswer Error = "answer is not to this request"
	// ErrMistypedCode: a recovery code whose check characters do not agree; see
	// CodeError for the groups.
	ErrMistypedCode Error = "recovery code is mistyped"
)

// Refusals that concern streams.
const (
	// ErrStreamHeader: no sealed stream, a broken header, or another label.
	ErrStreamHeader Error = "stream header does not verify"
	// ErrStreamDamaged: a chunk does not verify.
	ErrStreamDamaged Error = "stream chunk does not verify"
	// ErrStreamOrder: a chunk is missing in the middle, doubled or moved.
	ErrStreamOrder Error = "stream chunks are out of order"
	// ErrStreamCut: the stream ends before its last chunk.
	ErrStreamCut Error = "stream is cut short"
	// ErrStreamTrailing: something stands behind the last chunk.
	ErrStreamTrailing Error = "bytes behind the end of the stream"
	// ErrStreamClosed: a write after Close.
	ErrStreamClosed Error = "stream is closed"
)

// Refusals of CheckPassword.
const (
	// ErrPasswordShort: fewer than 10 characters.
	ErrPasswordShort Error = "password is too short"
	// ErrPasswordLong: more than 128 characters.
	ErrPasswordLong Error = "password is too long"
	// ErrPasswordSimple: 10 to 15 characters of fewer than three classes.
	ErrPasswordSimple Error = "password has too few classes of characters"
	// ErrPasswordAccount: the account name stands inside.
	ErrPasswordAccount Error = "password contains the account name"
	// ErrPasswordCommon: little more than words, runs and years that are tried first.
	ErrPasswordCommon Error = "password is commonplace"
	// ErrPasswordBytes: invalid UTF-8 or control characters.
	ErrPasswordBytes Error = "password has unusable characters"
)
