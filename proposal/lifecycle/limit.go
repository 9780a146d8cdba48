package lifecycle

import "slices"

// Limit (办理时限) says by when something must have happened, and what the
// clock that watches it does on which event. Lengths are text in the form of
// package calendar ("3 months", "10 workdays", "08-31"); the engine reads them.
//
// What it watches is named by events (Start, Stop), by states of the main line
// (In), or by both. One clock runs for the case; with Each, one for every
// instance of that track: events on an instance bear on its own clock, those of
// other lines on all of them, except that only what happens to the instance
// itself, such as its beginning ([Begin]), starts a clock.
type Limit struct {
	Key          string     `json:"key"`
	Label        Label      `json:"label,omitzero"`
	For          string     `json:"for"`              // whom it binds: a role or relation, such as "lead"; where it binds nobody no clock starts
	Each         string     `json:"each,omitempty"`   // a track with Each: one clock for every instance
	Start        []string   `json:"start,omitempty"`  // events that start the clock, or start it anew; also Opening, or with Each Begin
	Stop         []string   `json:"stop,omitempty"`   // events that meet the limit
	In           []string   `json:"in,omitempty"`     // main states: coming into them starts the clock, going out of them meets the limit
	Pause        []string   `json:"pause,omitempty"`  // events from whose day on days do not count; see Releases
	Resume       []string   `json:"resume,omitempty"` // events that end the pause
	Length       string     `json:"length"`
	Lengths      []When     `json:"lengths,omitempty"`       // lengths that hold instead under a condition: the first that applies when the clock starts
	From         string     `json:"from,omitempty"`          // counts forward from the date of that name that an action sets, such as the close of a session, instead of from the day of the event
	Again        string     `json:"again,omitempty"`         // a start while the clock runs: AgainStand lets the first stand, none starts anew
	Lapse        []string   `json:"lapse,omitempty"`         // events that end the clock without meeting the limit, as when a unit is relieved
	Beyond       bool       `json:"beyond,omitempty"`        // runs on when the case comes to an end; without it, it lapses
	Late         string     `json:"late,omitempty"`          // what becomes of an act after the due day: LateRefuse, LateMark, LateWarn or none
	Closes       []string   `json:"closes,omitempty"`        // the events that Late is about; none: those of Stop
	Judged       string     `json:"judged,omitempty"`        // JudgedRecorded: in time is what was recorded in time; none: what happened in time
	Missed       string     `json:"missed,omitempty"`        // a due day that has passed before the limit is prolonged or paused: MissedStands has it met late in the end, none forgives it
	Before       string     `json:"before,omitempty"`        // counts backward: from the due date of the limit of that key, or from a date of that name that an action sets
	Roll         string     `json:"roll,omitempty"`          // RollNextWorkday or none: a due day off moves to the next working day
	Cap          string     `json:"cap,omitempty"`           // the longest it may become by extensions, from the start
	Extend       []string   `json:"extend,omitempty"`        // roles that may extend it; none: nobody
	Longest      string     `json:"longest,omitempty"`       // the most that all extensions together may add
	Times        int        `json:"times,omitempty"`         // how often it may be extended; 0: as often as Cap and Longest allow
	Ask          []string   `json:"ask,omitempty"`           // roles that may ask those of Extend for an extension or a pause
	AskUntil     string     `json:"ask_until,omitempty"`     // how long before the due day it must be asked for, or given without being asked for; "0 days": on the day itself at the latest; none: at any time
	LongestPause string     `json:"longest_pause,omitempty"` // a pause ends by itself after so many days; none: it lasts until it is ended
	Warnings     []Warning  `json:"warnings,omitempty"`
	Remind       []Reminder `json:"remind,omitempty"`
	Overdue      []Reaction `json:"overdue,omitempty"` // what to do on the day after the due day
}

// Warning is a colour shown, and what to do, some time before the due day.
type Warning struct {
	Key    string     `json:"key"`    // such as "yellow"
	Before string     `json:"before"` // how long before the due day it begins, such as "5 workdays"
	Do     []Reaction `json:"do,omitempty"`
}

