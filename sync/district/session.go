package district

import (
	"context"
	"net/http"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// inSession answers a JSON request that is signed over the session's challenge:
// once for each number, and with the same answer when the last one comes again.
func (s *Server) inSession(do func(context.Context, Scope, []byte) (any, error)) func(http.ResponseWriter, *http.Request) ([]byte, error) {
	return func(w http.ResponseWriter, r *http.Request) ([]byte, error) {
		claim, device, err := s.claimed(r)
		if err != nil {
			return nil, err
		}
		session := s.talks.find(claim.Challenge, device.ID, s.opt.Clock())
		if session == nil || claim.Sequence < 1 {
			return nil, record.Fail(record.CodeUnauthorised)
		}
		raw, err := readBody(w, r, wire.TypeJSON, wire.MaxPlain)
		if err != nil {
			return nil, err
		}
		scope, err := s.verified(r, claim, device, raw)
		if err != nil {
			return nil, err
		}
		session.mu.Lock()
		defer session.mu.Unlock()
		if claim.Sequence <= session.last {
			return nil, s.replayed(r.Context(), scope, session, claim.Sequence)
		}
		said, err := do(r.Context(), scope, raw)
		if err != nil {
			return nil, err
		}
		answer, err := wire.Encode(said)
		if err != nil {
			return nil, err
		}
		session.last, session.answer = claim.Sequence, answer
		return answer, nil
	}
}

// handleEndorse gives the district's word for a station's signing key. The key
// must be in the station's log, so that what was endorsed can be traced to who
// made it and when.
func (s *Server) handleEndorse(ctx context.Context, scope Scope, raw []byte) (any, error) {
	message, err := wire.DecodeEndorse(raw)
	if err != nil {
		return nil, err
	}
	return s.endorse(ctx, scope, message)
}

func (s *Server) handlePull(ctx context.Context, scope Scope, raw []byte) (any, error) {
	message, err := wire.DecodePull(raw)
	if err != nil {
		return nil, err
	}
	return s.pull(ctx, scope, message)
}
