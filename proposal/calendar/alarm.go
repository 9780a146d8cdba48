package calendar

import (
	"slices"
	"time"
)

// AlarmKind says what an alarm is for.
type AlarmKind string

// The kinds of alarms.
const (
	WarningAlarm  AlarmKind = "warning"  // a warning colour begins
	ReminderAlarm AlarmKind = "reminder" // a reminder is to be sent
	OverdueAlarm  AlarmKind = "overdue"  // the first day that is late
)

// Alarm is a day on which something about a running timer has to be told.
type Alarm struct {
	On     Date      `json:"on"`
	At     time.Time `json:"at,omitzero"` // the moment, of a limit in hours
	Kind   AlarmKind `json:"kind"`
	Colour string    `json:"colour,omitempty"` // of a warning
}

// Alarms returns every day up to the first that is late on which the timer, as it
// stands, gives a warning, a reminder or becomes overdue; see [Timer.AlarmsUntil]
// for reminders that go on after it.
func (c Timer) Alarms(cal *Calendar) ([]Alarm, error) { return c.AlarmsUntil(cal, Date{}) }

// AlarmsUntil returns every day on which the timer, as it stands, gives a warning,
// a reminder or becomes overdue, in order of date; on one day reminders come
// before warnings, milder warnings before graver ones. Reminders that go on until
// what is due is done are listed up to the given day, or up to the first day that
// is late if that comes later. A warning whose time
// lies before the start is due on the start day. The list depends on the
// timer and the calendar alone: whoever sweeps over timers acts on the alarms
// up to today that were not acted on before. A stopped timer has none; a
// paused one gives the error of Due.
func (c Timer) AlarmsUntil(cal *Calendar, last Date) ([]Alarm, error) {
	if !c.Stopped.IsZero() {
		return nil, nil
	}
	due, err := c.Due(cal)
	if err != nil {
		return nil, err
	}
	days, err := c.reminderDays(cal, due, last)
	if err != nil {
		return nil, err
	}
	alarms := make([]Alarm, 0, len(days)+len(c.Rule.Warnings)+1)
	for _, d := range days {
		alarms = append(alarms, Alarm{On: d, Kind: ReminderAlarm})
	}
	for _, w := range c.Rule.Warnings {
		on, err := c.warnsOn(cal, due, w)
		if err != nil {
			return nil, err
		}
		alarms = append(alarms, Alarm{On: on, Kind: WarningAlarm, Colour: w.Colour})
	}
	if overdue, err := c.overdueAlarm(cal, due); err == nil {
		alarms = append(alarms, overdue)
	}
	slices.SortStableFunc(alarms, func(a, b Alarm) int { return a.On.Compare(b.On) })
	return alarms, nil
}

// overdueAlarm is on the day after the due day; of a limit in hours it is at the
// moment itself.
func (c Timer) overdueAlarm(cal *Calendar, due Date) (Alarm, error) {
	if c.Rule.Length.Hours() {
		at, err := c.DueAt(cal)
		return Alarm{On: due, At: at, Kind: OverdueAlarm}, err
	}
	first, err := due.AddDays(1)
	return Alarm{On: first, Kind: OverdueAlarm}, err
}

// colour returns the gravest warning that has begun by today.
func (c Timer) colour(cal *Calendar, due, today Date) (string, error) {
	for _, w := range slices.Backward(c.Rule.Warnings) {
		on, err := c.warnsOn(cal, due, w)
		if err != nil {
			return "", err
		}
		if !today.Before(on) {
			return w.Colour, nil
		}
	}
	return "", nil
}

func (c Timer) warnsOn(cal *Calendar, due Date, w Warning) (Date, error) {
	on, err := counting{cal: cal}.back(due, w.Before)
	if err != nil {
		return Date{}, err
	}
	if on.Before(c.Start) {
		return c.Start, nil
	}
	return on, nil
}

// RemindersOn returns which of the limit's reminders, by their place from 0, are
// to be sent on the day: an alarm says that there is one, and several may fall
// together. There are none for a stopped timer; a paused one gives the error of
// Due.
func (c Timer) RemindersOn(cal *Calendar, day Date) ([]int, error) {
	if !c.Stopped.IsZero() || len(c.Rule.Reminders) == 0 {
		return nil, nil
	}
	due, err := c.Due(cal)
	if err != nil {
		return nil, err
	}
	var on []int
	for i, r := range c.Rule.Reminders {
		first, err := c.remindsFrom(cal, due, r)
		if err != nil {
			return nil, err
		}
		if after := day.Sub(first); after >= 0 && after%r.Every.N == 0 && (r.endless() || !day.After(due)) {
			on = append(on, i)
		}
	}
	return on, nil
}

// reminderDays returns the days of all reminders, each once, after the start
// and up to the due date; of those that go on after it, up to last.
func (c Timer) reminderDays(cal *Calendar, due, last Date) ([]Date, error) {
	var days []Date
	for _, r := range c.Rule.Reminders {
		first, err := c.remindsFrom(cal, due, r)
		if err != nil {
			return nil, err
		}
		until := due
		if r.endless() {
			until = Date{min(max(due.n+1, last.n), maxDay)}
		}
		for d := first; !d.After(until); d.n += int32(r.Every.N) { //nolint:gosec // both at most maxDay
			days = append(days, d)
		}
	}
	slices.SortFunc(days, Date.Compare)
	return slices.Compact(days), nil
}

// remindsFrom returns the first day of a reminder, which may lie after due.
func (c Timer) remindsFrom(cal *Calendar, due Date, r Reminder) (Date, error) {
	if r.After == AfterDue {
		return Date{due.n + int32(r.Every.N)}, nil //nolint:gosec // both at most maxDay
	}
	if r.Within.IsZero() {
		return Date{c.Start.n + int32(r.Every.N)}, nil //nolint:gosec // both at most maxDay
	}
	on, err := counting{cal: cal}.back(due, r.Within)
	if err != nil {
		return Date{}, err
	}
	return Date{max(on.n+1, c.Start.n+1)}, nil
}
