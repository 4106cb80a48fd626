package store

import (
	"cmp"
	"io"
)

// trial is what a fault test changes of a run; its zero value is the program.
// It travels in [Options] and is set by tests of this package only.
type trial struct {
	vfs         string // SQLite's file system, "" for the system's
	synchronous string // "" for FULL
	// step is asked before each step on files beside SQLite's.
	step func(name string) error
}

func (t trial) syncMode() string { return cmp.Or(t.synchronous, "FULL") }

func (t trial) at(name string) error {
	if t.step == nil {
		return nil
	}
	return t.step(name)
}

// writer asks before each write.
func (t trial) writer(w io.Writer) io.Writer {
	if t.step == nil {
		return w
	}
	return stepWriter{w, t}
}

type stepWriter struct {
	w io.Writer
	t trial
}

func (s stepWriter) Write(b []byte) (int, error) {
	if err := s.t.at("write"); err != nil {
		return 0, err
	}
	return s.w.Write(b)
}
