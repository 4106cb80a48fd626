package say_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// source is the package record as its files say it, tests left out.
func source(t *testing.T) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob("../../store/record/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, file)
	}
	if len(out) < 10 {
		t.Fatalf("only %d files of package record found", len(out))
	}
	return out
}

// inspect walks all nodes of one type.
func inspect[N ast.Node](files []*ast.File, see func(N)) {
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if one, ok := n.(N); ok {
				see(one)
			}
			return true
		})
	}
}

// literal is the value of a string literal, "" for anything else.
func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	value, err := strconv.Unquote(lit.Value)
	if err != nil {
		return ""
	}
	return value
}

// declaredCodes are the constants of type Code: name in Go → value.
func declaredCodes(files []*ast.File) map[string]string {
	out := map[string]string{}
	inspect(files, func(v *ast.ValueSpec) {
		if of, ok := v.Type.(*ast.Ident); ok && of.Name == "Code" && len(v.Values) == 1 {
			out[v.Names[0].Name] = literal(v.Values[0])
		}
	})
	return out
}

// declaredFields are the names in JSON tags and those that findings name.
func declaredFields(files []*ast.File) map[string]bool {
	out := map[string]bool{}
	inspect(files, func(f *ast.Field) {
		if f.Tag == nil {
			return
		}
		name, _, _ := strings.Cut(reflect.StructTag(literal(f.Tag)).Get("json"), ",")
		out[name] = true
	})
	inspect(files, func(c *ast.CallExpr) {
		position := map[string]int{"Add": 1, "FailField": 0, "check": 1, "checkText": 0}
		at, known := position[called(c)]
		if known && len(c.Args) > at {
			out[literal(c.Args[at])] = true
		}
	})
	delete(out, "")
	delete(out, "-")
	return out
}

// called is the name of the function or method of a call.
func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// declaredTables are the names of code tables.
func declaredTables(files []*ast.File) map[string]bool {
	out := map[string]bool{}
	inspect(files, func(c *ast.CompositeLit) {
		if of, ok := c.Type.(*ast.Ident); !ok || of.Name != "Table" || len(c.Elts) == 0 {
			return
		}
		first := c.Elts[0]
		if pair, ok := first.(*ast.KeyValueExpr); ok {
			first = pair.Value
		}
		out[literal(first)] = true
	})
	delete(out, "")
	return out
}
