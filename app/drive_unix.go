//go:build !windows

package app

import (
	"os"
	"strings"
)

// PCDrives are the removable drives of this PC.
type PCDrives struct{}

// Removable reads the mounts under the folders that desktops use for them.
func (PCDrives) Removable() []string {
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return nil // a system that does not say has none that we know of
	}
	return removableMounts(string(mounts))
}

// removableMounts finds the mounts under /media and /run/media.
func removableMounts(mounts string) []string {
	// the kernel writes a blank in a name as \040
	plain := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\134`, `\`)
	var out []string
	for _, line := range strings.Split(mounts, "\n") {
		parts := strings.Fields(line)
		if len(parts) < 2 {
			continue
		}
		if at := plain.Replace(parts[1]); strings.HasPrefix(at, "/media/") || strings.HasPrefix(at, "/run/media/") {
			out = append(out, at)
		}
	}
	return out
}
