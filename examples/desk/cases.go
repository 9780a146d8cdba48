package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	consultrules "github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// room is the cases of one kind, as the pages see them: proposals and
// consultations are shown and moved by the same code.
type room interface {
	Path() string
	Label() lifecycle.Label
	Opens(v visitor) bool // whether they may begin a case

	list(ctx context.Context, v visitor, q workflow.Query, now time.Time) (listing, error)
	get(ctx context.Context, v visitor, id string, now time.Time) (*seen, error)
	search(words string) store.Match
	fields(event, body string) []form.Field
	begin(ctx context.Context, v visitor, data []byte, options ...workflow.DoOption) (id string, err error)
	do(ctx context.Context, v visitor, id, event string, data []byte, options ...workflow.DoOption) error
}

// seen is a case with all that its reader may see of it.
type seen struct {
	*workflow.Header
	Number, Title string
	Case          any // a *proposal.Proposal or *activity.Activity
	Choices       []workflow.Choice
	Clocks        []workflow.Reading
	History       []workflow.Entry
	machine       *lifecycle.Machine
	eventLabel    func(event string) lifecycle.Label
	of            func(event string) []form.Field
	instance      func(c workflow.Choice) (field string) // that has to name the instance
}

// listing is a page of a list.
type listing struct {
	Room  room
	Key   string
	Label lifecycle.Label
	Count int64
	Rows  []row
	Next  string
}

// row is a case in a list.
type row struct {
	*workflow.Header
	Number, Title, State string
	Next                 *workflow.Reading // the running clock that is due first
}

// cases makes a room of an engine.
type cases[C workflow.Case, R any] struct {
	*workflow.Engine[C, R]
	path   string
	label  lifecycle.Label
	called func(c C) (number, title string)
	sought []string // the attributes that search asks for as they are, beside words of the title
}

func proposalsRoom(svc *proposal.Service) room {
	return cases[*proposal.Proposal, proposal.Rules]{
		svc.Engine, "proposals", named("提案", "Proposals"),
		func(p *proposal.Proposal) (string, string) {
			if n, public := p.Notice(); public && p.Title == "" {
				return p.Number, n.Title
			}
			return p.Number, p.Title
		},
		[]string{"number", "unit"},
	}
}

func consultationsRoom(svc *consult.Service) room {
	return cases[*activity.Activity, consultrules.Rules]{
		svc.Activities, "consultations", named("协商", "Consultations"),
		func(a *activity.Activity) (string, string) { return a.On.String(), a.Title },
		[]string{"unit", "owner"},
	}
}

func (c cases[C, R]) Path() string           { return c.path }
func (c cases[C, R]) Label() lifecycle.Label { return c.label }

func (c cases[C, R]) Opens(v visitor) bool {
	m := c.MachineFor(v.Body)
	return m != nil && slices.ContainsFunc(v.Roles, func(role string) bool { return slices.Contains(m.Opens(), role) })
}

func (c cases[C, R]) list(ctx context.Context, v visitor, q workflow.Query, now time.Time) (l listing, err error) {
	l = listing{Room: c, Key: q.List}
	for _, known := range c.Lists() {
		if known.Key == q.List {
			l.Label = known.Label
		}
	}
	if l.Count, err = c.As(v.Actor).Count(ctx, q); err != nil {
		return l, err
	}
	page, err := c.As(v.Actor).Page(ctx, q)
	if err != nil {
		return l, err
	}
	for _, one := range page.Cases {
		r := row{Header: one.Head()}
		r.Number, r.Title = c.called(one)
		r.State = words{v.Lang, c.Machine(r.Definition.Name, r.Definition.Version)}.state("", r.Header.State)
		if r.Next, err = c.first(one, v.Unit, now); err != nil {
			return l, err
		}
		l.Rows = append(l.Rows, r)
	}
	l.Next = page.Next
	return l, nil
}

func (c cases[C, R]) get(ctx context.Context, v visitor, id string, now time.Time) (*seen, error) {
	reader := c.As(v.Actor)
	one, err := reader.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	s := &seen{Header: one.Head(), Case: one, of: func(event string) []form.Field { return c.fields(event, one.Head().Body) }}
	s.Number, s.Title = c.called(one)
	s.machine = c.Machine(s.Definition.Name, s.Definition.Version)
	s.eventLabel = func(event string) lifecycle.Label { return c.EventLabel(s.Definition, event) }
	sees, err := reader.Sees(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, part := range sees {
		switch part {
		case workflow.SeeClocks:
			s.Clocks, err = c.Readings(one, now)
		case workflow.SeeTimeline:
			s.History, err = reader.History(ctx, id)
		}
		if err != nil {
			return nil, err
		}
	}
	if v.In {
		s.Choices, err = reader.Choices(ctx, id)
	}
	s.instance = func(choice workflow.Choice) string { return c.instanceField(v.Actor, choice) }
	return s, err
}

// instanceField finds out which field of an action says on which instance it is,
// such as the unit whose reply is issued: the one that makes the action address it.
func (c cases[C, R]) instanceField(who workflow.Actor, choice workflow.Choice) string {
	if choice.Instance == "" {
		return ""
	}
	for _, f := range choice.Fields {
		action, err := c.Decode(choice.Event, fmt.Appendf(nil, "{%q:%q}", f.Name, choice.Instance))
		if addressed, is := action.(workflow.Addressed); err == nil && is && addressed.Instance(who) == choice.Instance {
			return f.Name
		}
	}
	return ""
}

func (c cases[C, R]) search(words string) store.Match {
	either := []store.Match{{Attr: "title", Op: store.Contains, Values: []string{words}}}
	for _, attr := range c.sought {
		either = append(either, store.Match{Attr: attr, Op: store.Is, Values: []string{words}})
	}
	return store.Match{Any: either}
}

func (c cases[C, R]) fields(event, body string) []form.Field {
	a, _ := c.Action(event, body)
	return a.Fields
}

func (c cases[C, R]) begin(ctx context.Context, v visitor, data []byte, options ...workflow.DoOption) (string, error) {
	action, err := c.Decode(workflow.Opening, data)
	if err != nil {
		return "", err
	}
	one, err := c.Open(ctx, v.Actor, v.Body, action, options...)
	if err != nil {
		return "", err
	}
	return one.Head().ID, nil
}

func (c cases[C, R]) do(ctx context.Context, v visitor, id, event string, data []byte, options ...workflow.DoOption) error {
	action, err := c.Decode(event, data)
	if err == nil {
		_, err = c.Do(ctx, v.Actor, id, action, options...)
	}
	return err
}

// first returns the running clock that is due first, of the whole or, for those
// who act for a unit, of their own.
func (c cases[C, R]) first(one C, unit string, now time.Time) (first *workflow.Reading, err error) {
	readings, err := c.Readings(one, now)
	for i, r := range readings {
		mine := unit == "" || r.Of == unit
		if mine && r.Running() && !r.Due.IsZero() && (first == nil || r.Due.Before(first.Due)) {
			first = &readings[i]
		}
	}
	return first, err
}
