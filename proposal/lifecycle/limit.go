package lifecycle

import "slices"

// Limit (办理时限) says by when something must have happened, and what the
// clock that watches it does on which event. Lengths are text in the form of
// package calendar ("3 months", "10 workdays", "08-31"); the engine reads them.
//
// What it watches is named by events (Start, Stop), by states of the main line
// (In), or by both. A limit on the events of a track with Each runs one clock
// per instance.
type Limit struct {
	Key      string     `json:"key"`
	Label    Label      `json:"label,omitzero"`
	For      string     `json:"for"`              // whom it binds: a role or relation, such as "lead"
	Start    []string   `json:"start,omitempty"`  // events that start the clock, or start it anew
	Stop     []string   `json:"stop,omitempty"`   // events that meet the limit
	In       []string   `json:"in,omitempty"`     // main states: coming into them starts the clock, going out of them meets the limit
	Pause    []string   `json:"pause,omitempty"`  // events from whose day on days do not count
	Resume   []string   `json:"resume,omitempty"` // events that end the pause
	Length   string     `json:"length"`
	Roll     string     `json:"roll,omitempty"`   // RollNextWorkday or none: a due day off moves to the next working day
	Cap      string     `json:"cap,omitempty"`    // the longest it may become by extensions, from the start
	Extend   []string   `json:"extend,omitempty"` // roles that may extend it; none: nobody
	Warnings []Warning  `json:"warnings,omitempty"`
	Overdue  []Reaction `json:"overdue,omitempty"` // what to do on the day after the due day
}

// Warning is a colour shown, and what to do, some time before the due day.
type Warning struct {
	Key    string     `json:"key"`    // such as "yellow"
	Before string     `json:"before"` // how long before the due day it begins, such as "5 workdays"
	Do     []Reaction `json:"do,omitempty"`
}

// Reaction is what a crossing causes.
type Reaction struct {
	Do    string `json:"do"`              // DoUrge, DoWarn, DoEscalate or DoFire
	Role  string `json:"role,omitempty"`  // whom to urge, warn or escalate to
	Event string `json:"event,omitempty"` // what to fire, which System must be allowed to
}

// RollNextWorkday is the one way in which a due day may roll.
const RollNextWorkday = "next_workday"

// What a reaction may do.
const (
	DoUrge     = "urge"
	DoWarn     = "warn"
	DoEscalate = "escalate"
	DoFire     = "fire"
)

// Starts tells whether event, which moved the main line between the given
// states, starts the clock of l or starts it anew. A new case comes from "" by
// the event ""; for an event of a track both states are "".
func (l Limit) Starts(event, from, to string) bool {
	return slices.Contains(l.Start, event) || !slices.Contains(l.In, from) && slices.Contains(l.In, to)
}

// Stops tells whether event, which moved the main line between the given
// states, meets the limit. Of an event that both stops and starts, the stop
// comes first.
func (l Limit) Stops(event, from, to string) bool {
	return slices.Contains(l.Stop, event) || slices.Contains(l.In, from) && !slices.Contains(l.In, to)
}

func (l Limit) clone() Limit {
	l.Start = slices.Clone(l.Start)
	l.Stop = slices.Clone(l.Stop)
	l.In = slices.Clone(l.In)
	l.Pause = slices.Clone(l.Pause)
	l.Resume = slices.Clone(l.Resume)
	l.Extend = slices.Clone(l.Extend)
	l.Warnings = slices.Clone(l.Warnings)
	for i := range l.Warnings {
		l.Warnings[i].Do = slices.Clone(l.Warnings[i].Do)
	}
	l.Overdue = slices.Clone(l.Overdue)
	return l
}
