package proposal_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

func named(d lifecycle.Definition, name string) lifecycle.Definition {
	d.Name = name
	return d
}

func version(d lifecycle.Definition, v int) lifecycle.Definition {
	d.Version = v
	return d
}

// withLook adds a state in which a filed proposal is looked at once more.
func withLook(d lifecycle.Definition) lifecycle.Definition {
	d.States = append(d.States, lifecycle.State{Key: "looked", Stage: "filing", Like: "filed"})
	d.Transitions = append(d.Transitions,
		lifecycle.Transition{Event: "look", From: []string{"filed"}, To: "looked", Roles: []string{"committee"}},
		lifecycle.Transition{Event: "look_done", From: []string{"looked"}, To: "filed", Roles: []string{"committee"}})
	return d
}

// A definition that was edited without a new version is not one that cases go
// on running on, and what they hold stays as it is.
func TestAnEditedDefinitionIsAnError(t *testing.T) {
	st := memory.New()
	p := newHouseOn(t, st, workflow.WithUse(proposal.Kind, "", "own"), workflow.WithDefinition(proposal.Kind, named(proposal.Nine(), "own"))).to("filed", "1")
	edited := newHouseOn(t, st, workflow.WithUse(proposal.Kind, "", "own"), workflow.WithDefinition(proposal.Kind, withLook(named(proposal.Nine(), "own"))))
	before := edited.everything()
	ctx := context.Background()
	_, err := edited.Do(ctx, office, p.ID, proposal.Assign{Lead: "market"})
	require.ErrorIs(t, err, workflow.ErrDefinition)
	require.ErrorContains(t, err, "own@1, which was edited since")
	_, err = edited.Choices(ctx, office, p.ID)
	require.ErrorContains(t, err, "edited since")

	gone := newHouseOn(t, st)
	_, err = gone.Do(ctx, office, p.ID, proposal.Assign{Lead: "market"})
	require.ErrorIs(t, err, workflow.ErrDefinition)
	require.Equal(t, "definition", workflow.Code(err), "no caller's fault")
	require.ErrorContains(t, err, "own@1, which this engine was not given")

	kept, err := gone.Get(ctx, p.ID)
	require.NoError(t, err, "reading needs no definition")
	require.Equal(t, asKept(t, p), asKept(t, kept))
	require.Equal(t, before, edited.everything())
	gone.sound()
}

// A new version is for new cases. A running case stays with its own until an
// administrator migrates it.
func TestMigrationIsExplicitAndJournalled(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	one := named(proposal.Nine(), "own")
	p := newHouseOn(t, st, workflow.WithUse(proposal.Kind, "", "own"), workflow.WithDefinition(proposal.Kind, one)).to("filed", "1")

	h := newHouseOn(t, st, workflow.WithUse(proposal.Kind, "", "own"), workflow.WithDefinition(proposal.Kind, one), workflow.WithDefinition(proposal.Kind, version(withLook(one), 2)))
	require.Equal(t, 2, h.draft().Definition.Version)
	_, err := h.Do(ctx, committee, p.ID, look{})
	require.Equal(t, "unknown_event", reasons(t, err))

	to := workflow.Migration{Name: "own", Version: 2, Reason: "2024年办法修订"}
	before := h.everything()
	for name, try := range map[string]struct {
		who    proposal.Actor
		to     workflow.Migration
		reason string
	}{
		"no administrator":            {committee, to, "no_role"},
		"of another body":             {proposal.Actor{ID: "x", Body: "jiulongpo", Roles: []string{workflow.Administrator}}, to, "other_body"},
		"nobody":                      {proposal.Actor{}, to, "no_actor"},
		"no reason":                   {admin, workflow.Migration{Name: "own", Version: 2}, "migration.reason empty"},
		"unknown version":             {admin, workflow.Migration{Name: "own", Version: 3, Reason: "x"}, "migration unknown"},
		"mapped to what is not there": {admin, workflow.Migration{Name: "own", Version: 2, Reason: "x", States: map[string]string{"filed": "flown"}}, "no_such_state"},
	} {
		_, err := h.Migrate(ctx, try.who, p.ID, try.to)
		require.Equal(t, try.reason, reasons(t, err), name)
		require.Equal(t, before, h.everything(), name)
		if try.reason == "no_such_state" {
			require.ErrorContains(t, err, "flown", "what is missing is named")
		}
	}
	_, err = h.Migrate(ctx, admin, p.ID, to, workflow.IfRevision(1))
	require.ErrorIs(t, err, workflow.ErrConflict)

	moved, err := h.Migrate(ctx, admin, p.ID, to, workflow.Command("m"))
	require.NoError(t, err)
	again, err := h.Migrate(ctx, admin, p.ID, to, workflow.Command("m"))
	require.NoError(t, err)
	require.Equal(t, asKept(t, moved), asKept(t, again))
	history, err := h.History(ctx, p.ID)
	require.NoError(t, err)
	last := history[len(history)-1]
	require.Equal(t, []string{"migrate", "a-1", workflow.Administrator, "filed", "filed"}, []string{last.Event, last.Actor, last.Role, last.From(), last.To()})
	require.Equal(t, 2, last.Definition.Version)
	require.JSONEq(t, `{"name":"own","version":2,"reason":"2024年办法修订"}`, string(last.Action))
	require.Contains(t, string(last.Note), `"version":1`)
	h.take(p.ID, step{committee, look{}})
	h.sound()
}

