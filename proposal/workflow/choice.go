package workflow

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Choice is one thing that might be done to a case, and whether this actor may
// do it now.
type Choice struct {
	Event    string          `json:"event"`
	Label    lifecycle.Label `json:"label,omitzero"`
	Instance string          `json:"instance,omitempty"` // of a track with one for each of many
	To       string          `json:"to,omitempty"`       // the state it would lead to
	Allowed  bool            `json:"allowed"`
	Blockers []Blocker       `json:"blockers,omitempty"` // why not: every reason
	Late     []Blocker       `json:"late,omitempty"`     // limits whose day has passed, and that do not refuse it
	Warnings []Blocker       `json:"warnings,omitempty"` // what will soon be in the way, such as room that is nearly used up; see [Room]
	Fields   []form.Field    `json:"fields,omitempty"`   // of the action that does it, with the values the body's rules allow
}

// Choices tells, without doing anything, what actor may do next to the case:
// one Choice for each event that leads from the present states of its lines,
// sorted by event and instance, allowed or with every reason why not. Guards
// that depend on an action's data can only answer when there is one.
func (e *Engine[C, R]) Choices(ctx context.Context, actor Actor, id string) ([]Choice, error) {
	c, err := e.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	h := c.Head()
	main, err := e.machineOf(h)
	if err != nil {
		return nil, err
	}
	d, err := e.doing(nil)
	if err != nil {
		return nil, err
	}
	act, err := e.newAct(actor, d, "", h)
	if err != nil {
		return nil, err
	}
	if act.offices, err = e.officesOn(ctx, actor, c); err != nil {
		return nil, err
	}
	var choices []Choice
	ask := func(line *lifecycle.Machine, at, of string) {
		for _, event := range line.Allowed(at) {
			t, _ := line.Transition(at, event)
			if slices.Equal(t.Roles, []string{lifecycle.System}) {
				continue // nobody's to do
			}
			act.lateSaid = nil
			blockers := e.against(act, c, event, of)
			described, _ := e.Action(event, h.Body)
			choices = append(choices, Choice{
				Event: event, Label: t.Label, Instance: of, To: t.To, Fields: described.Fields,
				Allowed: len(blockers) == 0, Blockers: blockers, Late: act.lateSaid, Warnings: e.scarce(act, h),
			})
		}
	}
	ask(main, h.State, "")
	for _, key := range main.Tracks() {
		line := main.Track(key)
		if !line.Each() {
			at, begun := h.Tracks[key]
			if !begun {
				at = line.Initial()
			}
			ask(line, at, "")
			continue
		}
		for instance, at := range h.Tracks {
			if of, ok := strings.CutPrefix(instance, key+"/"); ok {
				ask(line, at, of)
			}
		}
	}
	slices.SortFunc(choices, func(a, b Choice) int {
		return cmp.Or(strings.Compare(a.Event, b.Event), strings.Compare(a.Instance, b.Instance))
	})
	return choices, nil
}

// against returns every reason why the event may not happen.
func (e *Engine[C, R]) against(act *Act[R], c C, event, of string) []Blocker {
	act.Event, act.Instance, act.Role = event, "", ""
	allowed, err := e.authorise(act, c, event, of)
	if err == nil {
		err = e.guard(act, c, allowed)
	}
	var refused *RefusedError
	var denied *DeniedError
	switch {
	case errors.As(err, &refused):
		return refused.Blockers
	case errors.As(err, &denied):
		return []Blocker{denied.Reason}
	}
	return nil
}
