package store

import (
	"path/filepath"

	"github.com/gofrs/flock"

	"rongyuan/store/record"
)

// takeLock makes this process the one that may use the folder. The lock is the
// system's and ends with the process, so that a file left behind locks nobody
// out. The codes are in_use and read_only.
func (o Options) takeLock() (*flock.Flock, error) {
	lock := flock.New(filepath.Join(o.Dir, lockName))
	held, err := lock.TryLock()
	if err != nil {
		return nil, record.Fail(record.CodeReadOnly).Because(err)
	}
	if !held {
		return nil, record.Fail(record.CodeInUse)
	}
	return lock, nil
}
