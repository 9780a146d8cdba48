package play

import (
	"context"
	"encoding/json"
	"time"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// desk does what a scenario asks for on cases of one kind.
type desk interface {
	open(ctx context.Context, actor workflow.Actor, body string, data json.RawMessage, options ...workflow.DoOption) (*View, error)
	together(ctx context.Context, actor workflow.Actor, acts []act, options ...workflow.DoOption) ([]*View, error)
	migrate(ctx context.Context, actor workflow.Actor, id string, m workflow.Migration, options ...workflow.DoOption) (*View, error)
	relocate(ctx context.Context, actor workflow.Actor, r workflow.Relocation, options ...workflow.DoOption) ([]*View, error)
	sweep(ctx context.Context, at time.Time) ([]workflow.Crossing, error)
	show(ctx context.Context, as *workflow.Actor, id string) (*View, error)
	list(ctx context.Context, as *workflow.Actor, q workflow.Query) ([]*View, error)
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
	if len(acts) == 1 {
		if do, ok := d.onClocks()[acts[0].event]; ok {
			c, err := do(ctx, actor, acts[0], options...)
			if err != nil {
				return nil, err
			}
			v, err := d.view(c)
			return []*View{v}, err
		}
	}
	steps := make([]workflow.Step[C, R], len(acts))
	for i, a := range acts {
		action, err := d.engine.Decode(a.event, a.data)
		if err != nil {
			return nil, err
		}
		steps[i] = workflow.Step[C, R]{ID: a.id, Action: action}
	}
	return d.views(d.engine.Together(ctx, actor, steps, options...))
}

// views shows the cases that an act on several returned.
func (d engineDesk[C, R]) views(cases []C, err error) ([]*View, error) {
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

type ownAct[C any] func(ctx context.Context, actor workflow.Actor, a act, options ...workflow.DoOption) (C, error)

// onClocks returns the engine's own acts on clocks, which are on every kind of case.
func (d engineDesk[C, R]) onClocks() map[string]ownAct[C] {
	return map[string]ownAct[C]{
		clock.Extending:  onClock(d.engine.Extend),
		clock.Asking:     onClock(d.engine.AskTime),
		clock.Answering:  onClock(d.engine.AnswerTime),
		clock.TakingBack: onClock(d.engine.TakeBack),
		clock.Correcting: onClock(d.engine.CorrectDate),
	}
}

// onClock reads what an act on a clock is asked from the data of a step.
func onClock[C, A any](do func(ctx context.Context, actor workflow.Actor, id string, a A, options ...workflow.DoOption) (C, error)) ownAct[C] {
	return func(ctx context.Context, actor workflow.Actor, step act, options ...workflow.DoOption) (C, error) {
		var a A
		if err := strictly(step.data, &a); err != nil {
			var none C
			return none, workflow.Invalid(step.event, "malformed", "无法读取：%v", "cannot be read: %v", err)
		}
		return do(ctx, actor, step.id, a, options...)
	}
}

func (d engineDesk[C, R]) migrate(ctx context.Context, actor workflow.Actor, id string, m workflow.Migration, options ...workflow.DoOption) (*View, error) {
	c, err := d.engine.Migrate(ctx, actor, id, m, options...)
	if err != nil {
		return nil, err
	}
	return d.view(c)
}

func (d engineDesk[C, R]) relocate(ctx context.Context, actor workflow.Actor, r workflow.Relocation, options ...workflow.DoOption) ([]*View, error) {
	return d.views(d.engine.Relocate(ctx, actor, r, options...))
}

func (d engineDesk[C, R]) sweep(ctx context.Context, at time.Time) ([]workflow.Crossing, error) {
	return d.engine.Sweep(ctx, at)
}

func (d engineDesk[C, R]) reader(as *workflow.Actor) workflow.Reader[C, R] {
	if as == nil {
		return d.engine.All()
	}
	return d.engine.As(*as)
}

func (d engineDesk[C, R]) show(ctx context.Context, as *workflow.Actor, id string) (*View, error) {
	c, err := d.reader(as).Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.view(c)
}

func (d engineDesk[C, R]) list(ctx context.Context, as *workflow.Actor, q workflow.Query) (views []*View, err error) {
	err = d.reader(as).Each(ctx, q, func(c C) error {
		v, err := d.view(c)
		views = append(views, v)
		return err
	})
	return views, err
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
	v := &View{ID: h.ID, Kind: d.kind, Body: h.Body, Left: h.Left(), State: h.State, Stage: h.Stage, Tracks: h.Tracks, Data: json.RawMessage(data)}
	if m := d.engine.Machine(h.Definition.Name, h.Definition.Version); m != nil {
		state, _ := m.State(h.State)
		v.label = state.Label
	}
	readings, err := d.engine.Readings(c, d.now())
	if err != nil {
		return nil, err
	}
	for _, r := range readings {
		clock := Clock{Limit: r.Limit, Of: r.Of, Due: r.Due, DueAt: r.DueAt, Missed: r.Missed, Why: r.Why, label: r.Label}
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
