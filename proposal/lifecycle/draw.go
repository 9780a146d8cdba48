package lifecycle

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// drawnLine is the main line or a track, as the drawings need it.
type drawnLine struct {
	key         string // of the track
	track       bool
	label       Label
	initial     string
	states      []State
	transitions []Transition
}

func linesOf(d Definition) []drawnLine {
	d = spelledOut(d)
	lines := make([]drawnLine, 0, 1+len(d.Tracks))
	lines = append(lines, drawnLine{initial: d.Initial, states: d.States, transitions: d.Transitions})
	for _, t := range d.Tracks {
		lines = append(lines, drawnLine{
			key: t.Key, track: true, label: t.Label,
			initial: t.Initial, states: t.States, transitions: t.Transitions,
		})
	}
	return lines
}

// id names the part of a drawing that stands for key on the line.
func (l drawnLine) id(kind, key string) string {
	if l.track {
		return drawnID(kind, l.key, key)
	}
	return drawnID(kind, key)
}

type group struct {
	Stage
	states []State
}

// groups sorts the line's states by stage: first in the order of stages, then
// stages that are named by states only; those without a stage come last, with
// an empty key.
func (l drawnLine) groups(stages []Stage) []group {
	groups := make([]group, 0, len(stages)+1)
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

// drawnID makes a name that both languages take bare: letters, digits and
// underscores. In a part an underscore is doubled and every other byte written
// as _ and two hex digits; parts are joined by _in_, which neither can be, so
// that no two things share a name.
func drawnID(kind string, parts ...string) string {
	var b strings.Builder
	b.WriteString(kind)
	b.WriteByte('_')
	for i, p := range parts {
		if i > 0 {
			b.WriteString("_in_")
		}
		for j := range len(p) {
			switch c := p[j]; {
			case letter(c), digit(c):
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

// oneLine makes of a label what fits on one line: control characters and
// separators of lines are spaces, what is not UTF-8 is a replacement character.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
