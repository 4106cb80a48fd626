package cli_test

import (
	"bytes"
	"os"

	"rongyuan/store"
	"rongyuan/store/record"
)

// daily makes every daily paper and lives a certificate's life, so that the scan
// sees what they leave on the disk.
func (c *canary) daily(out func(string) string) {
	c.t.Helper()
	read := func(into any) { c.read(into) }
	for _, words := range [][]string{
		{"registration", birdName},
		{"team", "巡逻队"},
		{"badges", "巡逻队"},
		{"phonetree", "巡逻队"},
		{"ledger", birdName},
		{"year", birdName},
		{"stars"},
		{"notice"},
		{"register"},
		{"labels", "--unmask", "--reason", birdReason},
	} {
		c.do(0, append(append([]string{"print"}, words...), "-o", out(words[0]+"日用.pdf"))...)
	}
	var activity record.ActivityID
	c.look(func(db *store.DB) {
		all, err := db.Activities(c.t.Context(), store.ActivityFilter{})
		if err != nil || len(all) == 0 {
			c.t.Fatalf("no activities: %v", err)
		}
		activity = all[0].ID
	})
	c.do(0, "print", "activity", string(activity), "-o", out("记录.pdf"))
	var one paperDoc
	c.do(0, "certificate", "notice", "--days", "0")
	c.do(0, "certificate", "apply", birdName, "--from", "2026-01-01", "--use", birdReason, "--json")
	read(&one)
	c.do(0, "certificate", "issue", one.ID, "--json")
	read(&one)
	c.do(0, "certificate", "verify", one.Stamp)
	c.do(0, "certificate", "show", one.Number)
	c.do(0, "print", "certificate", one.Number, "-o", out("证明.pdf"))
	c.do(0, "certificate", "reissue", one.Number, "--reason", birdReason, "--json")
	read(&one)
	c.do(0, "certificate", "void", one.Number, "--reason", birdReason)
	c.do(0, "certificate", "list")
	key := out("密钥.json")
	c.do(0, "key", "export", "-o", key)
	c.do(0, "key", "show")
	c.do(0, "key", "end", "--reason", birdReason)
	theirs := record.TrustedKey{Owner: record.OwnerStation, Code: "129999005", Name: "邻站", Public: bytes.Repeat([]byte{5}, 32)}
	raw, err := record.WriteKeyFile(theirs)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(key, raw, 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.do(0, "key", "trust", key, "--fingerprint", theirs.ID().Fingerprint())
}
