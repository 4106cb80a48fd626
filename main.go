// Command rongyuan is the desk of a veterans' service station: without
// arguments the window, with a command the same work for scripts, help desks
// and PCs without OpenGL. It must never do work of its own: it chooses between
// package app and package app/cli.
package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"

	"rongyuan/app/cli"
	"rongyuan/app/desktop"
)

// version is set by the linker from FyneApp.toml.
var version = "dev"

func main() {
	env := cli.System(version)
	keepCrashes(filepath.Dir(env.DefaultDir))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, env, os.Args[1:])
	stop()
	os.Exit(code)
}

// run opens the window or does a command and gives the exit code.
func run(ctx context.Context, env cli.Env, args []string) int {
	w, is, err := desktop.Read(env, args)
	switch {
	case err != nil:
		return cli.Run(ctx, env, []string{"help", "window"})
	case is:
		return w.Open(ctx)
	}
	return cli.Run(ctx, env, args)
}

// keepCrashes lets a crash leave its traces in a file: a Windows program
// without a console has nowhere else to write them. They hold the names of
// functions and no records.
func keepCrashes(dir string) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return // a folder that cannot be written is reported when a station is opened
	}
	f, err := os.OpenFile(filepath.Join(dir, "crash.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer func() { _ = f.Close() }()
	_ = debug.SetCrashOutput(f, debug.CrashOptions{}) // best effort by nature
}
