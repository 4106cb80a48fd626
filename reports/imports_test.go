package reports

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImportsPointDown holds the house rule where the test cache cannot hide a
// violation: in the guarded package itself.
func TestImportsPointDown(t *testing.T) {
	list, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string]bool{"rongyuan/reports": true, "rongyuan/assets": true, "rongyuan/store/record": true}
	for _, path := range strings.Fields(string(list)) {
		if strings.HasPrefix(path, "rongyuan") && !allowed[path] {
			t.Errorf("reports stands on %s", path)
		}
		if path == "database/sql" || strings.HasPrefix(path, "fyne.io/") {
			t.Errorf("reports stands on %s", path)
		}
	}
}
