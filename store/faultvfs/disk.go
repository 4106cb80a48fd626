package faultvfs

import (
	"fmt"
	"math/rand/v2"
	"runtime/cgo"
	"sync"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Op is a kind of operation on a file.
type Op int

// The kinds of operations. A power cut falls on those that change the disk.
const (
	Open Op = iota
	Read
	Write
	Sync
	Truncate
	Delete
	ops
)

// changes reports operations that may change what a power cut leaves.
func (o Op) changes() bool { return o == Write || o == Sync || o == Truncate || o == Delete }

// failure is the code with which SQLite hears of each kind.
func (o Op) failure() int32 {
	return [ops]int32{
		Open: lib.SQLITE_CANTOPEN, Read: lib.SQLITE_IOERR_READ, Write: lib.SQLITE_IOERR_WRITE,
		Sync: lib.SQLITE_IOERR_FSYNC, Truncate: lib.SQLITE_IOERR_TRUNCATE, Delete: lib.SQLITE_IOERR_DELETE,
	}[o]
}

// Disk is a disk that fails, registered with SQLite under [Disk.Name]. It is
// safe for several goroutines.
type Disk struct {
	name   string
	seed   uint64
	handle cgo.Handle
	tls    *libc.TLS
	vfs    uintptr // ours
	real   uintptr // the system's
	io     uintptr // the methods of our files
	cname  uintptr

	mu      sync.Mutex
	rng     *rand.Rand
	images  map[string]*image
	counts  [ops]int
	changes int
	off     bool
	cutAt   int              // the change at which the power goes; 0 for never
	failAt  [ops]int         // the operation of a kind that fails; 0 for none
	keep    bool             // later operations of that kind fail too
	watch   func(change int) // is told of each change before it happens
	limited bool
	free    int64 // bytes by which files may still grow
}

// New registers a disk. All that it decides at random follows from the seed.
func New(seed uint64) (*Disk, error) {
	d := &Disk{
		seed: seed, tls: libc.NewTLS(), images: map[string]*image{},
		rng: rand.New(rand.NewPCG(seed, 0x52595A59)),
	}
	d.handle = cgo.NewHandle(d)
	d.name = fmt.Sprintf("fault-%d-%d", seed, d.handle)
	if err := d.register(); err != nil {
		d.handle.Delete()
		d.tls.Close()
		return nil, err
	}
	return d, nil
}

// Name is what a DSN calls the disk: ?vfs=name.
func (d *Disk) Name() string { return d.name }

// Seed is what repeats a run.
func (d *Disk) Seed() uint64 { return d.seed }

// Close takes the disk out of SQLite. No database may be open on it.
func (d *Disk) Close() error {
	rc := lib.Xsqlite3_vfs_unregister(d.tls, d.vfs)
	for _, p := range []uintptr{d.vfs, d.io, d.cname} {
		libc.Xfree(d.tls, p)
	}
	d.tls.Close()
	d.handle.Delete()
	if rc != lib.SQLITE_OK {
		return fmt.Errorf("unregister disk: code %d", rc)
	}
	return nil
}

// CutAt lets the power go at the n-th change of the disk from now, which does
// not happen any more; from then on every operation fails.
func (d *Disk) CutAt(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cutAt = d.changes + n
}

// Cut lets the power go now.
func (d *Disk) Cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.off = true
}

// Off reports that the power is gone.
func (d *Disk) Off() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.off
}

// FailAt lets the n-th operation of a kind from now fail, and with keep all
// later ones.
func (d *Disk) FailAt(kind Op, n int, keep bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failAt, d.keep = [ops]int{}, keep
	d.failAt[kind] = d.counts[kind] + n
}

// Limit lets the files grow by so many bytes more; then the disk is full.
func (d *Disk) Limit(bytes int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.limited, d.free = true, bytes
}

// Heal ends all faults that were planned.
func (d *Disk) Heal() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cutAt, d.failAt, d.limited, d.watch = 0, [ops]int{}, false, nil
}

// Watch tells f of every change before it happens, counted from 1; f may end
// the process.
func (d *Disk) Watch(f func(change int)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	from := d.changes
	d.watch = func(change int) { f(change - from) }
}

// Count is how many operations of a kind there were.
func (d *Disk) Count(kind Op) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.counts[kind]
}

// Changes is how many operations there were that change the disk.
func (d *Disk) Changes() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.changes
}

// begin counts an operation and gives the code with which it fails, 0 for go
// on. The caller holds the lock.
func (d *Disk) begin(kind Op) int32 {
	if d.off {
		return kind.failure()
	}
	d.counts[kind]++
	if kind.changes() {
		d.changes++
		if d.watch != nil {
			d.watch(d.changes)
		}
		if d.cutAt > 0 && d.changes >= d.cutAt {
			d.off = true
			return kind.failure()
		}
	}
	if at := d.failAt[kind]; at > 0 && (d.counts[kind] == at || d.keep && d.counts[kind] > at) {
		return kind.failure()
	}
	return lib.SQLITE_OK
}

// room is how much of a write that grows a file by so many bytes fits. The
// caller holds the lock.
func (d *Disk) room(grow int64) int64 {
	if !d.limited || grow <= d.free {
		d.free -= max(0, grow)
		return grow
	}
	fits := max(0, d.free)
	d.free = 0
	return fits
}
