package roster_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the house rule: a workbook becomes drafts without a database, a window or paper in reach.
func TestImports(t *testing.T) {
	ours := []string{"rongyuan/store/roster", "rongyuan/store/record"}
	banned := []string{"fyne.io/", "modernc.org/", "database/sql", "github.com/jung-kurt/"}
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
