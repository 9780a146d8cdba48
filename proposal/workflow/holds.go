package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// What holds in a body at a moment: what it has adopted by then, the last of it;
// else what the program was given for it by an option; else what holds in the body
// above it.

// Adoptions returns the engine of what is adopted for this vocabulary: an adoption
// begins by Open with an [Adopt] and goes the one way of every act.
func (e *Engine[C, R]) Adoptions() *Engine[*Adoption, Adopting] { return e.adoptions }

// Adopt adopts a definition or rules for a body and the bodies below it, from a day
// on. The actor needs a role by which the lifecycle of adoptions opens one: as
// shipped [Administrator]. A definition or rules that do not hold against the
// vocabulary are refused with all their problems, as by [New].
//
// New cases get the definition that holds on the moment at which their opening
// happened, and stay on it; an act is done under the rules that hold on the moment at
// which it happened. What was done before stays as it is.
func (e *Engine[C, R]) Adopt(ctx context.Context, actor Actor, body string, a Adopt, options ...DoOption) (*Adoption, error) {
	if e.adoptions == nil {
		return nil, Invalid("adoption", "unusable", "这里没有可供制定的内容", "nothing can be adopted here")
	}
	if err := e.freshen(ctx); err != nil {
		return nil, err
	}
	return e.adoptions.Open(ctx, actor, body, a, options...)
}

// Holding is what holds in a body during a time.
type Holding struct {
	What     string    `json:"what"`               // "definition" or "rules"
	Name     string    `json:"name,omitempty"`     // name@version of the definition that new cases get
	Body     string    `json:"body"`               // whose it is: the body's own, one above it, or "" for every body
	From     time.Time `json:"from,omitzero"`      // zero: from the beginning
	Until    time.Time `json:"until,omitzero"`     // excluded; zero: no end is known
	Adoption string    `json:"adoption,omitempty"` // the ID of the adoption; "": the program was given it
	Unusable string    `json:"unusable,omitempty"` // why this program cannot go by it
}

const (
	definitionHolds = "definition"
	rulesHold       = "rules"
)

