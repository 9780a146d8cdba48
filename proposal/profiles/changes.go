package profiles

import (
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// changes is what a place does otherwise than the definition it is derived from.
type changes struct {
	WithoutStates []string               `json:"without_states"` // of the main line
	WithoutEvents []string               `json:"without_events"` // of any line
	WithoutLimits []string               `json:"without_limits"`
	Open          []string               `json:"open"`        // instead of those who open a case
	Stages        []lifecycle.Stage      `json:"stages"`      // instead of the stages
	States        []lifecycle.State      `json:"states"`      // of the main line: instead of those of the same key, else beside the others
	Transitions   []lifecycle.Transition `json:"transitions"` // of the main line: instead of all of the same event, else beside the others
	Limits        []lifecycle.Limit      `json:"limits"`      // instead of those of the same key, else beside the others
	Tracks        []lifecycle.Track      `json:"tracks"`      // of the track of the same key: its label, states and transitions, as on the main line
}

func (c changes) none() bool {
	return len(c.WithoutStates)+len(c.WithoutEvents)+len(c.WithoutLimits)+len(c.Open)+len(c.Stages)+
		len(c.States)+len(c.Transitions)+len(c.Limits)+len(c.Tracks) == 0
}

// apply returns the definition with the changes made.
func (c changes) apply(d lifecycle.Definition) lifecycle.Definition {
	if c.Open != nil {
		d.Open = c.Open
	}
	if c.Stages != nil {
		d.Stages = c.Stages
	}
	d.States = instead(d.States, c.States, func(s lifecycle.State) string { return s.Key })
	d.States = slices.DeleteFunc(d.States, func(s lifecycle.State) bool { return slices.Contains(c.WithoutStates, s.Key) })
	d.Transitions = c.transitions(d.Transitions, c.Transitions)
	for _, track := range c.Tracks {
		i := slices.IndexFunc(d.Tracks, func(t lifecycle.Track) bool { return t.Key == track.Key })
		if i < 0 {
			d.Tracks = append(d.Tracks, track)
			continue
		}
		t := &d.Tracks[i]
		if track.Label != (lifecycle.Label{}) {
			t.Label = track.Label
		}
		t.States = instead(t.States, track.States, func(s lifecycle.State) string { return s.Key })
		t.Transitions = c.transitions(t.Transitions, track.Transitions)
	}
	for i := range d.Tracks {
		d.Tracks[i].Transitions = c.transitions(d.Tracks[i].Transitions, nil)
	}
	d.Limits = instead(d.Limits, c.Limits, func(l lifecycle.Limit) string { return l.Key })
	d.Limits = slices.DeleteFunc(d.Limits, func(l lifecycle.Limit) bool { return slices.Contains(c.WithoutLimits, l.Key) })
	for i := range d.Limits {
		l := &d.Limits[i]
		for _, events := range []*[]string{&l.Start, &l.Stop, &l.Pause, &l.Resume, &l.Lapse, &l.Closes} {
			*events = without(*events, c.WithoutEvents)
		}
	}
	return d
}

// transitions returns those of a line with others in the place of those of the same
// event, without the events and the states that are gone.
func (c changes) transitions(of, others []lifecycle.Transition) []lifecycle.Transition {
	event := func(t lifecycle.Transition) string { return t.Event }
	kept := slices.DeleteFunc(of, func(t lifecycle.Transition) bool {
		return slices.Contains(c.WithoutEvents, t.Event) || slices.Contains(c.WithoutStates, t.To) ||
			slices.ContainsFunc(others, func(o lifecycle.Transition) bool { return event(o) == event(t) })
	})
	left := kept[:0]
	for _, t := range kept {
		from, while := without(t.From, c.WithoutStates), without(t.While, c.WithoutStates)
		if len(from) == 0 || len(while) == 0 && len(t.While) > 0 {
			continue // nothing is left in which it could happen
		}
		t.From, t.While = from, while
		left = append(left, t)
	}
	return append(left, others...)
}

// instead puts others in the place of those that have the same key, and the rest of
// them behind.
func instead[T any](of, others []T, key func(T) string) []T {
	for _, other := range others {
		if i := slices.IndexFunc(of, func(t T) bool { return key(t) == key(other) }); i >= 0 {
			of[i] = other
		} else {
			of = append(of, other)
		}
	}
	return of
}

func without(words, gone []string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return slices.Contains(gone, w) })
}
