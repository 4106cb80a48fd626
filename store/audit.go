package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// Action is what the audit log notes beside the operations.
type Action string

// The actions; append-only.
const (
	ActionLogin  Action = "login"
	ActionUnmask Action = "unmask"
	ActionPrint  Action = "print"
	ActionExport Action = "export"
	ActionImport Action = "import"
	ActionEnrol  Action = "enrol"

	ActionAccount  Action = "account"
	ActionPassword Action = "password"
	ActionRecovery Action = "recovery"
	ActionRekey    Action = "rekey"

	ActionUnattended Action = "unattended"
	ActionEscrow     Action = "escrow" // given, taken away, used with a request's id

	ActionSeal   Action = "seal"
	ActionUnseal Action = "unseal"
	ActionPurge  Action = "purge"

	ActionKey         Action = "key"         // a signing key made, ended, trusted
	ActionCertificate Action = "certificate" // an application taken, a certificate issued or voided
	ActionLimits      Action = "limits"      // the rules for hours that wait for review
)

// Note is an entry of the audit log. Detail is sealed.
type Note struct {
	Action  Action
	Subject string // a record's id or a paper's name, never a personal value
	Detail  string // reason, file hash, number of rows
}

// Note appends to the audit log and gives the entry's serial number, which
// stands on prints and exports.
func (db *DB) Note(ctx context.Context, n Note) (serial int64, err error) {
	s, err := db.open()
	if err != nil {
		return 0, err
	}
	db.writing.Lock()
	defer db.writing.Unlock()
	raw, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return 0, translate(fmt.Errorf("begin note: %w", err))
	}
	defer func() { _ = raw.Rollback() }()
	t := &tx{Tx: raw, ctx: ctx, db: db, s: s, now: db.now()}
	if serial, err = t.note(n); err != nil {
		return 0, translate(err)
	}
	return serial, translate(raw.Commit())
}

func (t *tx) note(n Note) (int64, error) {
	var seq int64
	var link []byte
	err := t.QueryRowContext(t.ctx, "SELECT seq, link FROM audit_log ORDER BY seq DESC LIMIT 1").Scan(&seq, &link)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read end of audit log: %w", err)
	}
	seq++
	detail, err := t.s.fields.SealText(auditPlace(seq), n.Detail)
	if err != nil {
		return 0, fmt.Errorf("seal note: %w", err)
	}
	entry := auditEntry{seq, t.now.UnixMilli(), t.s.account, n.Action, n.Subject, detail}
	var previous [sha256.Size]byte
	copy(previous[:], link)
	next, err := t.s.chain.Link(previous, entry.bytes())
	if err != nil {
		return 0, fmt.Errorf("link note: %w", err)
	}
	err = t.exec("INSERT INTO audit_log (seq, wall_ms, actor, action, subject, detail, link) VALUES (?, ?, ?, ?, ?, ?, ?)",
		seq, entry.wallMS, entry.actor, entry.action, entry.subject, detail, next[:])
	return seq, err
}

type auditEntry struct {
	seq, wallMS int64
	actor       string
	action      Action
	subject     string
	detail      []byte
}

// bytes is the entry with each part preceded by its length, for the chain.
func (e auditEntry) bytes() []byte {
	out := binary.BigEndian.AppendUint64(nil, uint64(e.seq))
	out = binary.BigEndian.AppendUint64(out, uint64(e.wallMS))
	for _, part := range [][]byte{[]byte(e.actor), []byte(e.action), []byte(e.subject), e.detail} {
		out = binary.BigEndian.AppendUint64(out, uint64(len(part)))
		out = append(out, part...)
	}
	return out
}

func auditPlace(seq int64) seal.Place {
	return seal.Place{Table: "audit_log", Column: "detail", Row: strconv.FormatInt(seq, 10)}
}

// Serial is how a serial number of the audit log stands on paper.
func Serial(code record.StationCode, serial int64) string {
	return fmt.Sprintf("%s-%06d", code, serial)
}
