package district

import (
	"context"
	"crypto/sha256"
	"errors"
	"strconv"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// note writes a line of the audit log; about is a code, a device or a station,
// never a person. A line that cannot be written is logged: an attacker must not
// stop the exchange by filling it.
func (s *Server) note(ctx context.Context, scope Scope, event, about string) {
	err := s.storage.Update(ctx, func(tx Tx) error { return s.audit(tx, scope, event, about, "") })
	if err != nil {
		s.log.Error("audit", "event", event, "code", record.CodeOf(err))
	}
}

// audit writes a line within a transaction. A reason is an officer's own words
// and is sealed.
func (s *Server) audit(tx Tx, scope Scope, event, about, reason string) error { //nolint:revive // one line has five parts
	last, err := tx.LastAudit()
	if err != nil && !errors.Is(err, record.Fail(record.CodeNotFound)) {
		return err
	}
	a := AuditEntry{Seq: last.Seq + 1, AtMS: s.nowMS(), Event: event, Who: scope.who, Station: scope.station, About: about}
	if reason != "" {
		if a.Sealed, err = s.vault.fields.SealText(reasonPlace(a.Seq), reason); err != nil {
			return err
		}
	}
	link, err := s.vault.chain.Link(linkOf(last), a.bytes())
	if err != nil {
		return err
	}
	a.Link = link[:]
	return tx.AddAudit(a)
}

func reasonPlace(seq int64) seal.Place {
	return seal.Place{Table: "audit", Column: "sealed", Row: strconv.FormatInt(seq, 10)}
}

// linkOf is the link of an entry; all zeros before the first.
func linkOf(a AuditEntry) (link [sha256.Size]byte) {
	copy(link[:], a.Link)
	return link
}

// bytes are what the chain binds.
func (a AuditEntry) bytes() []byte {
	sum := sha256.Sum256(a.Sealed)
	out := strconv.AppendInt(nil, a.Seq, 10)
	out = strconv.AppendInt(append(out, '\n'), a.AtMS, 10)
	for _, part := range []string{a.Event, a.Who, string(a.Station), a.About} {
		out = strconv.AppendQuote(append(out, '\n'), part)
	}
	return append(append(out, '\n'), sum[:]...)
}
