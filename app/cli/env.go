package cli

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/term"

	"rongyuan/store"
	"rongyuan/store/seal"
	"rongyuan/store/vault"
)

// Env is the edge of the machine: what a command reads and writes. A test owns
// all of it.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Clock is the time, Rand a cryptographic source.
	Clock  func() time.Time
	Rand   io.Reader
	Getenv func(string) string
	// Secret asks for a password without showing it; nil where nobody sits at a
	// terminal.
	Secret func(prompt string) (string, error)
	// Bar is true where Stderr is a terminal that can redraw a line.
	Bar bool
	// Version is the program's, as FyneApp.toml says it.
	Version string
	// DefaultDir is the data folder, PracticeDir the practice station's.
	DefaultDir, PracticeDir string
	// Uptime is how long this PC has been running; it measures lock-outs.
	Uptime func() time.Duration
	// Vault is where this PC keeps the secret with which it may open the station
	// in a data folder unattended; nil where it keeps none.
	Vault func(dir string) store.Vault
	// Passwords are the costs of argon2id for new accounts; zero means strong.
	Passwords seal.Params
}

// System is the real machine.
func System(version string) Env {
	base := dataFolder(os.Getenv)
	e := Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Clock: time.Now, Rand: rand.Reader, Getenv: os.Getenv,
		Bar: term.IsTerminal(int(os.Stderr.Fd())), Version: version, Uptime: Uptime,
		Vault:      func(dir string) store.Vault { return vault.New(dir) },
		DefaultDir: filepath.Join(base, "station"), PracticeDir: filepath.Join(base, "practice"),
	}
	if fd := int(os.Stdin.Fd()); term.IsTerminal(fd) {
		e.Secret = func(prompt string) (string, error) {
			fmt.Fprint(os.Stderr, prompt)
			typed, err := term.ReadPassword(fd)
			fmt.Fprintln(os.Stderr)
			return string(typed), err
		}
	}
	return e
}

// dataFolder is where this PC keeps programs' data that must not roam: a
// roaming profile would copy an open database.
func dataFolder(getenv func(string) string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	first := func(name string, otherwise ...string) string {
		if dir := getenv(name); filepath.IsAbs(dir) {
			return dir
		}
		return filepath.Join(append([]string{home}, otherwise...)...)
	}
	if runtime.GOOS == "windows" {
		return filepath.Join(first("LOCALAPPDATA", "AppData", "Local"), "Rongyuan")
	}
	return filepath.Join(first("XDG_DATA_HOME", ".local", "share"), "rongyuan")
}
