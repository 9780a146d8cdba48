package calendar

import (
	"fmt"
	"slices"
)

// counting counts lengths on a calendar, leaving out paused days.
type counting struct {
	cal    *Calendar
	pauses []stretch // merged, in order
	trace  *Trace
}

// leg returns the date at the end of a length that begins after from.
func (c counting) leg(from Date, l Length) (Date, error) {
	var to Date
	var err error
	switch {
	case l.fixed():
		to, err = onOrAfter(from, l.On)
		return to, err
	case l.Unit == Month:
		if to, err = from.AddMonths(l.N); err != nil {
			return Date{}, err
		}
		paused, perr := c.pausedDays(from, to)
		if perr != nil {
			return Date{}, perr
		}
		to, err = c.walk(to, paused, Day)
	default:
		to, err = c.walk(from, l.N, l.Unit)
	}
	if err != nil {
		return Date{}, err
	}
	c.trace.paused(c, from, to, l.Unit)
	return to, nil
}

// walk returns the n-th day after from that counts: a day or working day that
// is not paused.
func (c counting) walk(from Date, n int, unit Unit) (Date, error) {
	if n == 0 {
		return from, nil
	}
	for _, p := range endingAfter(c.pauses, from) {
		if p.from.n > from.n {
			before := Date{p.from.n - 1}
			free, err := c.between(from, before, unit)
			if err != nil {
				// The calendar may end before the pause begins while the due
				// date does not get that far.
				if due, addErr := c.add(from, n, unit); addErr == nil {
					return due, nil
				}
				return Date{}, err
			}
			if free >= n {
				break
			}
			n -= free
		}
		if p.open {
			return Date{}, stillPaused(p)
		}
		from = p.to
	}
	return c.add(from, n, unit)
}

// pausedDays counts the paused calendar days after from up to and with to.
func (c counting) pausedDays(from, to Date) (int, error) {
	total := 0
	for _, p := range endingAfter(c.pauses, from) {
		if p.from.After(to) {
			break
		}
		if p.open {
			return 0, stillPaused(p)
		}
		first, last := max(p.from.n, from.n+1), min(p.to.n, to.n)
		total += int(last - first + 1)
	}
	return total, nil
}

// endingAfter returns the merged pauses that end after the date. They are in
// order, so that counting many extensions does not walk over all pauses each
// time.
func endingAfter(pauses []stretch, d Date) []stretch {
	first, _ := slices.BinarySearchFunc(pauses, d, func(p stretch, d Date) int {
		if p.to.After(d) {
			return 1
		}
		return -1
	})
	return pauses[first:]
}

// back returns the date that lies a length before the given one.
func (c counting) back(from Date, l Length) (Date, error) {
	if l.Unit == Month {
		return from.AddMonths(-l.N)
	}
	return c.add(from, -l.N, l.Unit)
}

func (c counting) add(from Date, n int, unit Unit) (Date, error) {
	if unit == Workday {
		return c.cal.AddWorkdays(from, n)
	}
	return from.AddDays(n)
}

func (c counting) between(a, b Date, unit Unit) (int, error) {
	if unit == Workday {
		return c.cal.WorkdaysBetween(a, b)
	}
	return b.Sub(a), nil
}

// onOrAfter returns the first date not before from that falls on the given day
// of the year; 29 February is the last day of February.
func onOrAfter(from Date, on MonthDay) (Date, error) {
	for y := from.Year(); y <= 9999; y++ {
		d := civil(y, int(on.Month), min(on.Day, daysIn(y, on.Month)))
		if !d.Before(from) {
			return d, nil
		}
	}
	return Date{}, outOfRange()
}

func stillPaused(p stretch) error {
	return refused(CodePaused,
		fmt.Sprintf("时钟自%s起暂停，恢复之前没有到期日", p.from),
		fmt.Sprintf("the clock is paused since %s and has no due date until it resumes", p.from))
}
