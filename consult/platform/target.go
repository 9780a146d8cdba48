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

// Targets divides the year of a day into the periods of a quota, as they stand at
// the end of that day. The error is that of a calendar which does not know the
// year.
//
// A quota is counted in calendar months. A month is served when the platform was
// in service on any day of it, so that a pause counts from a whole month on: one
// day out of service takes nothing away.
//
//   - Asked is the period's number in proportion to the months served, rounded to
//     the nearest, a half up: 4 a year is 4 with one month out of service, 3 with
//     two, and 2 for a platform opened in July; 1 a quarter is asked of two months
//     and not of one.
//   - Due by a day is what is asked in proportion to the months served that are
//     over, rounded down, the last day of a month ending it: of 4 a year the first
//     is due on 31 March, and all that is asked once the period is over. Nobody
//     is short on the first of January.
//   - Of duty every day of the week named that was worked, and on which the
//     platform was in service, is due once it has come.
//
// The quota holds for the whole of the year: that in force on the day asked about,
// when p is the platform as of that day ([Platform.As]). A pause that goes on is
// taken to last.
func (p *Platform) Targets(q rules.Quota, on calendar.Date, cal *calendar.Calendar) ([]Target, error) {
	if q.IsZero() {
		return nil, nil
	}
	months := 12
	switch q.Per {
	case rules.PerDuty:
		return p.duties(q.On, on, cal)
	case rules.PerQuarter:
		months = 3
	case rules.PerMonth:
		months = 1
	case rules.PerYear:
	}
	var targets []Target
	for m := 1; m <= 12; m += months {
		t, err := p.target(q.N, on, time.Month(m), months)
		if err != nil {
			return nil, err
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// target is the period of so many months from the first on, in the year of a day.
func (p *Platform) target(n int, on calendar.Date, first time.Month, months int) (Target, error) {
	from, err := calendar.NewDate(on.Year(), first, 1)
	if err != nil {
		return Target{}, err
	}
	t := Target{From: from}
	served, over := 0, 0
	for range months {
		next, err := from.AddMonths(1)
		if err != nil {
			return Target{}, err
		}
		if t.To, err = next.AddDays(-1); err != nil {
			return Target{}, err
		}
		if p.serves(from, t.To) {
			served++
			if !t.To.After(on) {
				over++
			}
		}
		from = next
	}
	if served > 0 {
		t.Asks = (2*n*served + months) / (2 * months)
		t.Due = t.Asks * over / served
	}
	return t, nil
}

// serves reports whether the platform was in service on some day of these.
func (p *Platform) serves(from, to calendar.Date) bool {
	for d := from; !d.After(to); d = after(d) {
		if p.Open(d) {
			return true
		}
	}
	return false
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
