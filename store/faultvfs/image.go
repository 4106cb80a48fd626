package faultvfs

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// sector is the unit that a disk writes whole or not at all.
const sector = 512

// image is what the disk holds of one file: the content that survives, and
// what was done since in order.
type image struct {
	info    fs.FileInfo // of the real file, to follow renames
	durable []byte
	stands  bool // the file survives
	exists  bool // as seen by the program
	pending []change
	size    int64 // as seen by the program
}

// change is a write, or the end of the file where data is nil, or the file's
// removal or making anew.
type change struct {
	at      int64
	data    []byte
	removed bool
	made    bool
}

func (im *image) add(c change) {
	im.pending = append(im.pending, c)
	switch {
	case c.removed || c.made:
		im.size, im.exists = 0, c.made
	case c.data != nil:
		im.size = max(im.size, c.at+int64(len(c.data)))
	default:
		im.size = c.at
	}
}

// sync makes all of it survive.
func (im *image) sync() {
	for _, c := range im.pending {
		im.apply(c)
	}
	im.pending = nil
}

// named reports a file whose name was made or removed and may not survive.
func (c change) named() bool { return c.made || c.removed }

// syncNames makes the names of all files in the folder of a path survive, as
// syncing a folder does: removals made before cannot come back.
func (d *Disk) syncNames(path string) {
	for other, im := range d.images {
		if filepath.Dir(other) != filepath.Dir(path) {
			continue
		}
		last := -1
		for i, c := range im.pending {
			if c.named() {
				last = i
			}
		}
		if last >= 0 {
			im.apply(im.pending[last])
			im.pending = im.pending[last+1:]
		}
	}
}

func (im *image) apply(c change) {
	switch {
	case c.removed:
		im.durable, im.stands = nil, false
	case c.made:
		im.durable, im.stands = nil, true
	case c.data == nil:
		im.resize(c.at)
	default:
		if end := c.at + int64(len(c.data)); end > int64(len(im.durable)) {
			im.resize(end)
		}
		copy(im.durable[c.at:], c.data)
	}
}

// resize cuts the file or lengthens it with zeros.
func (im *image) resize(size int64) {
	if size <= int64(len(im.durable)) {
		im.durable = im.durable[:size]
		return
	}
	im.durable = append(im.durable, make([]byte, size-int64(len(im.durable)))...)
}

// Survivors says what a power cut did.
type Survivors struct {
	Kept, Torn, Dropped int // changes that were not synced
}

// PowerOn puts the files into a state in which the power cut may have left
// them, and lets the disk work again. No database may be open on it.
func (d *Disk) PowerOn() (Survivors, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var s Survivors
	chance := []float64{0, 0.1, 0.5, 0.9, 1}[d.rng.IntN(5)]
	for _, path := range slices.Sorted(maps.Keys(d.images)) {
		im := d.images[path]
		d.survive(im, chance, &s)
		if err := im.put(im.place(path)); err != nil {
			return s, err
		}
	}
	d.images = map[string]*image{}
	d.off, d.cutAt, d.failAt, d.limited, d.watch = false, 0, [ops]int{}, false, nil
	return s, nil
}

// survive decides for each change. What was written into a file that was made
// anew cannot survive without the making, and none of the old file's content
// can stand beside it.
func (d *Disk) survive(im *image, chance float64, s *Survivors) {
	for i, c := range im.pending {
		whole := d.rng.Float64() < chance
		switch {
		case whole:
			s.Kept++
			im.apply(c)
		case c.named():
			s.Dropped += len(im.pending) - i
			im.pending = nil
			return
		case c.data != nil && d.rng.IntN(2) == 0:
			s.Torn++
			d.tear(im, c)
		default:
			s.Dropped++
		}
	}
	im.pending = nil
}

// tear keeps a random part of the sectors of a write.
func (d *Disk) tear(im *image, c change) {
	for from := int64(0); from < int64(len(c.data)); {
		to := min(int64(len(c.data)), (c.at+from)/sector*sector+sector-c.at)
		if d.rng.IntN(2) == 0 {
			im.apply(change{at: c.at + from, data: c.data[from:to]})
		}
		from = to
	}
}

// put writes the surviving content over the real file. A file that was removed
// past SQLite stays away.
func (im *image) put(path string) error {
	now, err := os.ReadFile(path)
	missing := errors.Is(err, fs.ErrNotExist)
	switch {
	case err != nil && !missing:
		return fmt.Errorf("read real file: %w", err)
	case missing && (im.exists || !im.stands):
		return nil
	case !missing && !im.stands:
		return os.Remove(path)
	case !missing && bytes.Equal(now, im.durable):
		return nil
	}
	if err := os.WriteFile(path, im.durable, 0o600); err != nil {
		return fmt.Errorf("write real file: %w", err)
	}
	return nil
}

// place is where the file of an image stands now, if it was renamed past
// SQLite.
func (im *image) place(path string) string {
	if im.info == nil || !im.exists || im.is(path) {
		return path
	}
	others, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return path
	}
	for _, other := range others {
		if at := filepath.Join(filepath.Dir(path), other.Name()); im.is(at) {
			return at
		}
	}
	return path
}

func (im *image) is(path string) bool {
	info, err := os.Stat(path)
	return err == nil && os.SameFile(info, im.info)
}

// imageOf is the image of a file that was just opened; had says that it was
// there before. The caller holds the lock.
func (d *Disk) imageOf(path string, had bool) (*image, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	im := d.images[path]
	if im != nil && had && im.exists && os.SameFile(info, im.info) {
		return im, nil
	}
	for was, other := range d.images {
		if had && other.exists && other.info != nil && os.SameFile(info, other.info) {
			delete(d.images, was)
			d.images[path] = other
			return other, nil
		}
	}
	if had {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		im = &image{durable: raw, stands: true, exists: true, size: int64(len(raw))}
	} else {
		if im == nil || im.exists {
			im = &image{}
		}
		im.add(change{made: true})
	}
	im.info = info
	d.images[path] = im
	return im, nil
}
