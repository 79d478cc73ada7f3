package strictyaml

import (
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"
)

// entry is one key of a mapping with its value.
type entry struct {
	key        string
	node, item *yaml.Node // the key and the value
}

// entries gives the sound keys of a mapping in their order, and blames the
// others. Null is a mapping without keys.
func (r *reader) entries(n *yaml.Node, p *path) (list []entry, ok bool) {
	if isNull(n) {
		return nil, true
	}
	if n.Kind != yaml.MappingNode {
		r.wrongType(n, p, "a mapping")
		return nil, false
	}
	first := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		line, again := first[k.Value]
		switch {
		case r.blamed[k]:
		case k.Kind != yaml.ScalarNode || isNull(k) || k.Value == "":
			r.fault(k, p, "a key must be text, this is %s", describe(k))
		case k.Tag == "!!merge":
			r.fault(k, p.child(k.Value), "merge keys are not read here: write the keys out")
		case again:
			r.fault(k, p.child(k.Value), "duplicate key (first on line %d)", line)
		default:
			first[k.Value] = k.Line
			list = append(list, entry{key: k.Value, node: k, item: n.Content[i+1]})
		}
	}
	return list, true
}

// field is one key that a struct knows.
type field struct {
	name             string
	value            reflect.Value
	required, hidden bool
	given            bool
}

var posType = reflect.TypeFor[Pos]()

// fields lists the keys of a struct in the order of its fields, and its Pos.
func fields(v reflect.Value) (list []*field, pos []reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		if f.Type == posType {
			pos = append(pos, v.Field(i))
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch name {
		case "-":
			continue
		case "":
			name = strings.ToLower(f.Name)
		}
		options = "," + options + ","
		list = append(list, &field{
			name: name, value: v.Field(i),
			required: strings.Contains(options, ",required,"),
			hidden:   strings.Contains(options, ",hidden,"),
		})
	}
	return list, pos
}

func (r *reader) structure(n *yaml.Node, v reflect.Value, p *path) {
	list, ok := r.entries(n, p)
	if !ok {
		return
	}
	known, positions := fields(v)
	for _, pos := range positions {
		pos.Set(reflect.ValueOf(r.pos(n, p)))
	}
	byName := make(map[string]*field, len(known))
	for _, f := range known {
		byName[f.name] = f
	}
	var strange []entry
	for _, e := range list {
		f := byName[e.key]
		if f == nil {
			strange = append(strange, e)
			continue
		}
		f.given = true
		if f.required && isEmpty(e.item) && !r.blamed[e.item] {
			r.fault(e.item, p.child(e.key), "must not be empty")
			continue
		}
		r.value(e.item, f.value, p.child(e.key))
	}
	r.unknown(strange, known, p)
	for _, f := range known {
		if f.required && !f.given {
			r.fault(n, p.child(f.name), "is required")
		}
	}
}

// unknown blames the keys that the struct does not have. A key that is meant
// counts as given: one slip is one fault.
func (r *reader) unknown(strange []entry, known []*field, p *path) {
	if len(strange) == 0 {
		return
	}
	var open, all []string
	for _, f := range known {
		if f.hidden {
			continue
		}
		all = append(all, f.name)
		if !f.given {
			open = append(open, f.name)
		}
	}
	for _, e := range strange {
		if r.full() {
			return // looking for meanings takes time
		}
		msg, meant := unknownKey(e.key, open)
		if meant == "" {
			msg, meant = unknownKey(e.key, all)
		}
		fault := r.newFault(e.node, p.child(e.key), "%s", msg)
		if meant != "" {
			fault.Meant = p.child(meant).String()
		}
		r.add(fault)
		for _, f := range known {
			f.given = f.given || f.name == meant
		}
	}
}

func (r *reader) mapping(n *yaml.Node, v reflect.Value, p *path) {
	if v.Type().Key().Kind() != reflect.String {
		r.fault(n, p, "the program cannot put a value into a %s", v.Type())
		return
	}
	list, ok := r.entries(n, p)
	if !ok {
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(list))
	for _, e := range list {
		item := reflect.New(v.Type().Elem()).Elem()
		r.value(e.item, item, p.child(e.key))
		m.SetMapIndex(reflect.ValueOf(e.key).Convert(v.Type().Key()), item)
	}
	v.Set(m)
}

func (r *reader) list(n *yaml.Node, v reflect.Value, p *path) {
	if isNull(n) {
		v.SetZero()
		return
	}
	if n.Kind != yaml.SequenceNode {
		r.wrongType(n, p, "a list")
		return
	}
	s := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		r.value(item, s.Index(i), p.item(i))
	}
	v.Set(s)
}

func (r *reader) pos(n *yaml.Node, p *path) Pos {
	return Pos{File: r.file, Line: n.Line, Column: n.Column, path: p, node: n}
}
