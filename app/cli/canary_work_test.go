package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"rongyuan/app/practice"
	"rongyuan/store"
	"rongyuan/store/record"
)

func (c *canary) work() {
	c.do(0, "team", "found", "--name", "巡逻队", "--kind", "治安巡逻队", "--officer", birdContact, "--note", birdNote, "--base", birdAddress)
	c.do(0, "team", "edit", "巡逻队", "--slogan", "守护")
	c.do(0, "team", "join", "巡逻队", birdName, birdRoster, "--from", "2026-10-01")
	c.do(0, "team", "leave", "巡逻队", birdRoster)
	c.do(0, "team", "list")
	c.do(0, "team", "show", "巡逻队")
	c.do(0, "brand", "create", "--name", "绿橄榄", "--content", birdContent)
	c.do(0, "brand", "list")
	add := func(more ...string) []string {
		return append([]string{"activity", "add", "--title", "社区夜巡", "--sub", "治安巡逻", "--content", birdContent, "--leader", birdContact, "--json"}, more...)
	}
	c.do(1, add("--start", "2026-10-08 09:00", "--end", "08:00", "--with", birdName)...)
	c.do(0, add("--start", "2026-10-08 09:00", "--end", "11:00", "--with", birdName, "--team", "巡逻队")...)
	act := c.lastID()
	c.do(0, add("--start", "2026-09-01 09:00", "--end", "11:00", "--participants", c.write("到.txt", c.id+" 60\n"), "--late-reason", birdReason)...)
	c.do(0, add("--start", "2026-10-25 09:00", "--end", "11:00", "--planned")...)
	plan := c.lastID()
	c.do(0, "activity", "close", plan, "--cancel")
	c.do(0, "activity", "list")
	c.do(0, "activity", "show", act)
	c.do(0, "activity", "attach", act, c.write("方案.txt", birdContent))
	c.do(0, "activity", "evidence", act, "--json")
	c.do(0, "activity", "detach", c.lastID())
	c.do(0, "activity", "repeat", act, "--weeks", "2")
	c.do(0, "activity", "templates", "--save", "夜巡", "--from", act)
	c.do(0, "activity", "dates")
	c.do(0, "hours", "add", act, "--with", birdRoster)
	c.do(1, "hours", "add", act, "--with", c.id)
	c.do(0, "hours", "list", "--volunteer", birdName, "--json")
	c.do(0, "hours", "correct", c.lastID(), "--minutes", "60", "--reason", birdReason)
	c.do(1, "hours", "correct", "x", "--minutes", "60", "--reason", birdReason)
	c.hours(act)
}

// hours is what stands behind service time, with the second person.
func (c *canary) hours(act string) {
	const chief = "钱站长"
	c.look(func(db *store.DB) {
		if err := db.AddAccount(c.t.Context(), store.Account{Name: chief, Role: record.RoleChief}, testPassword); err != nil {
			c.t.Fatal(err)
		}
	})
	clerk := func(exit int, args ...string) { c.do(exit, append(args, "--user", testAdmin)...) }
	head := func(exit int, args ...string) { c.do(exit, append(args, "--user", chief)...) }
	for _, day := range []string{"10", "11"} {
		clerk(0, "activity", "add", "--title", "防汛值守", "--line", "5", "--start", "2026-10-"+day+" 08:00", "--end", "18:00", "--with", birdName)
	}
	clerk(0, "hours", "queue", "--json")
	var queue struct {
		Reviews []struct {
			ID    string `json:"id"`
			Entry string `json:"entry"`
		} `json:"reviews"`
	}
	c.read(&queue)
	first, second, entry := queue.Reviews[0].ID, queue.Reviews[1].ID, queue.Reviews[0].Entry
	head(0, "hours", "approve", first, "--reason", birdReason)
	head(0, "hours", "refuse", second, "--reason", birdReason)
	head(0, "hours", "limits", "--backfill", "300")
	clerk(0, "hours", "list", "--volunteer", birdName, "--json")
	c.now = c.now.Add(24 * time.Hour)
	for _, verdict := range []string{"refuse", "approve"} {
		clerk(3, "hours", "correct", entry, "--minutes", "30", "--reason", birdReason, "--for", birdName)
		clerk(0, "correction", "list", "--json")
		id := c.lastID()
		head(0, "correction", "check", id, "--basis", birdReason)
		head(0, "correction", verdict, id, "--reason", birdReason)
	}
	clerk(0, "objection", "add", birdName, "--activity", act, "--claim", birdReason, "--json")
	objection := c.lastID()
	clerk(0, "objection", "list")
	clerk(0, "objection", "answer", objection, "--outcome", "更正", "--answer", birdReason)
	clerk(0, "objection", "print", objection, "-o", filepath.Join(c.file("out"), "异议.pdf"))
	clerk(0, "ledger", "add", birdName, "--title", birdReason, "--day", "2026-10-08", "--minutes", "60")
	clerk(0, "ledger", "compare", "--json")
	_, rest, _ := strings.Cut(c.out.String(), `"outside": "`)
	line, _, _ := strings.Cut(rest, `"`)
	clerk(0, "ledger", "remove", line)
	c.look(func(db *store.DB) {
		if err := db.DisableAccount(c.t.Context(), chief); err != nil {
			c.t.Fatal(err)
		}
	})
}

