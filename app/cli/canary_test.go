package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// canary is the station of a marked person, whose traces must be in no file that
// the program writes for itself.
type canary struct {
	*world
	id      string // identity number of the marked person
	second  string // of one who comes by roster
	secret  []string
	ran     map[string]bool
	admin   []string
	offered []string
}

const (
	birdName    = "甘罗拜"
	birdRoster  = "郜璩琰"
	birdPhone   = "18877665544"
	birdAddress = "密语里九十九号楼"
	birdNote    = "暗号备注四十二"
	birdHealth  = "暗号病情七十七"
	birdContact = "鄢墨涵"
	birdCall    = "17766554433"
	birdReason  = "暗号缘由五十五"
	birdContent = "暗号内容六十六"
	birdMerit   = "暗号功勋八十八"
)

// marks are all that must not be read in the clear; hidden are those of them
// that nobody sees on a screen or paper who has not asked.
func (c *canary) hidden() []string {
	return []string{c.id, c.second, birdPhone, birdCall, birdAddress, birdNote, birdHealth, birdContact}
}

func (c *canary) marks() []string {
	return slices.Concat(c.hidden(), c.secret, []string{birdName, birdRoster, birdReason, birdContent, birdMerit, testPassword, otherPassword})
}

// do runs a command, which may end in one of the given ways, and looks at what
// it shows.
func (c *canary) do(exit int, args ...string) string {
	c.t.Helper()
	all := args
	if args[0] != "init" && args[0] != "demo" && args[0] != "bench" && !slices.Contains(args, "--user") {
		all = append(slices.Clone(args), c.admin...)
	}
	if got := c.run(all...); got != exit {
		c.t.Fatalf("%v: exit %d, want %d\n%s%s", args, got, exit, c.out.String(), c.err.String())
	}
	for _, n := range []int{2, 1} {
		if name := strings.Join(args[:min(n, len(args))], " "); slices.Contains(c.offered, name) {
			c.ran[name] = c.ran[name] || exit == 0 || exit == 3
			break
		}
	}
	shown := c.out.String() + c.err.String()
	if !slices.Contains(args, "--unmask") {
		for _, mark := range c.hidden() {
			if strings.Contains(shown, mark) {
				c.t.Errorf("%v shows %s", args, mark)
			}
		}
	}
	return c.out.String()
}

// lastID is the value of "id" in the last answer.
func (c *canary) lastID() string {
	c.t.Helper()
	_, after, has := strings.Cut(c.out.String(), `"id": "`)
	id, _, _ := strings.Cut(after, `"`)
	if !has {
		c.t.Fatalf("no id in %s", c.out.String())
	}
	return id
}

