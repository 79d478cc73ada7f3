package strictyaml

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

const (
	// MaxSize is the size, in bytes, that a file may have: 1 MiB.
	MaxSize = 1 << 20
	// maxDepth bounds the nesting of blocks, and of brackets, in a file.
	maxDepth = 64
)

// An Option changes how [Decode] reads a file.
type Option func(*options)

type options struct {
	env func(string) (string, bool)
}

// Env has ${NAME} in values replaced by what lookup says about NAME, and $$ by
// a single dollar sign. A name that lookup does not know is a fault. What was
// put in is never read as YAML. Keys are left alone.
func Env(lookup func(name string) (value string, ok bool)) Option {
	return func(o *options) { o.env = lookup }
}

// Decode reads the single YAML document in data into out, a pointer to a
// struct or map. The file's name is only for messages. The error, if not nil,
// is of type [Errors]; what is right in the file is in out even then.
func Decode(file string, data []byte, out any, opts ...Option) error {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	v := reflect.ValueOf(out)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return Errors{{File: file, Msg: "the program gave no place to put the values"}}
	}
	root, fault := parse(data)
	if fault != nil {
		fault.File = file
		return Errors{fault}
	}
	r := &reader{file: file}
	r.inspect(root, nil, o.env)
	r.value(root, v.Elem(), nil)
	return r.whole(file)
}

// parse gives the root of the only document in data.
func parse(data []byte) (root *yaml.Node, fault *Error) {
	if fault := checkBytes(data); fault != nil {
		return nil, fault
	}
	// The parser is another's, and young: should it panic on some input, the
	// user still gets a sentence.
	defer func() {
		if recover() != nil {
			root, fault = nil, &Error{Msg: "this is not YAML that can be read"}
		}
	}()
	loader, err := yaml.NewLoader(bytes.NewReader(data),
		yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(maxDepth))))
	if err != nil {
		return nil, &Error{Msg: oneLine(err.Error())}
	}
	var first, second yaml.Node
	if err := loader.Load(&first); err != nil {
		return nil, syntaxError(err, data)
	}
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, &Error{Line: second.Line, Column: second.Column, Msg: "a second document begins here: only one is read"}
	case !errors.Is(err, io.EOF):
		return nil, syntaxError(err, data)
	}
	if len(first.Content) != 1 || isNull(first.Content[0]) {
		return nil, &Error{Msg: "the file is empty"}
	}
	return first.Content[0], nil
}

// checkBytes refuses what the parser would refuse without saying where, or
// would accept in another encoding.
func checkBytes(data []byte) *Error {
	if len(data) > MaxSize {
		return &Error{Msg: "the file is larger than 1 MiB"}
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return at(data, i, "this byte is not UTF-8: save the file as UTF-8")
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return at(data, i, "a control character: remove it")
		}
		i += size
	}
	return nil
}

// at makes a fault for the byte at offset.
func at(data []byte, offset int, msg string) *Error {
	before := data[:offset]
	lineStart := bytes.LastIndexByte(before, '\n') + 1
	return &Error{
		Line:   bytes.Count(before, []byte("\n")) + 1,
		Column: utf8.RuneCount(before[lineStart:]) + 1,
		Msg:    msg,
	}
}

// syntaxError turns the parser's error into ours.
func syntaxError(err error, data []byte) *Error {
	if errors.Is(err, io.EOF) {
		return &Error{Msg: "the file is empty"}
	}
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return &Error{Msg: oneLine(err.Error()), cause: err}
	}
	e := at(data, len(bytes.TrimRight(data, " \t\r\n")), "")
	e.cause = err
	switch {
	case le.Mark.Line <= e.Line:
		e.Line, e.Column = le.Mark.Line, le.Mark.Column
	case 0 < le.ContextMark.Line && le.ContextMark.Line <= e.Line:
		// Where it began says more than where the file ends.
		e.Line, e.Column = le.ContextMark.Line, le.ContextMark.Column
	}
	switch msg := le.Message; {
	case strings.Contains(msg, "cannot start any token") && isTab(data, e.Line, e.Column):
		e.Msg = "a tab in the indentation: use spaces"
	case strings.Contains(msg, "mapping values are not allowed"):
		e.Msg = "a colon does not fit here: check the indentation, or quote the text"
	case strings.Contains(msg, "did not find expected key"), strings.Contains(msg, "<document start>"):
		e.Msg = "this does not fit the lines above: check the indentation"
	case strings.Contains(msg, "did not find expected ','"):
		e.Msg = "a comma or the closing bracket is missing"
	case strings.Contains(le.ContextMsg, "flow node"):
		e.Msg = "a value or the closing bracket is missing"
	case strings.Contains(msg, "exceeded max depth"):
		e.Msg = "this is nested too deeply"
	case strings.Contains(msg, "unexpected end of stream"):
		e.Msg = "the closing quote is missing"
	default:
		e.Msg = oneLine(strings.TrimPrefix(le.ContextMsg+": "+msg, ": "))
	}
	return e
}

// isTab reports whether a tab stands at that place.
func isTab(data []byte, line, column int) bool {
	for n := 1; n < line; n++ {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	for n := 1; n < column && len(data) > 0; n++ {
		_, size := utf8.DecodeRune(data)
		data = data[size:]
	}
	return len(data) > 0 && data[0] == '\t'
}