type look struct{}

func (look) Event() string                                 { return "look" }
func (look) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

type lookDone struct{}

func (lookDone) Event() string                                 { return "look_done" }
func (lookDone) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

// A migration that would lose a state, or a part, is blocked, with every state
// that would be lost, unless it is said what becomes of them.
func TestMigrationLosesNoState(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p := h.to("feedback", "1")
	before := h.everything()
	to := workflow.Migration{Name: "seven", Version: 1, Reason: "七环节"}
	_, err := h.Migrate(ctx, admin, p.ID, to)
	require.Equal(t, "no_such_state", reasons(t, err))
	require.ErrorContains(t, err, `no "feedback"`)
	require.Equal(t, before, h.everything())

	to.States = map[string]string{"feedback": "replied"}
	moved, err := h.Migrate(ctx, admin, p.ID, to)
	require.NoError(t, err)
	require.Equal(t, []string{"seven", "replied", "reply"}, []string{moved.Definition.Name, moved.State, moved.Stage})
	require.Equal(t, p.Tracks, moved.Tracks)

	// a track that the new definition does not have, or has in another form
	bare := named(proposal.Nine(), "bare")
	for i := range bare.Tracks {
		if bare.Tracks[i].Key == "follow_up" {
			bare.Tracks = append(bare.Tracks[:i:i], bare.Tracks[i+1:]...)
			break
		}
	}
	one := named(proposal.Nine(), "one") // nobody co-signs there
	one.Transitions = slices.DeleteFunc(one.Transitions, func(t lifecycle.Transition) bool { return t.Event == "invite" || t.Event == "second" })
	for i := range one.Transitions {
		one.Transitions[i].Guards = slices.DeleteFunc(one.Transitions[i].Guards, func(g string) bool { return g == "cosigners_answered" })
	}
	for i := range one.Tracks {
		one.Tracks[i].Transitions = slices.DeleteFunc(one.Tracks[i].Transitions, func(t lifecycle.Transition) bool { return t.Event == "hand_over" })
		if one.Tracks[i].Key == "cosign" {
			one.Tracks[i] = lifecycle.Track{Key: "cosign", Initial: "invited", States: []lifecycle.State{{Key: "invited", Final: true}}}
		}
	}
	one.Limits = nil
	h = newHouse(t, workflow.WithDefinition(proposal.Kind, bare), workflow.WithDefinition(proposal.Kind, one))
	p = h.to("closed", "1")
	p = h.take(p.ID, step{office, proposal.Follow{Found: "x"}})
	_, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "bare", Version: 1, Reason: "x"})
	require.Equal(t, "no_such_state", reasons(t, err))
	require.ErrorContains(t, err, "follow_up")
	p = h.to("invited", "2")
	_, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "one", Version: 1, Reason: "x"})
	require.Equal(t, "no_such_state no_such_limit", reasons(t, err))
	_, err = h.Migrate(ctx, admin, p.ID, workflow.Migration{Name: "one", Version: 1, Reason: "x", Limits: map[string]string{"cosign": ""}})
	require.Equal(t, "no_such_state", reasons(t, err))
	require.ErrorContains(t, err, "cosign/m-2")
}
