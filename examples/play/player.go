package play

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// Run takes every step of the scenario and returns what became of each. Unmet
// names each step whose result is not what the scenario expected. The error is
// about the scenario itself: nothing has then been done.
func (s Scenario) Run(ctx context.Context) (results []Result, unmet []string, err error) {
	p := &player{scenario: s, cases: make(map[string]named), now: begin}
	if p.house, err = s.build(func() time.Time { return p.now }); err != nil {
		return nil, nil, err
	}
	for i, step := range s.Steps {
		t, err := p.prepare(step)
		if err != nil {
			return nil, nil, fmt.Errorf("steps[%d].%w", i, err)
		}
		r := p.take(ctx, step, t)
		results = append(results, r)
		where, err := r.unmet(step.Expect)
		if err != nil {
			return nil, nil, fmt.Errorf("steps[%d].%w", i, err)
		}
		if where != "" {
			unmet = append(unmet, fmt.Sprintf("steps[%d]: %s", i, where))
		}
	}
	return results, unmet, nil
}

// begin is the time of the first step when it names none.
var begin = time.Date(2024, 1, 2, 1, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // a constant

// player takes the steps of one scenario.
type player struct {
	scenario Scenario
	house    *house
	cases    map[string]named // by the name a step gave it
	now      time.Time
}

// named is a case that a step has opened.
type named struct{ kind, id string }

// taking is a step made ready: by whom, and with which options.
type taking struct {
	actor   workflow.Actor
	options []workflow.DoOption
}

// prepare finds the actor and sets the time of a step.
func (p *player) prepare(s Step) (taking, error) {
	var t taking
	if s.As != nil {
		person := s.As.Person
		if s.As.Name != "" {
			var ok bool
			if person, ok = p.scenario.People[s.As.Name]; !ok {
				return t, fmt.Errorf("as: there is nobody called %q", s.As.Name)
			}
		}
		t.actor = workflow.Actor{ID: person.ID, Body: p.scenario.bodyOf(person), Unit: person.Unit, Roles: person.Roles, For: person.For}
		for _, g := range person.Grants {
			t.actor.Grants = append(t.actor.Grants, workflow.Grant{Role: g.Role, Body: g.Body})
		}
	}
	body := t.actor.Body
	if body == "" {
		body = p.scenario.bodyOf(Person{})
	}
	if s.At != "" {
		at, err := moment(s.At, p.house.tree.Zone(body))
		if err != nil {
			return t, fmt.Errorf("at: %w", err)
		}
		p.now = at
		t.options = append(t.options, workflow.Happened(at))
	}
	if s.Recorded != "" {
		at, err := moment(s.Recorded, p.house.tree.Zone(body))
		if err != nil {
			return t, fmt.Errorf("recorded: %w", err)
		}
		p.now = at
	}
	if s.Command != "" {
		t.options = append(t.options, workflow.Command(s.Command))
	}
	return t, nil
}

// moment reads a time, or a day: nine in the morning of it.
func moment(s string, zone *time.Location) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	if err != nil {
		return t, fmt.Errorf("%q is neither a day such as 2024-03-01 nor a time such as 2024-03-01T12:00:00+08:00", s)
	}
	return t.Add(9 * time.Hour), nil
}

// take takes one step. A refusal is a result.
func (p *player) take(ctx context.Context, s Step, t taking) Result {
	r, err := p.dispatch(ctx, s, t)
	if err != nil {
		explained := workflow.Explain(err)
		r = Result{Error: &explained}
	}
	r.OK = err == nil
	switch {
	case s.Do != nil:
		r.event = p.house.desks[p.find(s.On).kind].label(*s.Do)
	case r.Case != nil && s.Open != nil:
		r.event = p.house.desks[r.Case.Kind].label(workflow.Opening)
	}
	return r
}

func (p *player) dispatch(ctx context.Context, s Step, t taking) (Result, error) {
	verb, err := s.verb()
	if err != nil {
		return Result{}, err
	}
	switch verb {
	case "open":
		return p.open(ctx, s, t)
	case "do":
		return p.together(ctx, t, true, Part{*s.Do, s.On, s.Data})
	case "together":
		return p.together(ctx, t, false, s.Together...)
	case "merge":
		ids := make([]string, len(s.Merge))
		for i, name := range s.Merge {
			ids[i] = p.find(name).id
		}
		return p.proposal(ctx)(p.house.proposals.Merge(ctx, t.actor, p.find(s.Into).id, ids, t.options...))
	case "unmerge":
		return p.proposal(ctx)(p.house.proposals.Unmerge(ctx, t.actor, p.find(*s.Unmerge).id, t.options...))
	case "file_next":
		return p.proposal(ctx)(p.house.proposals.FileNext(ctx, t.actor, p.find(*s.FileNext).id, t.options...))
	case "key_share":
		rate, standing, err := p.house.proposals.KeyShare(ctx, *s.KeyShare)
		return Result{KeyShare: &KeyShare{rate, standing}}, err
	case "sweep":
		return p.sweep(ctx)
	case "migrate":
		return p.migrate(ctx, s, t)
	case "relocate":
		return p.relocate(ctx, s, t)
	case "show":
		c := p.find(*s.Show)
		v, err := p.house.desks[c.kind].show(ctx, reading(s, t), c.id)
		return Result{Case: v}, err
	case "list":
		return p.list(ctx, s, t)
	case "choices":
		c := p.find(*s.Choices)
		choices, err := p.house.desks[c.kind].choices(ctx, t.actor, c.id)
		return Result{Choices: choices}, err
	case "figures":
		return p.figures(ctx, s.Body)
	}
	c := p.find(*s.Verify)
	breaks, err := p.house.desks[c.kind].verify(ctx, c.id)
	if breaks == nil {
		breaks = []workflow.Break{}
	}
	return Result{Broken: &breaks}, err
}

