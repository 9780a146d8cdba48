package platform

import (
	"slices"
	"time"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
)

// Target is one period of a quota in one year, as it stands on a day.
type Target struct {
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
	Asks int           `json:"asks"` // in the whole period
	Due  int           `json:"due"`  // by the day
}

// Targets divides the year of a day into the periods of a quota, as they stand on
// that day. The error is that of a calendar which does not know the year.
//
// What is due by a day is the period's number in proportion to the days the
// platform was in service until then, rounded down: of four a year, one is due
// after a quarter of the year, and of a platform opened on 1 July two in the
// whole year. Nobody is short on the first of January. Of duty every day
// of the week named that was worked is due once it has come.
func (p *Platform) Targets(q rules.Quota, on calendar.Date, cal *calendar.Calendar) ([]Target, error) {
	if q.IsZero() {
		return nil, nil
	}
	if q.Per == rules.PerDuty {
		return p.duties(q.On, on, cal)
	}
	months := 12
	if q.Per == rules.PerQuarter {
		months = 3
	}
	var targets []Target
	for m := 1; m <= 12; m += months {
		from, err := calendar.NewDate(on.Year(), time.Month(m), 1)
		if err != nil {
			return nil, err
		}
		next, err := from.AddMonths(months)
		if err != nil {
			return nil, err
		}
		to, err := next.AddDays(-1)
		if err != nil {
			return nil, err
		}
		days, due, asked := next.Sub(from), 0, 0
		for d := from; !d.After(to); d = after(d) {
			if !p.Open(d) {
				continue
			}
			asked++
			if !d.After(on) {
				due++
			}
		}
		targets = append(targets, Target{From: from, To: to, Asks: q.N * asked / days, Due: q.N * due / days})
	}
	return targets, nil
}

func (p *Platform) duties(days []rules.Weekday, on calendar.Date, cal *calendar.Calendar) ([]Target, error) {
	first, err := calendar.NewDate(on.Year(), time.January, 1)
	if err != nil {
		return nil, err
	}
	var targets []Target
	for d := first; d.Year() == on.Year(); d = after(d) {
		if !slices.Contains(days, weekdayOf(d)) || !p.Open(d) {
			continue
		}
		worked, err := cal.IsWorkday(d)
		if err != nil {
			return nil, err
		}
		if !worked {
			continue
		}
		t := Target{From: d, To: d, Asks: 1}
		if !d.After(on) {
			t.Due = 1
		}
		targets = append(targets, t)
	}
	return targets, nil
}

func weekdayOf(d calendar.Date) rules.Weekday {
	switch d.Weekday() {
	case time.Monday:
		return rules.Monday
	case time.Tuesday:
		return rules.Tuesday
	case time.Wednesday:
		return rules.Wednesday
	case time.Thursday:
		return rules.Thursday
	case time.Friday:
		return rules.Friday
	case time.Saturday:
		return rules.Saturday
	case time.Sunday:
	}
	return rules.Sunday
}

// after returns the day after d; years end long before dates do.
func after(d calendar.Date) calendar.Date {
	next, err := d.AddDays(1)
	if err != nil {
		return calendar.Date{}
	}
	return next
}
