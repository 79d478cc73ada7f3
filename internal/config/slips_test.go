package config_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSlips: what is rarely meant is said, each once and with its place; what
// is usual is not.
func TestSlips(t *testing.T) {
	for name, c := range map[string]struct {
		roles, rest string
		want        []string
	}{
		"usual": {"{ka: [{name: A, email: a@batan.go.id}, {name: B, email: b@batan.go.id}], admin: " +
			"[{name: C, email: C@BATAN.go.id}]}", "", nil},
		"outside": {"{ka: [{name: A, email: a@gmail.example}], admin: [{name: B, email: b@batan.go.id}, " +
			"{name: C, email: c@sub.batan.go.id}]}", "",
			[]string{"roles.ka[0].email: a@gmail.example acts for an office and is outside trust.domains (batan.go.id)",
				"roles.admin[1].email: c@sub.batan.go.id acts for"}},
		"inside another": {"{ka: [{name: A, email: a@gmail.example}]}",
			"trust: {domains: [batan.go.id, Gmail.Example]}", nil},
		"looks alike": {"{ka: [{name: A, email: a@batan.go.id.example}, {name: B, email: b@xbatan.go.id}]}", "",
			[]string{"roles.ka[0].email: a@batan.go.id.example acts", "roles.ka[1].email: b@xbatan.go.id acts"}},
		"in two offices": {"{ka: [{name: A, email: a@batan.go.id}], admin: [{name: C, email: c@batan.go.id}, " +
			"{name: A, email: A@Batan.go.id}]}", "",
			[]string{"roles.admin[1].email: A@Batan.go.id is in two offices, ka and admin"}},
		"in three": {"{ka: [{name: A, email: a@batan.go.id}], kabid: [{name: A, email: a@batan.go.id}], " +
			"admin: [{name: A, email: a@batan.go.id}]}", "", []string{"roles.kabid[0].email: ", "roles.admin[0].email: "}},
		"one name, two addresses": {"{ka: [{name: Yusi  Eko, email: a@batan.go.id}], admin: [{name: yusi eko, email: " +
			"b@batan.go.id}]}", "",
			[]string{"roles.admin[0].email: yusi eko has this address and, in ka, a@batan.go.id: these are two people"}},
		"an operator from outside": {"{ka: [{name: A, email: a@batan.go.id}]}", "#operators",
			[]string{"service.operators[1]: op@gmail.example gets dead letters"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := regexp.MustCompile(`(?m)^roles: .*$`).ReplaceAllString(shortest, "roles: "+c.roles) + c.rest + "\n"
			operators := "operators: [op@batan.go.id]"
			if c.rest == "#operators" {
				operators = "operators: [op@batan.go.id, op@gmail.example]"
			}
			text = strings.Replace(text, "service: {", "service: {"+operators+", ", 1)
			got := slices.DeleteFunc(load(t, office(t, text)).Warnings,
				func(w string) bool { return strings.Contains(w, "holds a password") })
			if len(got) != len(c.want) {
				t.Fatalf("warnings %q, want %d", got, len(c.want))
			}
			for _, want := range c.want {
				if !slices.ContainsFunc(got, func(w string) bool {
					return strings.Contains(w, want) &&
						strings.Contains(w, "layanan.yaml:")
				}) {
					t.Errorf("warnings %q lack %q", got, want)
				}
			}
		})
	}
}
