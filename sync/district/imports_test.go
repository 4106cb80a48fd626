package district_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the house rule: the district stands on sync/wire, store/record and store/seal.
func TestImports(t *testing.T) {
	ours := []string{"rongyuan/sync/district", "rongyuan/sync/wire", "rongyuan/store/record", "rongyuan/store/seal"}
	banned := []string{"fyne.io/", "github.com/xuri", "github.com/jung-kurt"}
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
