package store

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func driveKind(path string) string {
	root := filepath.VolumeName(path)
	if strings.HasPrefix(root, `\\`) && !strings.HasPrefix(root, `\\?\`) {
		return "network"
	}
	name, err := windows.UTF16PtrFromString(root + `\`)
	if err != nil {
		return ""
	}
	switch windows.GetDriveType(name) {
	case windows.DRIVE_REMOTE:
		return "network"
	case windows.DRIVE_REMOVABLE:
		return "removable"
	}
	return ""
}
