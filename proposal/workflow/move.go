package workflow

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// move makes the move of the act's own event, and what follows from it. The
// header is the engine's alone: whatever an action did to it is undone. Acts of
// the engine's own have no move and write the header themselves.
func (e *Engine[C, R]) move(act *Act[R], c C, before Header, own *Move) ([]Move, error) {
	if own == nil {
		return act.moves, nil
	}
	*c.Head() = before
	act.setDates()
	if own.From != "" { // a case that is opened begins in its state
		if err := act.fire(*own); err != nil {
			return nil, err
		}
	}
	return e.follow(act, c, []Move{*own})
}

// follow begins instances and fires what follows from an act: first the
// action's consequences, then automatic transitions until none agrees; and the
// clocks go along with it all.
func (e *Engine[C, R]) follow(act *Act[R], c C, moves []Move) ([]Move, error) {
	moves, err := act.begin(moves)
	if err != nil {
		return nil, err
	}
	if moves, err = act.consequences(moves); err != nil {
		return nil, err
	}
	fired, err := e.autos(act, c)
	if err != nil {
		return nil, err
	}
	moves = append(moves, fired...)
	return moves, e.tick(act, c, moves)
}

// begin begins the instances that the action has asked for.
func (a *Act[R]) begin(moves []Move) ([]Move, error) {
	h := a.header
	for _, instance := range a.begun {
		m := a.machine.Track(trackOf(instance))
		if m == nil || m.Each() != strings.Contains(instance, "/") {
			return nil, Invalid("action", "unknown_track", "流程%s没有%q的并行线", "%s has no track for %q", h.Definition, instance)
		}
		if _, there := h.Tracks[instance]; !there {
			h.setTrack(instance, m.Initial())
			moves = append(moves, Move{Event: lifecycle.Begin, Line: instance, To: m.Initial()})
		}
	}
	return moves, nil
}

// consequences fires, as the system, what the action has asked for.
func (a *Act[R]) consequences(moves []Move) ([]Move, error) {
	system := []string{lifecycle.System}
	for _, f := range a.consequence {
		line, instance, at, err := a.line(f.event, f.of)
		if err != nil {
			return nil, err
		}
		if blockers := line.Blockers(at, f.event, system); len(blockers) > 0 {
			return nil, &RefusedError{a.header.ID, f.event, at, blockers}
		}
		t, _ := line.Transition(at, f.event)
		m := Move{Event: f.event, Line: instance, From: at, To: t.To}
		if err := a.fire(m); err != nil {
			return nil, err
		}
		moves = append(moves, m)
	}
	return moves, nil
}

// auto returns the first automatic transition whose guards all agree.
func (e *Engine[C, R]) auto(act *Act[R], c C) (Move, bool) {
	h := c.Head()
	for _, t := range act.machine.Autos(h.State) {
		if len(e.ask(act, c, t)) == 0 {
			return Move{Event: t.Event, From: h.State, To: t.To}, true
		}
	}
	return Move{}, false
}

// fire has the machine make a move, and writes where it led into the header.
func (a *Act[R]) fire(m Move) error {
	line := a.machine
	if m.Line != "" {
		line = a.machine.Track(trackOf(m.Line))
	}
	to, err := line.Fire(context.Background(), m.From, m.Event)
	if err != nil {
		return err //nolint:wrapcheck // the machine names event and state
	}
	if m.Line != "" {
		a.header.setTrack(m.Line, to)
	} else {
		a.header.State = to
	}
	return nil
}

// autos fires the automatic transitions that are due, and counts the case in the
// stage where that leaves it.
func (e *Engine[C, R]) autos(act *Act[R], c C) ([]Move, error) {
	h := c.Head()
	var moves []Move
	for passed := []string{h.State}; ; passed = append(passed, h.State) {
		m, ok := e.auto(act, c)
		if !ok {
			h.Stage = act.machine.Stage(h.State, h.Tracks)
			return moves, nil
		}
		if slices.Contains(passed, m.To) {
			return nil, fmt.Errorf("%w: %s: the automatic transitions of %s run in a circle by %s", ErrInvalid, h.ID, h.Definition, m.Event)
		}
		if err := act.fire(m); err != nil {
			return nil, err
		}
		moves = append(moves, m)
	}
}
