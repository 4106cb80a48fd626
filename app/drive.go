package app

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"

	"rongyuan/store"
	"rongyuan/store/record"
)

// Drives are the removable drives that are plugged in now, by the folders in
// which they are mounted ("/media/zhang/KINGSTON", "E:\"). It must answer soon
// and is asked off the painting goroutine.
type Drives interface{ Removable() []string }

// secondFolder marks a drive that was chosen for the second copy; below it each
// station has a folder of its own, so that one stick may serve two.
const secondFolder = "戎愿备份"

// secondMost is how many backups are kept on a drive.
const secondMost = 30

// drives are those of this PC; none where the caller names no source.
func (c Config) drives() []string {
	if c.Drives == nil {
		return nil
	}
	return c.Drives.Removable()
}

// chosen are the drives that carry the mark.
func (c Config) chosen() []string {
	var out []string
	for _, drive := range c.drives() {
		if st, err := os.Stat(filepath.Join(drive, secondFolder)); err == nil && st.IsDir() {
			out = append(out, drive)
		}
	}
	return out
}

// secondDirs are the folders of a drive in which backups may stand.
func secondDirs(drive string) []string {
	marked := filepath.Join(drive, secondFolder)
	out := []string{drive, marked}
	entries, err := os.ReadDir(marked)
	if err != nil {
		return out[:1]
	}
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, filepath.Join(marked, e.Name()))
		}
	}
	return out
}

// markDrive chooses a drive for the second copy.
func markDrive(drive string, code record.StationCode) error {
	if err := os.MkdirAll(filepath.Join(drive, secondFolder, string(code)), 0o755); err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return nil
}

// copyBackup puts a sealed backup onto the chosen drives that are plugged in and
// says how many have it. A copy is read back before it gets its name.
func (c Config) copyBackup(ctx context.Context, path string, code record.StationCode) (int, error) {
	n := 0
	for _, drive := range c.chosen() {
		dir := filepath.Join(drive, secondFolder, string(code))
		if err := ctx.Err(); err != nil {
			return n, record.Fail(record.CodeCancelled).Because(err)
		}
		if err := markDrive(drive, code); err != nil {
			return n, err
		}
		if err := copyProved(path, filepath.Join(dir, filepath.Base(path))); err != nil {
			return n, record.Fail(record.CodeFileUnwritten).Because(err)
		}
		if err := keepNewest(dir); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

var errCopyDiffers = errors.New("the copy differs from its source")

func copyProved(from, to string) (err error) {
	if same, err := sameFile(from, to); err == nil && same {
		return nil
	}
	part := to + ".part"
	defer func() { _ = os.Remove(part) }()
	if err := copyFile(from, part); err != nil {
		return err
	}
	same, err := sameFile(from, part)
	switch {
	case err != nil:
		return err
	case !same:
		return errCopyDiffers
	}
	return os.Rename(part, to)
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Sync()
}

func sameFile(a, b string) (bool, error) {
	x, err := sumOf(a)
	if err != nil {
		return false, err
	}
	y, err := sumOf(b)
	return x == y, err
}

func sumOf(path string) (sum [sha256.Size]byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}

// keepNewest thins a drive out by number: a stick has little room, and the PC
// keeps the long history.
func keepNewest(dir string) error {
	all, err := store.Backups(dir)
	if err != nil {
		return err
	}
	for i, path := range all {
		if i < secondMost {
			continue
		}
		if err := os.Remove(path); err != nil {
			return record.Fail(record.CodeFileUnwritten).Because(err)
		}
	}
	return nil
}
