package district

import (
	"context"
	"crypto/ecdh"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

const (
	escrowFile    = "escrow.key"
	escrowKeySize = 32
)

func escrowPlace() seal.Place {
	return seal.Place{Table: "vault", Column: "escrow", Row: "1"}
}

// newEscrow makes the X25519 key for which stations wrap their data keys, and
// writes it into folder, sealed like all that the storage holds: the file alone
// opens no station.
func newEscrow(rand io.Reader, folder string, v *vault) error {
	secret := make([]byte, escrowKeySize)
	defer clear(secret)
	if _, err := io.ReadFull(rand, secret); err != nil {
		return fmt.Errorf("make escrow key: %w", err)
	}
	sealed, err := v.fields.Seal(escrowPlace(), secret)
	if err != nil {
		return fmt.Errorf("seal escrow key: %w", err)
	}
	return writeSecret(filepath.Join(folder, escrowFile), sealed)
}

// openEscrow reads the private key, which stays in memory no longer than it is
// needed. A key that is gone is never made again in silence: no station's slot
// would open with the new one.
func (s *Server) openEscrow() (*ecdh.PrivateKey, error) {
	sealed, err := readSecret(filepath.Join(s.opt.Folder, escrowFile))
	if err != nil {
		return nil, err
	}
	secret, err := s.vault.fields.Open(escrowPlace(), sealed)
	if err != nil {
		return nil, record.Fail(record.CodeSealBroken).Because(err)
	}
	defer clear(secret)
	key, err := ecdh.X25519().NewPrivateKey(secret)
	if err != nil {
		return nil, record.Fail(record.CodeSealBroken).Because(err)
	}
	return key, nil
}

// EscrowAnswer is the answer to a station that has lost its passwords and its
// recovery code. Fingerprint is what the station reads on the telephone before
// Document is handed over.
type EscrowAnswer struct {
	Request     string             `json:"request"`
	Station     record.StationCode `json:"station"`
	Name        string             `json:"name"`
	Fingerprint string             `json:"fingerprint"`
	Document    []byte             `json:"-"`
}

// AnswerEscrow opens the slot in a station's request and wraps the data key for
// the request. It needs the right to manage and a reason, and stands in the
// audit log before anything is given; so does a refusal. The codes are no_right,
// reason_required, escrow_paper, and escrow_request for a station that is not
// known here or a slot that is not this district's.
func (s *Server) AnswerEscrow(ctx context.Context, scope Scope, request []byte, reason string) (EscrowAnswer, error) {
	if err := scope.desk(record.RightManage); err != nil {
		return EscrowAnswer{}, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return EscrowAnswer{}, record.FailField("reason", record.CodeReasonRequired)
	}
	r, err := seal.ParseEscrowRequest(request)
	if err != nil {
		return EscrowAnswer{}, record.Fail(record.CodeEscrowPaper).Because(err)
	}
	out := EscrowAnswer{Request: r.ID, Station: record.StationCode(r.Station), Fingerprint: r.Fingerprint()}
	answer, err := s.answerEscrow(ctx, scope, r, &out)
	about := r.Station + " " + r.ID
	if record.CodeOf(err) == record.CodeEscrowRequest {
		return EscrowAnswer{}, errors.Join(err, s.storage.Update(ctx, func(tx Tx) error {
			return s.audit(tx, scope, "escrow_refused", about, reason)
		}))
	}
	if err != nil {
		return EscrowAnswer{}, err
	}
	if out.Document, err = json.MarshalIndent(answer, "", "  "); err != nil {
		return EscrowAnswer{}, fmt.Errorf("encode answer: %w", err)
	}
	out.Document = append(out.Document, '\n')
	err = s.storage.Update(ctx, func(tx Tx) error { return s.audit(tx, scope, "escrow_answered", about, reason) })
	if err != nil {
		return EscrowAnswer{}, err
	}
	return out, nil
}

// answerEscrow names the station in out and opens its slot.
func (s *Server) answerEscrow(ctx context.Context, scope Scope, r seal.EscrowRequest, out *EscrowAnswer) (seal.EscrowAnswer, error) {
	refused := record.Fail(record.CodeEscrowRequest)
	err := s.storage.View(ctx, func(tx Tx) error {
		st, err := tx.Station(scope, out.Station)
		out.Name = st.Name
		return err
	})
	if record.CodeOf(err) == record.CodeNotFound {
		return seal.EscrowAnswer{}, refused.Because(err)
	}
	if err != nil {
		return seal.EscrowAnswer{}, err
	}
	private, err := s.openEscrow()
	if err != nil {
		return seal.EscrowAnswer{}, err
	}
	answer, err := r.Answer(s.opt.Rand, private)
	if err != nil {
		return seal.EscrowAnswer{}, refused.Because(err)
	}
	return answer, nil
}
