package lifecycle

import (
	"fmt"
	"strings"
)

// DOT draws d in the language of Graphviz, with the stages as clusters and
// final states in double frames, labels in lang ("zh" or "en"). It draws what
// it is given, compiled or not.
func DOT(d Definition, lang string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n", dotText(d.Name))
	for _, l := range linesOf(d) {
		indent := "  "
		if l.track {
			dotOpen(&b, indent, l.label.In(lang, l.key), drawnID("track", l.key))
			indent += "  "
		}
		for _, g := range l.groups(d.Stages) {
			in := indent
			if g.Key != "" {
				dotOpen(&b, indent, g.Label.In(lang, g.Key), l.id("stage", g.Key))
				in += "  "
			}
			for _, s := range g.states {
				frame := ""
				if s.Final {
					frame = ", peripheries=2"
				}
				fmt.Fprintf(&b, "%s%s [label=%s%s];\n", in, l.id("s", s.Key), dotText(s.Label.In(lang, s.Key)), frame)
			}
			if g.Key != "" {
				fmt.Fprintf(&b, "%s}\n", indent)
			}
		}
		l.dotEdges(&b, indent, lang)
		if l.track {
			b.WriteString("  }\n")
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func dotOpen(b *strings.Builder, indent, label, id string) {
	fmt.Fprintf(b, "%ssubgraph cluster_%s {\n%s  label=%s;\n", indent, id, indent, dotText(label))
}

func (l drawnLine) dotEdges(b *strings.Builder, indent, lang string) {
	if l.initial != "" {
		start := "start"
		if l.track {
			start = drawnID("start", l.key)
		}
		fmt.Fprintf(b, "%s%s [shape=point];\n%s%s -> %s;\n", indent, start, indent, start, l.id("s", l.initial))
	}
	for _, t := range l.transitions {
		for _, from := range t.From {
			fmt.Fprintf(b, "%s%s -> %s [label=%s];\n", indent, l.id("s", from), l.id("s", t.To), dotText(t.Label.In(lang, t.Event)))
		}
	}
}

// dotText quotes a label. Graphviz reads entities such as &lt; in labels, so
// that an ampersand is written as one.
func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;").Replace(oneLine(s)) + `"`
}
