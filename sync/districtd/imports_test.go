package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the house rule: districtd is a main around sync/district without a window and without cgo.
func TestImports(t *testing.T) {
	ours := []string{"rongyuan/sync/districtd", "rongyuan/sync/district", "rongyuan/sync/wire", "rongyuan/store/record", "rongyuan/store/seal", "rongyuan/assets", "rongyuan/assets/say"}
	banned := []string{"fyne.io/", "github.com/xuri", "github.com/jung-kurt", "runtime/cgo"}
	list := exec.Command("go", "list", "-deps", ".")
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		foreign := strings.HasPrefix(path, "rongyuan/") && !slices.Contains(ours, path)
		if foreign || slices.ContainsFunc(banned, func(b string) bool { return strings.HasPrefix(path, b) }) {
			t.Errorf("reaches %s", path)
		}
	}
}
