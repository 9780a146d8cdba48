package lifecycle

import (
	"slices"
	"strings"
)

// Instance names one instance of a track in the map that [Machine.Stage]
// reads: the key of the track, or for a track with Each the key, a slash and
// whose instance it is.
func Instance(track, of string) string {
	if of == "" {
		return track
	}
	return track + "/" + of
}

// Stage returns the one stage in which a case counts, given its main state and
// the states of its tracks by [Instance]. A track's state that has a stage
// takes precedence over the main state's while the latter's stage is among
// those the track is over. Tracks are asked in the order of the definition, the
// instances of one in the order of their names.
func (m *Machine) Stage(state string, tracks map[string]string) string {
	stage := m.stageOf(state)
	for i := range m.def.Tracks {
		t := &m.def.Tracks[i]
		if !slices.Contains(t.Over, stage) {
			continue
		}
		first := ""
		for name, at := range tracks {
			if name != t.Key && !strings.HasPrefix(name, t.Key+"/") {
				continue
			}
			s, ok := m.tracks[t.Key].states[at]
			if ok && s.Stage != "" && (first == "" || name < first) {
				first, stage = name, s.Stage
			}
		}
		if first != "" {
			return stage
		}
	}
	return stage
}

func (m *Machine) stageOf(state string) string {
	if s, ok := m.states[state]; ok && s.Stage != "" {
		return s.Stage
	}
	return state
}

// Stages returns the stages in the order in which people count them: those the
// definition lists, else those its states name, in their order.
func (m *Machine) Stages() []Stage {
	if len(m.def.Stages) > 0 {
		return slices.Clone(m.def.Stages)
	}
	var stages []Stage
	seen := make(map[string]bool)
	for i := range m.def.States {
		s := &m.def.States[i]
		stage := Stage{Key: s.Stage}
		if s.Stage == "" {
			stage = Stage{Key: s.Key, Label: s.Label}
		}
		if !seen[stage.Key] {
			seen[stage.Key] = true
			stages = append(stages, stage)
		}
	}
	return stages
}
