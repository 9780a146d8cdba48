package topic_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow"
)

// apply does actions on a topic by hand, as the engine does on a copy.
func apply(t *testing.T, on *topic.Topic, actions ...workflow.Action[*topic.Topic, rules.Rules]) {
	t.Helper()
	for _, a := range actions {
		require.NoError(t, a.Apply(&rules.Act{Rules: rules.Default()}, on), a.Event())
	}
}

func invalid(t *testing.T, a workflow.Action[*topic.Topic, rules.Rules], field, code string) {
	t.Helper()
	on := topic.Topic{Title: "停车"}
	before, err := json.Marshal(on)
	require.NoError(t, err)
	var invalid *workflow.InvalidError
	require.ErrorAs(t, a.Apply(&rules.Act{Rules: rules.Default()}, &on), &invalid, "%T", a)
	require.Equal(t, [2]string{field, code}, [2]string{invalid.Field, invalid.Code}, "%T: %s", a, invalid.EN)
	after, err := json.Marshal(on)
	require.NoError(t, err)
	require.JSONEq(t, string(before), string(after), "what is refused changes nothing")
}

func TestWhatATopicRefuses(t *testing.T) {
	t.Parallel()
	member := topic.Source{Kind: topic.FromMember, ID: "m"}
	for _, c := range []struct {
		a           workflow.Action[*topic.Topic, rules.Rules]
		field, code string
	}{
		{topic.Suggest{Source: member}, "title", "empty"},
		{topic.Suggest{Title: "停车", Source: topic.Source{Kind: "wind"}}, "source.kind", "unknown"},
		{topic.Suggest{Title: "停车", Source: topic.Source{Kind: topic.FromProposal}}, "source.id", "empty"},
		{topic.Rename{}, "title", "empty"},
		{topic.Screen{Met: []string{"nothing"}}, "met[0]", "unknown"},
		{topic.Screen{Excluded: []string{"nothing"}}, "excluded[0]", "unknown"},
		{topic.Poll{Present: 1, For: 2}, "for", "out_of_range"},
		{topic.Schedule{Slot: topic.Slot{Year: 12, Form: rules.FormPlatform}}, "year", "out_of_range"},
		{topic.Schedule{Slot: topic.Slot{Year: 2024, Quarter: 5, Form: rules.FormPlatform}}, "quarter", "out_of_range"},
		{topic.Schedule{Slot: topic.Slot{Year: 2024, Form: "dance"}}, "form", "unknown"},
		{topic.Decline{}, "reason", "empty"},
		{topic.AddSource{Source: topic.Source{Kind: "wind"}}, "source.kind", "unknown"},
	} {
		invalid(t, c.a, c.field, c.code)
	}
}

// A topic is in the plan of every year through which it was carried, at the place that
// it had there, and in none that it never was in.
func TestCarryingOverKeepsEveryPlan(t *testing.T) {
	t.Parallel()
	in := func(year, quarter int) topic.Schedule {
		return topic.Schedule{Slot: topic.Slot{Year: year, Quarter: quarter, Form: rules.FormPlatform}}
	}
	var on topic.Topic
	want := make(map[int]int)
	for _, s := range []topic.Schedule{in(2024, 1), in(2024, 3), in(2025, 2), in(2026, 4), in(2025, 1), in(2025, 3)} {
		apply(t, &on, s)
		want[s.Year] = s.Quarter
		for year := 2023; year < 2028; year++ {
			slot := on.PlanOf(year)
			require.Equal(t, want[year] > 0, slot != nil, year)
			if slot != nil {
				require.Equal(t, want[year], slot.Quarter, year)
			}
		}
	}
	apply(t, &on, topic.Decline{Reason: "条件变化"})
	require.Nil(t, on.PlanOf(2025), "its place now is given up")
	require.NotNil(t, on.PlanOf(2024))
	require.NotNil(t, on.PlanOf(2026))
}

// Another wording is another topic: what was found and voted of the old one is gone.
func TestRenamingForgetsScreeningAndVote(t *testing.T) {
	t.Parallel()
	var on topic.Topic
	apply(t, &on, topic.Screen{Met: []string{rules.SmallCut}}, topic.Poll{Present: 3, For: 2})
	require.True(t, on.Met(rules.SmallCut))
	require.False(t, on.Met(rules.Ready))
	require.Equal(t, 3, on.Ballot.Eligible, "left out, everybody present could vote")
	apply(t, &on, topic.Rename{Title: "错时停车"})
	require.Nil(t, on.Screening)
	require.Nil(t, on.Ballot)
	require.False(t, on.Met(rules.SmallCut))
}

func TestBallotBases(t *testing.T) {
	t.Parallel()
	b := topic.Ballot{Eligible: 4, Present: 3, Cast: 2, Valid: 1}
	for of, want := range map[string]int{"eligible": 4, "present": 3, "cast": 2, "valid": 1} {
		n, ok := b.Base(of)
		require.True(t, ok)
		require.Equal(t, want, n)
	}
	_, ok := b.Base("everybody")
	require.False(t, ok)
}
