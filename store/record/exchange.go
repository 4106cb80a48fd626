package record

// Enrolment is what a station keeps of its district after enrolling. DeviceKey
// is an Ed25519 seed: the store seals it and no command prints it.
type Enrolment struct {
	// District is the address, https://host:port.
	District     string `json:"district"`
	DistrictCode string `json:"district_code"`
	DistrictName string `json:"district_name"`
	// Authority is the district's own CA certificate in DER form; nothing else
	// is trusted on a connection to it.
	Authority []byte `json:"authority"`
	// DistrictKey is the district's Ed25519 public key, by which it
	// countersigns receipts.
	DistrictKey []byte `json:"district_key"`
	// EscrowKey is the district's X25519 public key, for which the file's data
	// key is wrapped while the station leaves a key with its district.
	EscrowKey []byte `json:"escrow_key,omitempty"`
	Device    string `json:"device"`
	DeviceKey []byte `json:"device_key"`
	// ServerIncarnation names the life of the district's storage.
	ServerIncarnation Incarnation `json:"server_incarnation"`
	// EnrolledMS is the district's clock at enrolment, milliseconds since 1970 UTC.
	EnrolledMS int64 `json:"enrolled_ms"`
}

// ExchangeState is where a station stands with its district.
type ExchangeState struct {
	Enrolled bool   `json:"enrolled"`
	District string `json:"district,omitempty"`
	// Escrow is the district that holds a key to this file, "" for none.
	Escrow string `json:"escrow,omitempty"`
	Head   int64  `json:"head"`
	// Stored is the last operation that the district holds durably; Safe the
	// last that lies in a verified backup of the district.
	Stored  int64 `json:"stored_seq"`
	Safe    int64 `json:"safe_seq"`
	Pending int64 `json:"pending"`
	// OldestPendingMS is the clock of the oldest operation that waits, 0 for
	// none; LastSuccessMS the district's clock at the last good exchange.
	OldestPendingMS int64 `json:"oldest_pending_ms,omitempty"`
	LastSuccessMS   int64 `json:"last_success_ms,omitempty"`
	// ClockOffsetMS is the district's clock less this PC's, as last measured.
	ClockOffsetMS int64 `json:"clock_offset_ms,omitempty"`
	// HeadsEqual is true when both sides had the same head hash at the last
	// exchange and nothing has been written since.
	HeadsEqual  bool  `json:"heads_equal"`
	Cases       int64 `json:"cases"`
	Quarantined int64 `json:"quarantined"`
	// LastCode is the code of the last failure, "" after a success.
	LastCode Code `json:"last_code,omitempty"`
}

// Receipt is the district's answer to a batch: what it has stored, signed.
type Receipt struct {
	Head        Head   `json:"head"`
	Safe        int64  `json:"safe_seq"`
	ServerMS    int64  `json:"server_ms"`
	Cases       int64  `json:"cases"`
	Quarantined int64  `json:"quarantined"`
	Signature   []byte `json:"signature"`
}
