package workflow

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
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
	Anchor     calendar.Date        `json:"anchor,omitzero"` // of a limit that counts backward
	Pauses     []calendar.Pause     `json:"pauses,omitempty"`
	Held       []string             `json:"held,omitempty"` // the pause events that hold it now
	Extensions []calendar.Extension `json:"extensions,omitempty"`
	Stopped    calendar.Date        `json:"stopped,omitzero"`
	Due        calendar.Date        `json:"due,omitzero"`       // zero: it cannot be known yet, and Why says why not
	Why        string               `json:"why,omitempty"`      // no_anchor, or a code of calendar: paused, unknown_year, no_calendar; with Due it is about the alarms
	Calendar   string               `json:"calendar,omitempty"` // under which Due was counted, as name#version
	Crossed    []string             `json:"crossed,omitempty"`  // alarms that are in the journal, as alarm@date
	Next       calendar.Date        `json:"next,omitzero"`      // of the next alarm
}

// Running reports whether the clock has not been stopped. It may be paused.
func (c Clock) Running() bool { return c.Stopped.IsZero() }

// counted returns the calendar's own clock.
func (c Clock) counted(l limit) calendar.Timer {
	counted := calendar.Timer{
		Start: c.Start, Rule: l.Rule, Anchor: c.Anchor, Pauses: c.Pauses,
		Extensions: c.Extensions, Stopped: c.Stopped,
	}
	if !c.Stopped.IsZero() {
		counted.FinalDue = c.Due
	}
	return counted
}

// inForce returns a calendar's clock with the due date in force, whatever the
// calendar has become since; a clock without one is left to the calendar.
func (c Clock) inForce(l limit) calendar.Timer {
	if !c.Running() || c.Due.IsZero() {
		return c.counted(l)
	}
	unit := calendar.Day
	if l.Rule.Length.Unit == calendar.Workday {
		unit = calendar.Workday
	}
	return calendar.Timer{Start: c.Start, Anchor: c.Due, Rule: calendar.Rule{
		Before: "due", Length: calendar.Length{Unit: unit},
		Warnings: l.Rule.Warnings, Reminders: l.Rule.Reminders,
	}}
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
	if l.Before != "" && c.Anchor.IsZero() {
		c.Due, c.Why, c.Next = calendar.Date{}, "no_anchor", calendar.Date{}
		return
	}
	counted := c.counted(l)
	due, err := counted.Due(cal)
	c.Due, c.Why, c.Next = due, calendar.Code(err), calendar.Date{}
	if err != nil || !c.Running() {
		return
	}
	alarms, err := c.inForce(l).Alarms(cal)
	if err != nil {
		c.Why = calendar.Code(err)
		return
	}
	for _, a := range alarms {
		if !slices.Contains(c.Crossed, alarmKey(a)) {
			c.Next = a.On
			return
		}
	}
}

// alarmKey names an alarm in Crossed: an alarm that an extension has moved is
// another one.
func alarmKey(a calendar.Alarm) string {
	name := string(a.Kind)
	if a.Colour != "" {
		name += ":" + a.Colour
	}
	return name + "@" + a.On.String()
}

// tick moves the clocks of a case along with the moves of an act: a move stops,
// pauses, resumes or starts the clocks whose limits name its event or states.
// Then clocks that count backward are held against the date they count from,
// and every clock that was touched is counted anew.
func (e *Engine[C, R]) tick(act *Act[R], c C, moves []Move) error {
	h := c.Head()
	limits := act.machine.Limits()
	if len(limits) == 0 {
		return nil
	}
	touched := make(map[int]bool)
	for _, m := range moves {
		for _, l := range limits {
			if err := e.tickLimit(act, c, limit(l), m, touched); err != nil {
				return err
			}
		}
	}
	for i := range h.Clocks {
		l, ok := e.limitOf(h.Definition, h.Clocks[i].Limit)
		if ok && touched[i] && l.Before == "" {
			h.Clocks[i].count(l, act.calendar)
		}
	}
	e.anchor(h, act.calendar, touched)
	return nil
}

