package workflow

import (
	"context"
	"encoding/json"
	"fmt"
)

// Do does action to the case of that ID: the only way in which a case changes.
// It returns the case as it is then.
//
// The error matches ErrNotFound, ErrDenied, ErrRefused (with every blocker),
// ErrInvalid (the action's data is wrong), ErrConflict (with IfRevision), or is
// a fault of the store; in every case but the last nothing has changed, and
// after the last the same Command tells.
func (e *Engine[C, R]) Do(ctx context.Context, actor Actor, id string, action Action[C, R], options ...DoOption) (C, error) {
	cases, err := e.Together(ctx, actor, []Step[C, R]{{ID: id, Action: action}}, options...)
	if err != nil {
		var none C
		return none, err
	}
	return cases[0], nil
}

// Step is one action on one case of an act on several.
type Step[C Case, R any] struct {
	ID     string
	Action Action[C, R]
}

// Together does several steps on different cases as one act: all of them
// happen, or none. IfRevision is of the first. It returns the cases as they are
// then, in the order of the steps. Two steps on one case are an ErrInvalid; no
// steps are nothing done.
func (e *Engine[C, R]) Together(ctx context.Context, actor Actor, steps []Step[C, R], options ...DoOption) ([]C, error) {
	d, err := e.doing(options)
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	deeds := make([]deed[C, R], len(steps))
	seen := make(map[string]bool, len(steps))
	for i, s := range steps {
		if seen[s.ID] {
			return nil, Invalid("steps", "duplicate", "%s重复", "%s is there twice", s.ID)
		}
		seen[s.ID] = true
		if err := e.registered(s.Action); err != nil {
			return nil, err
		}
		data, err := encode(s.Action)
		if err != nil {
			return nil, err
		}
		deeds[i] = &acting[C, R]{e, s.ID, s.Action, data}
	}
	return e.act(ctx, actor, d, deeds...)
}

// acting is the deed of an action on a case that is there.
type acting[C Case, R any] struct {
	engine *Engine[C, R]
	id     string
	action Action[C, R]
	json   json.RawMessage
}

func (a *acting[C, R]) caseID() string        { return a.id }
func (a *acting[C, R]) event() string         { return a.action.Event() }
func (a *acting[C, R]) data() json.RawMessage { return a.json }

// instance returns whose instance of a track the action is about.
func (a *acting[C, R]) instance(actor Actor) string {
	if addressed, ok := a.action.(Addressed); ok {
		return addressed.Instance(actor)
	}
	if actor.Unit != "" {
		return actor.Unit
	}
	return actor.ID
}

func (a *acting[C, R]) load(ctx context.Context, d doing) (C, error) {
	return a.engine.current(ctx, a.id, d, true)
}

func (a *acting[C, R]) authorise(act *Act[R], c C) (asked, error) {
	act.Action = a.action
	instance := a.instance(act.Actor)
	if spelled := a.engine.vocabulary.Instance; spelled != nil {
		instance = spelled(c, instance)
	}
	return a.engine.authorise(act, c, act.Event, instance)
}

func (a *acting[C, R]) apply(act *Act[R], c C) (any, error) {
	return nil, a.action.Apply(act, c) //nolint:wrapcheck // an action's error is the caller's own
}

// current loads a case, at the revision asked for if one was, and holds its
// record against the last entry of its journal.
func (e *Engine[C, R]) current(ctx context.Context, id string, d doing, held bool) (C, error) {
	var none C
	r, err := e.loadRecord(ctx, id)
	if err != nil {
		return none, err
	}
	c, err := e.open(r)
	if err == nil && held {
		err = e.held(ctx, r, c.Head())
	}
	if err != nil {
		return none, err
	}
	if d.pinned && c.Head().Revision != d.revision {
		return none, fmt.Errorf("%w: %s is at revision %d, not %d", ErrConflict, id, c.Head().Revision, d.revision)
	}
	return c, nil
}
