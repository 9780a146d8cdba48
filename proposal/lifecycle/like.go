package lifecycle

import "slices"

// spelledOut returns d with every "like" carried out: states have their stage
// and their meaning, and the transitions, whiles and limits that name a state
// name those that are like it as well. A like that names no state, or that runs
// in a circle, is left alone; lint reports it.
func spelledOut(d Definition) Definition {
	d = d.clone()
	main := likes(d.States)
	d.States = Meanings(d.States)
	d.Transitions = inherit(d.Transitions, main)
	for i := range d.Tracks {
		t := &d.Tracks[i]
		t.Transitions = inherit(t.Transitions, likes(t.States))
		t.States = Meanings(t.States)
		for j := range t.Transitions {
			t.Transitions[j].While = withAlike(t.Transitions[j].While, main)
		}
	}
	for i := range d.Limits {
		d.Limits[i].In = withAlike(d.Limits[i].In, main)
	}
	return d
}

// alike is a state and another that it is like, directly or by way of others.
type alike struct{ state, other string }

// likes returns each state that is like others, with all of them, nearest first.
func likes(states []State) []alike {
	byKey := make(map[string]*State, len(states))
	for i := range states {
		byKey[states[i].Key] = &states[i]
	}
	var pairs []alike
	for i := range states {
		seen := map[string]bool{states[i].Key: true}
		for at := byKey[states[i].Like]; at != nil && !seen[at.Key]; at = byKey[at.Like] {
			seen[at.Key] = true
			pairs = append(pairs, alike{states[i].Key, at.Key})
		}
	}
	return pairs
}

// Meanings returns the states with what they take from those they are like: each
// has a meaning, and the stage it counts in unless it is a stage of its own. It
// leaves the slice as it is.
func Meanings(states []State) []State {
	place := make(map[string]int, len(states))
	for i, s := range states {
		place[s.Key] = i
	}
	full := slices.Clone(states)
	for _, pair := range likes(states) {
		i, other := place[pair.state], states[place[pair.other]]
		if full[i].Stage == "" {
			full[i].Stage = other.Stage
		}
		switch {
		case full[i].Is != "":
		case other.Is == "" && other.Like == "":
			full[i].Is = other.Key
		default:
			full[i].Is = other.Is
		}
	}
	for i := range full {
		if full[i].Is == "" {
			full[i].Is = full[i].Key
		}
	}
	return full
}

// inherit gives every state the transitions of the states it is like, unless it
// has one for that event itself. What leads to the state is not inherited by
// it, and what stays in the other state stays in this one.
func inherit(transitions []Transition, pairs []alike) []Transition {
	if len(pairs) == 0 {
		return transitions
	}
	has := make(map[edge]bool)
	for _, t := range transitions {
		for _, from := range t.From {
			has[edge{from, t.Event}] = true
		}
	}
	var stays []Transition
	for _, pair := range pairs {
		for i := range transitions {
			t := &transitions[i]
			at := edge{pair.state, t.Event}
			if !slices.Contains(t.From, pair.other) || has[at] || t.To == pair.state {
				continue
			}
			has[at] = true
			if t.To != pair.other {
				t.From = append(t.From, pair.state)
				continue
			}
			stay := *t
			stay.From, stay.To = []string{pair.state}, pair.state
			stays = append(stays, stay)
		}
	}
	return append(transitions, stays...)
}

// withAlike adds the states that are like one of those named; nil stays nil.
func withAlike(states []string, pairs []alike) []string {
	for _, pair := range pairs {
		if slices.Contains(states, pair.other) && !slices.Contains(states, pair.state) {
			states = append(states, pair.state)
		}
	}
	return states
}
