package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rongyuan/store/record"
)

// plainFailures are the codes of the file and of the exchange that end with
// exit code 1; a new code of these two families must be placed somewhere.
var plainFailures = strings.Fields(`
	password_weak password_name account_taken no_station station_exists station_code folder_refused disk_full read_only last_admin
	no_escrow escrow_paper escrow_request escrow_answer escrow_used
	not_enrolled already_enrolled forked gap malformed too_large version_too_old version_too_new unknown_operation foreign_record
	parent_missing quarantined conflict held`)

func TestEveryCodeHasItsExit(t *testing.T) {
	groups := declaredCodes(t)
	all := map[record.Code]bool{}
	for group, codes := range groups {
		for _, code := range codes {
			all[code] = true
			exit := exitOf(code)
			careful := strings.Contains(group, "keys and its accounts") || strings.Contains(group, "exchange")
			switch plain := slices.Contains(plainFailures, string(code)); {
			case careful && plain != (exit == exitFailed):
				t.Errorf("%s (%s) ends with %d", code, group, exit)
			case !careful && exit != exitFailed && code != record.CodeUsage:
				t.Errorf("%s (%s) ends with %d", code, group, exit)
			}
		}
	}
	if len(all) < 141 {
		t.Fatalf("only %d codes found in the source", len(all))
	}
	seen := map[record.Code]int{}
	for exit, codes := range exits() {
		for _, code := range codes {
			if !all[code] {
				t.Errorf("%s is no code", code)
			}
			if other, twice := seen[code]; twice {
				t.Errorf("%s ends with %d and %d", code, other, exit)
			}
			seen[code] = exit
		}
	}
	if exitOf("") != exitDone || exitOf("code_of_next_year") != exitFailed {
		t.Error("no code, or an unknown one")
	}
}

// declaredCodes are the codes in the source of package record by the comment of
// their group.
func declaredCodes(t *testing.T) map[string][]record.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../store/record/code.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]record.Code{}
	for _, decl := range file.Decls {
		group, is := decl.(*ast.GenDecl)
		if !is || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			text, err := strconv.Unquote(spec.(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out[group.Doc.Text()] = append(out[group.Doc.Text()], record.Code(text))
		}
	}
	return out
}
