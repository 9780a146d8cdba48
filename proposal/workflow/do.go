package workflow

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/tian-go/tian/proposal/store"
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

// Step is one action on one case, of an act on several or of many acts. With the
// ID "" and an action whose event is [Opening] it begins a case.
type Step[C Case, R any] struct {
	ID      string
	Action  Action[C, R]
	Body    string     // in which a case is opened; "": the actor's own
	Options []DoOption // of this step alone, in [Engine.Batch]: its command, its time, its revision
}

// opens reports whether the step begins a case.
func (s Step[C, R]) opens() bool { return s.ID == "" && s.Action != nil && s.Action.Event() == Opening }

// Together does several steps on different cases as one act: all of them
// happen, or none. IfRevision is of the first. It returns the cases as they are
// then, in the order of the steps. Two steps on one case are an ErrInvalid, and so
// are options of one step; no steps are nothing done.
func (e *Engine[C, R]) Together(ctx context.Context, actor Actor, steps []Step[C, R], options ...DoOption) ([]C, error) {
	d, err := e.doing(options)
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	deeds := make([]deed[C, R], len(steps))
	seen := make(map[string]bool, len(steps))
	for i, s := range steps {
		if len(s.Options) > 0 {
			return nil, Invalid(fmt.Sprintf("steps[%d].options", i), "one_act", "一次办理只有一个时间和指令号", "one act has one time and one command")
		}
		command := d.command
		if s.opens() && command != "" {
			command += "/" + strconv.Itoa(i) // each opens a case of its own
		}
		if deeds[i], err = e.deedOf(actor, s, command); err != nil {
			return nil, err
		}
		if id := deeds[i].caseID(); seen[id] {
			return nil, Invalid("steps", "duplicate", "%s重复", "%s is there twice", id)
		}
		seen[deeds[i].caseID()] = true
	}
	return e.act(ctx, actor, d, deeds...)
}

// deedOf returns what a step does; command is what the ID of a case that it opens
// follows from.
func (e *Engine[C, R]) deedOf(actor Actor, s Step[C, R], command string) (deed[C, R], error) {
	if err := e.registered(s.Action); err != nil {
		return nil, err
	}
	if s.opens() {
		return e.opening(cmp.Or(s.Body, actor.Body), s.Action, command)
	}
	data, err := encode(s.Action)
	if err != nil {
		return nil, err
	}
	return &acting[C, R]{engine: e, id: s.ID, action: s.Action, json: data}, nil
}

// acting is the deed of an action on a case that is there.
type acting[C Case, R any] struct {
	engine *Engine[C, R]
	id     string
	action Action[C, R]
	json   json.RawMessage
	past   []store.Line // the journal, for an Eraser
}

func (a *acting[C, R]) caseID() string        { return a.id }
func (a *acting[C, R]) event() string         { return a.action.Event() }
func (a *acting[C, R]) data() json.RawMessage { return a.json }

// instance returns whose instance of a track the action is about.
func (a *acting[C, R]) instance(actor Actor) string {
	if addressed, ok := a.action.(Addressed); ok {
		return addressed.Instance(actor.inName())
	}
	if actor.Unit != "" {
		return actor.Unit
	}
	return actor.InName()
}

func (a *acting[C, R]) load(ctx context.Context, d doing) (C, error) {
	return a.engine.current(ctx, a.id, d, true)
}

func (a *acting[C, R]) gather(ctx context.Context) (err error) {
	if _, erases := a.action.(Eraser); erases {
		a.past, err = a.engine.store.History(ctx, a.engine.vocabulary.Kind, a.id, 0, 0)
	}
	return err //nolint:wrapcheck // the store names the record
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
	if err := a.action.Apply(act, c); err != nil {
		return nil, err //nolint:wrapcheck // an action's error is the caller's own
	}
	if eraser, erases := a.action.(Eraser); erases {
		return nil, a.engine.erase(act, c, eraser, a.past)
	}
	return nil, nil
}
