package strictyaml_test

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"batan.go.id/layanan/internal/cputime"
	"batan.go.id/layanan/internal/strictyaml"
)

// sop is a file with a bit of everything.
type sop struct {
	Pos     strictyaml.Pos
	ID      string `yaml:"id,required"`
	Lead    time.Duration
	Limit   int8
	Count   uint
	Ratio   float64
	Strict  bool
	Host    netip.Addr
	Maybe   *int
	Words   []string
	Any     wordOrList
	Steps   []step
	Hours   map[string]string
	Roles   strictyaml.Ordered[[]string]
	Hidden  string `yaml:"secret,hidden"`
	Ignored string `yaml:"-"`
}

type step struct {
	Pos   strictyaml.Pos
	ID    string `yaml:"id,required"`
	Actor string `yaml:"actor,required"`
	SLA   time.Duration
}

// wordOrList is written as a word or as a list of words.
type wordOrList struct{ words []string }

var errNoWord = errors.New("there must be a word")

func (w *wordOrList) UnmarshalNode(n *yaml.Node, d *strictyaml.Decoder) error {
	if n.Kind != yaml.ScalarNode {
		return d.Decode(n, &w.words)
	}
	if n.Value == "" {
		return errNoWord
	}
	if n.Value == "all" {
		return d.Key("below").Errorf(n, "all is\nno word")
	}
	w.words = []string{n.Value}
	return nil
}

func env(name string) (string, bool) {
	v, ok := map[string]string{"WHO": "ka_ppiksn", "NUM": "7", "EMPTY": "", "TRAP": "}\nid: [x", "YES": "true"}[name]
	return v, ok
}

func decode(text string) (sop, error) {
	var s sop
	err := strictyaml.Decode("f.yaml", []byte(text), &s, strictyaml.Env(env))
	return s, err
}

