package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rongyuan/store/record"
	"rongyuan/store/seal"
	dsync "rongyuan/sync"
)

// desk runs commands on one folder.
type desk struct {
	t      *testing.T
	folder string
	env    map[string]string
}

func newDesk(t *testing.T) *desk {
	d := &desk{t, filepath.Join(t.TempDir(), "区"), map[string]string{"RONGYUAN_PASSWORD": testPassword}}
	if code, out := d.run("init", "--code", "129999", "--name", "某区退役军人服务中心", "--admin", "区管理员", "--json"); code != 0 {
		t.Fatalf("init: %d %s", code, out)
	}
	return d
}

func (d *desk) run(args ...string) (int, string) {
	return d.runIn(d.t.Context(), args...)
}

func (d *desk) runIn(ctx context.Context, args ...string) (int, string) {
	var out, errs bytes.Buffer
	code := run(ctx, append(args, "--data", d.folder), edge{
		stdout: &out, stderr: &errs, clock: time.Now, rand: rand.Reader, getenv: func(name string) string { return d.env[name] },
		passwords: seal.Params{Memory: 64, Time: 1, Threads: 1},
	})
	if out.Len() > 0 {
		return code, out.String()
	}
	return code, errs.String()
}

// json runs a command with --json and reads its one document.
func (d *desk) json(into any, args ...string) int {
	d.t.Helper()
	code, out := d.run(append(args, "--json")...)
	dec := json.NewDecoder(strings.NewReader(out))
	if err := dec.Decode(into); err != nil || dec.More() {
		d.t.Fatalf("%v: %v in %s", args, err, out)
	}
	return code
}

type codeDoc struct {
	Code, Expires, Fingerprint string
}

func (d *desk) enrol(l *ledger, url string) *dsync.Client {
	d.t.Helper()
	var code codeDoc
	if got := d.json(&code, "code", "--station-code", string(testStation)); got != 0 {
		d.t.Fatalf("code: %d", got)
	}
	c := dsync.New(dsync.Options{Store: l, Clock: time.Now, Rand: rand.Reader, Timeout: 10 * time.Second})
	if err := c.Enrol(d.t.Context(), url, code.Code, code.Fingerprint, nil); err != nil {
		d.t.Fatal(err)
	}
	return c
}

func TestTheWholeStoryByCommand(t *testing.T) {
	d := newDesk(t)
	ready := filepath.Join(t.TempDir(), "ready")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		code, _ := d.runIn(ctx, "serve", "--listen", "127.0.0.1:0", "--ready-file", ready)
		ended <- code
	}()
	l := &ledger{t: t}
	l.grow(12)
	c := d.enrol(l, waitFor(t, ready))
	if r, err := c.Round(t.Context()); err != nil || r.Sent != 12 {
		t.Fatalf("round: %+v %v", r, err)
	}

	var people struct{ Volunteers []map[string]any }
	if code := d.json(&people, "people", "--station-code", string(testStation)); code != 0 || people.Volunteers == nil || len(people.Volunteers) != 0 {
		t.Errorf("people: %d %v", code, people)
	}
	var figures struct {
		Period   string
		Figures  map[string]int
		Stations []struct{ Station string }
	}
	if code := d.json(&figures, "figures", "--period", "2026-10", "--station-code", string(testStation)); code != 0 || figures.Figures["teams"] != 12 ||
		figures.Period != "2026-10" || len(figures.Stations) != 1 {
		t.Errorf("figures: %d %+v", code, figures)
	}
	var stations struct {
		Stations []struct {
			Station, Name string
			Head, Pending int
		}
	}
	if code := d.json(&stations, "stations"); code != 0 || len(stations.Stations) != 1 || stations.Stations[0].Head != 12 || stations.Stations[0].Name != "某站" {
		t.Errorf("stations: %d %+v", code, stations)
	}
	var devices struct {
		Devices []struct{ ID, Revoked string }
	}
	if code := d.json(&devices, "devices"); code != 0 || len(devices.Devices) != 1 {
		t.Fatalf("devices: %d %+v", code, devices)
	}
	if code, out := d.run("revoke", devices.Devices[0].ID); code != 0 {
		t.Errorf("revoke: %d %s", code, out)
	}
	if _, err := c.Round(t.Context()); record.CodeOf(err) != record.CodeRevoked {
		t.Errorf("after revoking: %v", err)
	}
	var report struct {
		Good bool
		Logs []struct{ Operations int }
	}
	if code := d.json(&report, "verify"); code != 0 || !report.Good || len(report.Logs) != 1 || report.Logs[0].Operations != 12 {
		t.Errorf("verify: %d %+v", code, report)
	}
	var stuck struct{ Quarantine []any }
	if code := d.json(&stuck, "quarantine"); code != 0 || stuck.Quarantine == nil {
		t.Errorf("quarantine: %d %+v", code, stuck)
	}
	for _, args := range [][]string{{"people"}, {"figures", "--period", "2026-10"}, {"stations"}, {"devices"}, {"quarantine"}, {"verify"}, {"help"}, {"version"}, {"code", "--help"}} {
		if code, out := d.run(args...); code != 0 || strings.Contains(out, "{") || out == "" {
			t.Errorf("%v for people: %d %s", args, code, out)
		}
	}
	cancel()
	if code := <-ended; code != 0 {
		t.Errorf("serve ended with %d", code)
	}
	if _, err := os.Stat(ready); err == nil {
		t.Error("the ready file stays behind a stopped server")
	}
	if _, err := c.Round(t.Context()); record.CodeOf(err) != record.CodeNoConnection {
		t.Errorf("after stopping: %v", err)
	}
}

