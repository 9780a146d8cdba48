package workflow

import "github.com/tian-go/tian/proposal/calendar"

// DueNow returns by when what a limit asks for would have to be done if its date
// were as it is now. A clock that was stopped keeps the due date that was in force
// then; when the date it counts back from has moved since, this is how the two are
// held against each other. Of a limit that counts from an event it returns the due
// date of the clock. The date is zero, with the reason, when it cannot be known.
func (a *Act[R]) DueNow(c Clock) (due calendar.Date, why string) {
	for _, timed := range a.machine.Limits() {
		l := limit(timed)
		if l.Key != c.Limit {
			continue
		}
		if !l.dated() {
			break
		}
		c.Anchor, c.Stopped = a.header.anchorOf(l.anchorName(), c.Of), calendar.Date{}
		c.count(l, a.calendar)
		return c.Due, c.Why
	}
	return c.Due, c.Why
}
