package workflow

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// finish applies the action, makes the moves and what follows from them, and
// writes the entry and the changes.
func (e *Engine[C]) finish(c C, act *Act, role string, action Action[C], data json.RawMessage, moves []Move) (*plan[C], error) {
	h := c.Head()
	before := h.clone()
	if err := action.Apply(act, c); err != nil {
		return nil, err //nolint:wrapcheck // an action's error is the caller's own
	}
	*h = before // the header is the engine's alone
	act.setDates()
	if moves[0].From != "" { // a case that is opened begins in its state
		if err := act.fire(moves[0]); err != nil {
			return nil, err
		}
	}
	moves, err := e.follow(act, c, moves)
	if err != nil {
		return nil, err
	}
	return e.journal(c, act, role, data, nil, moves)
}

// follow begins instances and fires what follows from an act: first the
// action's consequences, then automatic transitions until none agrees; and the
// clocks go along with it all.
func (e *Engine[C]) follow(act *Act, c C, moves []Move) ([]Move, error) {
	h := c.Head()
	for _, instance := range act.begun {
		m := act.machine.Track(trackOf(instance))
		if m == nil || m.Each() != strings.Contains(instance, "/") {
			return nil, Invalid("action", "unknown_track", "%s has no track for %q", h.Definition, instance)
		}
		if _, there := h.Tracks[instance]; !there {
			h.setTrack(instance, m.Initial())
			moves = append(moves, Move{Event: lifecycle.Begin, Line: instance, To: m.Initial()})
		}
	}
	system := []string{lifecycle.System}
	for _, f := range act.consequence {
		line, instance, at, err := act.line(f.event, f.of)
		if err != nil {
			return nil, err
		}
		if blockers := line.Blockers(at, f.event, system); len(blockers) > 0 {
			return nil, &RefusedError{h.ID, f.event, at, blockers}
		}
		t, _ := line.Transition(at, f.event)
		m := Move{Event: f.event, Line: instance, From: at, To: t.To}
		if err := act.fire(m); err != nil {
			return nil, err
		}
		moves = append(moves, m)
	}
	for passed := []string{h.State}; ; passed = append(passed, h.State) {
		m, ok := e.auto(act, c)
		if !ok {
			h.Stage = act.machine.Stage(h.State, h.Tracks)
			return moves, e.tick(act, c, moves)
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

// auto returns the first automatic transition whose guards all agree.
func (e *Engine[C]) auto(act *Act, c C) (Move, bool) {
	h := c.Head()
	for _, t := range act.machine.Autos(h.State) {
		if len(e.ask(act, c, t)) == 0 {
			return Move{Event: t.Event, From: h.State, To: t.To}, true
		}
	}
	return Move{}, false
}

// fire has the machine make a move, and writes where it led into the header.
func (a *Act) fire(m Move) error {
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
