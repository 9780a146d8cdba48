package workflow

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// limit is a limit of the definition with its lengths read.
type limit lifecycle.TimedLimit

// Clock (时限) is one limit of the definition running on one case. Due is a
// decision that was made when it was last counted, under the calendar named,
// and stands until something happens to the clock or [Engine.Recount] is asked
// for: a new notice moves no date by itself. Whether it is overdue is never
// stored.
type Clock struct {
	Limit      string               `json:"limit"`           // key of the definition's limit
	Of         string               `json:"of,omitempty"`    // the instance, for a limit with Each
	Start      calendar.Date        `json:"start"`           // day 0
	Anchor     calendar.Date        `json:"anchor,omitzero"` // the date that a limit with Before or From counts from
	Length     calendar.Length      `json:"length,omitzero"` // chosen by a condition when it started, instead of the limit's own
	Pauses     []calendar.Pause     `json:"pauses,omitempty"`
	Held       []string             `json:"held,omitempty"` // the pause events that hold it now
	Extensions []calendar.Extension `json:"extensions,omitempty"`
	Request    *clock.Request       `json:"request,omitempty"` // an extension or a pause that has been asked for and not been decided on
	Missed     calendar.Date        `json:"missed,omitzero"`   // the due day that had passed when the limit was prolonged, where that stands: it is met late
	Stopped    calendar.Date        `json:"stopped,omitzero"`
	Lapsed     bool                 `json:"lapsed,omitempty"`   // stopped without being met: the unit was relieved, the case came to its end
	Due        calendar.Date        `json:"due,omitzero"`       // zero: it cannot be known yet, and Why says why not
	Why        string               `json:"why,omitempty"`      // no_anchor, or a code of calendar: paused, unknown_year, no_calendar; with Due it is about the alarms
	Calendar   string               `json:"calendar,omitempty"` // under which Due was counted, as name#version
	Crossed    []string             `json:"crossed,omitempty"`  // alarms that are in the journal, as alarm@date
	Next       calendar.Date        `json:"next,omitzero"`      // of the next alarm
	StartAt    time.Time            `json:"start_at,omitzero"`  // of a limit in hours
	DueAt      time.Time            `json:"due_at,omitzero"`    // of a limit in hours: the last moment in time, on the day Due
	StoppedAt  time.Time            `json:"stopped_at,omitzero"`
}

// Running reports whether the clock has not been stopped. It may be paused.
func (c Clock) Running() bool { return c.Stopped.IsZero() }

// counted returns the calendar's own clock.
func (c Clock) counted(l limit) calendar.Timer {
	counted := calendar.Timer{
		Start: c.Start, Rule: l.Rule, Anchor: c.Anchor, Pauses: c.Pauses,
		Extensions: c.Extensions, Stopped: c.Stopped, StartAt: c.StartAt, StoppedAt: c.StoppedAt,
	}
	if !c.Length.IsZero() {
		counted.Rule.Length = c.Length
	}
	if l.From != "" {
		counted.Start, counted.Anchor = c.Anchor, calendar.Date{}
	}
	if !c.Stopped.IsZero() {
		counted.FinalDue = c.Due
	}
	return counted
}

// moving returns the calendar's own clock to pause, resume and stop: a limit that
// counts from a date runs from the day of its event, also while that date is still
// to come.
func (c Clock) moving(l limit) calendar.Timer {
	moving := c.counted(l)
	if l.From != "" {
		moving.Start = c.Start
	}
	return moving
}

// hours reports whether the clock counts hours.
func (c Clock) hours(l limit) bool {
	if !c.Length.IsZero() {
		return c.Length.Hours()
	}
	return l.Rule.Length.Hours()
}

// past reports whether a moment, on a day of the body's calendar, is after what is
// in time; false while there is no due date.
func (c Clock) past(at time.Time, today calendar.Date) bool {
	if !c.DueAt.IsZero() {
		return at.After(c.DueAt)
	}
	return !c.Due.IsZero() && today.After(c.Due)
}

// inForce returns a calendar's clock with the due date in force, whatever the
// calendar has become since; a clock without one is left to the calendar. A limit
// that was met after a day that stands is held against that day.
func (c Clock) inForce(l limit) calendar.Timer {
	counted := c.counted(l)
	unit := calendar.Day
	if counted.Rule.Length.Unit == calendar.Workday {
		unit = calendar.Workday
	}
	switch {
	case !c.Running() && !c.Missed.IsZero():
		return calendar.Timer{Start: counted.Start, Rule: calendar.Rule{Length: calendar.Length{Unit: unit}}, Stopped: c.Stopped, FinalDue: c.Missed}
	case !c.Running() || c.Due.IsZero() || c.hours(l):
		return counted
	}
	return calendar.Timer{Start: counted.Start, Anchor: c.Due, Rule: calendar.Rule{
		Before: "due", Length: calendar.Length{Unit: unit},
		Warnings: l.Rule.Warnings, Reminders: l.Rule.Reminders,
	}}
}

