//go:build !windows

package store

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// driveKind tells network file systems by their magic number (linux/magic.h),
// and removable drives by where desktops mount them.
func driveKind(path string) string {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return ""
	}
	switch uint32(st.Type) {
	case 0x6969, 0xFF534D42, 0xFE534D42, 0x517B, 0x564C: // nfs, cifs, smb2, smb, ncp; fuse is also what containers and encrypted homes are
		return "network"
	}
	if strings.HasPrefix(path, "/media/") || strings.HasPrefix(path, "/run/media/") {
		return "removable"
	}
	return ""
}
