package faultvfs

import (
	"runtime/cgo"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// What SQLite keeps of an open file of ours: its methods, our handle, and
// behind them the system's own file.
type shell struct {
	methods uintptr
	handle  cgo.Handle
}

const shellSize = unsafe.Sizeof(shell{})

// inner is the system's file within ours.
func inner(file uintptr) uintptr { return file + shellSize }

// at looks at memory that SQLite owns.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// word is a function as a C structure holds it. Only functions of the package
// may be given, which the collector never moves.
func word[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// function is the reverse of word.
func function[F any](w uintptr) F { return *(*F)(unsafe.Pointer(&w)) }

// octets looks at a buffer of SQLite.
func octets(p uintptr, n int32) []byte { return unsafe.Slice(at[byte](p), n) }

// The signatures of the methods, named by their parameters: file, pointer,
// 32-bit and 64-bit number.
type (
	fnF    = func(*libc.TLS, uintptr) int32
	fnFN   = func(*libc.TLS, uintptr, int32) int32
	fnFP   = func(*libc.TLS, uintptr, uintptr) int32
	fnFL   = func(*libc.TLS, uintptr, int64) int32
	fnFNP  = func(*libc.TLS, uintptr, int32, uintptr) int32
	fnFPN  = func(*libc.TLS, uintptr, uintptr, int32) int32
	fnFNNN = func(*libc.TLS, uintptr, int32, int32, int32) int32
	fnFPNP = func(*libc.TLS, uintptr, uintptr, int32, uintptr) int32
	fnFPNL = func(*libc.TLS, uintptr, uintptr, int32, int64) int32
	fnMap  = func(*libc.TLS, uintptr, int32, int32, int32, uintptr) int32
	fnOpen = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	fnVoid = func(*libc.TLS, uintptr)
)

// diskOf is the disk that a VFS structure belongs to.
func diskOf(vfs uintptr) *Disk {
	return cgo.Handle(at[lib.Tsqlite3_vfs](vfs).FpAppData).Value().(*Disk)
}

// fileOf is the open file behind SQLite's.
func fileOf(p uintptr) *file { return at[shell](p).handle.Value().(*file) }

// methods are the system's for an open file of ours.
func methods(p uintptr) *lib.Tsqlite3_io_methods {
	return at[lib.Tsqlite3_io_methods](at[lib.Tsqlite3_file](inner(p)).FpMethods)
}
