package consult

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Period is what a quota is counted per.
type Period string

// The periods.
const (
	PerYear    Period = "year"
	PerQuarter Period = "quarter"
	PerDuty    Period = "duty" // 值班: every working day that is one of Quota.On
)

// Weekday is a day of the week.
type Weekday string

// The days of the week.
const (
	Monday    Weekday = "mon"
	Tuesday   Weekday = "tue"
	Wednesday Weekday = "wed"
	Thursday  Weekday = "thu"
	Friday    Weekday = "fri"
	Saturday  Weekday = "sat"
	Sunday    Weekday = "sun"
)

func weekdayOf(d calendar.Date) Weekday {
	switch d.Weekday() {
	case time.Monday:
		return Monday
	case time.Tuesday:
		return Tuesday
	case time.Wednesday:
		return Wednesday
	case time.Thursday:
		return Thursday
	case time.Friday:
		return Friday
	case time.Saturday:
		return Saturday
	case time.Sunday:
	}
	return Sunday
}

// Quota (年度任务) is how many activities a platform holds in a period, or, with
// PerDuty, on which days of the week members are on duty there. The zero Quota
// asks for nothing.
type Quota struct {
	N   int       `json:"n,omitempty"` // activities in each period; with PerDuty left out
	Per Period    `json:"per"`
	On  []Weekday `json:"on,omitempty"` // with PerDuty only
}

// IsZero tells whether nothing is asked for.
func (q Quota) IsZero() bool { return q.N == 0 && q.Per == "" && len(q.On) == 0 }

func (q Quota) check(field string) error {
	if q.IsZero() {
		return nil
	}
	known := []Weekday{Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday}
	switch q.Per {
	case PerYear, PerQuarter:
		if q.N < 1 || q.N > 366 || len(q.On) > 0 {
			return workflow.Invalid(field, "bad_quota", "按%s计的定额须为1至366次，不列星期", "a quota per %s has a number from 1 to 366 and no days of the week", q.Per)
		}
	case PerDuty:
		if len(q.On) == 0 || q.N != 0 {
			return workflow.Invalid(field, "bad_quota", "值班定额须列星期，不计次数", "a quota of duty has days of the week and no number")
		}
		for i, d := range q.On {
			if !slices.Contains(known, d) || slices.Contains(q.On[:i], d) {
				return workflow.Invalid(field+".on", "bad_quota", "%q不是星期，或有重复", "%q is no day of the week, or there twice", d)
			}
		}
	default:
		return workflow.Invalid(field+".per", "unknown", "没有周期%q", "there is no period %q", q.Per)
	}
	return nil
}

// Target is one period of a quota in one year, as it stands on a day.
type Target struct {
	From calendar.Date `json:"from"`
	To   calendar.Date `json:"to"`
	Asks int           `json:"asks"` // in the whole period
	Due  int           `json:"due"`  // by the day
}

// targets divides a year into the periods of q, as they stand on asOf for a
// platform that was in service as told by open.
//
// What is due by a day is the period's number in proportion to the days the
// platform was in service until then, rounded down: of four a year, one is due
// after a quarter of the year, and of a platform opened on 1 July two in the
// whole year. Nobody is short on the first of January. Of duty every day
// of the week named that was worked is due once it has come.
func (q Quota) targets(year int, asOf calendar.Date, open func(calendar.Date) bool, cal *calendar.Calendar) ([]Target, error) {
	if q.IsZero() {
		return nil, nil
	}
	if q.Per == PerDuty {
		return q.duties(year, asOf, open, cal)
	}
	months := 12
	if q.Per == PerQuarter {
		months = 3
	}
	var targets []Target
	for m := 1; m <= 12; m += months {
		from, err := calendar.NewDate(year, time.Month(m), 1)
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
			if !open(d) {
				continue
			}
			asked++
			if !d.After(asOf) {
				due++
			}
		}
		targets = append(targets, Target{From: from, To: to, Asks: q.N * asked / days, Due: q.N * due / days})
	}
	return targets, nil
}

func (q Quota) duties(year int, asOf calendar.Date, open func(calendar.Date) bool, cal *calendar.Calendar) ([]Target, error) {
	first, err := calendar.NewDate(year, time.January, 1)
	if err != nil {
		return nil, err
	}
	var targets []Target
	for d := first; d.Year() == year; d = after(d) {
		if !slices.Contains(q.On, weekdayOf(d)) || !open(d) {
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
		if !d.After(asOf) {
			t.Due = 1
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// after returns the day after d; years end long before dates do.
func after(d calendar.Date) calendar.Date {
	next, err := d.AddDays(1)
	if err != nil {
		return calendar.Date{}
	}
	return next
}
