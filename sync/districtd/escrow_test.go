package main

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// escrowKey enrols a station and gives the district's public key as the station
// keeps it.
func (d *desk) escrowKey(t *testing.T) *ecdh.PublicKey {
	t.Helper()
	ready := filepath.Join(t.TempDir(), "ready")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		code, _ := d.runIn(ctx, "serve", "--listen", "127.0.0.1:0", "--ready-file", ready)
		ended <- code
	}()
	l := &ledger{t: t}
	d.enrol(l, waitFor(t, ready))
	cancel()
	<-ended
	public, err := ecdh.X25519().NewPublicKey(l.enrolment.EscrowKey)
	if err != nil {
		t.Fatal(err)
	}
	return public
}

func writeRequest(t *testing.T, key *seal.Key, station string, public *ecdh.PublicKey) (string, seal.EscrowRequest, *ecdh.PrivateKey) {
	t.Helper()
	slot, err := seal.NewEscrowSlot(rand.Reader, key, seal.Escrow{Name: seal.EscrowName(station, "某区"), Key: public})
	if err != nil {
		t.Fatal(err)
	}
	r, private, err := seal.NewEscrowRequest(rand.Reader, station, "某站", slot)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "申请.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, r, private
}

func TestEscrowAnswerByCommand(t *testing.T) {
	d := newDesk(t)
	public := d.escrowKey(t)
	key, err := seal.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	path, r, private := writeRequest(t, key, string(testStation), public)
	out := filepath.Join(t.TempDir(), "答复.json")
	var doc struct{ Request, Station, Name, Fingerprint, Path string }
	if code := d.json(&doc, "escrow-answer", path, "-o", out, "--reason", "来函"); code != 0 || doc.Fingerprint != r.Fingerprint() ||
		doc.Station != string(testStation) || doc.Name != "某站" || doc.Path != out || doc.Request != r.ID {
		t.Fatalf("%d %+v", code, doc)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	a, err := seal.ParseEscrowAnswer(raw)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := a.Open(r, private); err != nil || !got.Same(key) {
		t.Errorf("%v", err)
	}
	if code, text := d.run("escrow-answer", path, "-o", out, "--reason", "来函"); code != 0 || !strings.Contains(text, r.Fingerprint()) {
		t.Errorf("for people: %d %s", code, text)
	}
	if left, err := filepath.Glob(out + "*"); err != nil || len(left) != 1 {
		t.Errorf("%v %v", left, err)
	}

	stranger, _, _ := writeRequest(t, key, "129999009", public)
	wrong := &desk{t, d.folder, map[string]string{"RONGYUAN_PASSWORD": "nothing like it"}}
	fresh := filepath.Join(t.TempDir(), "没有.json")
	for name, one := range map[string]struct {
		desk *desk
		args []string
		exit int
		code record.Code
	}{
		"no output":       {d, []string{path, "--reason", "来函"}, 2, record.CodeUsage},
		"no request":      {d, []string{"-o", fresh, "--reason", "来函"}, 2, record.CodeUsage},
		"no reason":       {d, []string{path, "-o", fresh}, 1, record.CodeReasonRequired},
		"no file":         {d, []string{path + "x", "-o", fresh, "--reason", "来函"}, 1, record.CodeFileUnread},
		"an answer":       {d, []string{out, "-o", fresh, "--reason", "来函"}, 1, record.CodeEscrowPaper},
		"unknown station": {d, []string{stranger, "-o", fresh, "--reason", "来函"}, 1, record.CodeEscrowRequest},
		"wrong password":  {wrong, []string{path, "-o", fresh, "--reason", "来函"}, 4, record.CodeWrongPassword},
		"no folder":       {d, []string{path, "-o", filepath.Join(fresh, "x"), "--reason", "来函"}, 1, record.CodeFileUnwritten},
	} {
		var f failure
		if exit := one.desk.json(&f, append([]string{"escrow-answer"}, one.args...)...); exit != one.exit || f.Error.Code != one.code {
			t.Errorf("%s: exit %d, %+v", name, exit, f)
		}
		if _, err := os.Stat(fresh); err == nil {
			t.Errorf("%s: an answer was written", name)
		}
	}
}