// papers are what somebody asked for: they may name people, and mask their
// numbers unless that was asked for too.
func (c *canary) papers() {
	out := func(name string) string { return filepath.Join(c.file("out"), name) }
	c.do(0, "report", "list")
	c.do(0, "report", "month", "2026-10", "-o", out("月报.pdf"))
	c.do(0, "report", "month", "2026-10", "-o", out("月报.xlsx"))
	c.do(0, "report", "quarter", "2026-Q4", "-o", out("季报.pdf"))
	c.do(0, "report", "half", "2026-H2", "-o", out("半年报.pdf"))
	c.do(0, "report", "year", "2026", "-o", out("年报.xlsx"), "--json")
	var year struct {
		Stamp string `json:"stamp"`
	}
	c.read(&year)
	c.do(0, "report", "verify", year.Stamp)
	c.do(0, "print", "roster", "-o", out("册.pdf"))
	c.do(0, "print", "roster", "-o", out("册.xlsx"))
	c.do(0, "print", "signin", "--team", "巡逻队", "-o", out("签.pdf"))
	c.do(0, "print", "slip", birdName, "-o", out("单.pdf"))
	c.daily(out)
	c.do(0, "form", "read", forms+"02-人员保护工作表.xlsx")
	c.do(0, "form", "fill", forms+"02-人员保护工作表.xlsx", "--period", "2026-10", "-o", out("表.xlsx"))
	for _, name := range []string{"月报.pdf", "册.pdf", "签.pdf", "单.pdf", "月报.xlsx", "册.xlsx", "表.xlsx"} {
		text := ""
		if strings.HasSuffix(name, ".pdf") {
			text = pdfText(c.t, out(name))
		} else {
			book, err := excelize.OpenFile(out(name))
			if err != nil {
				c.t.Fatal(err)
			}
			text = allCells(c.t, book)
		}
		for _, mark := range []string{c.id, c.second, birdPhone, birdCall, birdHealth} {
			if strings.Contains(text, mark) {
				c.t.Errorf("%s holds %s", name, mark)
			}
		}
	}
	c.do(0, "print", "roster", "--unmask", "--reason", birdReason, "-o", out("全.pdf"))
	c.do(0, "print", "person", birdName, "--reason", birdReason, "-o", out("查询.pdf"))
	if text := pdfText(c.t, out("查询.pdf")); !strings.Contains(text, c.id) || !strings.Contains(text, birdHealth) {
		c.t.Error("the query sheet lacks what was asked for")
	}
	c.do(1, "print", "slip", birdName, "-o", out("没有/单.pdf"))
	c.do(0, "audit", "list")
	c.do(0, "letter", "list")
	c.do(0, "bench", "10")
}

