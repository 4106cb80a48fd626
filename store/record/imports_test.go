package record_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the house rule: the leaf stands on the standard library only, and on none of its network or database.
func TestImports(t *testing.T) {
	ours := []string{"rongyuan/store/record"}
	banned := []string{"fyne.io/", "github.com/", "golang.org/", "modernc.org/", "net", "database/"}
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
