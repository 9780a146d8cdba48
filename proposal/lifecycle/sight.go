package lifecycle

import (
	"iter"
	"slices"
)

// Anyone is whom a [Sight] names when nobody has to be known.
const Anyone = "anyone"

// Sight (可见范围) says who sees which parts of a case. What no sight names is
// seen by nobody: reading is denied by default, as doing is.
type Sight struct {
	Who    []string `json:"who"`              // roles and relations, or [Anyone]
	Stages []string `json:"stages,omitempty"` // in which it holds; none named: any
	While  []string `json:"while,omitempty"`  // what the main state has to mean; none named: anything
	Unless []string `json:"unless,omitempty"` // what the main state must not mean
	Left   bool     `json:"left,omitempty"`   // those of a body that the case has left (区划调整), rather than of its own
	Sees   []string `json:"sees"`             // parts of the case, as the vocabulary names them
}

func (s Sight) clone() Sight {
	return Sight{
		Who: slices.Clone(s.Who), Stages: slices.Clone(s.Stages), While: slices.Clone(s.While),
		Unless: slices.Clone(s.Unless), Left: s.Left, Sees: slices.Clone(s.Sees),
	}
}

// Sight yields what holds for a case in a state of the main line and a stage, in
// the definition's order. The slices are not to be changed.
func (m *Machine) Sight(state, stage string) iter.Seq[Sight] {
	means := m.Means(state)
	return func(yield func(Sight) bool) {
		for _, s := range m.def.Sight {
			holds := (len(s.Stages) == 0 || slices.Contains(s.Stages, stage)) &&
				(len(s.While) == 0 || slices.Contains(s.While, means)) && !slices.Contains(s.Unless, means)
			if holds && !yield(s) {
				return
			}
		}
	}
}

func hasStage(states []State, stage string) bool {
	return slices.ContainsFunc(states, func(s State) bool { return s.Stage == stage })
}
