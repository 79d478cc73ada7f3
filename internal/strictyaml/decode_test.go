package strictyaml_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"batan.go.id/layanan/internal/cputime"
	"batan.go.id/layanan/internal/strictyaml"
)

func TestValues(t *testing.T) {
	got, err := decode(strings.Join([]string{
		"id: 0012",
		"lead: \"1h30m\"",
		"limit: ${NUM}",
		"count: 3",
		"ratio: 0.25",
		"strict: ${YES}",
		"host: 127.0.0.1",
		"maybe: 4",
		"words: [a$b, '$$5', \"${WHO}-${EMPTY}$$\", no, 2026-01-01]",
		"any: ${TRAP}",
		"steps: [{id: a, actor: b, sla: 5m}]",
		"hours: {mon-thu: \"07:30-16:00\", 5: }",
		"roles: {z: [x], a: [], m: }",
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	four := 4
	want := sop{
		ID: "0012", Lead: 90 * time.Minute, Limit: 7, Count: 3, Ratio: 0.25, Strict: true,
		Host: netip.MustParseAddr("127.0.0.1"), Maybe: &four,
		Words: []string{"a$b", "$5", "ka_ppiksn-$", "no", "2026-01-01"},
		Any:   wordOrList{[]string{"}\nid: [x"}},
		Steps: []step{{ID: "a", Actor: "b", SLA: 5 * time.Minute}},
		Hours: map[string]string{"mon-thu": "07:30-16:00", "5": ""},
		Roles: strictyaml.Ordered[[]string]{{Key: "z", Value: []string{"x"}}, {Key: "a", Value: []string{}}, {Key: "m"}},
	}
	opts := []cmp.Option{
		cmp.Comparer(func(a, b netip.Addr) bool { return a == b }),
		cmp.AllowUnexported(wordOrList{}),
		cmp.Comparer(func(a, b strictyaml.Pos) bool { return true }),
	}
	if d := cmp.Diff(want, got, opts...); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestAbsentKeepsDefaults(t *testing.T) {
	s := sop{Lead: time.Hour, Words: []string{"a", "b"}, Limit: 3}
	if err := strictyaml.Decode("f.yaml", []byte("id: x\nwords: [c]"), &s); err != nil {
		t.Fatal(err)
	}
	if s.Lead != time.Hour || s.Limit != 3 || cmp.Diff([]string{"c"}, s.Words) != "" {
		t.Errorf("got %v %v %v", s.Lead, s.Limit, s.Words)
	}
}

func TestWithoutEnvDollarsStay(t *testing.T) {
	var s sop
	if err := strictyaml.Decode("f.yaml", []byte("id: ${WHO}$$"), &s); err != nil || s.ID != "${WHO}$$" {
		t.Errorf("got %q, %v", s.ID, err)
	}
}

func TestPos(t *testing.T) {
	s, err := decode("id: x\nsteps:\n  - id: a\n    actor: b\nhours:\n  a.b: c\n  a: d\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		pos       strictyaml.Pos
		key, want string
	}{
		{s.Pos, "id", "f.yaml:1:5: id: odd"},
		{s.Pos, "", "f.yaml:1:1: odd"},
		{s.Pos, "absent", "f.yaml:1:1: absent: odd"},
		{s.Pos, "steps[0].actor", "f.yaml:4:12: steps[0].actor: odd"},
		{s.Pos, "steps[7]", "f.yaml:3:3: steps[7]: odd"},
		{s.Pos, "steps[x", "f.yaml:3:3: steps[x: odd"},
		{s.Pos, "hours.a.b", "f.yaml:6:8: hours.a.b: odd"},
		{s.Pos, "hours.a", "f.yaml:7:6: hours.a: odd"},
		{s.Steps[0].Pos, "actor", "f.yaml:4:12: steps[0].actor: odd"},
		{s.Steps[0].Pos, "sla", "f.yaml:3:5: steps[0].sla: odd"},
		{strictyaml.Pos{}, "x", "x: odd"},
	} {
		if got := tc.pos.Errorf(tc.key, "%s", "odd").Error(); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.key, got, tc.want)
		}
	}
}

// TestRoundTrip writes random mappings with the YAML package and reads them
// back; the position of each value must be where its text begins.
func TestRoundTrip(t *testing.T) {
	text := rapid.StringMatching(`[ -~é一]{0,12}`)
	key := rapid.StringMatching(`[a-z][a-z_.é]{0,8}`)
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.MapOf(key, rapid.SliceOf(text)).Draw(t, "in")
		data, err := yaml.Marshal(map[string]any{"in": in})
		if err != nil {
			t.Fatal(err)
		}
		var out struct {
			Pos strictyaml.Pos
			In  map[string][]string
		}
		if err := strictyaml.Decode("f.yaml", data, &out); err != nil {
			t.Fatalf("%s\n%v", data, err)
		}
		lines := strings.Split(string(data), "\n")
		for k, want := range in {
			if got := out.In[k]; strings.Join(want, "\x00") != strings.Join(got, "\x00") || len(want) != len(got) {
				t.Fatalf("%q: %q, want %q from\n%s", k, got, want, data)
			}
			for i := range want {
				e := out.Pos.Errorf(fmt.Sprintf("in.%s[%d]", k, i), "x")
				before := string([]rune(lines[e.Line-1])[:e.Column-1])
				if strings.TrimLeft(before, " ") != "- " {
					t.Fatalf("%s: %q is before it in\n%s", e, before, data)
				}
			}
		}
		if len(in) != len(out.In) {
			t.Fatalf("%d keys, want %d", len(out.In), len(in))
		}
	})
}

// FuzzDecode looks for input that panics, or whose faults have no sane place.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"id: x\nlead: 1m\nlimit: ${NUM}\nsteps:\n- {id: a, actor: b}\nhours: {fri: a}\nroles: {a: [b]}\n",
		"id: &a x\nany: *a\n<<: {b: c}\n", "? [a]\n: !!str b\n", "a: 'x\n", "---\n...\n---\n", "\ufeffid: \"\\u00e9\"",
		"id: |\n  a\n  b\n", "%YAML 1.2\n---\nid: >-\n x",
		"id: x\r\nany: [a,\r\n b]\r\n", "words:\n\t- a", "steps[0].x: 1\nid: $${", "id: !<tag:x> {a: b}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s sop
		start := cputime.Used()
		err := strictyaml.Decode("f.yaml", data, &s, strictyaml.Env(env))
		if took := cputime.Used() - start; took > 5*time.Second {
			t.Fatalf("%d bytes took %s", len(data), took)
		}
		if err == nil {
			if s.ID == "" || s.Pos.Line < 1 || s.Pos.Column < 1 {
				t.Fatalf("accepted without the required key or a place: %+v", s)
			}
			for i := range s.Steps {
				s.Steps[i].Pos.Errorf("sla", "x")
			}
			return
		}
		lines := strings.Count(strings.NewReplacer("\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029",
			"\n").Replace(string(data)), "\n") + 2
		last := 0
		for _, e := range err.(strictyaml.Errors) {
			if e.Line < 0 || e.Line > lines || (e.Line > 0) != (e.Column > 0) {
				t.Fatalf("the place is not in the file: %v", e)
			}
			if e.Line > 0 && e.Line < last {
				t.Fatalf("not in the order of lines: %v", err)
			}
			last = max(last, e.Line)
			if strings.ContainsAny(e.Error(), "\n\r") || e.Msg == "" {
				t.Fatalf("not one line: %q", e.Error())
			}
		}
	})
}
