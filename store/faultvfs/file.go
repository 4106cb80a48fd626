package faultvfs

import (
	"errors"
	"fmt"
	"os"
	"runtime/cgo"
	"slices"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// file is an open file.
type file struct {
	disk *Disk
	path string
	im   *image
}

// register builds SQLite's structures. What needs no fault is the system's.
func (d *Disk) register() error {
	lib.Xsqlite3_initialize(d.tls)
	d.real = lib.Xsqlite3_vfs_find(d.tls, 0)
	if d.real == 0 {
		return errors.New("no file system to stand on")
	}
	d.vfs = libc.Xcalloc(d.tls, 1, libc.Tsize_t(unsafe.Sizeof(lib.Tsqlite3_vfs{})))
	d.io = libc.Xcalloc(d.tls, 1, libc.Tsize_t(unsafe.Sizeof(lib.Tsqlite3_io_methods{})))
	name, err := libc.CString(d.name)
	if err != nil || d.vfs == 0 || d.io == 0 {
		return fmt.Errorf("register disk: %w", err)
	}
	d.cname = name
	v := at[lib.Tsqlite3_vfs](d.vfs)
	*v = *at[lib.Tsqlite3_vfs](d.real)
	v.FszOsFile += int32(shellSize)
	v.FpNext, v.FzName, v.FpAppData = 0, name, uintptr(d.handle)
	v.FxOpen, v.FxDelete, v.FxAccess = word[fnOpen](xOpen), word[fnFPN](xDelete), word[fnFPNP](xAccess)
	v.FxFullPathname = word[fnFPNP](xFullPathname)
	// Version 2: with shared memory for the write-ahead log, without reading
	// the file through memory, past the faults.
	*at[lib.Tsqlite3_io_methods](d.io) = lib.Tsqlite3_io_methods{
		FiVersion: 2,
		FxClose:   word[fnF](xClose), FxRead: word[fnFPNL](xRead), FxWrite: word[fnFPNL](xWrite),
		FxTruncate: word[fnFL](xTruncate), FxSync: word[fnFN](xSync), FxFileSize: word[fnFP](xFileSize),
		FxLock: word[fnFN](xLock), FxUnlock: word[fnFN](xUnlock), FxCheckReservedLock: word[fnFP](xCheckReservedLock),
		FxFileControl: word[fnFNP](xFileControl), FxSectorSize: word[fnF](xSectorSize),
		FxDeviceCharacteristics: word[fnF](xDeviceCharacteristics),
		FxShmMap:                word[fnMap](xShmMap), FxShmLock: word[fnFNNN](xShmLock),
		FxShmBarrier: word[fnVoid](xShmBarrier), FxShmUnmap: word[fnFN](xShmUnmap),
	}
	if rc := lib.Xsqlite3_vfs_register(d.tls, d.vfs, 0); rc != lib.SQLITE_OK {
		return fmt.Errorf("register disk: code %d", rc)
	}
	return nil
}

//nolint:revive // the signature is SQLite's
func xOpen(tls *libc.TLS, vfs, name, p uintptr, flags int32, out uintptr) int32 {
	d := diskOf(vfs)
	d.mu.Lock()
	defer d.mu.Unlock()
	*at[shell](p) = shell{}
	if rc := d.begin(Open); rc != 0 {
		return rc
	}
	path := ""
	if name != 0 {
		path = libc.GoString(name)
	}
	_, err := os.Stat(path)
	had := err == nil
	rc := function[fnOpen](at[lib.Tsqlite3_vfs](d.real).FxOpen)(tls, d.real, name, inner(p), flags, out)
	if rc != lib.SQLITE_OK {
		return rc
	}
	f := &file{disk: d, path: path, im: &image{}}
	if path != "" && flags&lib.SQLITE_OPEN_DELETEONCLOSE == 0 {
		if f.im, err = d.imageOf(path, had); err != nil {
			function[fnF](methods(p).FxClose)(tls, inner(p))
			return lib.SQLITE_CANTOPEN
		}
	}
	*at[shell](p) = shell{methods: d.io, handle: cgo.NewHandle(f)}
	return lib.SQLITE_OK
}

func xDelete(tls *libc.TLS, vfs, name uintptr, syncDir int32) int32 {
	d := diskOf(vfs)
	d.mu.Lock()
	defer d.mu.Unlock()
	if rc := d.begin(Delete); rc != 0 {
		return rc
	}
	rc := function[fnFPN](at[lib.Tsqlite3_vfs](d.real).FxDelete)(tls, d.real, name, 0)
	im := d.images[libc.GoString(name)]
	if rc != lib.SQLITE_OK || im == nil {
		return rc
	}
	im.add(change{removed: true})
	if syncDir != 0 {
		d.syncNames(libc.GoString(name))
	}
	return rc
}

//nolint:revive // the signature is SQLite's
func xAccess(tls *libc.TLS, vfs, name uintptr, flags int32, out uintptr) int32 {
	d := diskOf(vfs)
	if d.Off() {
		return lib.SQLITE_IOERR_ACCESS
	}
	return function[fnFPNP](at[lib.Tsqlite3_vfs](d.real).FxAccess)(tls, d.real, name, flags, out)
}

//nolint:revive // the signature is SQLite's
func xFullPathname(tls *libc.TLS, vfs, name uintptr, n int32, out uintptr) int32 {
	d := diskOf(vfs)
	return function[fnFPNP](at[lib.Tsqlite3_vfs](d.real).FxFullPathname)(tls, d.real, name, n, out)
}

func xClose(tls *libc.TLS, p uintptr) int32 {
	rc := function[fnF](methods(p).FxClose)(tls, inner(p))
	at[shell](p).handle.Delete()
	return rc
}

//nolint:revive // the signature is SQLite's
func xRead(tls *libc.TLS, p, buffer uintptr, n int32, from int64) int32 {
	d := fileOf(p).disk
	d.mu.Lock()
	defer d.mu.Unlock()
	if rc := d.begin(Read); rc != 0 {
		return rc
	}
	return function[fnFPNL](methods(p).FxRead)(tls, inner(p), buffer, n, from)
}

//nolint:revive // the signature is SQLite's
func xWrite(tls *libc.TLS, p, buffer uintptr, n int32, from int64) int32 {
	f := fileOf(p)
	d := f.disk
	d.mu.Lock()
	defer d.mu.Unlock()
	if rc := d.begin(Write); rc != 0 {
		return rc
	}
	grow := max(0, from+int64(n)-f.im.size)
	short := grow - d.room(grow)
	if n -= int32(short); n > 0 {
		data := append([]byte(nil), octets(buffer, n)...)
		if rc := function[fnFPNL](methods(p).FxWrite)(tls, inner(p), buffer, n, from); rc != lib.SQLITE_OK {
			return rc
		}
		f.im.add(change{at: from, data: data})
	}
	if short > 0 {
		return lib.SQLITE_FULL
	}
	return lib.SQLITE_OK
}

func xTruncate(tls *libc.TLS, p uintptr, size int64) int32 {
	f := fileOf(p)
	d := f.disk
	d.mu.Lock()
	defer d.mu.Unlock()
	if rc := d.begin(Truncate); rc != 0 {
		return rc
	}
	rc := function[fnFL](methods(p).FxTruncate)(tls, inner(p), size)
	if rc == lib.SQLITE_OK {
		d.free += max(0, f.im.size-size)
		f.im.add(change{at: size})
	}
	return rc
}

// xSync makes nothing durable on the real disk: the cut is played, and the
// tests are quicker for it.
func xSync(_ *libc.TLS, p uintptr, _ int32) int32 {
	f := fileOf(p)
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if rc := f.disk.begin(Sync); rc != 0 {
		return rc
	}
	// The system's file system syncs the folder too, the first time that a
	// new file is synced.
	if slices.ContainsFunc(f.im.pending, change.named) {
		f.disk.syncNames(f.path)
	}
	f.im.sync()
	return lib.SQLITE_OK
}

func xFileSize(tls *libc.TLS, p, out uintptr) int32 {
	if fileOf(p).disk.Off() {
		return lib.SQLITE_IOERR_FSTAT
	}
	return function[fnFP](methods(p).FxFileSize)(tls, inner(p), out)
}

func xLock(tls *libc.TLS, p uintptr, level int32) int32 {
	if fileOf(p).disk.Off() {
		return lib.SQLITE_IOERR_LOCK
	}
	return function[fnFN](methods(p).FxLock)(tls, inner(p), level)
}

func xUnlock(tls *libc.TLS, p uintptr, level int32) int32 {
	return function[fnFN](methods(p).FxUnlock)(tls, inner(p), level)
}

func xCheckReservedLock(tls *libc.TLS, p, out uintptr) int32 {
	return function[fnFP](methods(p).FxCheckReservedLock)(tls, inner(p), out)
}

func xFileControl(tls *libc.TLS, p uintptr, op int32, arg uintptr) int32 {
	return function[fnFNP](methods(p).FxFileControl)(tls, inner(p), op, arg)
}

func xSectorSize(tls *libc.TLS, p uintptr) int32 {
	return function[fnF](methods(p).FxSectorSize)(tls, inner(p))
}

func xDeviceCharacteristics(tls *libc.TLS, p uintptr) int32 {
	return function[fnF](methods(p).FxDeviceCharacteristics)(tls, inner(p))
}

//nolint:revive // the signature is SQLite's
func xShmMap(tls *libc.TLS, p uintptr, region, size, extend int32, out uintptr) int32 {
	if fileOf(p).disk.Off() {
		return lib.SQLITE_IOERR_SHMMAP
	}
	return function[fnMap](methods(p).FxShmMap)(tls, inner(p), region, size, extend, out)
}

//nolint:revive // the signature is SQLite's
func xShmLock(tls *libc.TLS, p uintptr, from, n, flags int32) int32 {
	return function[fnFNNN](methods(p).FxShmLock)(tls, inner(p), from, n, flags)
}

func xShmBarrier(tls *libc.TLS, p uintptr) {
	function[fnVoid](methods(p).FxShmBarrier)(tls, inner(p))
}

func xShmUnmap(tls *libc.TLS, p uintptr, remove int32) int32 {
	return function[fnFN](methods(p).FxShmUnmap)(tls, inner(p), remove)
}
