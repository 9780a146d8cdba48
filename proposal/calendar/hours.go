package calendar

import (
	"fmt"
	"time"
)

// Hours returns a copy of the hours of work of a working day.
func (c *Calendar) Hours() []Shift {
	if c == nil {
		return nil
	}
	return append([]Shift(nil), c.spec.Hours...)
}

// WithHours returns the calendar with these hours of work; c is unchanged.
func (c *Calendar) WithHours(shifts ...Shift) (*Calendar, error) {
	if c == nil {
		return nil, noCalendar()
	}
	if err := validateShifts(shifts); err != nil {
		return nil, err
	}
	spec := c.spec
	spec.Hours = append([]Shift(nil), shifts...)
	return build(spec, c.layers)
}

// addWorkhours returns the moment at which n hours of work have passed after t.
func (c *Calendar) addWorkhours(t time.Time, n int) (time.Time, error) {
	if c == nil {
		return time.Time{}, noCalendar()
	}
	if len(c.spec.Hours) == 0 {
		return time.Time{}, invalid(CodeNoHours,
			fmt.Sprintf("日历%q没有规定工作时间", c.name),
			fmt.Sprintf("calendar %q states no hours of work", c.name))
	}
	left := time.Duration(n) * time.Hour
	day, err := DateOf(t, t.Location())
	if err != nil {
		return time.Time{}, err
	}
	for {
		works, err := c.IsWorkday(day)
		if err != nil {
			return time.Time{}, err
		}
		for _, s := range c.spec.Hours {
			from, to := at(day, s.From, t.Location()), at(day, s.To, t.Location())
			if from.Before(t) {
				from = t
			}
			if !works || !to.After(from) {
				continue
			}
			if open := to.Sub(from); left > open {
				left -= open
				continue
			}
			return from.Add(left), nil
		}
		if day, err = day.AddDays(1); err != nil {
			return time.Time{}, err
		}
	}
}

// at returns the moment so long after midnight on the wall's clock of a day.
func at(d Date, since time.Duration, loc *time.Location) time.Time {
	year, month, day := d.Civil()
	return time.Date(year, month, day, 0, int(since/time.Minute), 0, int(since%time.Minute), loc)
}

// At returns the timer of a limit in hours that starts at a moment, which is given
// in the time zone in which its days are counted.
func (c Timer) At(start time.Time) (Timer, error) {
	day, err := DateOf(start, start.Location())
	if err != nil {
		return Timer{}, err
	}
	c.Start, c.StartAt = day, start.Round(0)
	return c, c.Validate()
}

// DueAt returns the last moment that is in time, of a limit in hours; of every other
// it is the zero time, since such a limit ends with a day.
func (c Timer) DueAt(cal *Calendar) (time.Time, error) {
	if !c.Rule.Length.Hours() {
		return time.Time{}, nil
	}
	if err := c.Validate(); err != nil {
		return time.Time{}, err
	}
	return c.dueAt(cal, nil)
}

func (c Timer) dueAt(cal *Calendar, trace *Trace) (time.Time, error) {
	due := c.StartAt
	leg := func(l Length) error {
		var err error
		switch l.Unit {
		case Workhour:
			due, err = cal.addWorkhours(due, l.N)
		default:
			due = due.Add(time.Duration(l.N) * time.Hour)
		}
		return err
	}
	trace.startedAt(c)
	if err := leg(c.Rule.Length); err != nil {
		return time.Time{}, err
	}
	trace.countedHours(StepCount, due, c.Rule.Length, "期限", "The limit is")
	for _, e := range c.Extensions {
		if err := leg(e.By); err != nil {
			return time.Time{}, err
		}
		trace.countedHours(StepExtend, due, e.By, "延期", "The limit is extended by")
	}
	return due, nil
}

// dueInHours returns the day of the last moment that is in time.
func (c Timer) dueInHours(cal *Calendar, trace *Trace) (Date, error) {
	due, err := c.dueAt(cal, trace)
	if err != nil {
		return Date{}, err
	}
	return DateOf(due, due.Location())
}

func (t *Trace) startedAt(c Timer) {
	if t == nil {
		return
	}
	t.add(StepStart, c.Start,
		fmt.Sprintf("自%s%s起算。", dateZh(c.Start), c.StartAt.Format("15:04")),
		fmt.Sprintf("The clock starts on %s at %s.", dateEn(c.Start), c.StartAt.Format("15:04")))
}

func (t *Trace) countedHours(code string, due time.Time, l Length, zh, en string) {
	if t == nil {
		return
	}
	day, err := DateOf(due, due.Location())
	if err != nil {
		return
	}
	text, hour := l.Text(), due.Format("15:04")
	t.add(code, day,
		fmt.Sprintf("%s%s，%s%s到期。", zh, text.Zh, dateZh(day), hour),
		fmt.Sprintf("%s %s and ends on %s at %s.", en, text.En, dateEn(day), hour))
}
