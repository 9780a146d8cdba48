package workflow

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/tian-go/tian/proposal/store"
)

// attempts is how often a lost race is run again before the conflict is
// reported. Of n racers one wins each round, so that it bounds the crowd on one
// case, not the load.
const attempts = 100

// Do does action to the case of that ID: the only way in which a case changes.
// It returns the case as it is then.
//
// The error matches ErrNotFound, ErrDenied, ErrRefused (with every blocker),
// ErrInvalid (the action's data is wrong), ErrConflict (with AtRevision), or is
// a fault of the store; in every case but the last nothing has changed, and
// after the last the same Command tells.
func (e *Engine[C]) Do(ctx context.Context, actor Actor, id string, action Action[C], options ...DoOption) (C, error) {
	cases, err := e.Together(ctx, actor, []Step[C]{{ID: id, Action: action}}, options...)
	if err != nil {
		var none C
		return none, err
	}
	return cases[0], nil
}

// Step is one action on one case of an act on several.
type Step[C Case] struct {
	ID     string
	Action Action[C]
}

// Together does several steps on different cases as one act: all of them
// happen, or none. AtRevision is of the first. It returns the cases as they are
// then, in the order of the steps. Two steps on one case are an ErrInvalid; no
// steps are nothing done.
func (e *Engine[C]) Together(ctx context.Context, actor Actor, steps []Step[C], options ...DoOption) ([]C, error) {
	d := e.doing(options)
	if len(steps) == 0 {
		return nil, nil
	}
	if err := checkDistinct(steps); err != nil {
		return nil, err
	}
	data := make([]json.RawMessage, len(steps))
	for i, s := range steps {
		if s.Action == nil {
			return nil, Invalid("action", "empty", "there is no action for %s", s.ID)
		}
		var err error
		if data[i], err = encode(s.Action); err != nil {
			return nil, err
		}
	}
	named := d.command != ""
	if !named {
		d.command = e.newID()
	}
	for attempt := 1; ; attempt++ {
		plans, err := e.planAll(ctx, actor, steps, data, d)
		if err == nil {
			err = e.store.Commit(ctx, changesOf(plans)...)
			if err == nil {
				return e.committed(ctx, plans), nil
			}
			err = e.commitError(err, steps[0].Action.Event(), plans...)
		}
		if named && known(err) {
			if cases, done, again := e.repeatedAll(ctx, actor, steps, data, d.command); again != nil {
				return nil, again
			} else if done {
				return cases, nil
			}
		}
		if !errors.Is(err, ErrConflict) || d.pinned || attempt == attempts || ctx.Err() != nil {
			return nil, err
		}
	}
}

// checkDistinct refuses two steps on one case: the second would not see the first.
func checkDistinct[C Case](steps []Step[C]) error {
	if len(steps) < 2 {
		return nil
	}
	seen := make(map[string]bool, len(steps))
	for _, s := range steps {
		if seen[s.ID] {
			return Invalid("steps", "duplicate", "%s is there twice", s.ID)
		}
		seen[s.ID] = true
	}
	return nil
}

// known tells whether err is a decision rather than a fault of the store.
func known(err error) bool {
	return errors.Is(err, ErrRefused) || errors.Is(err, ErrDenied) || errors.Is(err, ErrConflict) ||
		errors.Is(err, ErrInvalid) || errors.Is(err, ErrDefinition) || errors.Is(err, store.ErrDuplicate)
}

func changesOf[C Case](plans []*plan[C]) []store.Change {
	var changes []store.Change
	for _, p := range plans {
		changes = append(changes, p.changes...)
	}
	return changes
}

// committed tells the observers and returns the cases of the plans.
func (e *Engine[C]) committed(ctx context.Context, plans []*plan[C]) []C {
	cases := make([]C, len(plans))
	entries := make([]Entry, len(plans))
	for i, p := range plans {
		cases[i], entries[i] = p.c, p.entry
	}
	for _, o := range e.observers {
		o(ctx, entries)
	}
	return cases
}
