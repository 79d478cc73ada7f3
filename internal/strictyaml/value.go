package strictyaml

import (
	"encoding"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"time"

	"go.yaml.in/yaml/v4"
)

// reader fills Go values from nodes and collects the faults.
type reader struct {
	file string
	faults
	blamed map[*yaml.Node]bool
}

func (r *reader) fault(n *yaml.Node, p *path, format string, args ...any) {
	r.add(r.newFault(n, p, format, args...))
}

func (r *reader) newFault(n *yaml.Node, p *path, format string, args ...any) *Error {
	return &Error{File: r.file, Line: n.Line, Column: n.Column, Key: p.String(),
		Msg: oneLine(fmt.Sprintf(format, args...))}
}

func (r *reader) wrongType(n *yaml.Node, p *path, want string) {
	r.fault(n, p, "want %s, have %s", want, describe(n))
}

var durationType = reflect.TypeFor[time.Duration]()

// value puts n into v, which can be set.
func (r *reader) value(n *yaml.Node, v reflect.Value, p *path) {
	if r.blamed[n] {
		return
	}
	if v.Kind() == reflect.Pointer {
		r.pointer(n, v, p)
		return
	}
	switch u := v.Addr().Interface().(type) {
	case NodeUnmarshaler:
		r.take(n, p, u.UnmarshalNode(n, &Decoder{file: r.file, path: p, blamed: r.blamed}))
		return
	case encoding.TextUnmarshaler:
		if r.wantScalar(n, p, "text") {
			r.take(n, p, u.UnmarshalText([]byte(n.Value)))
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		r.structure(n, v, p)
	case reflect.Map:
		r.mapping(n, v, p)
	case reflect.Slice:
		r.list(n, v, p)
	case reflect.String:
		if isNull(n) {
			v.SetString("")
		} else if r.wantScalar(n, p, "text") {
			v.SetString(n.Value)
		}
	default:
		r.scalar(n, v, p)
	}
}

func (r *reader) pointer(n *yaml.Node, v reflect.Value, p *path) {
	if isNull(n) {
		v.SetZero()
		return
	}
	if v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
	}
	r.value(n, v.Elem(), p)
}

// wantScalar reports whether n is a value that stands on its own, and blames it
// when it is not.
func (r *reader) wantScalar(n *yaml.Node, p *path, want string) bool {
	if n.Kind != yaml.ScalarNode || isNull(n) {
		r.wrongType(n, p, want)
		return false
	}
	return true
}

// take records what a type's own method said about n.
func (r *reader) take(n *yaml.Node, p *path, err error) {
	switch e := err.(type) {
	case nil:
	case *Error:
		r.add(e)
	case interface{ Unwrap() []error }:
		for _, err := range e.Unwrap() {
			r.take(n, p, err)
		}
	default:
		if inner, ok := errors.AsType[*Error](err); ok {
			r.add(inner)
			return
		}
		fault := r.newFault(n, p, "%v", err)
		fault.cause = err
		r.add(fault)
	}
}

// scalar reads numbers, true and false, and durations. What a variable gave is
// read like what is written plainly; quoted text is text.
func (r *reader) scalar(n *yaml.Node, v reflect.Value, p *path) {
	want, set := scalarType(v)
	if set == nil {
		r.fault(n, p, "the program cannot put a value into a %s", v.Type())
		return
	}
	quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if quoted && v.Type() != durationType {
		r.wrongType(n, p, want)
		return
	}
	if !r.wantScalar(n, p, want) {
		return
	}
	switch err := set(n.Value); {
	case errors.Is(err, strconv.ErrRange):
		r.fault(n, p, "the number %s is too large or too small", short(n.Value))
	case err != nil:
		r.wrongType(n, p, want)
	}
}

// scalarType gives what v wants in words, and how to set it; nil for a type
// that cannot be set.
func scalarType(v reflect.Value) (want string, set func(string) error) {
	if v.Type() == durationType {
		return "a duration such as 30s, 5m or 1h", func(s string) error {
			d, err := time.ParseDuration(s)
			v.SetInt(int64(d))
			return err
		}
	}
	switch {
	case v.Kind() == reflect.Bool:
		return "true or false", func(s string) error {
			if s != "true" && s != "false" {
				return strconv.ErrSyntax
			}
			v.SetBool(s == "true")
			return nil
		}
	case v.CanInt():
		return "a whole number", func(s string) error {
			i, err := strconv.ParseInt(s, 10, v.Type().Bits())
			if err == nil {
				v.SetInt(i)
			}
			return err
		}
	case v.CanUint():
		return "a whole number that is not negative", func(s string) error {
			u, err := strconv.ParseUint(s, 10, v.Type().Bits())
			if err == nil {
				v.SetUint(u)
			}
			return err
		}
	case v.CanFloat():
		return "a number", func(s string) error {
			f, err := strconv.ParseFloat(s, v.Type().Bits())
			if err == nil && (math.IsNaN(f) || math.IsInf(f, 0)) {
				return strconv.ErrSyntax
			}
			if err == nil {
				v.SetFloat(f)
			}
			return err
		}
	}
	return "", nil
}
