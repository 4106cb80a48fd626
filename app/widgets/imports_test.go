package widgets_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the house rule: a widget knows no record and no store.
func TestImports(t *testing.T) {
	ours := []string{"rongyuan/app/widgets", "rongyuan/app/look", "rongyuan/assets"}
	banned := []string{"modernc.org/", "database/", "github.com/xuri/", "github.com/jung-kurt/"}
	out, err := exec.Command("go", "list", "-deps", "-tags", "migrated_fynedo,ci", ".").Output()
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
