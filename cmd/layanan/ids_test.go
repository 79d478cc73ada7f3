package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"batan.go.id/layanan/workflow"
)

// elsewhere are literals that look like ids and are not, by file: the demo's configuration, which names the offices
// of the procedure that it plays; a property of calendars (RFC 5545); a meaning; the requester, whose role's id is
// fixed.
var elsewhere = map[string]bool{
	"demo.go ka_ppiksn": true, "demo.go kabid_pjkkd": true, "demo.go kasubbid_pj": true, "demo.go administrator": true,
	"ics.go STATUS": true, "invitation.go STATUS": true, "sop.go media": true, "sop.go pengguna": true,
}

// TestNoIDsOfTheSOP: fields, offices, steps and words are the SOP's; what code must know of a field, the SOP says
// (means). The rooms of mailparse know words of the language, some of which are ids, too; what is no word there is
// looked for.
func TestNoIDsOfTheSOP(t *testing.T) {
	sop := workflow.BuiltInSOP()
	ids := map[string]string{}
	add := func(kind string, fields []workflow.Field) {
		for _, f := range fields {
			ids[f.ID] = kind
		}
	}
	add("field", sop.Fields)
	for _, s := range sop.Steps {
		add("field", s.Fields)
		ids[s.ID] = "step"
	}
	for _, r := range sop.Roles {
		ids[r.ID] = "role"
	}
	for _, w := range sop.Words {
		ids[w.ID] = "word"
	}
	for _, known := range []string{"email", "nip"} { // types of fields
		delete(ids, known)
	}
	err := filepath.WalkDir("../..", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			return err
		}
		language := strings.Contains(filepath.ToSlash(name), "/mailparse/")
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			isWord := language && s == strings.ToLower(s) && !strings.Contains(s, "_")
			if err == nil && ids[s] != "" && !isWord && !elsewhere[filepath.Base(name)+" "+s] {
				t.Errorf("%s: the %s %q of the built-in SOP", fset.Position(lit.Pos()), ids[s], s)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
