package store

import (
	"errors"

	"golang.org/x/sys/windows"
)

func diskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

// syncUnsupported is true on Windows: folders cannot be flushed there, and
// NTFS journals renames itself.
func syncUnsupported(error) bool { return true }
