package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"rongyuan/sync/wire"
)

// TestFingerprintIsOneWordForScripts holds that --json gives a fingerprint which
// a shell passes on unquoted, and that people get it in groups.
func TestFingerprintIsOneWordForScripts(t *testing.T) {
	d := &desk{t, filepath.Join(t.TempDir(), "区"), map[string]string{"RONGYUAN_PASSWORD": testPassword}}
	var made, code codeDoc
	exit, out := d.run("init", "--code", "129999", "--name", "某区退役军人服务中心", "--admin", "区管理员", "--json")
	if exit != 0 || json.Unmarshal([]byte(out), &made) != nil {
		t.Fatalf("init: %d %s", exit, out)
	}
	if exit := d.json(&code, "code", "--station-code", string(testStation)); exit != 0 {
		t.Fatalf("code: %d", exit)
	}
	if made.Fingerprint != code.Fingerprint || len(strings.Fields(made.Fingerprint)) != 1 || len(made.Fingerprint) != 95 {
		t.Errorf("init %q, code %q", made.Fingerprint, code.Fingerprint)
	}
	_, text := d.run("code", "--station-code", string(testStation))
	_, spoken, _ := strings.Cut(text, "证书指纹：")
	if !wire.SameFingerprint(strings.TrimSpace(spoken), code.Fingerprint) || strings.Count(strings.TrimSpace(spoken), " ") != 15 {
		t.Errorf("to people: %q", text)
	}
}
