package calendar

// IsWorkday reports whether d is worked. It is an error when the year of d is
// unknown.
func (c *Calendar) IsWorkday(d Date) (bool, error) {
	if err := c.check(d, d); err != nil {
		return false, err
	}
	return c.works(int(d.n)), nil
}

// AddWorkdays returns the n-th working day after d, or the n-th before it when
// n is negative; d itself is day 0 and need not be a working day. With n = 0 it
// is d. It is an error when a day that has to be judged on the way lies in an
// unknown year. The cost does not depend on n.
func (c *Calendar) AddWorkdays(d Date, n int) (Date, error) {
	switch {
	case c == nil:
		return Date{}, noCalendar()
	case d.n == 0:
		return Date{}, noDate()
	case n > 0:
		return c.forward(d, n)
	case n < 0:
		return c.backward(d, n)
	}
	return d, nil
}

func (c *Calendar) forward(d Date, n int) (Date, error) {
	if n > maxDay || d.n == maxDay {
		return Date{}, outOfRange()
	}
	first := Date{d.n + 1}
	run, ok := c.run(first)
	if !ok {
		return Date{}, c.unknown(first)
	}
	found := c.nth(c.through(int(d.n)) + n)
	if found <= int(run.last.n) {
		return Date{int32(found)}, nil //nolint:gosec // at most maxDay
	}
	if run.last.n == maxDay {
		return Date{}, outOfRange()
	}
	return Date{}, c.unknown(Date{run.last.n + 1})
}

func (c *Calendar) backward(d Date, n int) (Date, error) {
	if n < -maxDay || d.n == 1 {
		return Date{}, outOfRange()
	}
	last := Date{d.n - 1}
	run, ok := c.run(last)
	if !ok {
		return Date{}, c.unknown(last)
	}
	// The wanted day is the k-th of all; k below 1 lies before day 1.
	if k := c.through(int(last.n)) + n + 1; k >= 1 {
		if found := c.nth(k); found >= int(run.first.n) {
			return Date{int32(found)}, nil //nolint:gosec // at most maxDay
		}
	}
	if run.first.n == 1 {
		return Date{}, outOfRange()
	}
	return Date{}, c.unknown(Date{run.first.n - 1})
}

// WorkdaysBetween returns how many working days lead from a to b: those after
// a up to and with b. When b is before a it is the negative number of those
// before a back to and with b. It is the inverse of AddWorkdays.
func (c *Calendar) WorkdaysBetween(a, b Date) (int, error) {
	if c == nil {
		return 0, noCalendar()
	}
	if a.n == 0 || b.n == 0 {
		return 0, noDate()
	}
	switch {
	case a.n < b.n:
		if err := c.check(Date{a.n + 1}, b); err != nil {
			return 0, err
		}
		return c.through(int(b.n)) - c.through(int(a.n)), nil
	case a.n > b.n:
		if err := c.check(b, Date{a.n - 1}); err != nil {
			return 0, err
		}
		return c.through(int(b.n)-1) - c.through(int(a.n)-1), nil
	}
	return 0, nil
}

// Next returns the first working day after d.
func (c *Calendar) Next(d Date) (Date, error) { return c.AddWorkdays(d, 1) }

// Previous returns the last working day before d.
func (c *Calendar) Previous(d Date) (Date, error) { return c.AddWorkdays(d, -1) }

// WorkdayFrom returns d when it is a working day and otherwise the next one.
func (c *Calendar) WorkdayFrom(d Date) (Date, error) {
	works, err := c.IsWorkday(d)
	if err != nil || works {
		return d, err
	}
	return c.Next(d)
}

// WorkdayUntil returns d when it is a working day and otherwise the one before.
func (c *Calendar) WorkdayUntil(d Date) (Date, error) {
	works, err := c.IsWorkday(d)
	if err != nil || works {
		return d, err
	}
	return c.Previous(d)
}

// WorkdaysIn returns the number of working days of a year.
func (c *Calendar) WorkdaysIn(year int) (int, error) {
	if year < 1 || year > 9999 {
		return 0, outOfRange()
	}
	first, last := civil(year, 1, 1), civil(year, 12, 31)
	if err := c.check(first, last); err != nil {
		return 0, err
	}
	return c.through(int(last.n)) - c.through(int(first.n)-1), nil
}

// check returns an error unless all days from first to last are known.
func (c *Calendar) check(first, last Date) error {
	if c == nil {
		return noCalendar()
	}
	if first.n == 0 {
		return noDate()
	}
	run, ok := c.run(first)
	if !ok {
		return c.unknown(first)
	}
	if last.n > run.last.n {
		return c.unknown(Date{run.last.n + 1})
	}
	return nil
}

func (c *Calendar) works(n int) bool {
	i := upTo(c.changes.day, n)
	changed := i > 0 && int(c.changes.day[i-1]) == n
	return c.week.off[n%7] == changed
}

// through counts the working days from day 1 to day n.
func (c *Calendar) through(n int) int {
	count := c.week.through(n)
	if i := upTo(c.changes.day, n); i > 0 {
		count += int(c.changes.rank[i-1]) - c.week.through(int(c.changes.day[i-1]))
	}
	return count
}

// nth returns the number of the k-th working day; it is the inverse of
// through. K is at least 1.
func (c *Calendar) nth(k int) int {
	i := upTo(c.changes.rank, k-1) // changes passed before the k-th working day
	regular := k
	if i > 0 {
		regular -= int(c.changes.rank[i-1]) - c.week.through(int(c.changes.day[i-1]))
	}
	found := c.week.nth(regular)
	if i < len(c.changes.day) {
		found = min(found, int(c.changes.day[i]))
	}
	return found
}
