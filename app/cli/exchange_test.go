package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"rongyuan/app/practice"
	"rongyuan/store/record"
)

type statusDoc struct {
	Enrolled      bool    `json:"enrolled"`
	District      string  `json:"district"`
	Escrow        string  `json:"escrow"`
	Head          int64   `json:"head"`
	StoredSeq     int64   `json:"stored_seq"`
	SafeSeq       int64   `json:"safe_seq"`
	Pending       int64   `json:"pending"`
	OldestPending *string `json:"oldest_pending"`
	LastSuccess   *string `json:"last_success"`
	ClockOffsetMS int64   `json:"clock_offset_ms"`
	HeadsEqual    bool    `json:"heads_equal"`
	Cases         int64   `json:"cases"`
	Quarantined   int64   `json:"quarantined"`
	LastCode      string  `json:"last_code"`
}

type syncDoc struct {
	Sent      int   `json:"sent"`
	Received  int   `json:"received"`
	Requests  int   `json:"requests"`
	BytesUp   int64 `json:"bytes_up"`
	BytesDown int64 `json:"bytes_down"`
	statusDoc
}

func TestExchange(t *testing.T) {
	w := newStation(t)
	w.add("王建国", idWang)
	d, err := practice.StartDistrict(t.Context(), practice.Options{
		Dir: w.file("district"), Clock: w.env.Clock, Rand: w.env.Rand, Passwords: w.env.Passwords,
	})
	if err != nil {
		t.Fatal(err)
	}
	code, err := d.Code(t.Context(), "120103004")
	if err != nil {
		t.Fatal(err)
	}
	w.bad(1, record.CodeNotEnrolled, "sync")
	var s statusDoc
	w.json(&s, "status")
	if s.Enrolled || s.Head != 2 || s.LastSuccess != nil {
		t.Errorf("%+v", s)
	}
	w.bad(4, record.CodeEnrolCode, "enrol", "--district", d.URL, "--code", "AAAA-AAAA-AAAA-AAAA-AAAA", "--fingerprint", d.Fingerprint)
	w.bad(7, record.CodeNotDistrict, "enrol", "--district", d.URL, "--code", code)
	var enrolled struct {
		District     string `json:"district"`
		DistrictCode string `json:"district_code"`
		DistrictName string `json:"district_name"`
		Device       string `json:"device"`
	}
	w.json(&enrolled, "enrol", "--district", d.URL, "--code", code, "--fingerprint", d.Fingerprint)
	if enrolled.DistrictCode != practice.DistrictCode || enrolled.District != d.URL || enrolled.Device == "" {
		t.Errorf("%+v", enrolled)
	}
	w.bad(1, record.CodeAlreadyEnrolled, "enrol", "--district", d.URL, "--code", code, "--fingerprint", d.Fingerprint)
	var done syncDoc
	w.json(&done, "sync")
	if done.Sent != 2 || done.StoredSeq != 2 || done.Pending != 0 || !done.HeadsEqual || done.LastSuccess == nil || !strings.HasSuffix(*done.LastSuccess, "+08:00") {
		t.Errorf("%+v", done)
	}
	w.json(&done, "sync")
	if done.Sent != 0 {
		t.Errorf("twice the same: %+v", done)
	}
	if text := w.good("status"); !strings.Contains(text, "已同步") {
		t.Error(text)
	}
	scope, err := d.Server().Login(t.Context(), d.Login.Account, d.Login.Password)
	if err != nil {
		t.Fatal(err)
	}
	there, err := d.Server().People(t.Context(), scope, "120103004", nil)
	if err != nil || len(there) != 1 {
		t.Errorf("the district has %d people, %v", len(there), err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	w.add("李卫东", idX)
	w.bad(7, record.CodeNoConnection, "sync")
	s = statusDoc{}
	w.json(&s, "status")
	if s.Pending != 1 || s.OldestPending == nil || s.LastCode != "no_connection" {
		t.Errorf("%+v", s)
	}
	w.good("status")
}

func TestEnrolAsksForTheFingerprint(t *testing.T) {
	w := newStation(t)
	d, err := practice.StartDistrict(t.Context(), practice.Options{
		Dir: w.file("district"), Clock: w.env.Clock, Rand: w.env.Rand, Passwords: w.env.Passwords,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	code, err := d.Code(t.Context(), "120103004")
	if err != nil {
		t.Fatal(err)
	}
	typed := "no"
	w.env.Secret = func(string) (string, error) { return typed, nil }
	args := []string{"enrol", "--district", d.URL, "--code", code}
	w.jsonExit(7, &failure{}, args...)
	if !strings.Contains(w.err.String(), d.Fingerprint) {
		t.Errorf("%q lacks %q", w.err.String(), d.Fingerprint)
	}
	typed = "yes"
	w.good(args...)
}

func TestStatusNeedsNoPassword(t *testing.T) {
	w := newStation(t)
	delete(w.vars, "RONGYUAN_PASSWORD")
	var s statusDoc
	w.json(&s, "status")
	if s.Head != 1 {
		t.Errorf("%+v", s)
	}
	w.vars["RONGYUAN_PASSWORD"] = "Falsch-Wort-2026"
	w.bad(4, record.CodeWrongPassword, "status")
}

func TestDemo(t *testing.T) {
	w := newWorld(t)
	delete(w.vars, "RONGYUAN_PASSWORD")
	type demoDoc struct {
		Dir          string   `json:"dir"`
		Created      bool     `json:"created"`
		Account      string   `json:"account"`
		Password     string   `json:"password"`
		RecoveryCode string   `json:"recovery_code"`
		Next         []string `json:"next"`
	}
	var first, again demoDoc
	w.json(&first, "demo")
	if !first.Created || first.Dir != w.env.PracticeDir || first.Account == "" || len(first.Next) == 0 {
		t.Errorf("%+v", first)
	}
	w.json(&again, "demo")
	if again.Created || again.Password != first.Password || again.RecoveryCode != first.RecoveryCode {
		t.Errorf("%+v", again)
	}
	if text := w.good("demo"); !strings.Contains(text, first.Password) {
		t.Error(text)
	}
	w.vars["RONGYUAN_PASSWORD"] = first.Password
	var list people
	w.json(&list, "volunteer", "list", "--data", first.Dir)
	if len(list.Volunteers) != 60 {
		t.Errorf("%d people", len(list.Volunteers))
	}
	w.good("report", "month", "2026-09", "--data", first.Dir)
	w.vars["RONGYUAN_PASSWORD"] = testPassword
	w.good(initArgs()...)
	w.bad(1, record.CodeStationExists, "demo", "--data", w.env.DefaultDir)
	var own demoDoc
	w.json(&own, "demo", "--data", filepath.Join(w.dir, "other"))
	if own.Password != testPassword {
		t.Error("the password that was given is not taken")
	}
}
