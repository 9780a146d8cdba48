package workflow

import (
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
)

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
		if ok && touched[i] && !l.dated() {
			h.Clocks[i].count(l, act.calendar)
		}
	}
	e.anchor(act, touched)
	return nil
}

// tickLimit has one move bear on the clocks of one limit.
func (e *Engine[C, R]) tickLimit(act *Act[R], c C, l limit, m Move, touched map[int]bool) error {
	h := c.Head()
	from, to := m.From, m.To
	if m.Line != "" {
		from, to = "", ""
	}
	own := l.Each == "" || trackOf(m.Line) == l.Each
	of := ""
	if l.Each != "" && own {
		of = strings.TrimPrefix(m.Line, l.Each+"/")
	}
	ends := m.Line == "" && !l.Beyond && act.ends(from, to)
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		if clock.Limit != l.Key || !clock.Running() || l.Each != "" && own && clock.Of != of {
			continue
		}
		changed, err := act.bear(clock, l, m.Event, from, to, ends)
		if err != nil {
			return &RefusedError{h.ID, m.Event, h.State, []Blocker{calendarBlocker(err)}}
		}
		touched[i] = touched[i] || changed
	}
	if own && l.Starts(m.Event, from, to) && (e.vocabulary.Binds == nil || e.vocabulary.Binds(act.Rules, c, l.Limit, of)) {
		started := Clock{Limit: l.Key, Of: of, Start: act.today, Length: e.length(act, c, l, of)}
		if started.hours(l) {
			started.StartAt = act.Local().Round(0)
		}
		h.start(started, l.Again == lifecycle.AgainStand, touched)
	}
	return nil
}

// ends reports whether a move of the main line brings the case to an end.
func (a *Act[R]) ends(from, to string) bool {
	before, _ := a.machine.State(from)
	after, _ := a.machine.State(to)
	return after.Final && !before.Final
}

// bear has an event bear on a running clock, and reports whether it changed it.
func (a *Act[R]) bear(clock *Clock, l limit, event, from, to string, ends bool) (bool, error) {
	var changed calendar.Timer
	var err error
	met := l.Stops(event, from, to)
	switch {
	case met || ends || slices.Contains(l.Lapse, event):
		if l.dated() && clock.Anchor.IsZero() {
			changed = clock.counted(l)
			changed.Stopped = a.today
		} else {
			changed, err = clock.moving(l).Stop(a.calendar, a.today)
		}
		clock.Held, clock.Request, clock.Lapsed = nil, nil, !met
		if clock.hours(l) {
			clock.StoppedAt = a.Local().Round(0)
		}
	case clock.hold(l, event, a.today):
		if changed, err = a.pause(clock, l, event); err != nil {
			return false, err
		}
	case clock.release(l, event):
		if !clock.paused(a.today) {
			return true, nil // the pause has ended by itself
		}
		changed, err = clock.moving(l).Resume(a.today)
	default:
		return false, nil
	}
	if err != nil {
		return false, err //nolint:wrapcheck // the caller makes a blocker of it
	}
	clock.take(changed)
	return true, nil
}

// pause begins a pause today, which ends by itself where the limit says how long
// one lasts at most.
func (a *Act[R]) pause(clock *Clock, l limit, reason string) (calendar.Timer, error) {
	if l.LongestPause.IsZero() {
		return clock.moving(l).Pause(a.today, reason) //nolint:wrapcheck // the caller makes a blocker of it
	}
	last, err := lastOf(a.today, l.LongestPause, a.calendar)
	if err != nil {
		return calendar.Timer{}, err
	}
	return clock.moving(l).PauseBetween(a.today, last, reason) //nolint:wrapcheck // the caller makes a blocker of it
}

// lastOf returns the last day of a stretch that begins on a day and is so long.
func lastOf(first calendar.Date, length calendar.Length, cal *calendar.Calendar) (calendar.Date, error) {
	after, err := (calendar.Timer{Start: first, Rule: calendar.Rule{Length: length}}).Due(cal)
	if err != nil {
		return calendar.Date{}, err //nolint:wrapcheck // the caller makes a blocker of it
	}
	return after.AddDays(-1) //nolint:wrapcheck // not reached: after is not before first
}

// length returns the length that holds for a clock by a condition of its limit; the
// zero one when none applies and it is the limit's own.
func (e *Engine[C, R]) length(act *Act[R], c C, l limit, of string) calendar.Length {
	instance := act.Instance
	defer func() { act.Instance = instance }()
	act.Instance = of
	for i, w := range l.Limit.Lengths {
		if len(e.ask(act, c, lifecycle.Transition{Guards: w.If})) == 0 {
			return l.Lengths[i]
		}
	}
	return calendar.Length{}
}

// hold notes that event holds the clock, and reports whether it begins to
// pause: what is held for one reason may be held for another as well.
func (c *Clock) hold(l limit, event string, today calendar.Date) bool {
	if len(c.Held) > 0 && !c.paused(today) {
		c.Held = nil // the pause has ended by itself
	}
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

// start starts the clock of a limit, or starts it anew, unless one that runs is to
// stand.
func (h *Header) start(clock Clock, stand bool, touched map[int]bool) {
	i := h.clock(clock.Limit, clock.Of)
	switch {
	case i < 0:
		i = len(h.Clocks)
		h.Clocks = append(h.Clocks, clock)
	case stand && h.Clocks[i].Running():
		return
	}
	h.Clocks[i] = clock
	touched[i] = true
}

// clock returns the place of the clock of a limit, of that instance; -1 when none
// has started.
func (h *Header) clock(limit, of string) int {
	return slices.IndexFunc(h.Clocks, func(c Clock) bool { return c.Limit == limit && c.Of == of })
}

// anchor holds clocks that count from a date against it: the due date of another
// limit's clock, or a date that an action has set. One whose date is not known has
// no due date yet.
func (e *Engine[C, R]) anchor(act *Act[R], touched map[int]bool) {
	h := act.header
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		l, ok := e.limitOf(h.Definition, clock.Limit)
		if !ok || !l.dated() {
			continue
		}
		to := h.anchorOf(l.anchorName(), clock.Of)
		if clock.Running() && clock.Anchor != to {
			clock.missed(l, act.At, act.today)
			clock.Anchor, touched[i] = to, true
		}
		if touched[i] {
			clock.count(l, act.calendar)
		}
	}
}

// missed notes the due day that has passed before the day is moved, where it stands.
func (c *Clock) missed(l limit, at time.Time, today calendar.Date) {
	if l.Missed == lifecycle.MissedStands && c.Missed.IsZero() && c.past(at, today) {
		c.Missed = c.Due
	}
}

// anchorOf returns the date that a limit counts from: one set for the very
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