func TestFaults(t *testing.T) {
	deep := strings.Repeat("[", 100) + strings.Repeat("]", 100)
	for _, tc := range []struct{ name, text, want string }{
		{"misspelt", "id: x\nsteps:\n- {id: a, acotr: b}", "f.yaml:3:11: steps[0].acotr: unknown key (did you mean actor?)"},
		{"hyphen for underscore", "id: x\nword: []", "f.yaml:2:1: word: unknown key (did you mean words?)"},
		{"case", "ID: x", "f.yaml:1:1: ID: unknown key (did you mean id?)"},
		{"nothing near", "id: x\nsteps: [{id: a, actor: b, zebra: c}]",
			"f.yaml:2:27: steps[0].zebra: unknown key (known are id, actor, sla)"},
		{"hidden keys are not suggested", "id: x\nsecre: y",
			"f.yaml:2:1: secre: unknown key (known are id, lead, limit, count, ratio, strict, host, maybe, words, any, " +
				"steps, hours, roles)"},
		{"left out field", "id: x\nignored: y",
			"f.yaml:2:1: ignored: unknown key (known are id, lead, limit, count, ratio, strict, host, maybe, words, any, " +
				"steps, hours, roles)"},
		{"key with odd letters", "id: x\n\"a.b\\n\": y",
			`f.yaml:2:1: "a.b\n": unknown key (known are id, lead, limit, count, ratio, strict, host, maybe, words, any, steps, hours, roles)`},
		{"duplicate", "id: x\nlead: 1m\nid: y", "f.yaml:3:1: id: duplicate key (first on line 1)"},
		{"duplicate in a map", "id: x\nhours: {fri: a, 'fri': b}",
			"f.yaml:2:17: hours.fri: duplicate key (first on line 2)"},
		{"duplicate in an ordered map", "id: x\nroles: {a: [], a: []}",
			"f.yaml:2:16: roles.a: duplicate key (first on line 2)"},
		{"missing", "lead: 1m", "f.yaml:1:1: id: is required"},
		{"missing below", "id: x\nsteps:\n- id: a\n- actor: b",
			"f.yaml:3:3: steps[0].actor: is required\nf.yaml:4:3: steps[1].id: is required"},
		{"empty", "id:", "f.yaml:1:4: id: must not be empty"},
		{"empty variable", "id: ${EMPTY}", "f.yaml:1:5: id: must not be empty"},
		{"text for a list", "id: x\nwords: a b", `f.yaml:2:8: words: want a list, have text "a b"`},
		{"mapping for a list", "id: x\nwords: {a: b}", "f.yaml:2:8: words: want a list, have a mapping"},
		{"list for text", "id: [x]", "f.yaml:1:5: id: want text, have a list"},
		{"list for a mapping", "id: x\nhours: [a]", "f.yaml:2:8: hours: want a mapping, have a list"},
		{"number for a mapping", "id: x\nroles: 5", "f.yaml:2:8: roles: want a mapping, have the number 5"},
		{"word for a number", "id: x\nlimit: many", `f.yaml:2:8: limit: want a whole number, have text "many"`},
		{"quoted number", "id: x\nlimit: '5'", `f.yaml:2:8: limit: want a whole number, have text "5"`},
		{"fraction", "id: x\nlimit: 1.5", "f.yaml:2:8: limit: want a whole number, have the number 1.5"},
		{"too large", "id: x\nlimit: 128", "f.yaml:2:8: limit: the number 128 is too large or too small"},
		{"negative", "id: x\ncount: -1", "f.yaml:2:8: count: want a whole number that is not negative, have the number -1"},
		{"no number", "id: x\nratio: .nan", "f.yaml:2:8: ratio: want a number, have the number .nan"},
		{"yes", "id: x\nstrict: yes", `f.yaml:2:9: strict: want true or false, have text "yes"`},
		{"null", "id: x\nstrict:\nlead: ~",
			"f.yaml:2:8: strict: want true or false, have nothing\nf.yaml:3:7: lead: want a duration such as 30s, 5m or 1h, " +
				"have nothing"},
		{"duration", "id: x\nlead: 2 days", `f.yaml:2:7: lead: want a duration such as 30s, 5m or 1h, have text "2 days"`},
		{"own text", "id: x\nhost: 1.2.3", `f.yaml:2:7: host: ParseAddr("1.2.3"): IPv4 address too short`},
		{"own text, list", "id: x\nhost: []", "f.yaml:2:7: host: want text, have a list"},
		{"own node, position of the part", "id: x\nany: [a, [b]]", "f.yaml:2:10: any[1]: want text, have a list"},
		{"own node, plain error", "id: x\nany: ''", "f.yaml:2:6: any: there must be a word"},
		{"own node, own place", "id: x\nany: all", "f.yaml:2:6: any.below: all is no word"},
		{"anchor, alias", "id: &x a\nany: *x",
			"f.yaml:1:5: id: anchors (&x) are not read here: remove it\nf.yaml:2:6: any: aliases (*x) are not read here: " +
				"write the value out"},
		{"merge", "id: x\nhours: {<<: {a: b}}", "f.yaml:2:9: hours.<<: merge keys are not read here: write the keys out"},
		{"tag", "id: !!binary aGk=", `f.yaml:1:5: id: tags (!!binary) are not read here: remove it`},
		{"list as key", "id: x\nhours: {[a]: b}", "f.yaml:2:9: hours: a key must be text, this is a list"},
		{"empty key", "id: x\nhours: {'': b}", "f.yaml:2:9: hours: a key must be text, this is nothing"},
		{"unknown variable", "id: ${NOBODY}", "f.yaml:1:5: id: the environment variable NOBODY is not set"},
		{"broken variable", "id: ${A-B}",
			"f.yaml:1:5: id: ${ must be followed by the name of an environment variable and } ($$ stands for a dollar sign)"},
		{"variable of the wrong type is told once", "id: x\nlimit: ${NOBODY}",
			"f.yaml:2:8: limit: the environment variable NOBODY is not set"},
		{"two documents", "id: x\n---\nid: y", "f.yaml:2:1: a second document begins here: only one is read"},
		{"nothing", "", "f.yaml: the file is empty"},
		{"only a comment", "# x\n", "f.yaml: the file is empty"},
		{"only null", "---\n~\n", "f.yaml: the file is empty"},
		{"text", "hello", `f.yaml:1:1: want a mapping, have text "hello"`},
		{"tab", "id: x\nhours:\n\ta: b", "f.yaml:3:1: a tab in the indentation: use spaces"},
		{"colon", "id: a: b", "f.yaml:1:6: a colon does not fit here: check the indentation, or quote the text"},
		{"bracket", "id: x\nwords: [a,\n\n", "f.yaml:2:11: a value or the closing bracket is missing"},
		{"list left open", "id: x\nwords: [a, b\n\n", "f.yaml:2:8: a comma or the closing bracket is missing"},
		{"quote", "id: x\nany: 'a\n", "f.yaml:2:6: the closing quote is missing"},
		{"indentation", "id: x\n  lead: 1m",
			"f.yaml:2:7: a colon does not fit here: check the indentation, or quote the text"},
		{"Latin-1", "id: x\nany: caf\xe9", "f.yaml:2:9: this byte is not UTF-8: save the file as UTF-8"},
		{"UTF-16", "\xff\xfei\x00d\x00", "f.yaml:1:1: this byte is not UTF-8: save the file as UTF-8"},
		{"control", "id: é\x00", "f.yaml:1:6: a control character: remove it"},
		{"deep", "id: x\nany: " + deep, "f.yaml:2:70: this is nested too deeply"},
		{"large", strings.Repeat("#", strictyaml.MaxSize+1), "f.yaml: the file is larger than 1 MiB"},
		{"in the order of the lines", "words: x\nidd: 1\nlimit: y",
			"f.yaml:1:8: words: want a list, have text \"x\"\nf.yaml:2:1: idd: unknown key (did you mean id?)\nf.yaml:3:8: " +
				"limit: want a whole number, have text \"y\""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := decode(tc.text)
			if err == nil {
				t.Fatalf("no fault, want %s", tc.want)
			}
			if d := cmp.Diff(tc.want, err.Error()); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			if _, ok := err.(strictyaml.Errors); !ok {
				t.Errorf("the error is a %T", err)
			}
		})
	}
}

