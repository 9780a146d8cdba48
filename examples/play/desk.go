package play

import (
	"context"
	"encoding/json"
	"time"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// desk does what a scenario asks for on cases of one kind.
type desk interface {
	open(ctx context.Context, actor workflow.Actor, body string, data json.RawMessage, options ...workflow.DoOption) (*View, error)
	together(ctx context.Context, actor workflow.Actor, acts []act, options ...workflow.DoOption) ([]*View, error)
	migrate(ctx context.Context, actor workflow.Actor, id string, m workflow.Migration, options ...workflow.DoOption) (*View, error)
	sweep(ctx context.Context, at time.Time) ([]workflow.Crossing, error)
	show(ctx context.Context, id string) (*View, error)
	choices(ctx context.Context, actor workflow.Actor, id string) ([]workflow.Choice, error)
	verify(ctx context.Context, id string) ([]workflow.Break, error)
	label(event string) lifecycle.Label
}

// act is an action, as data, on a case.
type act struct {
	event, id string
	data      json.RawMessage
}

// engineDesk is the desk of one engine.
type engineDesk[C workflow.Case, R any] struct {
	kind   string
	engine *workflow.Engine[C, R]
	now    func() time.Time
	opens  func(ctx context.Context, actor workflow.Actor, body string, data json.RawMessage, options ...workflow.DoOption) (C, error)
	adorn  func(*View, C) // adds what only this kind has; nil: nothing
}

func (d engineDesk[C, R]) open(ctx context.Context, actor workflow.Actor, body string, data json.RawMessage, options ...workflow.DoOption) (*View, error) {
	c, err := d.opens(ctx, actor, body, data, options...)
	if err != nil {
		return nil, err
	}
	return d.view(c)
}

func (d engineDesk[C, R]) together(ctx context.Context, actor workflow.Actor, acts []act, options ...workflow.DoOption) ([]*View, error) {
	if len(acts) == 1 && acts[0].event == workflow.Extended {
		return d.extend(ctx, actor, acts[0], options...)
	}
	steps := make([]workflow.Step[C, R], len(acts))
	for i, a := range acts {
		action, err := d.engine.Decode(a.event, a.data)
		if err != nil {
			return nil, err
		}
		steps[i] = workflow.Step[C, R]{ID: a.id, Action: action}
	}
	cases, err := d.engine.Together(ctx, actor, steps, options...)
	if err != nil {
		return nil, err
	}
	views := make([]*View, len(cases))
	for i, c := range cases {
		if views[i], err = d.view(c); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// extend is the engine's own act, which is on every kind of case.
func (d engineDesk[C, R]) extend(ctx context.Context, actor workflow.Actor, a act, options ...workflow.DoOption) ([]*View, error) {
	var x workflow.Extend
	if err := strictly(a.data, &x); err != nil {
		return nil, workflow.Invalid(workflow.Extended, "malformed", "无法读取：%v", "cannot be read: %v", err)
	}
	c, err := d.engine.Extend(ctx, actor, a.id, x, options...)
	if err != nil {
		return nil, err
	}
	v, err := d.view(c)
	return []*View{v}, err
}

func (d engineDesk[C, R]) migrate(ctx context.Context, actor workflow.Actor, id string, m workflow.Migration, options ...workflow.DoOption) (*View, error) {
	c, err := d.engine.Migrate(ctx, actor, id, m, options...)
	if err != nil {
		return nil, err
	}
	return d.view(c)
}

func (d engineDesk[C, R]) sweep(ctx context.Context, at time.Time) ([]workflow.Crossing, error) {
	return d.engine.Sweep(ctx, at)
}

func (d engineDesk[C, R]) show(ctx context.Context, id string) (*View, error) {
	c, err := d.engine.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.view(c)
}

func (d engineDesk[C, R]) choices(ctx context.Context, actor workflow.Actor, id string) ([]workflow.Choice, error) {
	return d.engine.Choices(ctx, actor, id)
}

func (d engineDesk[C, R]) verify(ctx context.Context, id string) ([]workflow.Break, error) {
	return d.engine.Verify(ctx, id)
}

func (d engineDesk[C, R]) label(event string) lifecycle.Label {
	a, _ := d.engine.Action(event, "")
	return a.Label
}

// view is a case as it stands now.
func (d engineDesk[C, R]) view(c C) (*View, error) {
	h := c.Head()
	data, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	v := &View{ID: h.ID, Kind: d.kind, State: h.State, Stage: h.Stage, Tracks: h.Tracks, Data: json.RawMessage(data)}
	if m := d.engine.Machine(h.Definition.Name, h.Definition.Version); m != nil {
		state, _ := m.State(h.State)
		v.label = state.Label
	}
	readings, err := d.engine.Readings(c, d.now())
	if err != nil {
		return nil, err
	}
	for _, r := range readings {
		clock := Clock{Limit: r.Limit, Of: r.Of, Due: r.Due, Why: r.Why, label: r.Label}
		if r.State != nil {
			clock.Due, clock.Phase = r.State.Due, r.State.Phase
		}
		v.Clocks = append(v.Clocks, clock)
	}
	if d.adorn != nil {
		d.adorn(v, c)
	}
	return v, nil
}
