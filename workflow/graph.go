package workflow

import (
	"fmt"
	"strings"
)

// edge is one arrow of the drawing.
type edge struct{ from, to, label string }

// edges are the SOP's arrows in the file's order; cancelling is possible
// everywhere and left out of the drawing.
func (s *SOP) edges() []edge {
	var out []edge
	for _, st := range s.Steps {
		for _, a := range st.Actions {
			label := strings.Join(append([]string{a.Word}, a.Also...), ", ")
			switch a.Kind {
			case Submit:
				out = append(out, edge{st.ID, a.To, "form"})
			case Advance, Return:
				out = append(out, edge{st.ID, a.To, label})
			case Reject:
				out = append(out, edge{st.ID, Rejected, label})
			case Ask, Trouble:
				out = append(out, edge{st.ID, st.ID, label})
			}
		}
	}
	return out
}

// Mermaid draws the SOP as a Mermaid state diagram.
func (s *SOP) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	fmt.Fprintf(&b, "    [*] --> %s\n", s.First().ID)
	for _, st := range s.Steps {
		fmt.Fprintf(&b, "    %s : %s (%s, %s)\n", st.ID, st.Title, st.Actor, st.SLA)
	}
	for _, e := range s.edges() {
		fmt.Fprintf(&b, "    %s --> %s : %s\n", e.from, e.to, e.label)
	}
	fmt.Fprintf(&b, "    %s --> [*]\n    %s --> [*]\n", Finished, Rejected)
	return b.String()
}

// DOT draws the SOP in Graphviz's language.
func (s *SOP) DOT() string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %q {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n", s.ID)
	for _, st := range s.Steps {
		fmt.Fprintf(&b, "  %q [label=%q];\n", st.ID, fmt.Sprintf("%s\n%s, %s", st.Title, st.Actor, st.SLA))
	}
	fmt.Fprintf(&b, "  %q [shape=doublecircle];\n  %q [shape=doublecircle];\n", Finished, Rejected)
	for _, e := range s.edges() {
		fmt.Fprintf(&b, "  %q -> %q [label=%q];\n", e.from, e.to, e.label)
	}
	b.WriteString("}\n")
	return b.String()
}
