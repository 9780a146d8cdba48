package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// act is the way of every act, whatever it is of: one deed or several that
// happen together. A lost race is run again on the new state, and a command that
// has been done before is answered with what became of it.
func (e *Engine[C, R]) act(ctx context.Context, actor Actor, d doing, deeds ...deed[C, R]) ([]C, error) {
	named := d.command != ""
	if !named {
		d.command = e.newID()
	}
	if err := e.freshenAt(ctx, d.recorded); err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		plan, err := e.plan(ctx, actor, d, deeds)
		if err == nil {
			err = e.commit(ctx, plan)
		}
		if err == nil {
			return e.tell(ctx, plan), nil
		}
		if named && known(err) {
			if cases, before, again := e.repeated(ctx, actor, d, deeds); before || again != nil {
				return cases, again
			}
		}
		lost := errors.Is(err, ErrConflict) && !errors.Is(err, store.ErrExists)
		if lost && e.host != nil {
			return nil, e.outside(err)
		}
		if !lost || d.pinned || attempt == attempts || ctx.Err() != nil {
			e.refused(ctx, actor, d, deeds, plan, err)
			return nil, err
		}
	}
}

// plan takes every deed of an act as far as it goes without committing. With an error
// the last is the one that goes no further.
func (e *Engine[C, R]) plan(ctx context.Context, actor Actor, d doing, deeds []deed[C, R]) ([]done[C], error) {
	plan := make([]done[C], len(deeds))
	for i, deed := range deeds {
		var err error
		if plan[i], err = e.walk(ctx, actor, d, deed); err != nil {
			return plan[:i+1], err
		}
		d.pinned = false // the revision is that of the first case
	}
	return plan, nil
}

// walk takes one deed through the steps. The first reads the case, and the second who
// holds an office that it names; what else is needed is read when the act is allowed, so
// that one that is denied costs no more. None writes.
func (e *Engine[C, R]) walk(ctx context.Context, actor Actor, d doing, deed deed[C, R]) (done[C], error) {
	c, err := deed.load(ctx, d) // 1
	if err != nil {
		return done[C]{}, err
	}
	act, err := e.newAct(actor, d, deed.event(), c.Head())
	if err != nil {
		return done[C]{c: c}, err
	}
	if act.offices, err = e.officesOn(ctx, actor, c); err != nil {
		return done[C]{c: c}, err
	}
	allowed, err := deed.authorise(act, c) // 2
	if err != nil {
		return done[C]{c: c}, err
	}
	if err := e.guard(act, c, allowed); err != nil { // 3
		return done[C]{c: c}, err
	}
	if err := deed.gather(ctx); err != nil {
		return done[C]{c: c}, err
	}
	before := c.Head().clone()
	note, err := deed.apply(act, c) // 4
	if err != nil {
		return done[C]{c: c}, err
	}
	moves, err := e.move(act, c, before, allowed.move) // 5
	if err != nil {
		return done[C]{c: c}, err
	}
	return e.journal(act, c, deed.data(), note, moves) // 6
}

// guard asks every guard of the transition, and refuses with all that stands
// against the act.
func (e *Engine[C, R]) guard(act *Act[R], c C, a asked) error {
	blockers := slices.Concat(a.against, e.ask(act, c, a.transition))
	if len(blockers) == 0 {
		return nil
	}
	return &RefusedError{c.Head().ID, act.Event, a.move.From, blockers}
}

// commit writes what the deeds have changed: all of it, or nothing.
func (e *Engine[C, R]) commit(ctx context.Context, plan []done[C]) error {
	var changes []store.Change
	for _, d := range plan {
		changes = append(changes, d.changes...)
	}
	var r *store.RecordError
	err := e.store.Commit(ctx, changes...)
	for errors.As(err, &r) && r.Kind == e.claimKind() && errors.Is(err, store.ErrExists) && e.takeFreed(ctx, changes, r.ID) {
		err = e.store.Commit(ctx, changes...)
	}
	if err == nil {
		return nil
	}
	event := plan[0].entry.Event
	if errors.As(err, &r) && r.Kind == e.claimKind() && errors.Is(err, store.ErrExists) {
		name := claimName(r.ID, changes)
		return &RefusedError{plan[0].entry.ID, event, plan[0].entry.From(), []Blocker{
			Block("taken", fmt.Sprintf("“%s”已被使用", name), fmt.Sprintf("%q is taken", name)),
		}}
	}
	if errors.Is(err, store.ErrInvalid) {
		return fmt.Errorf("%w: %s: %w", ErrInvalid, event, err)
	}
	return fmt.Errorf("workflow: %s: %w", event, err)
}

// tell tells the observers of a committed act, and returns its cases.
func (e *Engine[C, R]) tell(ctx context.Context, plan []done[C]) []C {
	cases := make([]C, len(plan))
	entries := make([]Entry, len(plan))
	for i, d := range plan {
		cases[i], entries[i] = d.c, d.entry
	}
	if e.committed != nil {
		e.committed()
	}
	e.hear(ctx, entries)
	return cases
}

// attempts is how often a lost race is run again before the conflict is
// reported. Of n racers one wins each round, so that it bounds the crowd on one
// case, not the load.
const attempts = 100

// known reports whether err is a decision rather than a fault of the store.
func known(err error) bool {
	return errors.Is(err, errNothing) || errors.Is(err, ErrRefused) || errors.Is(err, ErrDenied) || errors.Is(err, ErrConflict) ||
		errors.Is(err, ErrInvalid) || errors.Is(err, ErrDefinition) || errors.Is(err, ErrNewer) ||
		errors.Is(err, lifecycle.ErrDefinition) || errors.Is(err, store.ErrDuplicate)
}
