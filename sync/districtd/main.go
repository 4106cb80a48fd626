package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"rongyuan/store/seal"
)

// version comes from FyneApp.toml at build time.
var version = "dev"

// edge is the machine: what a command reads and writes. A test owns all of it.
type edge struct {
	stdout, stderr io.Writer
	clock          func() time.Time
	rand           io.Reader
	getenv         func(string) string
	// secret asks for a password without showing it; nil where nobody sits at a
	// terminal.
	secret func(prompt string) (string, error)
	// passwords are the costs of argon2id; zero means the strong ones.
	passwords seal.Params
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], system())
	stop()
	os.Exit(code)
}

func system() edge {
	e := edge{stdout: os.Stdout, stderr: os.Stderr, clock: time.Now, rand: rand.Reader, getenv: os.Getenv}
	if fd := int(os.Stdin.Fd()); term.IsTerminal(fd) {
		e.secret = func(prompt string) (string, error) {
			fmt.Fprint(os.Stderr, prompt)
			typed, err := term.ReadPassword(fd)
			fmt.Fprintln(os.Stderr)
			return string(typed), err
		}
	}
	return e
}
