package workflow_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// ticket is the smallest vocabulary there is: the engine knows nothing of
// proposals.
type ticket struct {
	workflow.Header `json:"-"`
	Notes           []string `json:"notes,omitempty"`
}

// manners are the rules of a body: what the note of every act must begin with.
type manners struct {
	Greeting string
}

// note is an action whose event is its own data.
type note struct {
	As   string `json:"as"`
	Text string `json:"text,omitempty"`
	Of   string `json:"of,omitempty"`

	apply func(act *workflow.Act[manners], t *ticket) error
}

func (n note) Event() string { return n.As }

func (n note) Instance(a workflow.Actor) string {
	if n.Of == "" {
		return a.ID
	}
	return n.Of
}

func (n note) Apply(act *workflow.Act[manners], t *ticket) error {
	t.Notes = append(t.Notes, n.Text)
	if n.apply != nil {
		return n.apply(act, t)
	}
	return nil
}

// desk is the definition of tickets: new → open → done, with tasks beside it.
func desk() lifecycle.Definition {
	return lifecycle.Definition{
		Name: "desk", Version: 1, Open: []string{"clerk"}, Initial: "new",
		States: []lifecycle.State{{Key: "new"}, {Key: "open"}, {Key: "done", Final: true}},
		Transitions: []lifecycle.Transition{
			{Event: "take", From: []string{"new"}, To: "open", Roles: []string{"clerk"}},
			{Event: "finish", From: []string{"open"}, To: "done", Roles: []string{"clerk"}},
			{Event: "note", From: []string{"new"}, To: "new", Roles: []string{"clerk", "owner"}},
		},
		Tracks: []lifecycle.Track{
			{
				Key: "task", Each: true, Initial: "given", States: []lifecycle.State{{Key: "given"}, {Key: "made", Final: true}},
				Transitions: []lifecycle.Transition{{Event: "make", From: []string{"given"}, To: "made", Roles: []string{"clerk", lifecycle.System}}},
			},
			{
				Key: "flag", Initial: "down", States: []lifecycle.State{{Key: "down", Final: true}, {Key: "up", Final: true}},
				Transitions: []lifecycle.Transition{{Event: "raise", From: []string{"down"}, To: "up", Roles: []string{"clerk"}}},
			},
		},
	}
}

func vocabulary(d lifecycle.Definition) workflow.Vocabulary[*ticket, manners] {
	actions, roles := spoken(d)
	return workflow.Vocabulary[*ticket, manners]{
		Actions: actions, Roles: roles,
		Kind: "ticket", Fresh: func() *ticket { return new(ticket) }, Definitions: []lifecycle.Definition{d}, Default: d.Name,
		Guards: map[string]workflow.Guard[*ticket, manners]{"always": func(*workflow.Act[manners], *ticket) []workflow.Blocker { return nil }},
		Relations: []workflow.Relation[*ticket]{{Name: "owner", Holds: func(a workflow.Actor, t *ticket, _ string) bool {
			return len(t.Notes) > 0 && t.Notes[0] == a.ID
		}}},
	}
}

// spoken returns a note for every event of a definition, and its roles.
func spoken(d lifecycle.Definition) (actions []workflow.ActionType[*ticket, manners], roles []string) {
	seen := map[string]bool{}
	say := func(event string) {
		if !seen[event] && !slices.Contains([]string{workflow.Crossed, clock.Extending, workflow.Migrated, workflow.Recounted}, event) {
			seen[event] = true
			actions = append(actions, workflow.Describe(note{As: event}, "记", "note"))
		}
	}
	say(workflow.Opening)
	say("unheard_of")
	lines := [][]lifecycle.Transition{d.Transitions}
	for _, t := range d.Tracks {
		lines = append(lines, t.Transitions)
	}
	roles = append(roles, d.Open...)
	for _, line := range lines {
		for _, t := range line {
			say(t.Event)
			roles = append(roles, t.Roles...)
		}
	}
	for _, l := range d.Limits {
		roles = append(append(roles, l.For), l.Extend...)
	}
	return actions, roles
}

func engine(t testing.TB, st store.Store, v workflow.Vocabulary[*ticket, manners], options ...workflow.Option) *workflow.Engine[*ticket, manners] {
	t.Helper()
	var ids atomic.Int64
	at := time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)
	e, err := workflow.New(st, v, append([]workflow.Option{
		workflow.WithIDs(func() string { return fmt.Sprintf("t-%04d", ids.Add(1)) }),
		workflow.WithNow(func() time.Time { return at }),
	}, options...)...)
	require.NoError(t, err)
	return e
}

var clerk = workflow.Actor{ID: "ann", Body: "b", Roles: []string{"clerk"}}

func opened(t testing.TB, e *workflow.Engine[*ticket, manners]) *ticket {
	t.Helper()
	c, err := e.Open(context.Background(), clerk, "b", note{As: workflow.Opening})
	require.NoError(t, err)
	return c
}

// refusal returns the codes of a refusal's blockers, or the field and code of
// what is invalid.
func refusal(t testing.TB, err error) []string {
	t.Helper()
	var refused *workflow.RefusedError
	var invalid *workflow.InvalidError
	require.Error(t, err)
	switch {
	case errors.As(err, &refused):
		var codes []string
		for _, b := range refused.Blockers {
			codes = append(codes, b.Code)
		}
		return codes
	case errors.As(err, &invalid):
		return []string{invalid.Field, invalid.Code}
	}
	return []string{workflow.Code(err)}
}

func store1(t testing.TB) (*memory.Store, *workflow.Engine[*ticket, manners]) {
	t.Helper()
	st := memory.New()
	return st, engine(t, st, vocabulary(desk()))
}

func replaceOnce(s, from, to string) string { return strings.Replace(s, from, to, 1) }
