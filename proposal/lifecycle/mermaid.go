package lifecycle

import (
	"fmt"
	"slices"
	"strings"
)

// Mermaid draws d as a Mermaid state diagram with the stages of the main line
// as groups and each track as one more group, labels in lang ("zh" or "en"). A
// track's state with a stage names it in brackets: Mermaid (up to 11.17 at
// least) cannot lay out a group within a group when arrows cross its border.
// Mermaid draws what it is given, compiled or not.
func Mermaid(d Definition, lang string) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, l := range linesOf(d) {
		if l.track {
			l.mermaidTrack(&b, d.Stages, lang)
			continue
		}
		for _, g := range l.groups(d.Stages) {
			indent := "  "
			if g.Key != "" {
				mermaidOpen(&b, g.Label.In(lang, g.Key), l.id("stage", g.Key))
				indent += "  "
			}
			for _, s := range g.states {
				fmt.Fprintf(&b, "%s%s : %s\n", indent, l.id("s", s.Key), mermaidText(s.Label.In(lang, s.Key)))
			}
			if g.Key != "" {
				b.WriteString("  }\n")
			}
		}
		l.mermaidEdges(&b, "  ", lang)
	}
	return b.String()
}

func (l drawnLine) mermaidTrack(b *strings.Builder, stages []Stage, lang string) {
	mermaidOpen(b, l.label.In(lang, l.key), drawnID("track", l.key))
	for _, s := range l.states {
		label := s.Label.In(lang, s.Key)
		if s.Stage != "" {
			stage := Stage{Key: s.Stage}
			if i := slices.IndexFunc(stages, func(g Stage) bool { return g.Key == s.Stage }); i >= 0 {
				stage = stages[i]
			}
			label += " [" + stage.Label.In(lang, stage.Key) + "]"
		}
		fmt.Fprintf(b, "    %s : %s\n", l.id("s", s.Key), mermaidText(label))
	}
	l.mermaidEdges(b, "    ", lang)
	b.WriteString("  }\n")
}

func mermaidOpen(b *strings.Builder, label, id string) {
	fmt.Fprintf(b, "  state \"%s\" as %s {\n", mermaidText(label), id)
}

func (l drawnLine) mermaidEdges(b *strings.Builder, indent, lang string) {
	if l.initial != "" {
		fmt.Fprintf(b, "%s[*] --> %s\n", indent, l.id("s", l.initial))
	}
	for _, t := range l.transitions {
		for _, from := range t.From {
			fmt.Fprintf(b, "%s%s --> %s : %s\n", indent, l.id("s", from), l.id("s", t.To), mermaidText(t.Label.In(lang, t.Event)))
		}
	}
	for _, s := range l.states {
		if s.Final {
			fmt.Fprintf(b, "%s%s --> [*]\n", indent, l.id("s", s.Key))
		}
	}
}

// mermaidText writes as entity codes what would end a label or be read as
// markup. A label must not be blank.
func mermaidText(s string) string {
	s = oneLine(s)
	if strings.TrimSpace(s) == "" {
		return "#160;"
	}
	return strings.NewReplacer(
		"#", "#35;", `"`, "#quot;", ":", "#58;", ";", "#59;", "{", "#123;", "}", "#125;",
		"<", "#lt;", ">", "#gt;", "&", "#amp;",
	).Replace(s)
}
