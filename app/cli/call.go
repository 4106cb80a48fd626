package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"rongyuan/app/practice"
	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

// call is one run of a command.
type call struct {
	ctx context.Context
	env Env
	common
	args  []string
	given *options
	exit  int // of a command that was done, but left something to a person

	db      *store.DB
	station record.Station
}

func (k *call) storeOptions(dir string) store.Options {
	return store.Options{Dir: dir, Clock: k.env.Clock, Rand: k.env.Rand, Uptime: k.env.Uptime, Passwords: k.env.Passwords}
}

func (k *call) folder() string {
	if k.dir != "" {
		return k.dir
	}
	return k.env.DefaultDir
}

// openLocked opens the station's file without logging in.
func (k *call) openLocked() (*store.DB, error) {
	if k.db != nil {
		return k.db, nil
	}
	db, err := store.Open(k.ctx, k.storeOptions(k.folder()))
	if err != nil {
		return nil, err
	}
	k.db = db
	k.station, err = db.Station(k.ctx)
	return db, err
}

// open opens the station's file and logs in.
func (k *call) open() (*store.DB, error) {
	db, _, err := k.openWith()
	return db, err
}

// openWith is open, and gives the password that was taken, for work that must
// prove it again.
func (k *call) openWith() (*store.DB, string, error) {
	db, err := k.openLocked()
	if err != nil {
		return nil, "", err
	}
	user, err := k.account(db)
	if err != nil {
		return nil, "", err
	}
	password, err := k.password()
	if err != nil {
		return nil, "", err
	}
	return db, password, db.Unlock(k.ctx, user, password)
}

// openFor is open for work that needs a right, so that nobody is asked for more
// who may not do it.
func (k *call) openFor(right record.Right) (*store.DB, string, error) {
	db, password, err := k.openWith()
	if err != nil {
		return nil, "", err
	}
	if _, role := db.Account(); !role.May(right) {
		return nil, "", record.Fail(record.CodeNoRight)
	}
	return db, password, nil
}

// account is --user, or the only account that there is, or the clerk of a
// practice station.
func (k *call) account(db *store.DB) (string, error) {
	if k.user != "" {
		return k.user, nil
	}
	all, err := db.Accounts(k.ctx)
	if err != nil {
		return "", err
	}
	var open []string
	for _, one := range all {
		if !one.Disabled {
			open = append(open, one.Name)
		}
	}
	if len(open) != 1 && practice.Is(k.folder()) {
		return practice.Admin, nil
	}
	if len(open) != 1 {
		return "", usage("有几个账号，请加 --user 用户名")
	}
	return open[0], nil
}

func (k *call) close() error {
	if k.db == nil {
		return nil
	}
	db := k.db
	k.db = nil
	return db.Close()
}

// today is the day in China by the clock.
func (k *call) today() record.Day { return record.DayOf(k.env.Clock()) }

// lines reads a text file line by line; "-" is standard input.
func (k *call) lines(path string) ([]string, error) {
	from := k.env.Stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
		}
		defer func() { _ = f.Close() }()
		from = f
	}
	var out []string
	scan := bufio.NewScanner(from)
	for scan.Scan() {
		if line := strings.TrimSpace(strings.TrimPrefix(scan.Text(), "\ufeff")); line != "" {
			out = append(out, line)
		}
	}
	if err := scan.Err(); err != nil {
		return nil, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	return out, nil
}

// finding is a problem as --json prints it.
type finding struct {
	Field   string       `json:"field,omitempty"`
	Level   record.Level `json:"level"`
	Code    record.Code  `json:"code"`
	Message string       `json:"message"`
}

func findings(list record.Problems) []finding {
	out := make([]finding, 0, len(list))
	for _, p := range list {
		out = append(out, finding{p.Field, p.Level, p.Code, say.Problem(p)})
	}
	return out
}

// warn tells people of findings that did not stop the work.
func (k *call) warn(list record.Problems) {
	if k.json {
		return
	}
	for _, p := range list {
		fmt.Fprintln(k.env.Stderr, "注意："+say.Problem(p))
	}
}

// isCode reports whether an error carries a code.
func isCode(err error, code record.Code) bool { return errors.Is(err, record.Fail(code)) }
