package cli

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"rongyuan/store"
	"rongyuan/store/record"
)

// outFile is a file that appears whole or not at all.
type outFile struct {
	path string
	f    *os.File
}

// newFile makes the part file beside path, so that a folder that cannot be
// written is known before the work begins.
func newFile(path string) (*outFile, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, record.Fail(record.CodeFileUnwritten, baseName(path)).Because(err)
	}
	return &outFile{path, f}, nil
}

// finish writes the file and puts it in its place. When write fails nothing is
// left, and an older file of that name stays.
func (o *outFile) finish(write func(io.Writer) error) error {
	buffered := bufio.NewWriter(o.f)
	if err := write(buffered); err != nil {
		return errors.Join(err, o.drop())
	}
	err := errors.Join(buffered.Flush(), o.f.Sync(), o.f.Close())
	if err == nil {
		err = os.Rename(o.f.Name(), o.path)
	}
	if err != nil {
		return record.Fail(record.CodeFileUnwritten, baseName(o.path)).Because(errors.Join(err, os.Remove(o.f.Name())))
	}
	return nil
}

// drop removes the part file.
func (o *outFile) drop() error { return errors.Join(o.f.Close(), os.Remove(o.f.Name())) }

// paper writes a print or an export: the log gives it a serial number first,
// which stands on it.
func (k *call) paper(path string, n store.Note, write func(w io.Writer, serial string) error) (string, error) {
	out, err := newFile(path)
	if err != nil {
		return "", err
	}
	number, err := k.db.Note(k.ctx, n)
	if err != nil {
		return "", errors.Join(err, out.drop())
	}
	serial := store.Serial(k.station.Code, number)
	return serial, out.finish(func(w io.Writer) error { return write(w, serial) })
}

// baseName is a file's name without its folder, which may name a person.
func baseName(path string) string { return filepath.Base(path) }
