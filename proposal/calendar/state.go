package calendar

import (
	"fmt"
	"time"
)

// Phase is where a timer stands.
type Phase string

// The phases of a timer.
const (
	Running Phase = "running"  // 办理中: today is in time
	Paused  Phase = "paused"   // 暂停: today does not count
	Late    Phase = "late"     // 超期: the due day has passed
	Met     Phase = "met"      // 按期: stopped in time
	MetLate Phase = "met_late" // 逾期办结: stopped after the due day
	Lapsed  Phase = "lapsed"   // 不再计时: ended without being met; for whoever keeps the timer to say
)

// State is how a timer stands on a day.
type State struct {
	Phase Phase `json:"phase"`
	// Due is the due date. While the timer is paused it is the one that would
	// hold if the pause ended today.
	Due Date `json:"due"`
	// DueAt is the last moment that is in time, of a limit in hours.
	DueAt time.Time `json:"due_at,omitzero"`
	// Left is how many days remain until the due date and Late how many have
	// passed since, both in Unit; at most one of them is not 0, and on the due
	// day itself both are. For a stopped timer they are as of the day it
	// stopped.
	Left int `json:"left"`
	Late int `json:"late"`
	// Unit is workday for a limit in working days, hour for one in hours whose
	// state at a moment was asked for ([Timer.StateAt]), and day for every other.
	Unit Unit `json:"unit"`
	// LeftDays and LateDays are the same in calendar days.
	LeftDays int `json:"left_days"`
	LateDays int `json:"late_days"`
	// Colour is the warning that holds, "" before the first and for a stopped
	// or paused timer.
	Colour string `json:"colour,omitempty"`
}

// State tells how the timer stands on the given day, which is a date in the
// body's own time zone. The due day itself is in time. Lateness is counted
// straight on from the due date: pauses that begin after it change nothing.
func (c Timer) State(cal *Calendar, today Date) (State, error) {
	if today.IsZero() {
		return State{}, noDate()
	}
	due, err := c.due(cal, today, nil)
	if err != nil {
		return State{}, err
	}
	on := today
	if !c.Stopped.IsZero() {
		on = c.Stopped
	}
	s := State{Phase: c.phase(on, due), Due: due, Unit: Day}
	if c.Rule.Length.Unit == Workday {
		s.Unit = Workday
	}
	count := counting{cal: cal}
	if days := due.Sub(on); days >= 0 {
		s.LeftDays = days
		s.Left, err = count.between(on, due, s.Unit)
	} else {
		s.LateDays = -days
		s.Late, err = count.between(due, on, s.Unit)
	}
	if err != nil {
		return State{}, err
	}
	if s.Phase == Running || s.Phase == Late {
		s.Colour, err = c.colour(cal, due, today)
	}
	return s, err
}

func (c Timer) phase(on, due Date) Phase {
	late := on.After(due)
	switch {
	case !c.Stopped.IsZero() && late:
		return MetLate
	case !c.Stopped.IsZero():
		return Met
	case late:
		return Late
	}
	for _, p := range c.Pauses {
		if !on.Before(p.From) && (p.To.IsZero() || !on.After(p.To)) {
			return Paused
		}
	}
	return Running
}

// Text says the state in one sentence.
func (s State) Text() Text {
	due := Text{Zh: dateZh(s.Due), En: dateEn(s.Due)}
	if !s.DueAt.IsZero() {
		hour := s.DueAt.Format("15:04")
		due = Text{Zh: due.Zh + hour, En: due.En + " at " + hour}
	}
	switch s.Phase {
	case Running:
		n := s.count(s.Left, s.LeftDays)
		return Text{Zh: fmt.Sprintf("办理中，%s到期，还有%s。", due.Zh, n.Zh), En: fmt.Sprintf("Running, due on %s, %s left.", due.En, n.En)}
	case Paused:
		return Text{Zh: fmt.Sprintf("暂停中，如当日结束暂停，%s到期。", due.Zh), En: fmt.Sprintf("Paused; if the pause ended today it would be due on %s.", due.En)}
	case Late:
		n := s.count(s.Late, s.LateDays)
		return Text{Zh: fmt.Sprintf("已超期%s，到期日为%s。", n.Zh, due.Zh), En: fmt.Sprintf("Late by %s, due on %s.", n.En, due.En)}
	case MetLate:
		n := s.count(s.Late, s.LateDays)
		return Text{Zh: fmt.Sprintf("已办结，超期%s，到期日为%s。", n.Zh, due.Zh), En: fmt.Sprintf("Met late by %s, due on %s.", n.En, due.En)}
	case Met:
		return Text{Zh: fmt.Sprintf("按期办结，到期日为%s。", due.Zh), En: fmt.Sprintf("Met in time, due on %s.", due.En)}
	case Lapsed:
		return Text{Zh: "不再计时。", En: "No longer counted."}
	}
	return Text{}
}

func (s State) count(n, days int) Text {
	if s.Unit != Workday {
		return countText(n, s.Unit)
	}
	w, d := countText(n, Workday), countText(days, Day)
	return Text{Zh: fmt.Sprintf("%s（%s）", w.Zh, d.Zh), En: fmt.Sprintf("%s (%s)", w.En, d.En)}
}

// StateAt tells how the timer stands at a moment, given in the time zone in which
// its days are counted. A limit in hours is judged to the moment, any other by the
// day.
func (c Timer) StateAt(cal *Calendar, now time.Time) (State, error) {
	today, err := DateOf(now, now.Location())
	if err != nil {
		return State{}, err
	}
	s, err := c.State(cal, today)
	if err != nil || !c.Rule.Length.Hours() {
		return s, err
	}
	if s.DueAt, err = c.DueAt(cal); err != nil {
		return State{}, err
	}
	on := now
	if !c.StoppedAt.IsZero() {
		on = c.StoppedAt
	}
	left := s.DueAt.Sub(on)
	hours := func(d time.Duration) int { return int((d + time.Hour - 1) / time.Hour) } // begun ones count
	s.Unit, s.Left, s.Late = Hour, 0, 0
	stopped := !c.Stopped.IsZero()
	switch {
	case left < 0 && stopped:
		s.Phase, s.Late = MetLate, hours(-left)
	case left < 0:
		s.Phase, s.Late = Late, hours(-left)
	case stopped:
		s.Phase, s.Left = Met, hours(left)
	default:
		s.Phase, s.Left = Running, hours(left)
	}
	return s, nil
}
