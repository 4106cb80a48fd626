package sync_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the house rule: the station's side stands on sync/wire and store/record, and knows no database and no window.
func TestImports(t *testing.T) {
	ours := []string{"rongyuan/sync", "rongyuan/sync/wire", "rongyuan/store/record"}
	banned := []string{"fyne.io/", "modernc.org/", "database/", "github.com/xuri", "github.com/jung-kurt"}
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
