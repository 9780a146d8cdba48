package lifecycle

import (
	"fmt"
	"slices"
	"strings"
)

// Mermaid draws d as a Mermaid state diagram with the stages as groups, labels
// in lang ("zh" or "en"). It draws what it is given, compiled or not.
func Mermaid(d Definition, lang string) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, l := range linesOf(d) {
		indent := "  "
		if l.track {
			fmt.Fprintf(&b, "  state \"%s\" as %s {\n", mermaidText(l.label.In(lang, l.key)), id("track", l.key))
			indent = "    "
		}
		for _, g := range l.groups(d.Stages) {
			in := indent
			if g.Key != "" {
				fmt.Fprintf(&b, "%sstate \"%s\" as %s {\n", indent, mermaidText(g.Label.In(lang, g.Key)), id("stage", l.key, g.Key))
				in += "  "
			}
			for _, s := range g.states {
				fmt.Fprintf(&b, "%s%s : %s\n", in, id("s", l.key, s.Key), mermaidText(s.Label.In(lang, s.Key)))
			}
			if g.Key != "" {
				fmt.Fprintf(&b, "%s}\n", indent)
			}
		}
		fmt.Fprintf(&b, "%s[*] --> %s\n", indent, id("s", l.key, l.initial))
		for _, t := range l.transitions {
			for _, from := range t.From {
				fmt.Fprintf(&b, "%s%s --> %s : %s\n", indent, id("s", l.key, from), id("s", l.key, t.To), mermaidText(t.Label.In(lang, t.Event)))
			}
		}
		for _, s := range l.states {
			if s.Final {
				fmt.Fprintf(&b, "%s%s --> [*]\n", indent, id("s", l.key, s.Key))
			}
		}
		if l.track {
			b.WriteString("  }\n")
		}
	}
	return b.String()
}

// DOT draws d in the language of Graphviz, with the stages as clusters and
// final states in double circles, labels in lang ("zh" or "en").
func DOT(d Definition, lang string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n", dotText(d.Name))
	for _, l := range linesOf(d) {
		if l.track {
			fmt.Fprintf(&b, "  subgraph %s {\n  label=%s;\n", dotText("cluster_"+id("track", l.key)), dotText(l.label.In(lang, l.key)))
		}
		for _, g := range l.groups(d.Stages) {
			if g.Key != "" {
				fmt.Fprintf(&b, "  subgraph %s {\n    label=%s;\n", dotText("cluster_"+id("stage", l.key, g.Key)), dotText(g.Label.In(lang, g.Key)))
			}
			for _, s := range g.states {
				shape := ""
				if s.Final {
					shape = ", peripheries=2"
				}
				fmt.Fprintf(&b, "    %s [label=%s%s];\n", dotText(id("s", l.key, s.Key)), dotText(s.Label.In(lang, s.Key)), shape)
			}
			if g.Key != "" {
				b.WriteString("  }\n")
			}
		}
		start := dotText(id("start", l.key))
		fmt.Fprintf(&b, "  %s [shape=point];\n  %s -> %s;\n", start, start, dotText(id("s", l.key, l.initial)))
		for _, t := range l.transitions {
			for _, from := range t.From {
				fmt.Fprintf(&b, "  %s -> %s [label=%s];\n", dotText(id("s", l.key, from)), dotText(id("s", l.key, t.To)), dotText(t.Label.In(lang, t.Event)))
			}
		}
		if l.track {
			b.WriteString("  }\n")
		}
	}
	b.WriteString("}\n")
	return b.String()
}

// drawnLine is the main line or a track, as the drawings need it.
type drawnLine struct {
	key         string // "" for the main line
	track       bool
	label       Label
	initial     string
	states      []State
	transitions []Transition
}

func linesOf(d Definition) []drawnLine {
	lines := []drawnLine{{initial: d.Initial, states: d.States, transitions: d.Transitions}}
	for _, t := range d.Tracks {
		lines = append(lines, drawnLine{
			key: t.Key, track: true, label: t.Label,
			initial: t.Initial, states: t.States, transitions: t.Transitions,
		})
	}
	return lines
}

type group struct {
	Stage
	states []State
}

// groups sorts the line's states by stage: first in the order of stages, then
// stages that are named by states only; those without a stage come last, with
// an empty key.
func (l drawnLine) groups(stages []Stage) []group {
	var groups []group
	for _, s := range stages {
		groups = append(groups, group{Stage: s})
	}
	var loose []State
	for _, s := range l.states {
		if s.Stage == "" {
			loose = append(loose, s)
			continue
		}
		i := slices.IndexFunc(groups, func(g group) bool { return g.Key == s.Stage })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{Stage: Stage{Key: s.Stage}})
		}
		groups[i].states = append(groups[i].states, s)
	}
	groups = slices.DeleteFunc(groups, func(g group) bool { return len(g.states) == 0 })
	if len(loose) > 0 {
		groups = append(groups, group{states: loose})
	}
	return groups
}

// id makes a name that both languages take bare: letters, digits, underscores.
// An underscore is doubled and every other byte written as _xx, so that two
// keys never meet.
func id(parts ...string) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte('_')
		}
		for j := range len(p) {
			switch c := p[j]; {
			case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
				b.WriteByte(c)
			case c == '_':
				b.WriteString("__")
			default:
				fmt.Fprintf(&b, "_%02x", c)
			}
		}
	}
	return b.String()
}

// mermaidText writes what would end a Mermaid label or start another line as
// entity codes.
func mermaidText(s string) string {
	return strings.NewReplacer("#", "#35;", "\"", "#quot;", ":", "#58;", ";", "#59;", "{", "#123;", "}", "#125;", "<", "#lt;", ">", "#gt;", "\r", " ", "\n", " ").Replace(s)
}

func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", " ", "\n", `\n`).Replace(s) + `"`
}