// Reminder is what to do at even distances: every so often after the start and up
// to the due day; with Within, in the stretch of that length before the due day;
// with After "due", after the due day until the limit is met; with Until "done",
// from the start until the limit is met.
type Reminder struct {
	Every  string     `json:"every"` // in days, such as "7 days"
	Within string     `json:"within,omitempty"`
	After  string     `json:"after,omitempty"`  // "due" or none
	Until  string     `json:"until,omitempty"`  // "done" or none: the due day
	Missed string     `json:"missed,omitempty"` // of several that nobody swept for: MissedEach calls for each, none for the last alone
	Do     []Reaction `json:"do,omitempty"`
}

// When is a length that holds under a condition.
type When struct {
	If     []string `json:"if"` // guards, as "name" or "name:argument", all of which agree
	Length string   `json:"length"`
}

// Reaction is what a crossing causes.
type Reaction struct {
	Do    string `json:"do"`              // DoUrge, DoWarn, DoEscalate or DoFire
	Role  string `json:"role,omitempty"`  // whom to urge, warn or escalate to
	Event string `json:"event,omitempty"` // what to fire, which System must be allowed to
}

// Begin is the event by which an instance of a track with Each comes to be,
// whichever act began it. Limits may name it; definitions cannot.
const Begin = "begin"

// Opening is the event with which a case begins, from no state. A limit of the case
// may start at it.
const Opening = "open"

// RollNextWorkday is the one way in which a due day may roll.
const RollNextWorkday = "next_workday"

// AgainStand lets the first start of a limit stand while its clock runs.
const AgainStand = "stand"

// What becomes of an act that comes after the due day.
const (
	LateRefuse = "refuse" // it is refused, whether or not the deadline was swept, and also once the limit has been met by something else
	LateMark   = "mark"   // it is done, and its entry names the limit
	LateWarn   = "warn"   // it is done; whoever asks what may be done is told
)

// JudgedRecorded has a limit judge by when an act was recorded.
const JudgedRecorded = "recorded"

// MissedStands has a due day that was missed stand: what prolongs or pauses the limit
// afterwards moves the day and forgives nothing.
const MissedStands = "stands"

// MissedEach has every reminder sent that an outage has held up.
const MissedEach = "each"

// What a reaction may do.
const (
	DoUrge     = "urge"
	DoWarn     = "warn"
	DoEscalate = "escalate"
	DoFire     = "fire"
)

// ClosedTo reports whether event is one that Late is about.
func (l Limit) ClosedTo(event string) bool {
	if l.Late == "" {
		return false
	}
	if len(l.Closes) > 0 {
		return slices.Contains(l.Closes, event)
	}
	return slices.Contains(l.Stop, event)
}

// Starts reports whether event, which moved the main line between the given
// states, starts the clock of l or starts it anew. A new case comes from "" by
// "open"; for an event of a track both states are "".
func (l Limit) Starts(event, from, to string) bool {
	return slices.Contains(l.Start, event) || !slices.Contains(l.In, from) && slices.Contains(l.In, to)
}

// Releases reports whether the event resume ends what the event pause began. With
// as many Resume as Pause events each ends its own: a clock that waits for the
// proposer and for a hearing runs again when both have come. Otherwise every
// Resume event ends every pause.
func (l Limit) Releases(resume, pause string) bool {
	if !slices.Contains(l.Resume, resume) {
		return false
	}
	if len(l.Resume) != len(l.Pause) {
		return true
	}
	for i := range l.Pause {
		if l.Pause[i] == pause && l.Resume[i] == resume {
			return true
		}
	}
	return false
}

// Stops reports whether event, which moved the main line between the given
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
	l.Ask = slices.Clone(l.Ask)
	l.Lapse = slices.Clone(l.Lapse)
	l.Closes = slices.Clone(l.Closes)
	l.Lengths = slices.Clone(l.Lengths)
	for i := range l.Lengths {
		l.Lengths[i].If = slices.Clone(l.Lengths[i].If)
	}
	l.Warnings = slices.Clone(l.Warnings)
	for i := range l.Warnings {
		l.Warnings[i].Do = slices.Clone(l.Warnings[i].Do)
	}
	l.Remind = slices.Clone(l.Remind)
	for i := range l.Remind {
		l.Remind[i].Do = slices.Clone(l.Remind[i].Do)
	}
	l.Overdue = slices.Clone(l.Overdue)
	return l
}
