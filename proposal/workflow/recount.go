package workflow

import (
	"context"
	"errors"
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
)

// Moved is a due date that a recount has moved, and why; or, where From is To, a
// clock whose alarms it has moved, as when the notice they waited for has come.
type Moved struct {
	ID    string         `json:"id,omitempty"`
	Limit string         `json:"limit"`
	Of    string         `json:"of,omitempty"`
	From  calendar.Date  `json:"from,omitzero"` // zero: it was not known
	To    calendar.Date  `json:"to,omitzero"`
	Alarm calendar.Date  `json:"alarm,omitzero"` // the next one, from now on
	Under string         `json:"under"`          // the calendar, as name#version
	Trace calendar.Trace `json:"trace,omitempty"`
}

// Recount counts the running clocks of a body's cases anew, and of the bodies
// below it, as when the calendar has had a new notice. Each case on which a due
// date or an alarm moves gets one entry that lists the dates and why; a case on
// which none does gets none. Clocks that were met never move. The actor needs the role
// [Administrator] in each body that has a case to move.
//
// It returns every date moved, also when an error ends it early: to go on, ask
// again.
func (e *Engine[C, R]) Recount(ctx context.Context, actor Actor, body string) ([]Moved, error) {
	var moved []Moved
	err := e.Each(ctx, func(c C) error {
		id := c.Head().ID
		var here []Moved
		own := &ownAct[C, R]{
			engine: e, id: id, name: Recounted, permit: administrators[C],
			change: func(act *Act[R], c C) (any, error) {
				if here = e.recount(act, c); len(here) == 0 {
					return nil, errNothing
				}
				return here, nil
			},
		}
		_, err := own.do(ctx, actor, struct{}{}, nil)
		if errors.Is(err, errNothing) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, m := range here {
			m.ID = id
			moved = append(moved, m)
		}
		return nil
	}, store.Match{Attr: "body", Op: store.Is, Values: e.tree.Below(body)},
		store.Match{Attr: "clock", Op: store.Is, Values: []string{"running"}})
	return moved, err
}

// recount counts every running clock of a case and returns those that move.
func (e *Engine[C, R]) recount(act *Act[R], c C) []Moved {
	h := c.Head()
	before := slices.Clone(h.Clocks)
	for i := range h.Clocks {
		if l, ok := e.limitOf(h.Definition, h.Clocks[i].Limit); ok && h.Clocks[i].Running() {
			h.Clocks[i].count(l, act.calendar)
		}
	}
	e.anchor(h, act.calendar, map[int]bool{})
	var moved []Moved
	for i, clock := range h.Clocks {
		if clock.Due == before[i].Due && clock.Next == before[i].Next {
			continue
		}
		m := Moved{Limit: clock.Limit, Of: clock.Of, From: before[i].Due, To: clock.Due, Alarm: clock.Next, Under: clock.Calendar}
		if l, ok := e.limitOf(h.Definition, clock.Limit); ok {
			if _, trace, err := clock.counted(l).Explain(act.calendar); err == nil {
				m.Trace = trace
			}
		}
		moved = append(moved, m)
	}
	return moved
}