// Holds lists what holds in a body and when: the definitions that its new cases get,
// then its rules, each in the order of time.
func (e *Engine[C, R]) Holds(ctx context.Context, body string) ([]Holding, error) {
	e.book.turnStale()
	if err := e.freshen(ctx); err != nil {
		return nil, err
	}
	moments := []time.Time{{}}
	if p := e.book.page.Load(); p != nil {
		for at := range e.tree.upward(body) {
			for _, a := range p.byBody[at] {
				moments = append(moments, a.holds)
			}
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	var list []Holding
	for _, what := range []string{definitionHolds, rulesHold} {
		first := len(list)
		for _, at := range moments {
			h := e.holding(what, body, at)
			if last := len(list) - 1; last >= first {
				if list[last].Adoption == h.Adoption && list[last].Body == h.Body {
					continue
				}
				list[last].Until = at
			}
			h.From = at
			list = append(list, h)
		}
	}
	return list, nil
}

func (e *Engine[C, R]) holding(what, body string, at time.Time) Holding {
	h := Holding{What: what}
	a, level, ok := e.adoptedAt(what, body, at)
	if ok {
		h.Body, h.Adoption, h.Name = level, a.id, a.name
		if a.unusable != nil {
			h.Unusable = a.unusable.Error()
		}
	} else if what == rulesHold {
		_, h.Body = nearest(e.tree, body, e.rules)
	}
	if what == definitionHolds && (!ok || a.unusable == nil) {
		m, level, err := e.machineAt(body, at)
		switch {
		case err != nil:
			h.Unusable = err.Error()
		default:
			h.Name, h.Body = pinName(m.Name(), m.Version()), level
		}
	}
	return h
}

// nearest returns what the first has that has something: a body, one above it, or
// "" for every body.
func nearest[T any](t *Tree, body string, of map[string]T) (T, string) {
	for at := range t.upward(body) {
		if v, ok := of[at]; ok {
			return v, at
		}
	}
	var none T
	return none, ""
}

// adoptedAt returns the adoption that holds in a body at a moment, with the body
// that adopted it; false when the program's own holds, as nearer or alone.
func (e *Engine[C, R]) adoptedAt(what, body string, at time.Time) (adopted[R], string, bool) {
	p := e.book.page.Load()
	if p == nil {
		return adopted[R]{}, "", false
	}
	for level := range e.tree.upward(body) {
		list := p.byBody[level]
		for _, a := range slices.Backward(list) {
			if a.undetermined || (a.name == "") == (what == rulesHold) && !a.holds.After(at) {
				return a, level, true
			}
		}
		_, own := e.rules[level]
		if what != rulesHold {
			own = e.uses[level] != nil
		}
		if own {
			break
		}
	}
	return adopted[R]{}, "", false
}

// machineAt returns the machine that a case opened in a body at a moment gets, with
// the body whose it is.
func (e *Engine[C, R]) machineAt(body string, at time.Time) (*lifecycle.Machine, string, error) {
	a, level, ok := e.adoptedAt(definitionHolds, body, at)
	switch {
	case !ok:
		if m, level := nearest(e.tree, body, e.uses); m != nil {
			return m, level, nil
		}
		return e.named(e.vocabulary.Default), "", nil
	case a.unusable != nil:
		return nil, level, e.cannot(a)
	case a.machine != nil:
		return a.machine, level, nil
	}
	name, version, err := parsePin("use", a.name)
	if err != nil {
		return nil, level, err
	}
	m := e.Machine(name, version)
	if m == nil {
		a.unusable = errNotGiven
		return nil, level, e.cannot(a)
	}
	return m, level, nil
}

var errNotGiven = errors.New("this engine was not given")

// cannot says what this program cannot do about an adoption.
func (e *Engine[C, R]) cannot(a adopted[R]) error {
	what := a.name
	if what == "" {
		what = rulesHold
	}
	return fmt.Errorf("%w: %q has adopted %s (%s), which this program cannot go by: %w", ErrDefinition, a.body, what, a.id, a.unusable)
}

// rulesAt returns the rules that hold in a body at a moment.
func (e *Engine[C, R]) rulesAt(body string, at time.Time) (R, error) {
	a, _, ok := e.adoptedAt(rulesHold, body, at)
	switch {
	case !ok:
		rules, _ := nearest(e.tree, body, e.rules)
		return rules, nil
	case a.unusable != nil:
		var none R
		return none, e.cannot(a)
	}
	return a.rules, nil
}

// RulesAt returns the rules that hold in a body at a moment, the zero time for now:
// those that were adopted by then or given to the program, its own or those of the
// nearest body above it that has some.
func (e *Engine[C, R]) RulesAt(ctx context.Context, body string, at time.Time) (R, error) {
	if at.IsZero() {
		at = e.now()
	}
	e.book.goodFor(at)
	if err := e.freshen(ctx); err != nil {
		var none R
		return none, err
	}
	return e.rulesAt(body, at)
}

// Rules returns the rules that hold in a body now, as far as the engine knows
// without asking the store: it learns of what others have adopted when it reads or
// does anything. Where rules were adopted that this program cannot go by they are
// those that it was given; [Engine.RulesAt] says so.
func (e *Engine[C, R]) Rules(body string) R {
	rules, err := e.rulesAt(body, e.now())
	if err != nil {
		rules, _ = nearest(e.tree, body, e.rules)
	}
	return rules
}

// Machine returns the machine of a definition and version that the program was given
// or that has been adopted, as far as the engine knows; else nil.
func (e *Engine[C, R]) Machine(name string, version int) *lifecycle.Machine {
	if m := e.machines[name][version]; m != nil {
		return m
	}
	a, _ := e.adoptedDefinition(name, version)
	return a.machine
}

// MachineFor returns the machine that new cases of a body get now, as far as the
// engine knows; nil when it is one that this program does not have.
func (e *Engine[C, R]) MachineFor(body string) *lifecycle.Machine {
	m, _, err := e.machineAt(body, e.now())
	if err != nil {
		return nil
	}
	return m
}

// pinned returns the machine that a pin names. Of a version that the program was
// given and a body adopted, each in its own words, it is the one with the
// fingerprint.
func (e *Engine[C, R]) pinned(pin Pin) *lifecycle.Machine {
	m := e.machines[pin.Name][pin.Version]
	if m != nil && m.Fingerprint() == pin.Fingerprint {
		return m
	}
	if a, ok := e.adoptedDefinition(pin.Name, pin.Version); ok && (m == nil || a.machine.Fingerprint() == pin.Fingerprint) {
		return a.machine
	}
	return m
}

// missing says why a pinned definition is not there.
func (e *Engine[C, R]) missing(pin Pin) error {
	if p := e.book.page.Load(); p != nil {
		for _, a := range p.records {
			if a.name == pin.String() && a.unusable != nil {
				return fmt.Errorf("was adopted as %s and which this program cannot go by: %w", a.id, a.unusable)
			}
		}
	}
	return errNotGiven
}
