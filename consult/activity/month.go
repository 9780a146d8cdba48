package activity

import (
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// PlannedBy returns the last day on which the activity is held as planned: its
// day, or, while that is not settled, the last day of the month it is planned
// for; zero when it has neither.
func (a *Activity) PlannedBy() calendar.Date {
	if !a.On.IsZero() || a.Month == "" {
		return a.On
	}
	last, err := LastOf(a.Month)
	if err != nil {
		return calendar.Date{}
	}
	return last
}

// LastOf returns the last day of a month written 2026-05.
func LastOf(month string) (calendar.Date, error) {
	bad := workflow.Invalid("month", "bad_month", "%q不是月份，应写作2026-05", "%q is no month, written 2026-05", month)
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return calendar.Date{}, bad
	}
	first, err := calendar.NewDate(at.Year(), at.Month(), 1)
	if err != nil {
		return calendar.Date{}, bad
	}
	next, err := first.AddMonths(1)
	if err != nil {
		return calendar.Date{}, bad
	}
	last, err := next.AddDays(-1)
	if err != nil {
		return calendar.Date{}, bad
	}
	return last, nil
}
