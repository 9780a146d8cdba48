package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
)

// Deadline is a running clock of a case, as a list of what is due shows it.
type Deadline[C Case] struct {
	ID    string         `json:"id"`
	Body  string         `json:"body"`
	Stage string         `json:"stage"`
	Limit string         `json:"limit"`
	Of    string         `json:"of,omitempty"`  // the instance, such as the unit whose part it is
	For   string         `json:"for,omitempty"` // whom the limit binds
	Due   calendar.Date  `json:"due"`
	DueAt time.Time      `json:"due_at,omitzero"` // of a limit in hours
	State calendar.State `json:"state"`

	Case C `json:"-"` // as the reader sees it
}

// Overdue returns the running clocks whose due day has passed at the given
// time, the longest overdue first, on cases that answer the conditions: of a
// body, in a stage, with a unit. A case with several units has a clock for each;
// whose a deadline is says its Of. It is derived from the due dates each time it
// is asked for, and costs what it returns. A reader gets those of the cases whose
// clocks he sees.
//
// When lateness in working days cannot be counted, because a calendar has no
// notice of the year, the clocks that it concerns are missing: the others come
// back with the first such error, as they do when a record cannot be read.
func (r Reader[C, R]) Overdue(ctx context.Context, at time.Time, where ...store.Match) ([]Deadline[C], error) {
	return r.deadlines(ctx, at, time.Time{}, at, where, func(_ *calendar.Calendar, today calendar.Date, c Clock) (bool, error) {
		return c.past(at, today), nil
	})
}

// DueWithin returns the running clocks that are due today or at most so many
// working days later, the nearest first, on cases that answer the conditions.
// When a calendar does not know the days that far ahead, the clocks of its
// bodies are missing: the others come back with the first such error.
func (r Reader[C, R]) DueWithin(ctx context.Context, at time.Time, workdays int, where ...store.Match) ([]Deadline[C], error) {
	if workdays < 0 || workdays > 1000 {
		return nil, Invalid("workdays", "out_of_range", "%d个工作日不在0至1000之间", "%d working days is not between 0 and 1000", workdays)
	}
	horizon := at.AddDate(0, 0, 60+3*workdays) // wider than any stretch of so many working days; the day is asked below
	return r.deadlines(ctx, at, at, horizon, where, func(cal *calendar.Calendar, today calendar.Date, c Clock) (bool, error) {
		last, err := cal.AddWorkdays(today, workdays)
		if err != nil {
			return false, err //nolint:wrapcheck // it names the calendar and the year
		}
		return !c.past(at, today) && !c.Due.After(last), nil
	})
}

// Overdue is [Reader.Overdue] for code that may see all.
func (e *Engine[C, R]) Overdue(ctx context.Context, at time.Time, where ...store.Match) ([]Deadline[C], error) {
	return e.All().Overdue(ctx, at, where...)
}

// DueWithin is [Reader.DueWithin] for code that may see all.
func (e *Engine[C, R]) DueWithin(ctx context.Context, at time.Time, workdays int, where ...store.Match) ([]Deadline[C], error) {
	return e.All().DueWithin(ctx, at, workdays, where...)
}

// deadlines returns the running clocks that wanted wants, of cases with one that
// is due from the first day to the second, or on the day beside them that it is
// elsewhere.
func (r Reader[C, R]) deadlines(ctx context.Context, at, first, last time.Time, where []store.Match, wanted func(cal *calendar.Calendar, today calendar.Date, c Clock) (bool, error)) ([]Deadline[C], error) {
	bounds := []store.Match{{Attr: "due", Op: store.Below, Values: []string{last.UTC().AddDate(0, 0, 2).Format(time.DateOnly)}}}
	if !first.IsZero() {
		bounds = append(bounds, store.Match{Attr: "due", Op: store.AtLeast, Values: []string{first.UTC().AddDate(0, 0, -1).Format(time.DateOnly)}})
	}
	var found []Deadline[C]
	var unjudged error
	err := r.Each(ctx, Query{Where: slices.Concat(where, bounds), Order: "due"}, func(c C) error {
		here, err := r.engine.deadlinesOf(c, at, wanted)
		found = append(found, here...)
		if errors.Is(err, ErrInvalid) {
			return err // of the time asked for
		}
		if unjudged == nil {
			unjudged = err
		}
		return nil
	})
	if err == nil {
		err = unjudged
	}
	slices.SortStableFunc(found, func(a, b Deadline[C]) int { return a.Due.Compare(b.Due) })
	return found, err
}

// deadlinesOf returns the running clocks of a case that wanted wants, and the
// first error of one that cannot be judged.
func (e *Engine[C, R]) deadlinesOf(c C, at time.Time, wanted func(cal *calendar.Calendar, today calendar.Date, c Clock) (bool, error)) (found []Deadline[C], unjudged error) {
	h := c.Head()
	today, err := calendar.DateOf(at, e.Zone(h.Body))
	if err != nil {
		return nil, Invalid("at", "out_of_range", "%v", "%v", err)
	}
	cal := e.CalendarFor(h.Body)
	for _, clock := range h.Clocks {
		l, ok := e.limitOf(h.Definition, clock.Limit)
		if !ok || !clock.Running() || clock.Due.IsZero() {
			continue
		}
		var state calendar.State
		ok, err := wanted(cal, today, clock)
		if ok && err == nil {
			state, err = clock.state(l, cal, at.In(e.Zone(h.Body)))
		}
		switch {
		case err != nil && unjudged == nil:
			unjudged = fmt.Errorf("clock %s of %s: %w", clock.Limit, h.ID, err)
		case err == nil && ok:
			found = append(found, Deadline[C]{
				ID: h.ID, Body: h.Body, Stage: h.Stage,
				Limit: clock.Limit, Of: clock.Of, For: l.For, Due: clock.Due, DueAt: clock.DueAt, State: state, Case: c,
			})
		}
	}
	return found, unjudged
}

// clockAttributes are what the clocks of a case are found by: "clock" running,
// "due" and "due.<limit>" for every running clock, "alarm" for the next alarm,
// "undated" for what keeps a running clock from having a due date.
func clockAttributes(attrs []store.Attr, h *Header) []store.Attr {
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
