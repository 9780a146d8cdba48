package workflow

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// CorrectDate corrects the time at which an act of the case's history is said to
// have happened: the entry stays as it is, and the correction shows both times. The
// clocks that the act started, paused or stopped follow; what its action wrote into
// the case stays. The time lies between those of the acts before and after it. The
// actor needs the role [Administrator].
func (e *Engine[C, R]) CorrectDate(ctx context.Context, actor Actor, id string, x clock.Correct, options ...DoOption) (C, error) {
	var history []Entry
	own := &ownAct[C, R]{
		engine: e, id: id, name: clock.Correcting, permit: administrators[C],
		read: func(ctx context.Context) (err error) {
			history, err = e.History(ctx, id)
			return err
		},
		change: func(act *Act[R], c C) (any, error) {
			if err := checkReason(x.Reason, nil, "更正须有理由", "a correction needs a reason"); err != nil {
				return nil, err
			}
			return e.correct(act, c.Head(), history, x)
		},
	}
	x.At = x.At.UTC().Round(0)
	return own.do(ctx, actor, x, options)
}

// correct moves what an act has done to the clocks to the day it happened.
func (e *Engine[C, R]) correct(act *Act[R], h *Header, history []Entry, x clock.Correct) (any, error) {
	if x.Seq < 1 || x.Seq > uint64(len(history)) {
		return nil, Invalid("seq", "unknown", "没有第%d条", "there is no entry %d", x.Seq)
	}
	times, err := happened(history)
	if err != nil {
		return nil, err
	}
	i := int(x.Seq) - 1 //nolint:gosec // at most the length of a slice
	last := i == len(history)-1
	switch {
	case x.At.IsZero():
		return nil, Invalid("at", "empty", "没有更正后的时间", "there is no corrected time")
	case i > 0 && x.At.Before(times[i-1]):
		return nil, Invalid("at", "too_early", "早于前一条的时间%s", "before %s, when the act before it happened", times[i-1].Format(time.RFC3339))
	case !last && x.At.After(times[i+1]):
		return nil, Invalid("at", "too_late", "晚于后一条的时间%s", "after %s, when the next act happened", times[i+1].Format(time.RFC3339))
	case x.At.After(act.recorded.Add(e.mostAhead)):
		return nil, Invalid("at", "future", "%s尚未到来", "%s is still to come", x.At.Format(time.RFC3339))
	}
	was, errWas := calendar.DateOf(times[i], act.zone)
	now, errNow := calendar.DateOf(x.At, act.zone)
	if errWas != nil || errNow != nil {
		return nil, Invalid("at", "out_of_range", "%s超出范围", "%s is out of range", x.At.Format(time.RFC3339))
	}
	if i == 0 {
		h.Opened = x.At
	}
	if last { // a case that was dated ahead is free again
		act.At = x.At
		if act.recorded.After(act.At) {
			act.At = act.recorded
		}
		if act.today, err = calendar.DateOf(act.At, act.zone); err != nil {
			return nil, Invalid("at", "out_of_range", "%v", "%v", err)
		}
	}
	for j := range h.Clocks {
		if l, ok := e.limitOf(h.Definition, h.Clocks[j].Limit); ok && h.Clocks[j].correct(l, history[i], was, now, x.At.In(act.zone)) {
			h.Clocks[j].count(l, act.calendar)
		}
	}
	e.anchor(act, map[int]bool{})
	return clock.Corrected{Seq: x.Seq, Was: times[i], Now: x.At}, nil
}

// happened returns when each act of a history happened, by its last correction.
func happened(history []Entry) ([]time.Time, error) {
	times := make([]time.Time, len(history))
	for i, entry := range history {
		times[i] = entry.At
		if entry.Event != clock.Correcting {
			continue
		}
		var note clock.Corrected
		if err := readNote(entry, &note); err != nil {
			return nil, err
		}
		if note.Seq >= 1 && note.Seq <= uint64(i) {
			times[note.Seq-1] = note.Now
		}
	}
	return times, nil
}

// correct moves what an act of a day did to the clock to another day, and reports
// whether it did anything.
func (c *Clock) correct(l limit, entry Entry, was, now calendar.Date, at time.Time) bool {
	changed := false
	for _, m := range entry.Moves {
		if l.Each != "" && trackOf(m.Line) == l.Each && m.Line != l.Each+"/"+c.Of {
			continue
		}
		from, to := m.From, m.To
		if m.Line != "" {
			from, to = "", ""
		}
		if c.Start == was && l.Starts(m.Event, from, to) {
			c.Start, changed = now, true
			if !c.StartAt.IsZero() {
				c.StartAt = at
			}
		}
		if c.Stopped == was && !c.Lapsed && l.Stops(m.Event, from, to) {
			c.Stopped, changed = now, true
			if !c.StoppedAt.IsZero() {
				c.StoppedAt = at
			}
		}
		changed = c.correctPauses(l, m.Event, was, now) || changed
	}
	return changed
}

// correctPauses moves the ends of pauses that an event of a day has set.
func (c *Clock) correctPauses(l limit, event string, was, now calendar.Date) bool {
	before, err := was.AddDays(-1)
	last, errLast := now.AddDays(-1)
	if err != nil || errLast != nil {
		return false
	}
	changed := false
	c.Pauses = slices.Clone(c.Pauses)
	for i, p := range c.Pauses {
		if slices.Contains(l.Pause, event) && p.From == was {
			c.Pauses[i].From, changed = now, true
		}
		if slices.Contains(l.Resume, event) && p.To == before {
			c.Pauses[i].To, changed = last, true
		}
	}
	return changed
}

// readNote reads the note of an entry of the engine's own.
func readNote(entry Entry, into any) error {
	if err := json.Unmarshal(entry.Note, into); err != nil {
		return fmt.Errorf("%w: note of entry %d of %s: %w", ErrUnreadable, entry.Seq, entry.ID, err)
	}
	return nil
}
