package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow"
)

// topic raises a topic and does actions on it.
func (w *world) topic(title string, actions ...workflow.Action[*topic.Topic, rules.Rules]) *topic.Topic {
	w.Helper()
	t, err := w.svc.Suggest(w.ctx, office, topic.Suggest{Title: title, Source: topic.Source{Kind: topic.FromResidents}, Text: "群众来信"})
	require.NoError(w, err)
	for _, action := range actions {
		t, err = w.svc.Topics.Do(w.ctx, office, t.ID, action)
		require.NoError(w, err, action.Event())
	}
	return t
}

func codes(t *testing.T, err error) []string {
	t.Helper()
	var refused *workflow.RefusedError
	require.ErrorAs(t, err, &refused)
	var list []string
	for _, b := range refused.Blockers {
		list = append(list, b.Code)
	}
	return list
}

func TestATopicIsChosenByCriteriaOrByVote(t *testing.T) {
	t.Parallel()
	good := topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}
	for _, c := range []struct {
		name    string
		before  []workflow.Action[*topic.Topic, rules.Rules]
		choose  workflow.Action[*topic.Topic, rules.Rules]
		blocked []string
	}{
		{"by criteria", []workflow.Action[*topic.Topic, rules.Rules]{good}, topic.Select{}, nil},
		{"without a screening", nil, topic.Select{}, []string{"not_screened", "criterion_not_met", "criterion_not_met"}},
		{"with a large cut", []workflow.Action[*topic.Topic, rules.Rules]{topic.Screen{Met: []string{rules.Ready}}}, topic.Select{}, []string{"criterion_not_met"}},
		{"what may not be discussed", []workflow.Action[*topic.Topic, rules.Rules]{topic.Screen{Met: good.Met, Excluded: []string{"litigation", "personal"}}}, topic.Select{}, []string{"excluded", "excluded"}},
		{"by vote", []workflow.Action[*topic.Topic, rules.Rules]{good, topic.Poll{Present: 21, For: 11, Against: 10}}, topic.Elect{}, nil},
		{"half is not more than half", []workflow.Action[*topic.Topic, rules.Rules]{good, topic.Poll{Present: 20, For: 10}}, topic.Elect{}, []string{"too_few_votes"}},
		{"without a vote", []workflow.Action[*topic.Topic, rules.Rules]{good}, topic.Elect{}, []string{"not_voted"}},
		{"a vote does not lift an exclusion", []workflow.Action[*topic.Topic, rules.Rules]{topic.Screen{Excluded: []string{"forbidden"}}, topic.Poll{Present: 9, For: 9}}, topic.Elect{}, []string{"excluded"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			raised := w.topic("小区停车", append([]workflow.Action[*topic.Topic, rules.Rules]{topic.Nominate{}}, c.before...)...)
			chosen, err := w.svc.Topics.Do(w.ctx, office, raised.ID, c.choose)
			if c.blocked == nil {
				require.NoError(t, err)
				require.Equal(t, "selected", chosen.State)
				return
			}
			require.Equal(t, c.blocked, codes(t, err))
		})
	}
}

func TestOnlyChosenTopicsAreConsultedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raw := w.topic("城市发展")
	_, err := w.svc.Plan(w.ctx, convenor, activity.Plan{Title: "x", Form: rules.FormPlatform, Platform: w.station.ID, Topics: []string{raw.ID}})
	require.Equal(t, []string{"topic_not_chosen"}, codes(t, err))
	_, err = w.svc.Plan(w.ctx, convenor, activity.Plan{Title: "x", Form: rules.FormPlatform, Platform: w.station.ID, Topics: []string{"nothing"}})
	require.ErrorIs(t, err, workflow.ErrNotFound)

	chosen := w.topic("小区停车", topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{})
	a := w.plan(activity.Plan{Platform: w.station.ID, Topics: []string{chosen.ID}})
	on, err := w.svc.OnTopic(w.ctx, chosen.ID)
	require.NoError(t, err)
	require.Len(t, on, 1)
	require.Equal(t, a.ID, on[0].ID)
}

func TestRewordingATopicForgetsWhatWasFoundOfIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raised := w.topic("停车", topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Rename{Title: "城市交通"})
	_, err := w.svc.Topics.Do(w.ctx, office, raised.ID, topic.Select{})
	require.Contains(t, codes(t, err), "not_screened")
}

func TestTheYearlyPlanIsItsScheduledTopics(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chosen := []workflow.Action[*topic.Topic, rules.Rules]{topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{}}
	slot := func(year, quarter int) topic.Schedule {
		return topic.Schedule{Slot: topic.Slot{Year: year, Quarter: quarter, Form: rules.FormPlatform, Lead: "委办", Approved: "委发〔2024〕1号"}}
	}
	w.topic("丙", append(chosen, slot(2024, 3))...)
	w.topic("乙", append(chosen, slot(2024, 1))...)
	w.topic("甲", append(chosen, slot(2024, 3))...)
	w.topic("明年", append(chosen, slot(2025, 1))...)
	moved := w.topic("移出", append(chosen, slot(2024, 2))...)
	_, err := w.svc.Topics.Do(w.ctx, office, moved.ID, topic.Decline{Reason: "条件变化"})
	require.NoError(t, err)
	plan, err := w.svc.YearPlan(w.ctx, "county", 2024)
	require.NoError(t, err)
	titles := make([]string, len(plan))
	for i, t := range plan {
		titles[i] = t.Title
	}
	require.Equal(t, []string{"乙", "丙", "甲"}, titles)
	for _, bad := range []topic.Schedule{slot(24, 1), slot(2024, 5), {Slot: topic.Slot{Year: 2024, Form: "dance"}}} {
		_, err = w.svc.Topics.Do(w.ctx, office, plan[0].ID, bad)
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
}

func TestCluesTellHowManySaidSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raised := w.topic("停车", topic.AddClue{Source: topic.Source{Kind: topic.FromMember, ID: "m1"}, Text: "车位少", Count: 30})
	require.Len(t, raised.Clues, 2)
	for _, bad := range []topic.AddClue{
		{Source: topic.Source{Kind: "wind"}, Text: "x"}, {Source: topic.Source{Kind: topic.FromProposal}, Text: "x"},
		{Source: topic.Source{Kind: topic.FromUnit}}, {Source: topic.Source{Kind: topic.FromUnit}, Text: "x", Count: -1},
		{Source: topic.Source{Kind: topic.FromUnit}, Text: "x", On: date("2024-03-02")},
	} {
		_, err := w.svc.Topics.Do(w.ctx, office, raised.ID, bad)
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
	for _, bad := range []topic.Poll{{Present: 3, For: 4}, {Present: 3, For: 2, Against: 2}, {Present: -1}, {Present: 3, For: -1}} {
		_, err := w.svc.Topics.Do(w.ctx, office, w.topic("票", topic.Nominate{}).ID, bad)
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", bad)
	}
}
