package wire_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the house rule: both sides speak wire, so it may know neither.
func TestImports(t *testing.T) {
	ours := []string{"rongyuan/sync/wire", "rongyuan/store/record"}
	banned := []string{"fyne.io/", "modernc.org/", "database/", "github.com/xuri/"}
	out, err := exec.Command("go", "list", "-deps", ".").Output()
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
