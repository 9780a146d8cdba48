package calendar

import (
	"errors"
	"fmt"
)

// Due returns the due date of the timer: the last day that is in time. It is
// an error when the calendar does not know a year it has to judge, and an error
// of code paused when an open pause begins before the due date: then there is
// no due date until the pause ends; [Timer.State] has one for today.
//
// Limits in days, months or with a fixed date need no calendar unless they
// roll; cal may then be nil.
func (c Timer) Due(cal *Calendar) (Date, error) {
	return c.due(cal, Date{}, nil)
}

// Explain returns the same due date as Due and the steps that lead to it, in
// an order that can be read aloud.
func (c Timer) Explain(cal *Calendar) (Date, Trace, error) {
	var t Trace
	due, err := c.due(cal, Date{}, &t)
	if err != nil {
		return Date{}, nil, err
	}
	return due, t, nil
}

// due counts the timer. An open pause reaches to today inclusive, and without
// end when today is zero. Steps are recorded when trace is not nil.
func (c Timer) due(cal *Calendar, today Date, trace *Trace) (Date, error) {
	if err := c.Validate(); err != nil {
		return Date{}, err
	}
	if !c.FinalDue.IsZero() {
		trace.final(c)
		return c.FinalDue, nil
	}
	if c.Rule.Length.Hours() {
		return c.dueInHours(cal, trace)
	}
	count := counting{cal: cal, pauses: mergePauses(c.Pauses, today), trace: trace}
	due, err := c.base(count)
	if err != nil {
		return Date{}, err
	}
	for _, e := range c.Extensions {
		from := due
		if due, err = count.leg(from, e.By); err != nil {
			return Date{}, err
		}
		trace.extended(e, from, due)
	}
	latest, passed, err := c.passesLatest(count, due)
	if err != nil {
		return Date{}, err
	}
	if passed {
		trace.capped(c, due, latest)
		due = latest
	}
	return c.roll(cal, due, trace)
}

// base counts the limit's own length.
func (c Timer) base(count counting) (Date, error) {
	if c.Rule.Before != "" {
		due, err := count.back(c.Anchor, c.Rule.Length)
		if err != nil {
			return Date{}, err
		}
		count.trace.backward(c, due)
		return due, nil
	}
	count.trace.started(c)
	due, err := count.leg(c.Start, c.Rule.Length)
	if err != nil {
		return Date{}, err
	}
	count.trace.counted(count, c.Start, due, c.Rule.Length)
	return due, nil
}

// passesLatest returns the date that no extension may pass and whether due
// passes it.
func (c Timer) passesLatest(count counting, due Date) (latest Date, passed bool, err error) {
	switch {
	case c.Rule.Before != "":
		return c.Anchor, due.After(c.Anchor), nil
	case c.Rule.Cap.IsZero():
		return Date{}, false, nil
	}
	count.trace = nil
	latest, err = count.leg(c.Start, c.Rule.Cap)
	var unknown *UnknownYearError
	switch {
	case err == nil:
		return latest, due.After(latest), nil
	case Code(err) == CodePaused: // the cap lies past an open pause, due before it
		return Date{}, false, nil
	case errors.As(err, &unknown) && due.Year() < unknown.Year: // the cap lies in that year or later
		return Date{}, false, nil
	}
	return Date{}, false, err
}

func (c Timer) roll(cal *Calendar, due Date, trace *Trace) (Date, error) {
	var rolled Date
	var err error
	switch c.Rule.Roll {
	case RollNone:
		return due, nil
	case RollNext:
		rolled, err = cal.WorkdayFrom(due)
	case RollPrevious:
		rolled, err = cal.WorkdayUntil(due)
	}
	if err != nil {
		return Date{}, err
	}
	if rolled != due {
		trace.rolled(cal, due, rolled)
	}
	return rolled, nil
}

// mayExtend returns an error when the last extension of c goes too far.
func (c Timer) mayExtend(cal *Calendar, today Date) error {
	count := counting{cal: cal, pauses: mergePauses(c.Pauses, today)}
	base, err := c.base(count)
	if err != nil {
		return err
	}
	due := base
	for _, e := range c.Extensions {
		if due, err = count.leg(due, e.By); err != nil {
			return err
		}
	}
	latest, passed, err := c.passesLatest(count, due)
	if err != nil {
		return err
	}
	if passed {
		return refused(CodeBeyondCap,
			fmt.Sprintf("延期后到期日为%s，超过最迟日期%s", due, latest),
			fmt.Sprintf("the extension would move the due date to %s, past the latest date allowed, %s", due, latest))
	}
	if c.Rule.MaxExtension.IsZero() {
		return nil
	}
	longest, err := count.leg(base, c.Rule.MaxExtension)
	if err != nil {
		return err
	}
	if due.After(longest) {
		return refused(CodeBeyondExtension,
			fmt.Sprintf("延期后到期日为%s，超过最长可延至的%s", due, longest),
			fmt.Sprintf("the extensions would move the due date to %s, past %s, which the longest extension of %s allows",
				due, longest, c.Rule.MaxExtension.Text().En))
	}
	return nil
}
