package workflow

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// asked is what has been allowed: the guards still to be asked, and the move
// that the deed's own event makes, if it makes one.
type asked struct {
	transition lifecycle.Transition
	move       *Move
	against    []Blocker // reasons against it that are known already
}

// authorise holds the actor's roles and relations against the definition, and
// returns the transition that event would make with the guards still to be
// asked. Nothing is allowed that is not named.
func (e *Engine[C, R]) authorise(act *Act[R], c C, event, of string) (asked, error) {
	h := c.Head()
	line, instance, at, missing := act.line(event, of)
	if line.Each() {
		act.Instance = of
	}
	var reason Blocker
	if act.Roles, reason = e.roles(act.Actor, c, act.Instance, act.offices); reason.Code != "" {
		return asked{}, &DeniedError{act.Actor.ID, event, h.ID, reason}
	}
	if !line.Permits(event, act.Roles) {
		blockers := line.Blockers(at, event, act.Roles)
		if blockers[0].Code == lifecycle.BlockUnknownEvent {
			return asked{}, &RefusedError{h.ID, event, at, blockers}
		}
		return asked{}, &DeniedError{act.Actor.ID, event, h.ID, blockers[len(blockers)-1]}
	}
	if missing != nil {
		return asked{}, missing
	}
	t, ok := line.Transition(at, event)
	if !ok {
		return asked{}, &RefusedError{h.ID, event, at, line.Blockers(at, event, act.Roles)}
	}
	if act.Role = firstOf(t.Roles, act.Roles); act.Role == "" {
		return asked{}, &DeniedError{act.Actor.ID, event, h.ID, line.Blockers(at, event, act.Roles)[0]}
	}
	a := asked{transition: t, move: &Move{Event: event, Line: instance, From: at, To: t.To}}
	var tooLate []Blocker
	tooLate, act.lateSaid, act.late = e.late(act, h, event, of)
	if len(t.While) > 0 && !slices.Contains(t.While, h.State) {
		state, _ := act.machine.State(h.State)
		a.against = []Blocker{Block(lifecycle.BlockWrongState,
			fmt.Sprintf("当前状态“%s”不能进行“%s”", state.Label.In("zh", h.State), t.Label.In("zh", event)),
			fmt.Sprintf("%q does not happen in the state %q", t.Label.In("en", event), state.Label.In("en", h.State)))}
	}
	a.against = append(a.against, tooLate...)
	return a, nil
}

// ask returns what every guard of t has against the act.
func (e *Engine[C, R]) ask(act *Act[R], c C, t lifecycle.Transition) []Blocker {
	var blockers []Blocker //nolint:prealloc // most often there is none
	for _, g := range t.Guards {
		name, argument, _ := strings.Cut(g, ":")
		act.Argument = argument
		blockers = append(blockers, e.vocabulary.Guards[name](act, c)...)
	}
	act.Argument = ""
	return blockers
}

// line finds the line that event is on, the name of its instance, and the state
// that line is in. The error says that the instance has not begun; the line is
// given all the same.
func (a *Act[R]) line(event, of string) (m *lifecycle.Machine, instance, at string, err error) {
	key := a.machine.TrackOf(event)
	if key == "" {
		return a.machine, "", a.header.State, nil
	}
	m = a.machine.Track(key)
	if !m.Each() {
		of = ""
	}
	instance = lifecycle.Instance(key, of)
	if at, begun := a.header.Tracks[instance]; begun {
		return m, instance, at, nil
	}
	if !m.Each() {
		return m, instance, m.Initial(), nil
	}
	return m, instance, "", &RefusedError{a.header.ID, event, "", []Blocker{Block("no_instance",
		fmt.Sprintf("没有“%s”的%s", of, m.Label().In("zh", key)),
		fmt.Sprintf("%q has no %s", of, m.Label().In("en", key)))}}
}