// state tells how the clock stands at a moment, given in the body's own zone.
func (c Clock) state(l limit, cal *calendar.Calendar, at time.Time) (calendar.State, error) {
	state, err := c.inForce(l).StateAt(cal, at)
	if err != nil {
		return state, err //nolint:wrapcheck // the caller takes its code, or names the case
	}
	today, err := calendar.DateOf(at, at.Location())
	switch {
	case err != nil:
		return state, err //nolint:wrapcheck // not reached: StateAt has the same date
	case c.Lapsed:
		state.Phase = calendar.Lapsed
	case state.Phase == calendar.Running && c.paused(today): // until a day that is known
		state.Phase, state.Colour = calendar.Paused, ""
	}
	return state, nil
}

// take takes over what the calendar's own clock has become.
func (c *Clock) take(counted calendar.Timer) {
	c.Pauses, c.Extensions, c.Stopped = counted.Pauses, counted.Extensions, counted.Stopped
}

// count counts due date and next alarm. A date that cannot be known, because
// the clock is paused or the calendar has no notice of the year, is left open
// and does not hold the act up.
func (c *Clock) count(l limit, cal *calendar.Calendar) {
	c.Calendar = fmt.Sprintf("%s#%d", cal.Name(), cal.Version())
	if l.dated() && c.Anchor.IsZero() {
		c.Due, c.Why, c.Next = calendar.Date{}, "no_anchor", calendar.Date{}
		return
	}
	counted := c.counted(l)
	due, err := counted.Due(cal)
	c.Due, c.Why, c.Next = due, calendar.Code(err), calendar.Date{}
	if err == nil && c.Running() {
		c.DueAt, err = counted.DueAt(cal)
	}
	if err != nil || !c.Running() {
		return
	}
	alarms, err := c.alarms(l, cal, calendar.Date{})
	if err != nil {
		c.Why = calendar.Code(err)
		return
	}
	for _, a := range alarms {
		if !c.crossed(a) {
			c.Next = a.On
			return
		}
	}
}

// dated reports whether l counts from a date rather than from an event.
func (l limit) dated() bool { return l.Before != "" || l.From != "" }

// anchorName returns the name of the date that a limit counts from.
func (l limit) anchorName() string {
	if l.From != "" {
		return l.From
	}
	return l.Before
}

// Reading is how a clock stands on a day, and why.
type Reading struct {
	Clock
	Label lifecycle.Label `json:"label,omitzero"`
	For   string          `json:"for,omitempty"`   // whom the limit binds
	State *calendar.State `json:"state,omitempty"` // nil when it cannot be known, and Why says why not
	Trace calendar.Trace  `json:"trace,omitempty"` // step by step: why this date
}

// Readings returns how every clock of a case stands at the given time. A running
// clock is explained by the calendar of today, which may have had a notice since
// the date was counted: then its trace leads to another date than Due, and
// Recount would move it.
func (e *Engine[C, R]) Readings(c C, at time.Time) ([]Reading, error) {
	// A caller who dropped the error of an act has a nil case in hand.
	if v := reflect.ValueOf(c); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil, Invalid("case", "empty", "没有可供查看时限的件", "there is no case to tell the timings of")
	}
	h := c.Head()
	if _, err := calendar.DateOf(at, e.Zone(h.Body)); err != nil {
		return nil, Invalid("at", "out_of_range", "%v", "%v", err)
	}
	cal := e.CalendarFor(h.Body)
	timings := make([]Reading, 0, len(h.Clocks))
	for _, clock := range h.Clocks {
		l, ok := e.limitOf(h.Definition, clock.Limit)
		if !ok {
			continue // of a definition before a migration
		}
		t := Reading{Clock: clock, Label: l.Label, For: l.For}
		if state, err := clock.state(l, cal, at.In(e.Zone(h.Body))); err == nil {
			t.State = &state
		} else {
			t.Why = calendar.Code(err)
		}
		if _, trace, err := clock.counted(l).Explain(cal); err == nil {
			t.Trace = trace
		}
		timings = append(timings, t)
	}
	return timings, nil
}

// paused reports whether the clock is paused on a day.
func (c *Clock) paused(on calendar.Date) bool {
	return slices.ContainsFunc(c.Pauses, func(p calendar.Pause) bool {
		return !on.Before(p.From) && (p.To.IsZero() || !on.After(p.To))
	})
}
