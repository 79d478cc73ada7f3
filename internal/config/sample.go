package config

import _ "embed"

// Sample is a complete, commented configuration file; what it shows for keys
// that may be absent are the defaults.
//
//go:embed sample.yaml
var Sample string
