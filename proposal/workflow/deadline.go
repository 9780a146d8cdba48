package workflow

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
)

// Deadline is a running clock of a case, as a list of what is due shows it.
type Deadline struct {
	ID    string         `json:"id"`
	Body  string         `json:"body"`
	Stage string         `json:"stage"`
	Limit string         `json:"limit"`
	Of    string         `json:"of,omitempty"`  // the instance, such as the unit whose part it is
	For   string         `json:"for,omitempty"` // whom the limit binds
	Due   calendar.Date  `json:"due"`
	State calendar.State `json:"state"`
}

// Overdue returns the running clocks whose due day has passed at the given
// time, the longest overdue first, on cases that answer the conditions: of a
// body, in a stage, with a unit. A case with several units has a clock for each;
// whose a deadline is says its Of. It is derived from the due dates each time it is asked for.
//
// When lateness in working days cannot be counted, because a calendar has no
// notice of the year, the clocks that it concerns are missing: the others come
// back with the first such error.
func (e *Engine[C, R]) Overdue(ctx context.Context, at time.Time, where ...store.Match) ([]Deadline, error) {
	return e.deadlines(ctx, at, at, where, func(_ *calendar.Calendar, today, due calendar.Date) (bool, error) {
		return due.Before(today), nil
	})
}

// DueWithin returns the running clocks that are due today or at most so many
// working days later, the nearest first, on cases that answer the conditions.
// When a calendar does not know the days that far ahead, the clocks of its
// bodies are missing: the others come back with the first such error.
func (e *Engine[C, R]) DueWithin(ctx context.Context, at time.Time, workdays int, where ...store.Match) ([]Deadline, error) {
	if workdays < 0 || workdays > 1000 {
		return nil, Invalid("workdays", "out_of_range", "%d个工作日不在0至1000之间", "%d working days is not between 0 and 1000", workdays)
	}
	horizon := at.AddDate(0, 0, 60+3*workdays) // wider than any stretch of so many working days; the day is asked below
	return e.deadlines(ctx, at, horizon, where, func(cal *calendar.Calendar, today, due calendar.Date) (bool, error) {
		last, err := cal.AddWorkdays(today, workdays)
		if err != nil {
			return false, err //nolint:wrapcheck // it names the calendar and the year
		}
		return !due.Before(today) && !due.After(last), nil
	})
}

// deadlines returns the running clocks, due before the day after horizon, that
// wanted wants.
func (e *Engine[C, R]) deadlines(ctx context.Context, at, horizon time.Time, where []store.Match, wanted func(cal *calendar.Calendar, today, due calendar.Date) (bool, error)) ([]Deadline, error) {
	before := horizon.UTC().AddDate(0, 0, 2).Format(time.DateOnly) // no zone is a day ahead
	where = append(slices.Clone(where), store.Match{Attr: "due", Op: store.Below, Values: []string{before}})
	var found []Deadline
	var unjudged error
	err := e.Each(ctx, func(c C) error {
		h := c.Head()
		today, err := calendar.DateOf(at, e.tree.Zone(h.Body))
		if err != nil {
			return Invalid("at", "out_of_range", "%v", "%v", err)
		}
		cal := e.CalendarFor(h.Body)
		for _, clock := range h.Clocks {
			l, ok := e.limitOf(h.Definition, clock.Limit)
			if !ok || !clock.Running() || clock.Due.IsZero() {
				continue
			}
			var state calendar.State
			ok, err := wanted(cal, today, clock.Due)
			if ok && err == nil {
				state, err = clock.inForce(l).State(cal, today)
			}
			switch {
			case err != nil && unjudged == nil:
				unjudged = fmt.Errorf("clock %s of %s: %w", clock.Limit, h.ID, err)
			case err == nil && ok:
				found = append(found, Deadline{
					ID: h.ID, Body: h.Body, Stage: h.Stage,
					Limit: clock.Limit, Of: clock.Of, For: l.For, Due: clock.Due, State: state,
				})
			}
		}
		return nil
	}, where...)
	if err == nil {
		err = unjudged
	}
	slices.SortStableFunc(found, func(a, b Deadline) int { return a.Due.Compare(b.Due) })
	return found, err
}

// clockAttributes are what the clocks of a case are found by: "clock" running,
// "due" and "due.<limit>" for every running clock, "alarm" for the next alarm,
// "undated" for what keeps a running clock from having a due date.
func clockAttributes(h *Header) []store.Attr {
	var attrs []store.Attr
	var next calendar.Date
	for _, c := range h.Clocks {
		if !c.Running() {
			continue
		}
		attrs = append(attrs, store.Attr{Name: "clock", Value: "running"})
		if c.Due.IsZero() {
			attrs = append(attrs, store.Attr{Name: "undated", Value: c.Why})
			continue
		}
		due := c.Due.String()
		attrs = append(attrs, store.Attr{Name: "due", Value: due}, store.Attr{Name: "due." + c.Limit, Value: due})
		if !c.Next.IsZero() && (next.IsZero() || c.Next.Before(next)) {
			next = c.Next
		}
	}
	if !next.IsZero() {
		attrs = append(attrs, store.Attr{Name: "alarm", Value: next.String()})
	}
	return attrs
}
