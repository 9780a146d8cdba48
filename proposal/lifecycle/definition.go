package lifecycle

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// Definition is a lifecycle (流程) as data. Name and Version pin it: once cases
// run on a version it is never edited, the next one is written instead.
type Definition struct {
	Name        string       `json:"name"`
	Version     int          `json:"version"` // from 1
	Label       Label        `json:"label,omitzero"`
	Stages      []Stage      `json:"stages,omitempty"` // in the order people count them
	Open        []string     `json:"open,omitempty"`   // roles that may open a case; none: nobody
	Initial     string       `json:"initial"`          // the state of a new case
	States      []State      `json:"states"`
	Transitions []Transition `json:"transitions"`
	Tracks      []Track      `json:"tracks,omitempty"`
	Limits      []Limit      `json:"limits,omitempty"`
	Roles       []Role       `json:"roles,omitempty"` // that it names beside those of its vocabulary
	Sight       []Sight      `json:"sight,omitempty"` // who sees which parts of a case; none: nobody but code that may see all
}

// Role is a role of a place's own, which a definition has to declare before it
// names it: a misspelt role would be one that nobody has.
type Role struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
}

// Stage (环节) is what people count. Several states may share one.
type Stage struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
}

// State (状态) is what the machine moves.
//
// Code never goes by the key of a state, which a place may choose as it likes,
// but by its meaning. Is gives the meaning; without it the meaning is that of
// the state which Like names, and without either the key.
//
// Like names another state of the same line. Whatever is allowed from that state
// or while the line is in it is allowed here too, except for events that lead
// here or that this state has transitions of its own for; an event that leaves
// the other state where it is leaves this one where it is. A limit that is in
// the other state is in this one. Without Stage the state has the other's, if that
// one has any.
type State struct {
	Key   string `json:"key"`
	Stage string `json:"stage,omitempty"` // "": that of the state it is like; without one the state is a stage of its own
	Label Label  `json:"label,omitzero"`
	Final bool   `json:"final,omitempty"` // an end; it may still have exits, such as reopening
	Is    string `json:"is,omitempty"`    // what the state means to the code
	Like  string `json:"like,omitempty"`  // another state of the same line
}

// Transition moves a line from any of the states From to the state To.
type Transition struct {
	Event  string   `json:"event"`
	Label  Label    `json:"label,omitzero"`
	From   []string `json:"from"`
	To     string   `json:"to"`               // may equal the state left: the event is then recorded and nothing moves
	Roles  []string `json:"roles"`            // who may fire it: any one of them suffices
	Guards []string `json:"guards,omitempty"` // what must agree: all of them, as "name" or "name:argument"
	While  []string `json:"while,omitempty"`  // in a track: the main states during which it may fire; none named: any
	Auto   bool     `json:"auto,omitempty"`   // on the main line: fires by itself as soon as its guards agree
}

// Track (并行线) is a small machine beside the main line. Its events are its
// own: an event belongs to exactly one line.
type Track struct {
	Key         string       `json:"key"`
	Label       Label        `json:"label,omitzero"`
	Each        bool         `json:"each,omitempty"` // one instance for each of many, such as units, instead of one for the case
	Over        []string     `json:"over,omitempty"` // stages of the main line that a state of this track with a stage replaces in counting
	Initial     string       `json:"initial"`
	States      []State      `json:"states"`
	Transitions []Transition `json:"transitions"`
}

// System is the role of the machine itself: automatic transitions and the
// reactions to limits carry it. No actor can hold it.
const System = "system"

// Fingerprint returns the SHA-256 (hex, 64 characters) of everything in d that
// bears on behaviour: labels may be reworded and roles declared, anything else,
// even another order, changes it. A list that is empty and one that is nil are the same.
func (d Definition) Fingerprint() string {
	d = d.clone()
	d.Label, d.Roles = Label{}, nil
	d.States = bareStates(d.States)
	d.Transitions = bareTransitions(d.Transitions)
	for i := range d.Stages {
		d.Stages[i].Label = Label{}
	}
	for i := range d.Tracks {
		t := &d.Tracks[i]
		t.Label = Label{}
		t.States = bareStates(t.States)
		t.Transitions = bareTransitions(t.Transitions)
	}
	for i := range d.Limits {
		d.Limits[i].Label = Label{}
	}
	text, err := json.Marshal(d)
	if err != nil { // strings, ints and bools only: cannot happen
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// bareStates takes the labels off states, in place; the result is never nil.
func bareStates(states []State) []State {
	for i := range states {
		states[i].Label = Label{}
	}
	return append([]State{}, states...)
}

// bareTransitions takes the labels off transitions, in place; neither the
// result nor a list in it that JSON would write as null is nil.
func bareTransitions(transitions []Transition) []Transition {
	for i := range transitions {
		t := &transitions[i]
		t.Label = Label{}
		t.From = append([]string{}, t.From...)
		t.Roles = append([]string{}, t.Roles...)
	}
	return append([]Transition{}, transitions...)
}

// clone returns a definition that shares nothing with d.
func (d Definition) clone() Definition {
	d.Stages = slices.Clone(d.Stages)
	d.Open = slices.Clone(d.Open)
	d.States = slices.Clone(d.States)
	d.Transitions = cloneTransitions(d.Transitions)
	d.Tracks = slices.Clone(d.Tracks)
	for i := range d.Tracks {
		t := &d.Tracks[i]
		t.Over = slices.Clone(t.Over)
		t.States = slices.Clone(t.States)
		t.Transitions = cloneTransitions(t.Transitions)
	}
	d.Roles = slices.Clone(d.Roles)
	d.Limits = slices.Clone(d.Limits)
	for i := range d.Limits {
		d.Limits[i] = d.Limits[i].clone()
	}
	d.Sight = slices.Clone(d.Sight)
	for i := range d.Sight {
		d.Sight[i] = d.Sight[i].clone()
	}
	return d
}

func cloneTransitions(transitions []Transition) []Transition {
	transitions = slices.Clone(transitions)
	for i := range transitions {
		t := &transitions[i]
		t.From = slices.Clone(t.From)
		t.Roles = slices.Clone(t.Roles)
		t.Guards = slices.Clone(t.Guards)
		t.While = slices.Clone(t.While)
	}
	return transitions
}
