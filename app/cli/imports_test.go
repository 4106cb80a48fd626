package cli_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImports holds the house rule: the commands run on a PC that cannot open the window.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(path, "fyne.io/") || path == "rongyuan/app" || strings.HasPrefix(path, "rongyuan/app/widgets") {
			t.Errorf("reaches %s", path)
		}
	}
}