// find returns the case of a name. One that was never opened has its name as ID,
// and is not found.
func (p *player) find(name string) named {
	if c, ok := p.cases[name]; ok {
		return c
	}
	return named{kindProposal, name}
}

// desk returns the kind that a step names, proposals by default, and its desk.
func (p *player) desk(s Step) (string, desk, error) {
	kind := s.Kind
	if kind == "" {
		kind = kindProposal
	}
	d, ok := p.house.desks[kind]
	if !ok {
		return "", nil, workflow.Invalid("kind", "unknown", "没有类别%q", "there is no kind %q", kind)
	}
	return kind, d, nil
}

func (p *player) open(ctx context.Context, s Step, t taking) (Result, error) {
	kind, d, err := p.desk(s)
	if err != nil {
		return Result{}, err
	}
	body := s.Body
	if body == "" {
		body = t.actor.Body
	}
	v, err := d.open(ctx, t.actor, body, p.filled(s.Data), t.options...)
	if err != nil {
		return Result{}, err
	}
	if *s.Open != "" {
		p.cases[*s.Open] = named{kind, v.ID}
	}
	return Result{Case: v}, nil
}

// together does one act or several.
func (p *player) together(ctx context.Context, t taking, single bool, parts ...Part) (Result, error) {
	if len(parts) == 0 {
		return Result{}, workflow.Invalid("together", "empty", "没有要办的事", "there is nothing to do")
	}
	kind := p.find(parts[0].On).kind
	acts := make([]act, len(parts))
	for i, part := range parts {
		c := p.find(part.On)
		if c.kind != kind {
			return Result{}, workflow.Invalid(fmt.Sprintf("together[%d].on", i), "other_kind",
				"%s与%s不是同一类", "%s and %s are not of one kind", part.On, parts[0].On)
		}
		acts[i] = act{part.Do, c.id, p.filled(part.Data)}
	}
	views, err := p.house.desks[kind].together(ctx, t.actor, acts, t.options...)
	if err != nil || !single {
		return Result{Cases: views}, err
	}
	return Result{Case: views[0]}, nil
}

// proposal shows the proposal that an act on several returned.
func (p *player) proposal(ctx context.Context) func(*proposal.Proposal, error) (Result, error) {
	return func(c *proposal.Proposal, err error) (Result, error) {
		if err != nil {
			return Result{}, err
		}
		v, err := p.house.desks[kindProposal].show(ctx, nil, c.ID)
		return Result{Case: v}, err
	}
}

// reading is who reads in a step; nil: whoever may see all.
func reading(s Step, t taking) *workflow.Actor {
	if s.As == nil {
		return nil
	}
	return &t.actor
}

// list reads a list of proposals, or of the kind named.
func (p *player) list(ctx context.Context, s Step, t taking) (Result, error) {
	_, d, err := p.desk(s)
	if err != nil {
		return Result{}, err
	}
	body := s.Body
	if body == "" && s.As == nil {
		body = p.scenario.bodyOf(Person{})
	}
	views, err := d.list(ctx, reading(s, t), workflow.Query{List: *s.List, Key: s.Key, Body: body})
	if err != nil {
		return Result{}, err
	}
	if views == nil {
		views = []*View{}
	}
	return Result{Cases: views}, nil
}

// sweep crosses what has come, on cases of every kind.
func (p *player) sweep(ctx context.Context) (Result, error) {
	var r Result
	kinds := []string{kindProposal, kindPlatform, kindTopic, kindActivity}
	errs := make([]error, len(kinds))
	for i, kind := range kinds {
		var crossed []workflow.Crossing
		crossed, errs[i] = p.house.desks[kind].sweep(ctx, p.now)
		r.Crossed = append(r.Crossed, crossed...)
	}
	return r, errors.Join(errs...)
}

func (p *player) migrate(ctx context.Context, s Step, t taking) (Result, error) {
	c := p.find(*s.Migrate)
	reason := s.Reason
	if strings.TrimSpace(reason) == "" {
		reason = "流程调整"
	}
	v, err := p.house.desks[c.kind].migrate(ctx, t.actor, c.id, workflow.Migration{
		Name: s.To.Name, Version: s.To.Version, States: s.States, Tracks: s.Tracks, Limits: s.Limits, Reason: reason,
	}, t.options...)
	return Result{Case: v}, err
}

// relocate moves proposals to another body.
func (p *player) relocate(ctx context.Context, s Step, t taking) (Result, error) {
	r := workflow.Relocation{To: s.Body, Reason: s.Reason}
	for _, name := range s.Relocate {
		r.Cases = append(r.Cases, p.find(name).id)
	}
	views, err := p.house.desks[kindProposal].relocate(ctx, t.actor, r, t.options...)
	return Result{Cases: views}, err
}

// figures counts the proposals of a body, or of every one.
func (p *player) figures(ctx context.Context, body string) (Result, error) {
	own, err := p.house.proposals.Figures(ctx, nil)
	if err != nil {
		return Result{}, err
	}
	if body != "" {
		own = map[string]*proposal.Tally{body: own[body]}
	}
	all := new(proposal.Tally)
	for _, t := range own {
		all.Merge(t)
	}
	return Result{Figures: all}, nil
}

// filled puts IDs in the place of the names of cases, such as "@p2".
func (p *player) filled(data json.RawMessage) json.RawMessage {
	if !bytes.Contains(data, []byte(`"@`)) {
		return data
	}
	for name, c := range p.cases {
		data = bytes.ReplaceAll(data, []byte(`"@`+name+`"`), []byte(`"`+c.id+`"`))
	}
	return data
}
