// Package templates holds the words of every mail, in Bahasa Indonesia: one
// file a notice with its subject and its paragraphs, and two layouts, text and
// HTML, that all share.
//
// A notice's file defines "subject" and "lead"; paragraphs are parted by an
// empty line, and phrases.txt holds what several of them say. What is drawn
// from a mail (names, notes, form values) reaches the HTML layout as data and
// is escaped there.
package templates

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

//go:embed *.tmpl phrases.txt layout.txt layout.html
var files embed.FS

// Set is the parsed templates; safe for concurrent use.
type Set struct {
	notices map[string]*template.Template
	text    *template.Template
	html    *htmltemplate.Template
}

// Load parses all templates.
func Load() (*Set, error) {
	s := &Set{notices: map[string]*template.Template{}}
	names, err := fs.Glob(files, "*.tmpl")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		t, err := template.New(name).ParseFS(files, name, "phrases.txt")
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		for _, part := range []string{"subject", "lead"} {
			if t.Lookup(part) == nil {
				return nil, fmt.Errorf("templates: %s defines no %q", name, part)
			}
		}
		s.notices[strings.TrimSuffix(name, ".tmpl")] = t
	}
	if s.text, err = template.New("layout.txt").ParseFS(files, "layout.txt"); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	if s.html, err = htmltemplate.New("layout.html").ParseFS(files, "layout.html"); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	return s, nil
}

// Notices are the names of the notices that have a template, in order.
func (s *Set) Notices() []string { return slices.Sorted(maps.Keys(s.notices)) }

// Part runs a notice's subject or lead.
func (s *Set) Part(notice, part string, data any) (string, error) {
	t := s.notices[notice]
	if t == nil {
		return "", fmt.Errorf("templates: no notice %q", notice)
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, part, data); err != nil {
		return "", fmt.Errorf("templates: %w", err)
	}
	return b.String(), nil
}

// Text lays a page out as plain text.
func (s *Set) Text(page any) (string, error) {
	var b strings.Builder
	b.Grow(4 << 10)
	err := s.text.Execute(&b, page)
	return b.String(), err
}

// HTML lays a page out as HTML.
func (s *Set) HTML(page any) (string, error) {
	var b strings.Builder
	b.Grow(8 << 10)
	err := s.html.Execute(&b, page)
	return b.String(), err
}

// minSentence keeps fragments out that a person might write too.
const minSentence = 24

// Sentences are the fixed pieces of all our mails, so that the reader of mails
// can tell our words, quoted back at us, from a person's.
func (s *Set) Sentences() []string {
	var out []string
	seen := map[string]bool{}
	add := func(n parse.Node) {
		text, ok := n.(*parse.TextNode)
		if !ok {
			return
		}
		for line := range strings.SplitSeq(string(text.Text), "\n") {
			line = strings.TrimSpace(line)
			if len(line) >= minSentence && !strings.ContainsAny(line, "<>{}") && !seen[line] {
				seen[line] = true
				out = append(out, line)
			}
		}
	}
	for _, t := range s.notices {
		for _, part := range t.Templates() {
			walk(part.Root, add)
		}
	}
	walk(s.text.Root, add)
	return out
}

// walk visits every node of a template.
func walk(n parse.Node, visit func(parse.Node)) {
	visit(n)
	branch := func(b *parse.BranchNode) {
		walk(b.List, visit)
		if b.ElseList != nil {
			walk(b.ElseList, visit)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}
