//go:build ignore

// Generate makes the two long lists of the lexicon's data from published word lists, whose sources and licences
// data/NOTICE names:
//
//	go run mailparse/lexicon/generate.go FOLDER
//
// FOLDER holds roots.txt (the dictionary of the Sastrawi stemmer), common.txt and wikipedia.txt (words of subtitles
// and of the encyclopaedia, the most frequent first), one word a line. everyday.txt becomes the roots that people
// use, dictionary.txt all others.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"batan.go.id/layanan/mailparse/fold"
	"batan.go.id/layanan/mailparse/lexicon"
)

// How many of the most frequent words of each list count as everyday.
const (
	common  = 14000
	written = 9000
)

const out = "mailparse/lexicon/data"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: generate FOLDER")
	}
	roots, err := read(filepath.Join(args[0], "roots.txt"))
	if err != nil {
		return err
	}
	isRoot := fold.Set(roots...)
	everyday := map[string]bool{}
	for name, n := range map[string]int{"common.txt": common, "wikipedia.txt": written} {
		words, err := read(filepath.Join(args[0], name))
		if err != nil {
			return err
		}
		for _, w := range words[:min(n, len(words))] {
			if r := lexicon.Root(w, func(w string) bool { return isRoot[w] }); r != "" {
				everyday[r] = true
			}
		}
	}
	var used, rest []string
	for r := range isRoot {
		if everyday[r] {
			used = append(used, r)
		} else {
			rest = append(rest, r)
		}
	}
	for name, words := range map[string][]string{"everyday.txt": used, "dictionary.txt": rest} {
		slices.Sort(words)
		if err := os.WriteFile(filepath.Join(out, name), []byte(strings.Join(words, "\n")+"\n"), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// read are the words of a list, folded.
func read(name string) ([]string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []string
	for w := range strings.FieldsSeq(string(b)) {
		if w = fold.Key(w); len(w) > 1 {
			out = append(out, w)
		}
	}
	return out, nil
}
