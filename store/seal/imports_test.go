package seal_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the house rule: sealed values serve station and district alike: no window, no database, no network.
func TestImports(t *testing.T) {
	ours := []string{"rongyuan/store/seal", "rongyuan/store/record"}
	banned := []string{"fyne.io/", "modernc.org/", "net", "database/"}
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
