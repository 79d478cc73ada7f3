package main

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// How long lines and files may be. A line that goes on in a raw string is not counted: its text is what it is.
const (
	maxLine = 119 // characters, a tab being one
	maxFile = 400 // lines
)

// TestLines keeps lines and files short enough to be read.
func TestLines(t *testing.T) {
	err := filepath.WalkDir("../..", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		raw := rawLines(src)
		n := 0
		for line := range strings.Lines(string(src)) {
			n++
			if size := utf8.RuneCountInString(strings.TrimRight(line, "\n")); size > maxLine && !raw[n] {
				t.Errorf("%s:%d: %d characters, at most %d", name, n, size, maxLine)
			}
		}
		if n > maxFile {
			t.Errorf("%s: %d lines, at most %d", name, n, maxFile)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// rawLines are the numbers of the lines that a raw string stands on.
func rawLines(src []byte) map[int]bool {
	lines := map[int]bool{}
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, 0)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return lines
		}
		if tok == token.STRING && strings.HasPrefix(lit, "`") {
			for k := range strings.Count(lit, "\n") + 1 {
				lines[file.Line(pos)+k] = true
			}
		}
	}
}
