package district

import (
	"bytes"
	"context"
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
	"rongyuan/store/seal"
	"rongyuan/sync/wire"
)

// enrolled is what a station of the test learns when it enrols by the handler.
func enrolled(t *testing.T, s *Server, scope Scope) wire.EnrolAnswer {
	t.Helper()
	code, err := s.NewCode(t.Context(), scope, here)
	must(t, err)
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{5}, ed25519.SeedSize))
	authority := sha256.Sum256(s.authority.cert.Raw)
	e := wire.Enrol{
		Protocol: wire.Spoken("0.1.0"), Station: here, Name: "某站", Incarnation: life, Code: code.Code,
		Algorithm: wire.Ed25519, PublicKey: publicKey(key), Authority: authority[:],
	}
	e.Proof = ed25519.Sign(key, e.Bytes())
	body, err := wire.Encode(e)
	must(t, err)
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, wire.PathEnrol, bytes.NewReader(body))
	req.Header.Set("Content-Type", wire.TypeJSON)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, req)
	a, err := wire.DecodeEnrolAnswer(w.Body.Bytes())
	must(t, err)
	return a
}

// escrowRequest is a station's request for a data key, and what opens its answer.
func escrowRequest(t *testing.T, station string, public []byte) (*seal.Key, seal.EscrowRequest, *ecdh.PrivateKey) {
	t.Helper()
	key, err := seal.NewKey(rand.Reader)
	must(t, err)
	to, err := ecdh.X25519().NewPublicKey(public)
	must(t, err)
	slot, err := seal.NewEscrowSlot(rand.Reader, key, seal.Escrow{Name: seal.EscrowName(station, "某区"), Key: to})
	must(t, err)
	r, private, err := seal.NewEscrowRequest(rand.Reader, station, "自称的名字", slot)
	must(t, err)
	return key, r, private
}

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	must(t, err)
	return raw
}

func TestEscrowIsAnswered(t *testing.T) {
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	scope, err := s.Login(t.Context(), "区管理员", testPassword)
	must(t, err)
	a := enrolled(t, s, scope)
	key, r, private := escrowRequest(t, string(here), a.EscrowKey)
	given, err := s.AnswerEscrow(t.Context(), scope, asJSON(t, r), "站里电脑坏了，所长来函")
	must(t, err)
	if given.Station != here || given.Name != "某站" || given.Request != r.ID || given.Fingerprint != r.Fingerprint() {
		t.Errorf("%+v", given)
	}
	answer, err := seal.ParseEscrowAnswer(given.Document)
	must(t, err)
	got, err := answer.Open(r, private)
	must(t, err)
	if !got.Same(key) {
		t.Error("another key came out")
	}

	stranger, foreign := strings.Replace(string(here), "004", "009", 1), bytes.Repeat([]byte{9}, 32)
	_, unknown, _ := escrowRequest(t, stranger, a.EscrowKey)
	_, other, _ := escrowRequest(t, string(here), foreign)
	for name, c := range map[string]struct {
		scope  Scope
		raw    []byte
		reason string
		want   record.Code
	}{
		"no reason":        {scope, asJSON(t, r), " ", record.CodeReasonRequired},
		"nobody":           {Scope{}, asJSON(t, r), "原因", record.CodeNoRight},
		"a device":         {deviceScope(Device{ID: "d", Station: here}), asJSON(t, r), "原因", record.CodeNoRight},
		"a viewer":         {officerScope(Officer{Name: "看", Role: record.RoleViewer}), asJSON(t, r), "原因", record.CodeNoRight},
		"no request":       {scope, []byte("{}"), "原因", record.CodeEscrowPaper},
		"an answer":        {scope, given.Document, "原因", record.CodeEscrowPaper},
		"unknown station":  {scope, asJSON(t, unknown), "原因", record.CodeEscrowRequest},
		"another district": {scope, asJSON(t, other), "原因", record.CodeEscrowRequest},
	} {
		if got, err := s.AnswerEscrow(t.Context(), c.scope, c.raw, c.reason); record.CodeOf(err) != c.want || got.Document != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	checkEscrowAudit(t, s, r.ID)
	report, err := s.Verify(t.Context())
	must(t, err)
	if !report.Good() {
		t.Errorf("%+v", report)
	}
}

// checkEscrowAudit expects one answer and two refusals in the log, with the
// reasons out of sight.
func checkEscrowAudit(t *testing.T, s *Server, id string) {
	t.Helper()
	counts := map[string]int{}
	view(t, s.storage, func(tx Tx) error {
		all, err := tx.Audit(0, 100)
		for _, a := range all {
			counts[a.Event]++
			if a.Event != "escrow_answered" {
				continue
			}
			reason, err := s.vault.fields.OpenText(reasonPlace(a.Seq), a.Sealed)
			must(t, err)
			if a.About != string(here)+" "+id || a.Who != "区管理员" || reason != "站里电脑坏了，所长来函" {
				t.Errorf("%+v %q", a, reason)
			}
		}
		return err
	})
	if counts["escrow_answered"] != 1 || counts["escrow_refused"] != 2 {
		t.Errorf("%v", counts)
	}
}

func TestEscrowKeyIsKeptSealedAndNeverReplaced(t *testing.T) {
	now := time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)
	s := testServer(t, &now)
	private, err := s.openEscrow()
	must(t, err)
	path := filepath.Join(s.opt.Folder, escrowFile)
	st, err := os.Stat(path)
	must(t, err)
	raw, err := os.ReadFile(path)
	must(t, err)
	if st.Mode().Perm() != 0o600 || bytes.Contains(raw, private.Bytes()) || !bytes.Equal(s.escrow, private.PublicKey().Bytes()) {
		t.Errorf("mode %v, or the key stands in the open", st.Mode())
	}
	opt := s.opt
	opt.Storage = nil
	again, err := Open(context.WithoutCancel(t.Context()), opt)
	must(t, err)
	if !bytes.Equal(again.escrow, s.escrow) {
		t.Error("another key after opening again")
	}
	must(t, again.Close())
	raw[len(raw)-1] ^= 1
	must(t, os.WriteFile(path, raw, 0o600))
	if _, err := Open(t.Context(), opt); record.CodeOf(err) != record.CodeSealBroken {
		t.Errorf("a damaged key: %v", err)
	}
	must(t, os.Remove(path))
	if _, err := Open(t.Context(), opt); record.CodeOf(err) != record.CodeFileMissing {
		t.Errorf("no key: %v", err)
	}
}
