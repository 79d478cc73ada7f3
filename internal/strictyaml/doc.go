// Package strictyaml reads YAML that people write, and tells them every fault
// at once, each with file, line, column and key:
//
//	layanan.yaml:12:3: imap.tsl: unknown key (did you mean tls?)
//
// It is stricter than YAML asks for. Refused are: unknown and duplicate keys,
// keys that are not plain text, values of the wrong type, anchors, aliases and
// merge keys (no document can grow while it is read), tags, more than one
// document, an empty file, anything but UTF-8, more than [MaxSize] bytes and
// deep nesting.
//
// A value is taken as it is written: text keeps its leading zeros, and yes, no,
// on and off are text, never true or false.
//
// Go types are filled in by these rules:
//
//   - a struct takes a mapping; a field's key is its `yaml:"name"` tag, or its
//     name in lower case. "-" leaves the field out; the option required makes
//     a missing or empty value a fault; the option hidden keeps the key out of
//     the suggestions for misspelt keys. A field of type [Pos] is not a key: it
//     receives the position of the mapping.
//   - a map with text keys takes a mapping, [Ordered] one whose order counts.
//   - a slice takes a list and replaces what was in it.
//   - [time.Duration] takes text such as 90s or 1m30s, an
//     [encoding.TextUnmarshaler] any text, a [NodeUnmarshaler] any node.
//   - null, or nothing after the colon, leaves text, lists and mappings empty
//     and is a fault for every other type.
//
// A value that is absent leaves the field as it was, so that defaults are set
// before decoding.
package strictyaml
