package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"sort"
	"strings"
	"sync"

	"batan.go.id/layanan/internal/typo"
	"batan.go.id/layanan/mailparse/fold"
)

//go:embed data
var data embed.FS

// Language is the words that are known, with their classes. It must not be changed.
type Language struct {
	forms      map[string]Class // exactly these
	roots      map[string]Class // and every form of these
	bySize     map[int][]string // all of both, by their length in bytes, for what is nearly one
	dictionary map[string]Class // the roots of the language: Everyday, Rare
}

// Indonesian is the built-in language: Indonesian as offices write it, with the courtesies and denials of its
// neighbours and of English.
var Indonesian = sync.OnceValue(func() *Language {
	l, err := Read(data)
	if err != nil {
		panic(err) // it is embedded
	}
	return l
})

// lists are the files of words in classes.
var lists = []string{
	"marks.txt", "office.txt", "indonesian.txt", "javanese.txt", "sundanese.txt", "betawi.txt", "english.txt",
}

// Read reads a language from files of words such as those of the folder data. The error names the file and what is
// wrong with it.
func Read(files fs.FS) (*Language, error) {
	l := &Language{forms: map[string]Class{}, roots: map[string]Class{}, dictionary: make(map[string]Class, 32000)}
	for _, name := range lists {
		b, err := fs.ReadFile(files, "data/"+name)
		if err != nil {
			return nil, err
		}
		class := Class(0)
		for line := range strings.SplitSeq(string(b), "\n") {
			switch line, _, _ = strings.Cut(line, "#"); {
			case strings.HasPrefix(line, "["):
				if class = ClassOf(strings.Trim(line, "[] ")); class == 0 {
					return nil, fmt.Errorf("%s: there is no class %s", name, line)
				}
			default:
				for w := range strings.FieldsSeq(line) {
					l.add(w, class)
				}
			}
		}
	}
	for name, class := range map[string]Class{"everyday.txt": Everyday, "dictionary.txt": Rare} {
		b, err := fs.ReadFile(files, "data/"+name)
		if err != nil {
			return nil, err
		}
		for w := range strings.Lines(string(b)) {
			l.dictionary[strings.TrimSuffix(w, "\n")] = class
		}
	}
	l.index()
	return l, nil
}

func file(name string) string {
	b, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(b)
}

// add adds a word, "pasang*" with all its forms.
func (l *Language) add(word string, class Class) {
	if root, all := strings.CutSuffix(word, "*"); all {
		l.roots[fold.Key(root)] |= class
	} else {
		l.forms[fold.Key(word)] |= class
	}
}

func (l *Language) index() {
	l.bySize = map[int][]string{}
	for _, m := range []map[string]Class{l.forms, l.roots} {
		for w := range m {
			l.bySize[len(w)] = append(l.bySize[len(w)], w)
		}
	}
	for _, ws := range l.bySize {
		sort.Strings(ws)
	}
}

// With is the language and a site's own words: by the name of a class, words in the spelling of the data files. What
// the language marks stays marked.
func (l *Language) With(site map[string][]string) *Language {
	n := 0
	for _, words := range site {
		n += len(words)
	}
	if n == 0 {
		return l
	}
	out := *l
	out.forms, out.roots = maps.Clone(l.forms), maps.Clone(l.roots)
	for class, words := range site {
		for _, w := range words {
			out.add(w, ClassOf(class))
		}
	}
	out.index()
	return &out
}

// Class is the classes of a folded word, as it stands in the lists or by its root; 0 when the language has no such
// word.
func (l *Language) Class(word string) Class {
	if c := l.forms[word] | l.roots[word]; c != 0 {
		return c
	}
	if fold.IsDigit(word[0]) {
		return Number
	}
	for _, end := range []string{"nya", "lah", "pun", "ne", "na", "nye"} {
		if w, ok := strings.CutSuffix(word, end); ok && l.forms[w] != 0 {
			return l.forms[w]
		}
	}
	root := Root(word, func(w string) bool { return l.roots[w] != 0 || l.dictionary[w] != 0 })
	switch {
	case root == "":
		return 0
	case l.roots[root] != 0:
		return verb(word, root, l.roots[root])
	}
	return l.dictionary[root]
}

// verb is the classes of a word of that root: "ditempatkan" is work, though "tempat" is a place.
func verb(word, root string, c Class) Class {
	passive := strings.HasPrefix(word, "di") && !strings.HasPrefix(root, "di")
	active := strings.HasPrefix(word, "me") && !strings.HasPrefix(root, "me")
	if c&(Thing|Place|Person|Event|Time) != 0 && (passive || active) {
		c = c&^(Thing|Place|Person|Event|Time) | Task
	}
	if active {
		c |= Active
	}
	if passive {
		c |= Passive
	}
	return c
}

// minSlip is how long a word must be, in bytes, for a slip of the keyboard to be told from another word.
const (
	minSlip      = 5
	minPlainSlip = 6
)

// Slip is the classes of the word that an unknown one is a slip of the keyboard away from; 0 when there is none. What
// is as near to a marked word is that: no slip makes a doubt go away.
func (l *Language) Slip(word string) Class {
	plain := Class(0)
	if len(word) < minSlip {
		return 0
	}
	for size := len(word) - 1; size <= len(word)+1; size++ {
		for _, w := range l.bySize[size] {
			c := l.forms[w] | l.roots[w]
			if len(w) < minSlip || c&Marked == 0 && (plain != 0 || len(w) < minPlainSlip) || typo.Distance(word, w, 1) > 1 {
				continue
			}
			if c&Marked != 0 {
				return c
			}
			plain = c
		}
	}
	return plain
}

var givenNames = sync.OnceValue(func() map[string]bool { return fold.List(file("names.txt")) })

// IsGivenName reports whether a folded word is a common name of a person.
func IsGivenName(word string) bool { return givenNames()[word] }

// Words are all words of the lists with their classes; a root's are those of every form of it.
func (l *Language) Words() iter.Seq2[string, Class] {
	return func(yield func(string, Class) bool) {
		for _, m := range []map[string]Class{l.forms, l.roots} {
			for w, c := range m {
				if !yield(w, c) {
					return
				}
			}
		}
	}
}
