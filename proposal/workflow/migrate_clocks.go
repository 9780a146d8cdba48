package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// carry takes the running clocks of a case over to the limits of another
// definition, and returns a blocker for each limit that it does not have.
func carry(h *Header, to *lifecycle.Machine, mapped map[string]string, note *Carried) []Blocker {
	has := make(map[string]bool)
	for _, l := range to.Limits() {
		has[l.Key] = true
	}
	var blockers []Blocker
	h.Clocks = slices.DeleteFunc(h.Clocks, func(c Clock) bool {
		limit, named := mapped[c.Limit]
		ended := c.Running() && named && limit == ""
		if ended {
			note.Ended = append(note.Ended, lifecycle.Instance(c.Limit, c.Of))
		}
		return ended
	})
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		limit, named := mapped[clock.Limit]
		if !named {
			limit = clock.Limit
		}
		switch {
		case has[limit]:
			clock.Limit = limit
		case clock.Running():
			blockers = append(blockers, Block("no_such_limit",
				fmt.Sprintf("新流程中没有时限“%s”", limit), fmt.Sprintf("the new definition has no limit %q", limit)))
		}
	}
	return blockers
}

// settleClocks has the clocks of a case follow the limits of the definition it has
// come under.
func (e *Engine[C, R]) settleClocks(act *Act[R], c C, m Migration, history []Entry, note *Carried) error {
	h := c.Head()
	carried := make(map[string]bool)
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		carried[clock.Limit] = true
		l, ok := e.limitOf(h.Definition, clock.Limit)
		if !ok || !clock.Running() {
			continue
		}
		clock.Length = e.length(act, c, l, clock.Of)
		if clock.hours(l) && clock.StartAt.IsZero() {
			return act.refuse(calendar.CodeCountsHours,
				fmt.Sprintf("时限“%s”改以小时计，而已起算的时刻不详", l.Label.In("zh", l.Key)),
				fmt.Sprintf("%q counts hours, and the moment of its start is not known", l.Label.In("en", l.Key)))
		}
		lifted, err := act.lift(clock, l)
		if err != nil {
			return &RefusedError{h.ID, act.Event, h.State, []Blocker{calendarBlocker(err)}}
		}
		if lifted {
			note.Lifted = append(note.Lifted, lifecycle.Instance(clock.Limit, clock.Of))
		}
	}
	for _, timed := range act.machine.Limits() {
		l := limit(timed)
		if carried[l.Key] {
			continue
		}
		for _, clock := range e.startedBefore(act, c, l, m, history) {
			h.start(clock, false, map[int]bool{})
			note.Started = append(note.Started, lifecycle.Instance(clock.Limit, clock.Of))
		}
	}
	return nil
}

// lift lets a clock run on that is paused by what its limit does not pause for any
// more.
func (a *Act[R]) lift(clock *Clock, l limit) (bool, error) {
	held := slices.DeleteFunc(slices.Clone(clock.Held), func(event string) bool { return !slices.Contains(l.Pause, event) })
	if len(held) == len(clock.Held) {
		return false, nil
	}
	clock.Held = held
	if len(held) > 0 || !clock.paused(a.today) {
		return false, nil
	}
	resumed, err := clock.moving(l).Resume(a.today)
	if err != nil {
		return false, err //nolint:wrapcheck // the caller makes a blocker of it
	}
	clock.take(resumed)
	return true, nil
}

// startedBefore returns the clocks of a limit that would be running, had the case
// been under its definition from the start: those that the last event which bears on
// them started.
func (e *Engine[C, R]) startedBefore(act *Act[R], c C, l limit, m Migration, history []Entry) []Clock {
	h := c.Head()
	replay := replay[C, R]{e, act, c, l, m, make(map[string]Clock), nil}
	for _, entry := range history {
		for _, move := range entry.Moves {
			replay.move(entry, move)
		}
	}
	running, order := replay.running, replay.order
	var started []Clock
	for _, of := range order {
		clock, runs := running[of]
		if runs && (e.vocabulary.Binds == nil || e.vocabulary.Binds(act.Rules, c, l.Limit, of)) {
			if l.Each != "" && h.Track(l.Each, of) == "" {
				continue
			}
			started = append(started, clock)
		}
	}
	return started
}

// replay follows what the moves of a history would have done to the clocks of one
// limit.
type replay[C Case, R any] struct {
	engine    *Engine[C, R]
	act       *Act[R]
	c         C
	l         limit
	migration Migration

	running map[string]Clock // by instance
	order   []string         // in which they started
}

func (r *replay[C, R]) move(entry Entry, move Move) {
	from, to := r.migration.state(move.From), r.migration.state(move.To)
	if move.Line != "" {
		from, to = "", ""
	}
	own := r.l.Each == "" || trackOf(move.Line) == r.l.Each
	of := ""
	if r.l.Each != "" && own {
		of = strings.TrimPrefix(move.Line, r.l.Each+"/")
	}
	ends := move.Line == "" && !r.l.Beyond && r.act.ends(from, to)
	if ends || r.l.Stops(move.Event, from, to) || slices.Contains(r.l.Lapse, move.Event) {
		if of != "" {
			delete(r.running, of)
		} else {
			clear(r.running)
		}
	}
	_, runs := r.running[of]
	stands := runs && r.l.Again == lifecycle.AgainStand
	day, err := calendar.DateOf(entry.At, r.act.zone)
	if err != nil || !own || stands || !r.l.Starts(move.Event, from, to) {
		return
	}
	clock := Clock{Limit: r.l.Key, Of: of, Start: day, Length: r.engine.length(r.act, r.c, r.l, of)}
	if clock.hours(r.l) {
		clock.StartAt = entry.At.In(r.act.zone)
	}
	if !slices.Contains(r.order, of) {
		r.order = append(r.order, of)
	}
	r.running[of] = clock
}

// state returns the main state that a migration makes of one.
func (m Migration) state(old string) string {
	if to, mapped := m.States[old]; mapped {
		return to
	}
	return old
}
