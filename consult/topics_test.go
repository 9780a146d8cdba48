package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/proposal/workflow"
)

// topic raises a topic and does actions on it.
func (w *world) topic(title string, actions ...workflow.Action[*consult.Topic, consult.Rules]) *consult.Topic {
	w.Helper()
	t, err := w.svc.Suggest(w.ctx, office, consult.Suggest{Title: title, Source: consult.Source{Kind: consult.FromResidents}, Text: "群众来信"})
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
	good := consult.Screen{Met: []string{consult.SmallCut, consult.Ready}}
	for _, c := range []struct {
		name    string
		before  []workflow.Action[*consult.Topic, consult.Rules]
		choose  workflow.Action[*consult.Topic, consult.Rules]
		blocked []string
	}{
		{"by criteria", []workflow.Action[*consult.Topic, consult.Rules]{good}, consult.Select{}, nil},
		{"without a screening", nil, consult.Select{}, []string{"not_screened", "criterion_not_met", "criterion_not_met"}},
		{"with a large cut", []workflow.Action[*consult.Topic, consult.Rules]{consult.Screen{Met: []string{consult.Ready}}}, consult.Select{}, []string{"criterion_not_met"}},
		{"what may not be discussed", []workflow.Action[*consult.Topic, consult.Rules]{consult.Screen{Met: good.Met, Excluded: []string{"litigation", "personal"}}}, consult.Select{}, []string{"excluded", "excluded"}},
		{"by vote", []workflow.Action[*consult.Topic, consult.Rules]{good, consult.Poll{Present: 21, For: 11, Against: 10}}, consult.Elect{}, nil},
		{"half is not more than half", []workflow.Action[*consult.Topic, consult.Rules]{good, consult.Poll{Present: 20, For: 10}}, consult.Elect{}, []string{"too_few_votes"}},
		{"without a vote", []workflow.Action[*consult.Topic, consult.Rules]{good}, consult.Elect{}, []string{"not_voted"}},
		{"a vote does not lift an exclusion", []workflow.Action[*consult.Topic, consult.Rules]{consult.Screen{Excluded: []string{"forbidden"}}, consult.Poll{Present: 9, For: 9}}, consult.Elect{}, []string{"excluded"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			topic := w.topic("小区停车", append([]workflow.Action[*consult.Topic, consult.Rules]{consult.Nominate{}}, c.before...)...)
			topic, err := w.svc.Topics.Do(w.ctx, office, topic.ID, c.choose)
			if c.blocked == nil {
				require.NoError(t, err)
				require.Equal(t, "selected", topic.State)
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
	_, err := w.svc.Plan(w.ctx, convenor, consult.Plan{Title: "x", Form: consult.FormPlatform, Platform: w.station.ID, Topics: []string{raw.ID}})
	require.Equal(t, []string{"topic_not_chosen"}, codes(t, err))
	_, err = w.svc.Plan(w.ctx, convenor, consult.Plan{Title: "x", Form: consult.FormPlatform, Platform: w.station.ID, Topics: []string{"nothing"}})
	require.ErrorIs(t, err, workflow.ErrNotFound)

	chosen := w.topic("小区停车", consult.Nominate{}, consult.Screen{Met: []string{consult.SmallCut, consult.Ready}}, consult.Select{})
	a := w.plan(consult.Plan{Platform: w.station.ID, Topics: []string{chosen.ID}})
	on, err := w.svc.OnTopic(w.ctx, chosen.ID)
	require.NoError(t, err)
	require.Len(t, on, 1)
	require.Equal(t, a.ID, on[0].ID)
}

func TestRewordingATopicForgetsWhatWasFoundOfIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	topic := w.topic("停车", consult.Nominate{}, consult.Screen{Met: []string{consult.SmallCut, consult.Ready}}, consult.Rename{Title: "城市交通"})
	_, err := w.svc.Topics.Do(w.ctx, office, topic.ID, consult.Select{})
	require.Contains(t, codes(t, err), "not_screened")
}

func TestTheYearlyPlanIsItsScheduledTopics(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chosen := []workflow.Action[*consult.Topic, consult.Rules]{consult.Nominate{}, consult.Screen{Met: []string{consult.SmallCut, consult.Ready}}, consult.Select{}}
	slot := func(year, quarter int) consult.Schedule {
		return consult.Schedule{Slot: consult.Slot{Year: year, Quarter: quarter, Form: consult.FormPlatform, Lead: "委办", Approved: "委发〔2024〕1号"}}
	}
	w.topic("丙", append(chosen, slot(2024, 3))...)
	w.topic("乙", append(chosen, slot(2024, 1))...)
	w.topic("甲", append(chosen, slot(2024, 3))...)
	w.topic("明年", append(chosen, slot(2025, 1))...)
	moved := w.topic("移出", append(chosen, slot(2024, 2))...)
	_, err := w.svc.Topics.Do(w.ctx, office, moved.ID, consult.Decline{Reason: "条件变化"})
	require.NoError(t, err)
	plan, err := w.svc.YearPlan(w.ctx, "county", 2024)
	require.NoError(t, err)
	titles := make([]string, len(plan))
	for i, t := range plan {
		titles[i] = t.Title
	}
	require.Equal(t, []string{"乙", "丙", "甲"}, titles)
	for _, bad := range []consult.Schedule{slot(24, 1), slot(2024, 5), {Slot: consult.Slot{Year: 2024, Form: "dance"}}} {
		_, err = w.svc.Topics.Do(w.ctx, office, plan[0].ID, bad)
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
}

func TestCluesTellHowManySaidSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	topic := w.topic("停车", consult.AddClue{Source: consult.Source{Kind: consult.FromMember, ID: "m1"}, Text: "车位少", Count: 30})
	require.Len(t, topic.Clues, 2)
	for _, bad := range []consult.AddClue{
		{Source: consult.Source{Kind: "wind"}, Text: "x"}, {Source: consult.Source{Kind: consult.FromProposal}, Text: "x"},
		{Source: consult.Source{Kind: consult.FromUnit}}, {Source: consult.Source{Kind: consult.FromUnit}, Text: "x", Count: -1},
		{Source: consult.Source{Kind: consult.FromUnit}, Text: "x", On: date("2024-03-02")},
	} {
		_, err := w.svc.Topics.Do(w.ctx, office, topic.ID, bad)
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
	for _, bad := range []consult.Poll{{Present: 3, For: 4}, {Present: 3, For: 2, Against: 2}, {Present: -1}, {Present: 3, For: -1}} {
		_, err := w.svc.Topics.Do(w.ctx, office, w.topic("票", consult.Nominate{}).ID, bad)
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", bad)
	}
}
