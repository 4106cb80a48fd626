// Package faultvfs is a disk that fails, for tests only: a file system of
// SQLite under which the power goes, writes fail and space ends at a moment
// that the test chooses.
//
// It exists so that what the store promises of a power cut is shown and not
// believed. Writes go through to the real files, so that code beside SQLite
// sees them; what was not yet synced is remembered, and a power cut puts the
// files back to the synced state plus a random part of the rest: dropped,
// reordered, torn at sectors of 512 bytes.
//
// No program may import it. It must never report a write as lost that was
// synced, and never decide by anything but its seed.
package faultvfs