func (c *canary) startDistrict() *practice.District {
	c.t.Helper()
	d, err := practice.StartDistrict(c.t.Context(), practice.Options{
		Dir: c.file("district"), Clock: c.env.Clock, Rand: c.env.Rand, Passwords: c.env.Passwords,
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return d
}

func (c *canary) exchange() {
	d := c.startDistrict()
	code, err := d.Code(c.t.Context(), "120103004")
	if err != nil {
		c.t.Fatal(err)
	}
	c.do(0, "enrol", "--district", d.URL, "--code", code, "--fingerprint", d.Fingerprint)
	if err := d.Write(c.t.Context(), "120103004", "汛期备勤", "请核对应急队员名单"); err != nil {
		c.t.Fatal(err)
	}
	c.do(0, "sync")
	var inbox struct {
		Letters []struct {
			ID     string  `json:"id"`
			Kind   string  `json:"kind"`
			Urgent bool    `json:"urgent"`
			At     string  `json:"at"`
			Title  string  `json:"title"`
			Text   string  `json:"text"`
			From   string  `json:"from"`
			ReadAt *string `json:"read_at"`
		} `json:"letters"`
	}
	c.json(&inbox, append([]string{"letter", "list"}, c.admin...)...)
	c.ran["letter list"] = true
	c.do(0, "letter", "read", inbox.Letters[0].ID)
	c.do(0, "status")
	c.escrow(d)
	if err := d.Close(); err != nil {
		c.t.Fatal(err)
	}
	c.do(7, "sync")
}

// escrow loses the passwords and the paper, and comes back by the district.
func (c *canary) escrow(d *practice.District) {
	request, reply := filepath.Join(c.file("out"), "申请.json"), filepath.Join(c.file("in"), "答复.json")
	c.do(0, "account", "escrow-off")
	c.do(0, "account", "escrow-on")
	c.do(0, "account", "escrow-request", "-o", request)
	c.answer(d, request, reply)
	c.vars["RONGYUAN_NEW_PASSWORD"] = testPassword
	var done escrowAccepted
	c.json(&done, "account", "escrow-accept", reply, "--account", testAdmin)
	c.ran["account escrow-accept"] = true
	c.secret = append(c.secret, done.RecoveryCode)
	c.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
}

func (c *canary) keys() {
	c.do(0, "account", "reset", "李经办")
	c.do(0, "unattended", "on")
	c.do(0, "unattended", "status")
	c.do(0, "backup", "--unattended")
	c.do(0, "unattended", "off")
	c.do(0, "account", "password", "--user", testAdmin)
	c.vars["RONGYUAN_PASSWORD"] = otherPassword
	c.vars["RONGYUAN_RECOVERY"], c.vars["RONGYUAN_NEW_PASSWORD"] = c.secret[len(c.secret)-1], testPassword
	c.do(0, "account", "recover")
	c.vars["RONGYUAN_PASSWORD"] = testPassword
	var fresh newCode
	for _, one := range []string{"recovery-code", "rekey"} {
		c.json(&fresh, append([]string{"account", one}, c.admin...)...)
		c.ran["account "+one] = true
		c.secret = append(c.secret, fresh.RecoveryCode)
	}
	c.do(0, "account", "reset", "赵站长")
	c.do(0, "account", "disable", "李经办")
	c.vars["RONGYUAN_PASSWORD"] = "Falsch-Wort-2026"
	c.do(4, "volunteer", "list")
	c.vars["RONGYUAN_PASSWORD"] = testPassword
}

func (c *canary) backups() {
	var made backupDoc
	c.json(&made, append([]string{"backup", "-o", c.file("U盘")}, c.admin...)...)
	c.do(0, "backup")
	c.do(0, "backup", "list")
	c.do(0, "verify")
	c.do(0, "restore", made.Path, "--data", c.file("新电脑"))
	c.do(0, "volunteer", "show", c.id, "--data", c.file("新电脑"))
	c.now = c.now.Add(time.Hour)
	c.do(0, "restore", made.Path)
	c.do(6, "restore", c.write(birdName+".rybak", birdName))
	c.vars["RONGYUAN_RECOVERY"] = c.secret[len(c.secret)-1]
	c.now = c.now.Add(time.Hour)
	c.do(0, "restore", made.Path, "--recovery")
}

// endings are the ways out of the lists; then the person registers again.
func (c *canary) endings() {
	chief := []string{"--user", "赵站长"}
	c.months(chief)
	c.do(0, "volunteer", "seal", birdName, "--reason", birdReason)
	c.do(0, append([]string{"volunteer", "sealed"}, chief...)...)
	c.do(0, append([]string{"volunteer", "unseal", birdName, "--reason", birdReason}, chief...)...)
	c.do(0, "volunteer", "seal", birdName, "--reason", birdReason)
	c.now = c.now.AddDate(11, 0, 0)
	d := c.startDistrict() // eleven years by its clock too, or nothing is purged
	c.do(0, "sync")
	c.do(0, append([]string{"volunteer", "purge", birdName, "--reason", birdReason}, chief...)...)
	c.do(0, append([]string{"audit", "list", "--limit", "1000"}, chief...)...)
	c.do(0, c.add()...)
	c.do(0, "sync")
	if err := d.Close(); err != nil {
		c.t.Fatal(err)
	}
}

// open looks at the files while the program has them open: the log of the last
// changes is on the disk then, and half-typed forms are in it.
func (c *canary) open(traces []trace) {
	c.t.Helper()
	c.look(func(db *store.DB) {
		v := record.Volunteer{Name: birdName, IDNumber: record.IDNumber(numbered(779)), Phones: []string{birdPhone}, Address: birdAddress, Note: birdNote, Veteran: true}
		if _, _, err := db.RegisterVolunteer(c.t.Context(), v); err != nil {
			c.t.Fatal(err)
		}
		if err := db.SaveDraft(c.t.Context(), "people.new", birdName+birdPhone+birdAddress+c.id); err != nil {
			c.t.Fatal(err)
		}
		st, err := os.Stat(filepath.Join(c.env.DefaultDir, "station.db-wal"))
		if err != nil || st.Size() == 0 {
			c.t.Fatalf("no log to look at: %v", err)
		}
		leaks, _ := scan(c.t, traces, c.dir, c.file("in"), c.file("out"))
		for _, leak := range leaks {
			c.t.Errorf("while open: %s", leak)
		}
	})
}
