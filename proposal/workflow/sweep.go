package workflow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

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
// swept: the error names each. A fault of the store ends the sweep. It also writes
// the refusals that are due ([WithRefusals]).
func (e *Engine[C, R]) Sweep(ctx context.Context, at time.Time) ([]Crossing, error) {
	tomorrow := at.UTC().AddDate(0, 0, 2).Format(time.DateOnly) // no zone is a day ahead
	ids, err := e.withAlarm(ctx, tomorrow)
	if err != nil {
		return nil, err
	}
	var crossed []Crossing
	var unswept []error
	if e.docket != nil && e.host == nil {
		if err := e.keepDue(ctx, e.docket.due(e.now().UTC())); err != nil {
			unswept = append(unswept, err)
		}
	}
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
	q := store.Query{Kind: e.vocabulary.Kind, Order: "alarm",
		Where: []store.Match{{Attr: "alarm", Op: store.Below, Values: []string{day}}}}
	var ids []string
	for r, err := range store.AllRecords(ctx, e.store.Find, q) {
		if err != nil {
			return nil, fmt.Errorf("workflow: sweep: %w", err)
		}
		ids = append(ids, r.ID)
	}
	return ids, nil
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
