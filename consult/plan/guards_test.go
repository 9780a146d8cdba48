package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
)

// What the guards of plans let pass, and what they hold against one.
func TestGuardsHoldWhatTheySay(t *testing.T) {
	t.Parallel()
	day := date(t, "2024-03-01")
	asking := func(by string) plan.Plan {
		return plan.Plan{Requests: erasure.Requests{Erasures: []erasure.Request{{By: by}}}}
	}
	asked := make(map[string]bool)
	for _, c := range []struct {
		guard, actor string
		p            plan.Plan
		codes        []string
	}{
		{"entries", "x", plan.Plan{}, []string{"no_entries"}},
		{"entries", "x", plan.Plan{Entries: []plan.Entry{{ID: "e1"}}}, nil},
		{"entries", "x", plan.Plan{Entries: []plan.Entry{{ID: "e1", Until: day}}}, []string{"no_entries"}}, // taken out again
		{"comments_answered", "x", plan.Plan{}, nil},
		{"comments_answered", "x", plan.Plan{Comments: []plan.Comment{{ID: "m1", Answered: day}}}, nil},
		{"comments_answered", "x", plan.Plan{Comments: []plan.Comment{{ID: "m1", Answered: day}, {ID: "m2"}}}, []string{"comment_open"}},
		{"changes_decided", "x", plan.Plan{}, nil},
		{"changes_decided", "x", plan.Plan{Changes: []plan.Change{{ID: "h1", Decision: new(plan.Decision)}}}, nil},
		{"changes_decided", "x", plan.Plan{Changes: []plan.Change{{ID: "h1", Decision: new(plan.Decision)}, {ID: "h2"}}}, []string{"change_open"}},
		{"other_hands", "x", plan.Plan{Submitter: "office"}, nil},
		{"other_hands", "office", plan.Plan{Submitter: "office"}, []string{"own_plan"}},
		{"other_hands", "", plan.Plan{}, nil}, // nobody submitted it
		{"four_eyes", "x", asking("office"), nil},
		{"four_eyes", "office", asking("office"), []string{"same_person"}},
	} {
		act := &rules.Act{}
		act.Actor.ID = c.actor
		var codes []string
		for _, b := range plan.Guards()[c.guard](act, &c.p) {
			codes = append(codes, b.Code)
			require.NotEmpty(t, b.ZH)
			require.NotEmpty(t, b.EN)
		}
		require.Equal(t, c.codes, codes, "%s by %q of %+v", c.guard, c.actor, c.p)
		asked[c.guard] = true
	}
	require.Len(t, asked, len(plan.Guards()), "each is here")
}
