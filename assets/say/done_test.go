package say_test

import (
	"strings"
	"testing"

	"rongyuan/assets/say"
	"rongyuan/store/record"
)

func TestEveryOperationHasItsName(t *testing.T) {
	seen := map[string]record.OperationType{}
	for one := range record.OperationTypes() {
		text := say.Operation(one)
		if other, twice := seen[text]; twice || text == say.Operation("unheard.of") {
			t.Errorf("%s reads %s, as %s does", one, text, other)
		}
		seen[text] = one
	}
}

func TestActions(t *testing.T) {
	for word, want := range map[string]string{"print": "print", "打印": "print", "seal": "seal", "封存": "seal"} {
		if got, known := say.ActionOf(word); !known || got != want {
			t.Errorf("%s is %s", word, got)
		}
	}
	if _, known := say.ActionOf("fliegen"); known || say.Action("fliegen") != "其他" {
		t.Error("an unknown action")
	}
	for _, word := range strings.Split(say.ActionWords(), "、") {
		if _, known := say.ActionOf(word); !known {
			t.Errorf("%s is offered and not known", word)
		}
	}
}
