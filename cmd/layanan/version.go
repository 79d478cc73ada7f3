package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by the build (-ldflags -X main.version=…); the commit comes
// from the build itself.
var version = "dev"

type versionCmd struct {
	JSON bool `help:"Print JSON."`
}

// Run prints version, commit and Go version.
func (c *versionCmd) Run(w *world) error {
	commit := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	if c.JSON {
		return printJSON(w.out, map[string]string{"version": version, "commit": commit, "go": runtime.Version()})
	}
	_, err := fmt.Fprintf(w.out, "layanan %s (commit %s, %s)\n", version, commit, runtime.Version())
	return err
}