func TestFaultsKeepTheirCause(t *testing.T) {
	_, err := decode("id: x\nany: ''")
	var e *strictyaml.Error
	if !errors.Is(err, errNoWord) || !errors.As(err, &e) || e.Key != "any" {
		t.Errorf("%v has lost its cause or place", err)
	}
}

func TestManyFaults(t *testing.T) {
	for _, text := range []string{
		"id: x\nwords:\n" + strings.Repeat("- [a]\n", 5000),
		"id: x\nany:\n" + strings.Repeat("- [a]\n", 5000),
		"id: x\n" + strings.Repeat("zebra: a\n", 5000),
	} {
		_, err := decode(text)
		lines := strings.Split(err.Error(), "\n")
		if len(lines) != 101 || lines[100] != "f.yaml: and more faults, which are not shown" {
			t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
		}
	}
}

func TestNoPlaceForValues(t *testing.T) {
	for _, out := range []any{nil, sop{}, (*sop)(nil), new(chan int), &struct{ ID func() }{}, &map[int]string{}} {
		err := strictyaml.Decode("f.yaml", []byte("id: x"), out)
		if err == nil || !strings.Contains(err.Error(), "the program ") {
			t.Errorf("%T: %v", out, err)
		}
	}
}

// TestHostileFilesAreQuick holds the reader against files made to take long: what
// grows with the square of the size would take hours.
func TestHostileFilesAreQuick(t *testing.T) {
	long := strings.Repeat("k", 500_000)
	for name, text := range map[string]string{
		"long key, many items": "hours: {" + long + ": [" + strings.Repeat("[],", 100_000) + "]}",
		"many unknown keys":    manyKeys(60_000),
		"many anchors":         "words: [" + strings.Repeat("&a x,", 150_000) + "]",
		"many aliases":         "id: &a x\nwords: [" + strings.Repeat("*a ,", 200_000) + "]",
		"a billion laughs":     laughs(9),
		"open brackets":        strings.Repeat("[", strictyaml.MaxSize),
		"question marks":       strings.Repeat("? ", strictyaml.MaxSize/2),
		"comments":             strings.Repeat("#\n", strictyaml.MaxSize/2),
		"dollars":              "id: \"" + strings.Repeat("${WHO}", 150_000) + "\"",
		"many documents":       strings.Repeat("---\n", strictyaml.MaxSize/4),
	} {
		start := cputime.Used()
		_, err := decode(text)
		if took := cputime.Used() - start; took > time.Minute {
			t.Errorf("%s: took %s", name, took)
		}
		if err == nil && name != "dollars" {
			t.Errorf("%s: read without a fault", name)
		}
		if err != nil && len(err.Error()) > 1<<16 {
			t.Errorf("%s: %d bytes of messages", name, len(err.Error()))
		}
	}
}

// laughs are lists of ten aliases to lists of ten aliases: 10^n words.
func laughs(n int) string {
	var b strings.Builder
	b.WriteString("id: x\nwords:\n- &l0 lol\n")
	for i := range n {
		fmt.Fprintf(&b, "- &l%d [%s*l%d]\n", i+1, strings.Repeat(fmt.Sprintf("*l%d, ", i), 9), i)
	}
	return b.String()
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "stepp%d: a\n", i)
	}
	return b.String()
}
