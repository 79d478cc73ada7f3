package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"batan.go.id/layanan/workflow"
)

// TestNoPolicyInSQL: which notices there are and which states a request has is the procedure's. No SQL names one.
func TestNoPolicyInSQL(t *testing.T) {
	var names []string
	for _, s := range append(workflow.OpenStates, workflow.StateFinished, workflow.StateRejected,
		workflow.StateCancelled) {
		names = append(names, string(s))
	}
	for _, k := range append(workflow.Reminding, workflow.NoticeTask, workflow.NoticeProgress, workflow.NoticeConfirm,
		workflow.NoticeReceipt, workflow.NoticeStatus, workflow.NoticeHelp) {
		names = append(names, string(k))
	}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	fset := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				for _, name := range names {
					if strings.Contains(lit.Value, "'"+name+"'") {
						t.Errorf("%s: %q stands in SQL", fset.Position(lit.Pos()), name)
					}
				}
			}
			return true
		})
	}
}