func (c *canary) write(name, text string) string {
	c.t.Helper()
	path := filepath.Join(c.file("in"), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// TestCanary takes marked people through every command, failures included. Then
// no file that the program wrote for itself holds their plain text, and nothing
// that it showed or printed unasked.
func TestCanary(t *testing.T) {
	c := &canary{world: newWorld(t), id: numbered(777), second: numbered(778), ran: map[string]bool{}}
	for _, dir := range []string{"in", "out", "tmp"} {
		if err := os.Mkdir(c.file(dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("TMPDIR", c.file("tmp"))
	c.offered = offered(c.world)
	traces := tracesOf(t, c.marks())
	stop := watch(traces, c.dir, c.file("in"), c.file("out"))
	c.found()
	c.people()
	c.work()
	c.papers()
	c.exchange()
	c.keys()
	c.backups()
	c.endings()
	leaks := stop()
	c.open(traces)
	more, names := scan(t, tracesOf(t, c.marks()), c.dir, c.file("in"), c.file("out"))
	for _, leak := range append(leaks, more...) {
		t.Errorf("%s", leak)
	}
	for _, want := range []string{"station.db", "station.lock", ".rybak", ".old", "practice.txt"} {
		if !slices.ContainsFunc(names, func(name string) bool { return strings.HasSuffix(name, want) }) {
			t.Errorf("no %s among the files looked at: %v", want, names)
		}
	}
	if left, err := os.ReadDir(c.file("tmp")); err != nil || len(left) > 0 {
		t.Errorf("%v stayed in the folder for passing files, %v", left, err)
	}
	for _, name := range c.offered {
		if !c.ran[name] {
			t.Errorf("%s was not run", name)
		}
	}
}

// offered are the names of all commands.
func offered(w *world) []string {
	var doc struct {
		Commands []struct {
			Command string `json:"command"`
		} `json:"commands"`
	}
	if code := w.run("help", "--json"); code != 0 {
		w.t.Fatal(w.err.String())
	}
	w.read(&doc)
	var out []string
	for _, one := range doc.Commands {
		words := strings.Fields(one.Command)
		name := words[0]
		if len(words) > 1 && words[1][0] >= 'a' && words[1][0] <= 'z' {
			name += " " + words[1]
		}
		out = append(out, name)
	}
	return out
}

func (c *canary) found() {
	var made founded
	c.json(&made, initArgs("--recovery-pdf", filepath.Join(c.file("out"), "码.pdf"))...)
	c.ran["init"] = true
	c.secret = append(c.secret, made.RecoveryCode)
	c.admin = []string{"--user", testAdmin}
	password := c.vars["RONGYUAN_PASSWORD"]
	delete(c.vars, "RONGYUAN_PASSWORD")
	c.do(0, "demo")
	c.vars["RONGYUAN_PASSWORD"], c.vars["RONGYUAN_NEW_PASSWORD"] = password, testPassword
	c.do(0, "account", "add", "赵站长", "--role", "站长")
	c.vars["RONGYUAN_NEW_PASSWORD"] = otherPassword
	c.do(0, "account", "add", "李经办", "--role", "经办")
	c.do(0, "account", "list")
	c.do(0, "station", "set", "--phone", "022-28000000")
	c.do(0, "station", "show")
	c.do(0, "calendar", "set", "2026-10-01", "--name", "国庆节")
	c.do(0, "calendar", "list")
	c.do(0, "calendar", "remove", "2026-10-01")
	c.do(0, "version")
	c.do(0, "help")
}

// add are the words that register the marked person.
func (c *canary) add() []string {
	return []string{
		"volunteer", "add", "--name", birdName, "--id-number", c.id, "--phone", birdPhone, "--address", birdAddress, "--note", birdNote,
		"--health", birdHealth, "--emergency-name", birdContact, "--emergency-phone", birdCall, "--merits", birdMerit, "--agreement-date", "2026-01-05", "--json",
	}
}

func (c *canary) people() {
	add := c.add()
	c.do(1, slices.Concat(add, []string{"--sex", "第三种"})...)
	c.do(1, slices.Concat(add, []string{"--joined", "2099-01-01"})...)
	c.do(0, add...)
	c.do(1, add...) // the number is taken
	c.do(2, slices.Concat(add, []string{"--unheard-of", birdNote})...)
	c.do(0, "volunteer", "edit", birdName, "--skill-note", birdMerit)
	c.do(0, "volunteer", "show", birdName)
	c.do(0, "volunteer", "show", c.id, "--unmask", "--reason", birdReason+c.id)
	if !strings.Contains(c.out.String(), birdAddress) {
		c.t.Error("the file does not hold the marks: nothing is proved")
	}
	c.do(0, "volunteer", "list", "--text", birdPhone[7:])
	c.do(0, "volunteer", "list", "--unmask", "--reason", birdReason)
	c.do(0, "search", birdName)
	c.do(0, "search", c.id[14:])
	c.do(1, "volunteer", "show", birdContact)
	file := c.roster(
		[]any{"1", birdRoster, c.second, birdPhone, "党员", birdNote},
		[]any{"2", birdName, c.id[:17] + "*", birdCall, "", ""},
		[]any{"3", birdContact, c.id, birdCall, "", ""},
	)
	named := filepath.Join(c.file("in"), "花名册-"+birdName+".xlsx")
	if err := os.Rename(file, named); err != nil {
		c.t.Fatal(err)
	}
	c.do(3, "import", named, "--dry-run")
	c.do(3, "import", named, "--errors", filepath.Join(c.file("out"), "错.xlsx"), "--save-mapping", filepath.Join(c.file("out"), "m.json"), "--json")
	_, batch, _ := strings.Cut(c.out.String(), `"batch": "`)
	batch, _, _ = strings.Cut(batch, `"`)
	c.do(1, "import", c.write(birdName+".xlsx", "\x89PNG\r\n\x1a\n"+birdName+c.id))
	c.do(0, "import", "--undo", batch)
	c.do(3, "import", named)
	c.do(0, "undo", "--dry-run")
	c.do(0, "undo")
	c.do(3, "import", named)
	c.do(0, "consent", "give", birdName, "--purpose", "publicity")
	c.do(0, "consent", "end", birdName, "--purpose", "publicity")
	c.do(0, "consent", "list", birdName)
	c.do(0, "training", "add", birdName, "--title", birdName+"的急救班", "--hours", "8")
	c.do(0, "training", "list", birdName)
	c.do(0, "honour", "add", birdName, "--title", birdName+"先进个人", "--level", "区级", "--issuer", "区里")
	c.do(0, "honour", "list", birdName)
	c.do(0, "team", "health")
	c.do(0, "team", "coverage")
	for _, end := range []string{"cancel", "done"} {
		c.do(0, "transfer", "ask", birdName, "--station", "129999005", "--reason", birdName+"搬家")
		c.do(0, "transfer", "list")
		c.do(0, "transfer", end, birdName)
	}
	c.do(0, "transfer", "in", birdName, "--station", "129999005")
}
