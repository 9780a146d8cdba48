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

// instanceOf reports whether name names an instance of the track.
func instanceOf(name, track string) bool {
	rest, ok := strings.CutPrefix(name, track)
	return ok && (rest == "" || rest[0] == '/')
}

// stage is the stage in which s counts.
func (s *State) stage() string {
	if s.Stage != "" {
		return s.Stage
	}
	return s.Key
}

// Stage returns the one stage in which a case counts, given its main state and
// the states of its tracks by [Instance]. A track's state that has a stage
// takes precedence over the main state's while the latter's stage is among
// those the track is over. Tracks are asked in the order of the definition, the
// instances of one in the order of their names. For states of the definition
// the stage is among [Machine.Stages].
func (m *Machine) Stage(state string, tracks map[string]string) string {
	stage := state
	if s, ok := m.states[state]; ok {
		stage = s.stage()
	}
	if len(tracks) == 0 {
		return stage
	}
	for i := range m.full.Tracks {
		t := &m.full.Tracks[i]
		if !slices.Contains(t.Over, stage) {
			continue
		}
		first, instead := "", ""
		for name, at := range tracks {
			if !instanceOf(name, t.Key) || (first != "" && name > first) {
				continue
			}
			if s, ok := m.tracks[t.Key].states[at]; ok && s.Stage != "" {
				first, instead = name, s.Stage
			}
		}
		if first != "" {
			return instead
		}
	}
	return stage
}

// Stages returns every stage in which a case may count, in the order in which
// people count them: those the definition lists, then those that only its
// states name or are, in the order of the states, the main line's first.
func (m *Machine) Stages() []Stage {
	stages := slices.Clone(m.def.Stages)
	seen := make(map[string]bool)
	for _, s := range stages {
		seen[s.Key] = true
	}
	add := func(s Stage) {
		if !seen[s.Key] {
			seen[s.Key] = true
			stages = append(stages, s)
		}
	}
	for _, s := range m.full.States {
		if s.Stage != "" {
			add(Stage{Key: s.Stage})
		} else {
			add(Stage{Key: s.Key, Label: s.Label})
		}
	}
	for _, t := range m.full.Tracks {
		for _, s := range t.States {
			if s.Stage != "" && len(t.Over) > 0 {
				add(Stage{Key: s.Stage})
			}
		}
	}
	return stages
}
