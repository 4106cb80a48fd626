package practice

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rongyuan/store"
	"rongyuan/store/record"
	"rongyuan/store/seal"
)

// The practice station. The code is a street of 河西区, so that its communities
// can be picked; the name is nobody's.
const (
	StationCode = record.StationCode("120103004")
	StationName = "天津市河西区练习街道退役军人服务站"
	Admin       = "练习员"
	// Chief confirms what Admin records; both have the same password.
	Chief = "练习站长"
)

// noteName is the file that marks a practice folder and holds its log-in: these
// are invented people, and whoever forgets the password should practise on.
const noteName = "practice.txt"

// Options say where the practice station stands and whence time and randomness
// come. The same clock and randomness make the same people and activities.
type Options struct {
	Dir   string
	Clock func() time.Time
	Rand  io.Reader
	// Passwords are the costs of argon2id; zero means strong.
	Passwords seal.Params
	// Password is the account's; one is made when it is empty.
	Password string
}

// Login opens a practice station.
type Login struct {
	Account, Password string
	// Recovery is the recovery code.
	Recovery string
}

// Is reports whether a folder holds a practice station.
func Is(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, noteName))
	return err == nil
}

// ReadLogin is the log-in of a practice folder. The code is no_station where
// there is none.
func ReadLogin(dir string) (Login, error) {
	text, err := os.ReadFile(filepath.Join(dir, noteName))
	if err != nil {
		return Login{}, record.Fail(record.CodeNoStation).Because(err)
	}
	var l Login
	for _, line := range strings.Split(string(text), "\n") {
		label, value, _ := strings.Cut(strings.TrimSpace(line), "：")
		switch label {
		case "用户名":
			l.Account = value
		case "密码":
			l.Password = value
		case "恢复码":
			l.Recovery = value
		}
	}
	return l, nil
}

func (l Login) save(dir string) error {
	text := fmt.Sprintf("这是练习站，里面的人都是虚构的。\n用户名：%s\n密码：%s\n恢复码：%s\n站长：%s（密码相同，核对时长、批准更正用）\n", l.Account, l.Password, l.Recovery, Chief)
	if err := os.WriteFile(filepath.Join(dir, noteName), []byte(text), 0o600); err != nil {
		return record.Fail(record.CodeReadOnly).Because(err)
	}
	return nil
}

// Build makes the practice station in an empty or missing folder: about sixty
// people, five teams, a brand project, a calendar, and three months of
// activities up to today, with a late record, a correction and a plan among
// them. It takes some seconds and leaves the whole station or nothing. The
// codes are those of [store.Create].
func Build(ctx context.Context, o Options) (Login, error) {
	if left, err := os.ReadDir(o.Dir); err == nil && len(left) > 0 {
		return Login{}, record.Fail(record.CodeStationExists)
	}
	part := o.Dir + ".part"
	if err := os.RemoveAll(part); err != nil {
		return Login{}, record.Fail(record.CodeReadOnly).Because(err)
	}
	login, err := build(ctx, o, part)
	if err != nil {
		return Login{}, errors.Join(err, os.RemoveAll(part))
	}
	if err := os.Remove(o.Dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return Login{}, record.Fail(record.CodeReadOnly).Because(err)
	}
	if err := os.Rename(part, o.Dir); err != nil {
		return Login{}, record.Fail(record.CodeReadOnly).Because(err)
	}
	return login, nil
}

func build(ctx context.Context, o Options, dir string) (login Login, err error) {
	b := &builder{ctx: ctx, opt: o, dice: dice{o.Rand}}
	b.begin()
	login = Login{Account: Admin, Password: o.Password}
	if login.Password == "" {
		login.Password = b.dice.password()
	}
	b.db, login.Recovery, err = store.Create(ctx, store.Options{
		Dir: dir, Clock: func() time.Time { return b.at }, Rand: o.Rand, Passwords: o.Passwords,
	}, store.Founding{
		Station: record.Station{Code: StationCode, Name: StationName, Phone: "022-00000000"}, Admin: Admin, Password: login.Password,
	})
	if err != nil {
		return Login{}, err
	}
	b.password = login.Password
	if err := errors.Join(b.fill(), b.dice.err(), b.db.Close()); err != nil {
		return Login{}, err
	}
	return login, login.save(dir)
}

// builder tells the story of the station. Its clock stands where the story is.
type builder struct {
	ctx  context.Context
	opt  Options
	dice dice
	db   *store.DB
	// password is that of both accounts.
	password string

	first record.Day // of the first month with activities
	today record.Day
	at    time.Time

	people []record.VolunteerID
	teams  []squad
	brand  record.BrandID
}

// begin puts the clock three weeks before the first month.
func (b *builder) begin() {
	b.today = record.DayOf(b.opt.Clock())
	b.first = record.MonthOf(b.today).Previous().Previous().From
	b.turn(b.first.AddDays(-21), 9*60)
}

// turn sets the clock to a minute of a day, never past the true one.
func (b *builder) turn(d record.Day, minute int) {
	b.at = d.Time().Add(time.Duration(minute) * time.Minute)
	if now := b.opt.Clock(); b.at.After(now) {
		b.at = now
	}
}

func (b *builder) fill() error {
	for _, step := range []func() error{b.addChief, b.fillCalendar, b.fillPeople, b.fillTeams, b.fillBrand, b.fillActivities} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) fillCalendar() error {
	for _, d := range holidays() {
		if err := b.db.SaveCalendarDay(b.ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// holidays are those of 2026 by the notice of the State Council's office of
// 2025-11-04.
func holidays() []store.CalendarDay {
	var out []store.CalendarDay
	for _, span := range []struct {
		from, to record.Day
		name     string
	}{
		{"2026-01-01", "2026-01-03", "元旦"},
		{"2026-02-15", "2026-02-23", "春节"},
		{"2026-04-04", "2026-04-06", "清明节"},
		{"2026-05-01", "2026-05-05", "劳动节"},
		{"2026-06-19", "2026-06-21", "端午节"},
		{"2026-09-25", "2026-09-27", "中秋节"},
		{"2026-10-01", "2026-10-07", "国庆节"},
	} {
		for d := span.from; d <= span.to; d = d.AddDays(1) {
			out = append(out, store.CalendarDay{Day: d, Name: span.name})
		}
	}
	for _, d := range []record.Day{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"} {
		out = append(out, store.CalendarDay{Day: d, Worked: true, Name: "调休上班"})
	}
	return out
}
