package workflow

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// Crossing is an alarm of a clock that has come: a warning colour begins, a
// reminder is to be sent, or the due day has passed.
type Crossing struct {
	ID     string               `json:"id,omitempty"`
	Limit  string               `json:"limit"`
	Of     string               `json:"of,omitempty"`
	For    string               `json:"for,omitempty"` // whom the limit binds
	Due    calendar.Date        `json:"due"`
	Alarm  calendar.Alarm       `json:"alarm"`
	Missed int                  `json:"missed,omitempty"`   // earlier reminders that nobody swept for and that this one stands for
	Do     []lifecycle.Reaction `json:"do,omitempty"`       // what the definition says to do
	Not    []Blocker            `json:"not_done,omitempty"` // why an event that was to be fired was not
}

// alarmKey names an alarm in Crossed: an alarm that an extension has moved is
// another one.
func alarmKey(a calendar.Alarm) string {
	name := string(a.Kind)
	if a.Colour != "" {
		name += ":" + a.Colour
	}
	return name + "@" + a.On.String()
}

const reminderKey = string(calendar.ReminderAlarm) + "@"

// reminded returns the day of the last reminder that has been crossed.
func (c Clock) reminded() calendar.Date {
	var last calendar.Date
	for _, key := range c.Crossed {
		if day, ok := strings.CutPrefix(key, reminderKey); ok {
			if on, err := calendar.ParseDate(day); err == nil && on.After(last) {
				last = on
			}
		}
	}
	return last
}

// crossed reports whether an alarm is in the journal, or of a reminder that has
// been overtaken by a later one.
func (c Clock) crossed(a calendar.Alarm) bool {
	if a.Kind == calendar.ReminderAlarm {
		return !a.On.After(c.reminded())
	}
	return slices.Contains(c.Crossed, alarmKey(a))
}

// cross notes that an alarm is in the journal. Of reminders the last is enough.
func (c *Clock) cross(a calendar.Alarm) {
	if a.Kind == calendar.ReminderAlarm {
		c.Crossed = slices.DeleteFunc(slices.Clone(c.Crossed), func(key string) bool { return strings.HasPrefix(key, reminderKey) })
	}
	c.Crossed = append(c.Crossed, alarmKey(a))
}

// alarms returns the alarms of a running clock up to a day, and far enough past it
// that the next one is among them.
func (c Clock) alarms(l limit, cal *calendar.Calendar, last calendar.Date) ([]calendar.Alarm, error) {
	for _, day := range []calendar.Date{c.Due, c.reminded()} {
		if day.After(last) {
			last = day
		}
	}
	longest := 1
	for _, r := range l.Rule.Reminders {
		longest = max(longest, r.Every.N)
	}
	if after, err := last.AddDays(longest + 1); err == nil {
		last = after
	}
	return c.inForce(l).AlarmsUntil(cal, last) //nolint:wrapcheck // the caller takes its code
}

// cross marks and returns the alarms that have come by the day of the act.
func (e *Engine[C, R]) cross(act *Act[R], c C) []Crossing {
	h := c.Head()
	var crossings []Crossing
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		l, ok := e.limitOf(h.Definition, clock.Limit)
		if !ok || !clock.Running() || clock.Next.IsZero() || clock.Next.After(act.today) || clock.paused(act.today) {
			continue
		}
		alarms, err := clock.alarms(l, act.calendar, act.today)
		if err != nil {
			continue // its calendar has lost a year; Recount says so
		}
		clock.Next = calendar.Date{}
		var come []calendar.Alarm
		for _, a := range alarms {
			switch {
			case clock.crossed(a):
			case !a.At.IsZero() && !act.At.After(a.At), a.On.After(act.today):
				if clock.Next.IsZero() {
					clock.Next = a.On
				}
			default:
				come = append(come, a)
			}
		}
		timer := clock.inForce(l)
		missed := l.coalesce(come, timer, act.calendar)
		for j, a := range come {
			clock.cross(a)
			if a.Kind == calendar.ReminderAlarm && len(missed[j].kept) == 0 {
				continue
			}
			crossings = append(crossings, Crossing{
				Limit: clock.Limit, Of: clock.Of, For: l.For, Due: clock.Due, Alarm: a,
				Missed: missed[j].others, Do: l.reactions(a, missed[j].kept),
			})
		}
	}
	return crossings
}

// heldUp says what one alarm that has come sends.
type heldUp struct {
	kept   []int // the limit's reminders that it sends
	others int   // earlier reminders that it stands for
}

// coalesce says which reminders each of the alarms that have come sends: of several
// that an outage has held up only the last, unless the definition wants each.
func (l limit) coalesce(come []calendar.Alarm, timer calendar.Timer, cal *calendar.Calendar) []heldUp {
	said := make([]heldUp, len(come))
	later := make(map[int]int) // reminder → the alarm that sends it
	for j, a := range slices.Backward(come) {
		if a.Kind != calendar.ReminderAlarm {
			continue
		}
		sent, err := timer.RemindersOn(cal, a.On)
		if err != nil {
			continue // not reached: the alarm was counted on the same clock
		}
		for _, i := range sent {
			at, again := later[i]
			if again && l.Remind[i].Missed != lifecycle.MissedEach {
				said[at].others++
				continue
			}
			later[i] = j
			said[j].kept = append(said[j].kept, i)
		}
	}
	return said
}

// reactions returns what the limit says to do about an alarm of its clock. A
// day on which several reminders fall calls for what each of them says.
func (l limit) reactions(a calendar.Alarm, reminders []int) []lifecycle.Reaction {
	switch a.Kind {
	case calendar.OverdueAlarm:
		return l.Overdue
	case calendar.WarningAlarm:
		for _, w := range l.Warnings {
			if w.Key == a.Colour {
				return w.Do
			}
		}
	case calendar.ReminderAlarm:
		var do []lifecycle.Reaction
		for _, i := range reminders {
			for _, r := range l.Remind[i].Do {
				if !slices.Contains(do, r) {
					do = append(do, r)
				}
			}
		}
		return do
	}
	return nil
}
