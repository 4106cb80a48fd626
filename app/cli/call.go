package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

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
	db, err := k.openLocked()
	if err != nil {
		return nil, err
	}
	user, err := k.account(db)
	if err != nil {
		return nil, err
	}
	password, err := k.password("密码：")
	if err != nil {
		return nil, err
	}
	return db, db.Unlock(k.ctx, user, password)
}

// account is --user, or the only account that there is.
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
	if len(open) != 1 {
		return "", usage("有几个账号，请加 --user 用户名")
	}
	return open[0], nil
}

// passwordGiven is the password from a file or the environment; false when
// neither was given.
func (k *call) passwordGiven() (string, bool, error) {
	if k.passwordFile != "" {
		text, err := os.ReadFile(k.passwordFile)
		if err != nil {
			return "", false, record.Fail(record.CodeFileUnread, baseName(k.passwordFile)).Because(err)
		}
		line, _, _ := strings.Cut(strings.TrimPrefix(string(text), "\ufeff"), "\n")
		return strings.TrimSuffix(line, "\r"), true, nil
	}
	password := k.env.Getenv("RONGYUAN_PASSWORD")
	return password, password != "", nil
}

// password is what was given, else what is typed at the prompt. The code is
// locked when there is nobody to ask.
func (k *call) password(prompt string) (string, error) {
	password, given, err := k.passwordGiven()
	if given || err != nil {
		return password, err
	}
	if k.env.Secret == nil {
		return "", record.FailField("password", record.CodeLocked)
	}
	password, err = k.env.Secret(prompt)
	if err != nil {
		return "", record.Fail(record.CodeCancelled).Because(err)
	}
	return password, nil
}

// newPassword is a password for a new account; typed ones are typed twice.
func (k *call) newPassword() (string, error) {
	first, err := k.password("新密码：")
	if err != nil {
		return "", err
	}
	if _, given, _ := k.passwordGiven(); given {
		return first, nil
	}
	again, err := k.env.Secret("再输一遍：")
	if err != nil {
		return "", record.Fail(record.CodeCancelled).Because(err)
	}
	if again != first {
		return "", record.FailField("password", record.CodeInvalid)
	}
	return first, nil
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
