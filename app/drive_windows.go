package app

import "golang.org/x/sys/windows"

// PCDrives are the removable drives of this PC.
type PCDrives struct{}

// Removable asks Windows for the letters of removable drives.
func (PCDrives) Removable() []string {
	letters, err := windows.GetLogicalDrives()
	if err != nil {
		return nil // a system that does not say has none that we know of
	}
	var out []string
	for i := range 26 {
		if letters&(1<<i) == 0 {
			continue
		}
		root := string(rune('A'+i)) + `:\`
		name, err := windows.UTF16PtrFromString(root)
		if err == nil && windows.GetDriveType(name) == windows.DRIVE_REMOVABLE {
			out = append(out, root)
		}
	}
	return out
}
