package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// Recount counts the running clocks of a body's cases anew, and of the bodies
// below it, as when the calendar has had a new notice. Each case on which a due
// date or an alarm moves gets one entry that lists the dates and why; a case on
// which none does gets none. Clocks that were met never move. The actor needs the role
// [Administrator] in each body that has a case to move.
//
// It returns every date moved, also with an error. A case that cannot be recounted,
// because its record was tampered with or its definition is not among this
// engine's, keeps no other from it: the error names each. A fault of the store, and
// an actor who may not, end it: to go on, ask again.
func (e *Engine[C, R]) Recount(ctx context.Context, actor Actor, body string) ([]clock.Moved, error) {
	var moved []clock.Moved
	var left []error
	err := e.Each(ctx, func(c C) error {
		id := c.Head().ID
		var here []clock.Moved
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
		switch {
		case err == nil:
		case errors.Is(err, ErrDenied) || !known(err) && !errors.Is(err, ErrUnreadable) && !errors.Is(err, ErrBroken):
			return err
		default:
			left = append(left, fmt.Errorf("workflow: recount of %s: %w", id, err))
			return nil
		}
		for _, m := range here {
			m.ID = id
			moved = append(moved, m)
		}
		return nil
	}, store.Match{Attr: "body", Op: store.Is, Values: e.tree.Below(body)},
		store.Match{Attr: "clock", Op: store.Is, Values: []string{"running"}})
	return moved, errors.Join(append(left, err)...)
}

// recount counts every running clock of a case and returns those that move.
func (e *Engine[C, R]) recount(act *Act[R], c C) []clock.Moved {
	h := c.Head()
	before := slices.Clone(h.Clocks)
	for i := range h.Clocks {
		if l, ok := e.limitOf(h.Definition, h.Clocks[i].Limit); ok && h.Clocks[i].Running() {
			h.Clocks[i].count(l, act.calendar)
		}
	}
	e.anchor(act, map[int]bool{})
	var moved []clock.Moved
	for i, c := range h.Clocks {
		if c.Due == before[i].Due && c.Next == before[i].Next {
			continue
		}
		m := clock.Moved{Limit: c.Limit, Of: c.Of, From: before[i].Due, To: c.Due, Alarm: c.Next, Under: c.Calendar}
		if l, ok := e.limitOf(h.Definition, c.Limit); ok {
			if _, trace, err := c.counted(l).Explain(act.calendar); err == nil {
				m.Trace = trace
			}
		}
		moved = append(moved, m)
	}
	return moved
}
