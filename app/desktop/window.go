package desktop

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"rongyuan/app"
	"rongyuan/app/cli"
	"rongyuan/assets/say"
	"rongyuan/store"
)

// Window is what the command line asked to open.
type Window struct {
	env      cli.Env
	dir      string
	practice bool
}

// Read tells a call for the window from a command: nothing at all, flags only,
// or the word window. The error is that of a flag which the window does not
// know.
func Read(env cli.Env, args []string) (w Window, is bool, err error) {
	w = Window{env: env, dir: env.DefaultDir}
	if len(args) > 0 && args[0] == "window" {
		args = args[1:]
	} else if len(args) > 0 && args[0] != "--data" && args[0] != "-data" {
		return w, false, nil
	}
	flags := flag.NewFlagSet("window", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&w.dir, "data", "", "")
	flags.BoolVar(&w.practice, "practice", false, "")
	if err := flags.Parse(args); err != nil {
		return w, true, err
	}
	if flags.NArg() > 0 {
		return w, false, nil // --data DIR before a command
	}
	if w.dir == "" {
		w.dir = env.DefaultDir
		if w.practice {
			w.dir = env.PracticeDir
		}
	}
	return w, true, nil
}

// Open shows the window until it is closed and gives the exit code.
func (w Window) Open(ctx context.Context) int {
	a := fyneapp.NewWithID("cn.rongyuan.station")
	cfg := app.Config{
		App: a, Version: w.env.Version, Opener: opener(a),
		Options: w.options(), Drives: app.PCDrives{},
	}
	if w.env.Vault != nil {
		cfg.Vault = w.env.Vault(w.dir)
	}
	end := func() error { return nil }
	if w.practice {
		s, err := w.openSchool(ctx)
		if err != nil {
			return w.fail(err)
		}
		cfg.Practice, end = &s.banner, s.district.Close
	}
	desk, err := app.New(cfg)
	if err != nil {
		return w.fail(errors.Join(err, end()))
	}
	desk.Window().SetMaster()
	desk.Show()
	stopped := context.AfterFunc(ctx, func() { fyne.Do(a.Quit) })
	a.Run()
	stopped()
	if err := errors.Join(desk.Close(), end()); err != nil {
		return w.fail(err)
	}
	return 0
}

func (w Window) options() store.Options {
	return store.Options{Dir: w.dir, Clock: w.env.Clock, Rand: w.env.Rand, Uptime: w.env.Uptime}
}

func (w Window) fail(err error) int {
	s := say.Error(err)
	_, _ = fmt.Fprintln(w.env.Stderr, s.What, s.Safe, s.Do) // nobody is left to be told
	return 1
}

// opener shows a file with the program that the PC has for it.
func opener(a fyne.App) func(string) error {
	return func(path string) error {
		full, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		return a.OpenURL(fileURL(filepath.ToSlash(full)))
	}
}

// fileURL is the address of a file by its full path with slashes. A drive's
// letter stands behind a slash: without it the drive would be read as a host.
func fileURL(path string) *url.URL {
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}
