package record

import (
	"strings"
	"testing"
)

func TestCertificateNumbers(t *testing.T) {
	n := CertificateNumber("129999004", 2026, 7)
	if !strings.HasPrefix(n, "TJ-129999-004-2026-00007-") {
		t.Errorf("number %s", n)
	}
	for _, typed := range []string{n, strings.ToLower(n), strings.ReplaceAll(n, "-", ""), " " + strings.ReplaceAll(n, "-", " - ") + "　", strings.TrimPrefix(n, "TJ-")} {
		if got, err := ReadCertificateNumber(typed); err != nil || got != n {
			t.Errorf("%q read as %q, %v", typed, got, err)
		}
	}
	village := CertificateNumber("129999004001", 2026, 99999)
	if got, err := ReadCertificateNumber(village); err != nil || got != village {
		t.Errorf("%q read as %q, %v", village, got, err)
	}
	// Every mistyped digit and every two neighbours that were swapped.
	for i := range n {
		if n[i] < '0' || n[i] > '9' {
			continue
		}
		for d := byte('0'); d <= '9'; d++ {
			wrong := []byte(n)
			wrong[i] = d
			if _, err := ReadCertificateNumber(string(wrong)); err == nil && d != n[i] {
				t.Errorf("%s passes for %s", wrong, n)
			}
		}
		if i+1 < len(n) && n[i+1] >= '0' && n[i+1] <= '9' && n[i] != n[i+1] {
			wrong := []byte(n)
			wrong[i], wrong[i+1] = n[i+1], n[i]
			if _, err := ReadCertificateNumber(string(wrong)); err == nil {
				t.Errorf("%s passes for %s", wrong, n)
			}
		}
	}
	for _, bad := range []string{"", "TJ", "TJ-129999-004-2026-00007", "12345678901234567890123456"} {
		if _, err := ReadCertificateNumber(bad); CodeOf(err) != CodeCertificateNumber {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestAClaimComesBack(t *testing.T) {
	c := Certificate{
		Number: "TJ-1", Issued: "2026-10-15", Issuer: "某某街道\n办事处", From: "2026-01-01", To: "2026-10-08", Minutes: 125,
		Holder: Holder{"王建国", "129999198507011239", "129999004-00001"}, Lines: make([]CertificateLine, 3),
	}
	claim, err := ReadClaim(ClaimOf(c).Message())
	if err != nil || claim.Issuer != "某某街道 办事处" || claim.ID != "129999********1239" || claim.Minutes != 125 || claim.Lines != 3 || claim.Member != "129999004-00001" {
		t.Errorf("%+v, %v", claim, err)
	}
	for _, bad := range []string{"", "a\nb", strings.Repeat("x\n", 9) + "x"} {
		if _, err := ReadClaim([]byte(bad)); CodeOf(err) != CodeStampUnread {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestDrift(t *testing.T) {
	was := []CertificateLine{{"2026-01-01", "甲", "", 60}, {"2026-01-02", "乙", "", 60}, {"2026-01-03", "丙", "", 60}}
	now := []CertificateLine{{"2026-01-01", "甲", "", 60}, {"2026-01-02", "乙", "", 30}, {"2026-01-04", "丁", "", 15}}
	d := DriftOf(was, now)
	if d.None() || len(d.Added) != 1 || len(d.Gone) != 1 || len(d.Changed) != 1 || d.Minutes != 105 || d.Lines != 3 {
		t.Errorf("%+v", d)
	}
	if !DriftOf(was, was).None() {
		t.Error("nothing changed, and something is shown")
	}
}

func TestAnApplicationIsChecked(t *testing.T) {
	good := Certificate{Applied: "2026-10-08", From: "2026-01-01", To: "2026-10-08", Posted: "2026-10-08", PostedTo: "2026-10-14"}
	if err := good.Check("2026-10-08").Err(); err != nil {
		t.Error(err)
	}
	if good.FirstIssue() != "2026-10-15" {
		t.Errorf("may be issued on %s", good.FirstIssue())
	}
	for name, spoil := range map[string]func(*Certificate){
		"six days":    func(c *Certificate) { c.PostedTo = "2026-10-13" },
		"no end":      func(c *Certificate) { c.PostedTo = "" },
		"backwards":   func(c *Certificate) { c.To = "2025-12-31" },
		"future":      func(c *Certificate) { c.To = "2026-10-09" },
		"no span":     func(c *Certificate) { c.From = "" },
		"long text":   func(c *Certificate) { c.Use = strings.Repeat("用", 101) },
		"no such day": func(c *Certificate) { c.Posted = "2026-02-30" },
	} {
		c := good
		spoil(&c)
		if c.Check("2026-10-08").Err() == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
