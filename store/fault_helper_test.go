package store_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"rongyuan/store"
	"rongyuan/store/faultvfs"
	"rongyuan/store/record"
)

// The helper is this test binary once more, as a process that may be killed.
const helperEnv = "RONGYUAN_FAULT_HELPER"

// order is what a helper is told to do.
type order struct {
	Do     string
	Dir    string
	Seed   uint64
	From   int    // number of the first person
	Backup string // to restore
	KillAt int    // step at which the process kills itself; 0 for never
}

func (o order) command() (*exec.Cmd, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), helperEnv+"="+string(text))
	cmd.Stderr = os.Stderr
	return cmd, nil
}

// lines runs a helper to its end, whichever that is, and gives what it said.
func (o order) lines(t *testing.T) []string {
	t.Helper()
	cmd, err := o.command()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.Output()
	if err != nil && o.KillAt == 0 {
		t.Fatalf("helper %s: %v", o.Do, err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func helper() int {
	var o order
	if err := json.Unmarshal([]byte(os.Getenv(helperEnv)), &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	if err := o.run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, o.Do, err)
		return 1
	}
	return 0
}

func (o order) run(ctx context.Context) error {
	opt := quickOptions(o.Dir, o.Seed, func() time.Time { return time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC) })
	switch o.Do {
	case "register":
		return o.register(ctx, opt)
	case "day":
		return o.day(ctx, opt)
	case "try":
		return o.try(ctx, opt)
	}
	disk, err := faultvfs.New(o.Seed)
	if err != nil {
		return err
	}
	step := 0
	ask := func(string) error {
		step++
		if step == o.KillAt {
			me, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = me.Kill()
			}
			if err != nil {
				panic(err)
			}
			select {} // until it arrives
		}
		return nil
	}
	opt = opt.OnDisk(disk.Name()).Asking(ask)
	if o.Do == "restore" {
		disk.Watch(func(int) { _ = ask("") })
		_, err = store.Restore(ctx, opt, o.Backup, store.Secret{Account: testAdmin, Password: testPassword})
	} else {
		err = o.backup(ctx, opt, func() { disk.Watch(func(int) { _ = ask("") }) })
	}
	if err == nil {
		_, err = fmt.Fprintln(os.Stdout, step)
	}
	return err
}

func (o order) open(ctx context.Context, opt store.Options) (*store.DB, error) {
	db, err := store.Open(ctx, opt)
	if err != nil {
		return nil, err
	}
	return db, db.Unlock(ctx, testAdmin, testPassword)
}

// register writes people for ever and says who is acknowledged.
func (o order) register(ctx context.Context, opt store.Options) error {
	db, err := o.open(ctx, opt)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for i := o.From; ; i++ {
		id, _, err := db.RegisterVolunteer(ctx, someone(i))
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%d %s\n", i, id); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
}

func (o order) backup(ctx context.Context, opt store.Options, watch func()) error {
	db, err := o.open(ctx, opt)
	if err != nil {
		return err
	}
	watch()
	_, err = db.Backup(ctx, "")
	return err
}

// try says with which codes a folder answers that cannot be written.
func (o order) try(ctx context.Context, opt store.Options) error {
	db, err := store.Open(ctx, opt)
	if err == nil {
		err = db.Unlock(ctx, testAdmin, testPassword)
	}
	opt.Dir = o.Backup
	_, _, createErr := store.Create(ctx, opt, founding())
	_, err = fmt.Fprintln(os.Stdout, record.CodeOf(err), record.CodeOf(createErr))
	return err
}