// tickLimit has one move bear on the clocks of one limit.
func (e *Engine[C, R]) tickLimit(act *Act[R], c C, l limit, m Move, touched map[int]bool) error {
	h, today := c.Head(), act.today
	from, to := m.From, m.To
	if m.Line != "" {
		from, to = "", ""
	}
	own := l.Each == "" || trackOf(m.Line) == l.Each
	of := ""
	if l.Each != "" && own {
		of = strings.TrimPrefix(m.Line, l.Each+"/")
	}
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		if clock.Limit != l.Key || !clock.Running() || l.Each != "" && own && clock.Of != of {
			continue
		}
		var changed calendar.Timer
		var err error
		switch {
		case l.Stops(m.Event, from, to) && l.Before != "" && clock.Anchor.IsZero():
			changed = clock.counted(l)
			changed.Stopped, clock.Held = today, nil
		case l.Stops(m.Event, from, to):
			changed, err = clock.counted(l).Stop(act.calendar, today)
			clock.Held = nil
		case clock.hold(l, m.Event):
			changed, err = clock.counted(l).Pause(today, m.Event)
		case clock.release(l, m.Event):
			changed, err = clock.counted(l).Resume(today)
		default:
			continue
		}
		if err != nil {
			return &RefusedError{h.ID, m.Event, h.State, []Blocker{calendarBlocker(err)}}
		}
		clock.take(changed)
		touched[i] = true
	}
	if own && l.Starts(m.Event, from, to) && (e.vocabulary.Binds == nil || e.vocabulary.Binds(act.Rules, c, l.Limit, of)) {
		h.start(l.Key, of, today, touched)
	}
	return nil
}

// hold notes that event holds the clock, and reports whether it begins to
// pause: what is held for one reason may be held for another as well.
func (c *Clock) hold(l limit, event string) bool {
	if !slices.Contains(l.Pause, event) || slices.Contains(c.Held, event) || l.Before != "" {
		return false
	}
	c.Held = append(slices.Clone(c.Held), event)
	return len(c.Held) == 1
}

// release notes that event releases the clock from what it is held by, and reports
// whether nothing holds it any more.
func (c *Clock) release(l limit, event string) bool {
	if !slices.Contains(l.Resume, event) || len(c.Held) == 0 {
		return false
	}
	c.Held = slices.DeleteFunc(slices.Clone(c.Held), func(held string) bool { return l.Releases(event, held) })
	return len(c.Held) == 0
}

// start starts the clock of a limit, or starts it anew.
func (h *Header) start(key, of string, today calendar.Date, touched map[int]bool) {
	clock := Clock{Limit: key, Of: of, Start: today}
	i := slices.IndexFunc(h.Clocks, func(c Clock) bool { return c.Limit == key && c.Of == of })
	if i < 0 {
		i = len(h.Clocks)
		h.Clocks = append(h.Clocks, clock)
	}
	h.Clocks[i] = clock
	touched[i] = true
}

// anchor holds clocks that count backward against the date they count from: the
// due date of another limit's clock, or a date that an action has set. One
// whose date is not known has no due date yet.
func (e *Engine[C, R]) anchor(h *Header, cal *calendar.Calendar, touched map[int]bool) {
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		l, ok := e.limitOf(h.Definition, clock.Limit)
		if !ok || l.Before == "" {
			continue
		}
		to := h.anchorOf(l.Before, clock.Of)
		if clock.Running() && clock.Anchor != to {
			clock.Anchor, touched[i] = to, true
		}
		if touched[i] {
			clock.count(l, cal)
		}
	}
}

// anchorOf returns the date that a limit counts back from: one set for the very
// instance, one set for the case, or the due date of another limit.
func (h *Header) anchorOf(before, of string) calendar.Date {
	if date, ok := h.Dates[lifecycle.Instance(before, of)]; ok {
		return date
	}
	if date, ok := h.Dates[before]; ok {
		return date
	}
	return dueOf(h, before)
}

// dueOf returns the latest due date among the running clocks of a limit, or of
// the stopped ones when none runs: the day of a unit that was relieved is no day
// for those who go on.
func dueOf(h *Header, key string) calendar.Date {
	var running, stopped calendar.Date
	for _, c := range h.Clocks {
		latest := &stopped
		if c.Running() {
			latest = &running
		}
		if c.Limit == key && c.Due.After(*latest) {
			*latest = c.Due
		}
	}
	if running.IsZero() {
		return stopped
	}
	return running
}

// calendarBlocker makes a blocker of an error of package calendar.
func calendarBlocker(err error) Blocker {
	text := calendar.ErrorText(err)
	return Block(calendar.Code(err), text.Zh, text.En)
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
	today, err := calendar.DateOf(at, e.tree.Zone(h.Body))
	if err != nil {
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
		if state, err := clock.inForce(l).State(cal, today); err == nil {
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
