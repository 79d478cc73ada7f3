package strictyaml

import (
	"errors"
	"reflect"

	"go.yaml.in/yaml/v4"
)

// NodeUnmarshaler is a type that reads a node itself: one that is written in
// several ways, such as a word or a mapping. Faults made with d, also several
// joined, keep their place; any other error gets the place of n.
type NodeUnmarshaler interface {
	UnmarshalNode(n *yaml.Node, d *Decoder) error
}

// Decoder is what a [NodeUnmarshaler] works with: it knows the file and the
// key path. It is good for the duration of the call only.
type Decoder struct {
	file   string
	path   *path
	blamed map[*yaml.Node]bool
}

// Decode reads n into out, a pointer, by the rules of the package.
func (d *Decoder) Decode(n *yaml.Node, out any) error {
	v := reflect.ValueOf(out)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return errors.New("the program gave no place to put the values")
	}
	r := d.reader()
	r.value(n, v.Elem(), d.path)
	return r.part()
}

// Key gives the decoder for the value of a key of the mapping at hand.
func (d *Decoder) Key(name string) *Decoder {
	return &Decoder{file: d.file, path: d.path.child(name), blamed: d.blamed}
}

// Item gives the decoder for item i, from 0, of the list at hand.
func (d *Decoder) Item(i int) *Decoder {
	return &Decoder{file: d.file, path: d.path.item(i), blamed: d.blamed}
}

// Errorf makes a fault at n.
func (d *Decoder) Errorf(n *yaml.Node, format string, args ...any) *Error {
	return d.reader().newFault(n, d.path, format, args...)
}

// Pos gives the place of n, for types that keep it.
func (d *Decoder) Pos(n *yaml.Node) Pos { return d.reader().pos(n, d.path) }

func (d *Decoder) reader() *reader { return &reader{file: d.file, blamed: d.blamed} }

// Entry is one key of an [Ordered] mapping.
type Entry[T any] struct {
	Key   string
	Value T
}

// Ordered is a mapping with text keys, in the order of the file.
type Ordered[T any] []Entry[T]

// UnmarshalNode implements [NodeUnmarshaler].
func (o *Ordered[T]) UnmarshalNode(n *yaml.Node, d *Decoder) error {
	r := d.reader()
	list, ok := r.entries(n, d.path)
	if ok {
		*o = make(Ordered[T], len(list))
	}
	for i, e := range list {
		(*o)[i].Key = e.key
		r.value(e.item, reflect.ValueOf(&(*o)[i].Value).Elem(), d.path.child(e.key))
	}
	return r.part()
}
