package cli_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"rongyuan/assets/say"
	"rongyuan/store"
	"rongyuan/store/record"
)

type auditList struct {
	Entries []struct {
		Seq        int64        `json:"seq"`
		Serial     string       `json:"serial"`
		Time       *string      `json:"time"`
		Actor      string       `json:"actor"`
		Action     store.Action `json:"action"`
		ActionName string       `json:"action_name"`
		Subject    string       `json:"subject"`
		Detail     string       `json:"detail"`
	} `json:"entries"`
	More bool `json:"more"`
}

func TestAuditList(t *testing.T) {
	w := newStation(t)
	one := w.add("王建国", idWang)
	w.whole("volunteer", "show", "王建国", "--unmask", "--reason", "核对 "+idWang+" 的电话")
	w.good("print", "roster", "-o", w.file("a.pdf"))
	var list auditList
	w.json(&list, "audit", "list")
	if len(list.Entries) < 5 || list.Entries[0].Action != store.ActionLogin || list.More {
		t.Errorf("%+v", list)
	}
	w.json(&list, "audit", "list", "--action", "看完整信息")
	if len(list.Entries) != 1 || list.Entries[0].Subject != one.ID || !strings.Contains(list.Entries[0].Detail, "的电话") ||
		strings.Contains(list.Entries[0].Detail, idWang) || !strings.HasPrefix(list.Entries[0].Serial, "120103004-") {
		t.Errorf("%+v", list)
	}
	w.json(&list, "audit", "list", "--action", "print")
	if len(list.Entries) != 1 || list.Entries[0].ActionName != "打印" {
		t.Errorf("%+v", list)
	}
	w.json(&list, "audit", "list", "--subject", one.ID, "--by", testAdmin)
	if len(list.Entries) != 1 {
		t.Errorf("%+v", list)
	}
	seen := map[int64]bool{}
	before := []string{}
	for pages := 0; ; pages++ {
		w.json(&list, append([]string{"audit", "list", "--limit", "3", "--to", "2026-10-20"}, before...)...)
		for i, e := range list.Entries {
			if seen[e.Seq] || i > 0 && list.Entries[i-1].Seq != e.Seq+1 {
				t.Fatalf("page %d: %+v", pages, list)
			}
			seen[e.Seq] = true
		}
		if !list.More {
			break
		}
		before = []string{"--before", fmt.Sprint(list.Entries[len(list.Entries)-1].Seq)}
	}
	if !seen[1] {
		t.Errorf("the pages end at %v", seen)
	}
	w.json(&list, "audit", "list", "--from", "2026-10-21")
	if len(list.Entries) != 0 {
		t.Errorf("%+v", list)
	}
	w.bad(1, record.CodeDateOrder, "audit", "list", "--from", "2026-10-21", "--to", "2026-10-20")
	w.bad(1, record.CodeDate, "audit", "list", "--from", "gestern")
	w.good("audit", "list")
	w.vars["RONGYUAN_NEW_PASSWORD"] = testPassword
	for role, may := range map[string]bool{"审计": true, "站长": true, "经办": false, "查看": false} {
		w.good("account", "add", "用"+role, "--role", role, "--user", testAdmin)
		if may {
			w.good("audit", "list", "--user", "用"+role)
		} else {
			w.bad(4, record.CodeNoRight, "audit", "list", "--user", "用"+role)
		}
	}
	w.bad(4, record.CodeNoRight, "volunteer", "list", "--user", "用审计")
}

// TestEveryActionHasItsName reads the actions from the source of package store.
func TestEveryActionHasItsName(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../store/audit.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
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
			n++
			name := say.Action(text)
			if back, known := say.ActionOf(name); name == say.Action("unheard_of") || !known || back != text {
				t.Errorf("%s reads %s", text, name)
			}
		}
	}
	if n < 14 {
		t.Errorf("only %d actions found", n)
	}
}