// waitFor is the address in a ready file.
func waitFor(t *testing.T, ready string) string {
	t.Helper()
	for range 600 {
		if raw, err := os.ReadFile(ready); err == nil {
			address := strings.TrimSpace(string(raw))
			if !strings.HasPrefix(address, "https://127.0.0.1:") || !strings.HasSuffix(string(raw), "\n") {
				t.Fatalf("ready file %q", raw)
			}
			return address
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the server does not start")
	return ""
}

func TestRefusalsHaveCodesAndExits(t *testing.T) {
	d := newDesk(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	empty := &desk{t, t.TempDir(), d.env}
	wrong := &desk{t, d.folder, map[string]string{"RONGYUAN_PASSWORD": "nothing like it"}}
	nobody := &desk{t, d.folder, nil}
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("\ufeff"+testPassword+"\r\nsecond line"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := nobody.run("stations", "--password-file", file); code != 0 {
		t.Errorf("password file: %d %s", code, out)
	}
	for name, one := range map[string]struct {
		desk *desk
		args []string
		exit int
		code record.Code
	}{
		"no such command":     {d, []string{"nonsense"}, 2, record.CodeUsage},
		"no such flag":        {d, []string{"code", "--nonsense"}, 2, record.CodeUsage},
		"a word too many":     {d, []string{"stations", "x"}, 2, record.CodeUsage},
		"revoke whom":         {d, []string{"revoke"}, 2, record.CodeUsage},
		"init without a name": {d, []string{"init", "--code", "129999"}, 2, record.CodeUsage},
		"init twice":          {d, []string{"init", "--code", "129999", "--name", "某区", "--admin", "甲"}, 1, record.CodeStationExists},
		"no district here":    {empty, []string{"stations"}, 1, record.CodeNoStation},
		"wrong password":      {wrong, []string{"stations"}, 4, record.CodeWrongPassword},
		"wrong user":          {d, []string{"stations", "--user", "nobody"}, 4, record.CodeWrongPassword},
		"nobody to ask":       {nobody, []string{"stations"}, 4, record.CodeLocked},
		"no password file":    {nobody, []string{"stations", "--password-file", file + "x"}, 1, record.CodeFileUnread},
		"foreign station":     {d, []string{"code", "--station-code", "120103004"}, 1, record.CodeStationCode},
		"no month":            {d, []string{"figures", "--period", "2026"}, 1, record.CodeDate},
		"unknown station":     {d, []string{"figures", "--period", "2026-10", "--station-code", "129999009"}, 1, record.CodeNotFound},
		"unmask why":          {d, []string{"people", "--unmask"}, 1, record.CodeReasonRequired},
		"port taken":          {d, []string{"serve", "--listen", taken.Addr().String()}, 1, record.CodeInvalid},
	} {
		var f failure
		if exit := one.desk.json(&f, one.args...); exit != one.exit || f.Error.Code != one.code || f.Error.Message == "" || f.Error.Hint == "" {
			t.Errorf("%s: exit %d, %+v", name, exit, f)
		}
		if strings.Contains(f.Error.Message+f.Error.Hint, testPassword) {
			t.Errorf("%s: the password is told", name)
		}
		if code, out := one.desk.run(one.args...); code != one.exit || strings.Contains(out, string(one.code)+":") {
			t.Errorf("%s for people: %d %s", name, code, out)
		}
	}
}

func TestADamagedDistrictIsTold(t *testing.T) {
	d := newDesk(t)
	secret := filepath.Join(d.folder, "data.key")
	if err := os.WriteFile(secret, make([]byte, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	var f failure
	if exit := d.json(&f, "verify"); exit != 6 || f.Error.Code != record.CodeSlotDamaged {
		t.Errorf("another key: %d %+v", exit, f)
	}
	if err := os.Remove(filepath.Join(d.folder, "district.db")); err != nil {
		t.Fatal(err)
	}
	if exit := d.json(&f, "serve"); exit != 6 || f.Error.Code != record.CodeFileMissing {
		t.Errorf("no database: %d %+v", exit, f)
	}
}

// TestKilledServerLosesNothing runs the real program and kills it in the middle
// of pushes.
func TestKilledServerLosesNothing(t *testing.T) {
	d := newDesk(t)
	binary := filepath.Join(t.TempDir(), "rongyuan-district")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v %s", err, out)
	}
	if info, err := os.Stat(binary); err != nil || info.Size() > 30<<20 {
		t.Errorf("the program carries %d bytes: fonts are not its business (%v)", info.Size(), err)
	}
	address := "127.0.0.1:0"
	l := &ledger{t: t}
	var c *dsync.Client
	for i := range 8 {
		ready := filepath.Join(t.TempDir(), fmt.Sprint("ready", i))
		server := exec.Command(binary, "serve", "--data", d.folder, "--listen", address, "--ready-file", ready)
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		url := waitFor(t, ready)
		address = strings.TrimPrefix(url, "https://")
		if c == nil {
			c = d.enrol(l, url)
		}
		l.grow(900)
		done := make(chan struct{})
		go func() {
			defer close(done)
			_, _ = c.Round(t.Context()) // it may fail; what was acknowledged must be there
		}()
		time.Sleep(time.Duration(40*i) * time.Millisecond)
		if err := server.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = server.Wait()
		<-done
		acknowledged := l.stored
		var report struct {
			Good bool
			Logs []struct{ Operations, Applied int64 }
		}
		if d.json(&report, "verify"); !report.Good {
			t.Fatalf("after kill %d: %+v", i, report)
		}
		if acknowledged > 0 && (len(report.Logs) != 1 || report.Logs[0].Operations < acknowledged || report.Logs[0].Applied != report.Logs[0].Operations) {
			t.Fatalf("after kill %d: %d acknowledged, %+v", i, acknowledged, report)
		}
		t.Logf("kill %d: %d of %d acknowledged", i, acknowledged, len(l.ops))
	}
	ready := filepath.Join(t.TempDir(), "last")
	server := exec.Command(binary, "serve", "--data", d.folder, "--listen", address, "--ready-file", ready)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, ready)
	if _, err := c.Round(t.Context()); err != nil || l.stored != int64(len(l.ops)) {
		t.Errorf("%d of %d: %v", l.stored, len(l.ops), err)
	}
	if err := server.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("stopped: %v", err)
	}
	var figures struct{ Figures map[string]int }
	if d.json(&figures, "figures", "--period", "2026-10"); figures.Figures["teams"] != len(l.ops) {
		t.Errorf("%d teams of %d", figures.Figures["teams"], len(l.ops))
	}
}
