package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// Crossing is an alarm of a clock that has come: a warning colour begins, a
// reminder is to be sent, or the due day has passed.
type Crossing struct {
	ID    string               `json:"id,omitempty"`
	Limit string               `json:"limit"`
	Of    string               `json:"of,omitempty"`
	For   string               `json:"for,omitempty"` // whom the limit binds
	Due   calendar.Date        `json:"due"`
	Alarm calendar.Alarm       `json:"alarm"`
	Do    []lifecycle.Reaction `json:"do,omitempty"`       // what the definition says to do
	Not   []Blocker            `json:"not_done,omitempty"` // why an event that was to be fired was not
}

// Sweep looks for alarms that have come at the given time on any case, writes
// each into its case's journal once, and fires the events that definitions say
// to fire, such as the expiry of an invitation. Urging, warning and escalating
// are the host's to do: they are in the crossings returned, in the entries that
// observers get, and in the feed.
//
// It is safe to run on many machines at once and as often as one likes: what has
// been crossed is not crossed again. It returns what this call crossed, also
// with an error. A case that cannot be swept, because its record was tampered
// with or its definition is not among this engine's, keeps no other from being
// swept: the error names each. A fault of the store ends the sweep.
func (e *Engine[C, R]) Sweep(ctx context.Context, at time.Time) ([]Crossing, error) {
	tomorrow := at.UTC().AddDate(0, 0, 2).Format(time.DateOnly) // no zone is a day ahead
	ids, err := e.withAlarm(ctx, tomorrow)
	if err != nil {
		return nil, err
	}
	var crossed []Crossing
	var unswept []error
	for _, id := range ids {
		here, err := e.sweepCase(ctx, id, at)
		switch {
		case err == nil:
			crossed = append(crossed, here...)
		case known(err), errors.Is(err, ErrUnreadable), errors.Is(err, ErrBroken):
			unswept = append(unswept, fmt.Errorf("workflow: sweep of %s: %w", id, err))
		default:
			return crossed, errors.Join(append(unswept, err)...)
		}
	}
	return crossed, errors.Join(unswept...)
}

// withAlarm returns the IDs of the cases whose next alarm comes before a day. It
// does not read them: one that is unreadable is not to hide the others.
func (e *Engine[C, R]) withAlarm(ctx context.Context, day string) ([]string, error) {
	q := store.Query{Kind: e.vocabulary.Kind, Max: store.DefaultLimit,
		Where: []store.Match{{Attr: "alarm", Op: store.Below, Values: []string{day}}}}
	for ids := []string(nil); ; {
		records, err := e.store.Find(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("workflow: sweep: %w", err)
		}
		for _, r := range records {
			ids = append(ids, r.ID)
		}
		if len(records) < q.Max {
			return ids, nil
		}
		q.After = ids[len(ids)-1]
	}
}

// sweepCase crosses every alarm of one case that has come.
func (e *Engine[C, R]) sweepCase(ctx context.Context, id string, at time.Time) ([]Crossing, error) {
	var here []Crossing
	own := &ownAct[C, R]{
		engine: e, id: id, name: Crossed,
		change: func(act *Act[R], c C) (any, error) {
			here = e.cross(act, c)
			if len(here) == 0 {
				return nil, errNothing
			}
			moves, err := e.react(act, c, here)
			act.moves = moves
			return here, err
		},
	}
	_, err := own.do(ctx, Actor{ID: lifecycle.System}, struct{}{}, []DoOption{notBefore(at)})
	if errors.Is(err, errNothing) {
		return nil, nil
	}
	for i := range here {
		here[i].ID = id
	}
	return here, err
}

// notBefore dates an act at t, or at the case's last entry if that is later.
func notBefore(t time.Time) DoOption { return doFunc(func(d *doing) { d.at = t.UTC() }) }

// cross marks and returns the alarms that have come by the day of the act.
func (e *Engine[C, R]) cross(act *Act[R], c C) []Crossing {
	h := c.Head()
	var crossings []Crossing
	for i := range h.Clocks {
		clock := &h.Clocks[i]
		l, ok := e.limitOf(h.Definition, clock.Limit)
		if !ok || !clock.Running() || clock.Next.IsZero() || clock.Next.After(act.today) {
			continue
		}
		alarms, err := clock.inForce(l).Alarms(act.calendar)
		if err != nil {
			continue // its calendar has lost a year; Recount says so
		}
		clock.Next = calendar.Date{}
		for _, a := range alarms {
			key := alarmKey(a)
			switch {
			case slices.Contains(clock.Crossed, key):
			case a.On.After(act.today):
				if clock.Next.IsZero() {
					clock.Next = a.On
				}
			default:
				clock.Crossed = append(clock.Crossed, key)
				crossings = append(crossings, Crossing{
					Limit: clock.Limit, Of: clock.Of, For: l.For, Due: clock.Due, Alarm: a,
					Do: l.reactions(a, clock.inForce(l), act.calendar),
				})
			}
		}
	}
	return crossings
}

// reactions returns what the limit says to do about an alarm of its clock. A
// day on which several reminders fall calls for what each of them says.
func (l limit) reactions(a calendar.Alarm, clock calendar.Timer, cal *calendar.Calendar) []lifecycle.Reaction {
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
		sent, err := clock.RemindersOn(cal, a.On)
		if err != nil {
			return nil // not reached: the alarm was counted on the same clock
		}
		var do []lifecycle.Reaction
		for _, i := range sent {
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

// react fires the events that the crossings call for, as the system. One that
// may not happen any more is noted and left.
func (e *Engine[C, R]) react(act *Act[R], c C, crossings []Crossing) ([]Move, error) {
	var moves []Move
	for i := range crossings {
		for _, r := range crossings[i].Do {
			if r.Do != lifecycle.DoFire {
				continue
			}
			line, instance, at, err := act.line(r.Event, crossings[i].Of)
			blockers := line.Blockers(at, r.Event, []string{lifecycle.System})
			if err != nil || len(blockers) > 0 {
				crossings[i].Not = append(crossings[i].Not, blockers...)
				continue
			}
			t, _ := line.Transition(at, r.Event)
			act.Instance = crossings[i].Of
			if blockers := e.ask(act, c, t); len(blockers) > 0 {
				crossings[i].Not = append(crossings[i].Not, blockers...)
				continue
			}
			m := Move{Event: r.Event, Line: instance, From: at, To: t.To}
			if err := act.fire(m); err != nil {
				return nil, err
			}
			moves = append(moves, m)
		}
	}
	return e.follow(act, c, moves)
}
