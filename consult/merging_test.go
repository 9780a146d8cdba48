package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow"
)

// The same topic raised three times goes on as one; everybody who raised it is its
// source, and a merge can be undone.
func TestTopicsOfTheSameAreMerged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	raise := func(who string) *topic.Topic {
		raised, err := w.svc.Suggest(w.ctx, consult.Actor{ID: who, Body: "county", Roles: []string{"member"}}, topic.Suggest{
			Title: "小区停车", Source: topic.Source{Kind: topic.FromMember, ID: who}, Text: "车位少",
		})
		require.NoError(t, err)
		return raised
	}
	a, b, c := raise("m1"), raise("m2"), raise("m3")
	_, err := w.svc.MergeTopics(w.ctx, office, a.ID, []string{b.ID, a.ID})
	require.Error(t, err, "into itself")
	after, err := w.svc.Topics.Get(w.ctx, b.ID)
	require.NoError(t, err)
	require.Empty(t, after.MergedInto, "all or none")
	_, err = w.svc.MergeTopics(w.ctx, stranger, a.ID, []string{b.ID})
	require.ErrorIs(t, err, workflow.ErrDenied)
	merged, err := w.svc.MergeTopics(w.ctx, office, a.ID, []string{b.ID, c.ID})
	require.NoError(t, err)
	require.Len(t, merged.Absorbed, 2)
	seen, err := w.svc.Topics.As(consult.Actor{ID: "m2", Body: "county"}).Get(w.ctx, a.ID)
	require.NoError(t, err, "who raised the same follows the one that goes on")
	require.Equal(t, "小区停车", seen.Title)
	_, err = w.svc.Topics.Do(w.ctx, office, b.ID, topic.Nominate{})
	require.ErrorIs(t, err, workflow.ErrRefused)
	_, err = w.svc.MergeTopics(w.ctx, office, raise("m4").ID, []string{a.ID})
	require.Equal(t, []string{"holds_others"}, codes(t, err))

	back, err := w.svc.UnmergeTopic(w.ctx, office, b.ID)
	require.NoError(t, err)
	require.Equal(t, [2]string{"collected", ""}, [2]string{back.State, back.MergedInto})
	a, err = w.svc.Topics.Get(w.ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, c.ID, a.Absorbed[0].Topic)
	_, err = w.svc.UnmergeTopic(w.ctx, office, b.ID)
	require.ErrorIs(t, err, workflow.ErrInvalid)
	a, err = w.svc.Topics.Do(w.ctx, office, a.ID, topic.AddSource{Source: topic.Source{Kind: topic.FromGovernment, Name: "县政府"}})
	require.NoError(t, err)
	_, err = w.svc.Topics.Do(w.ctx, office, a.ID, topic.AddSource{Source: topic.Source{Kind: topic.FromGovernment, Name: "县政府"}})
	require.ErrorContains(t, err, "there already")
}

// A platform that is merged keeps what it held and its share of the quota: of 4 a year
// 2 for the six months that it served.
func TestAMergedPlatformKeepsItsShare(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	quota := rules.Quota{N: 4, Per: rules.PerYear}
	from, into := w.platform("2024-01-01", quota), w.platform("2024-01-01", quota)
	hold := func(day string) {
		a := w.plan(activity.Plan{Platform: from.ID, On: date(day)})
		w.do(convenor, a, activity.Notify{})
		w.on(day).do(convenor, a, joined(rules.Member))
	}
	hold("2024-03-08")
	w.on("2024-07-01")
	_, err := w.svc.MergePlatforms(w.ctx, office, from.ID, from.ID, "合并")
	require.ErrorIs(t, err, workflow.ErrInvalid)
	merged, err := w.svc.MergePlatforms(w.ctx, office, into.ID, from.ID, "街道合并")
	require.NoError(t, err)
	require.Equal(t, from.ID, merged.Absorbed[0].Platform)
	gone, err := w.svc.Platforms.Get(w.ctx, from.ID)
	require.NoError(t, err)
	require.Equal(t, [2]string{"merged", into.ID}, [2]string{gone.State, gone.MergedInto})
	c := w.compliance(from, "2024-12-31")
	require.Equal(t, [3]int{2, 1, 1}, [3]int{c.Asks, c.Held, c.Short})
	require.Equal(t, 4, w.compliance(into, "2024-12-31").Asks)
	_, err = w.svc.Plan(w.ctx, office, activity.Plan{Title: "晚了", Form: rules.FormPlatform, Platform: from.ID})
	require.Equal(t, []string{"platform_not_open"}, codes(t, err))
	_, err = w.svc.MergePlatforms(w.ctx, office, from.ID, into.ID, "再并")
	require.ErrorIs(t, err, workflow.ErrRefused)
	require.Equal(t, platform.InService, merged.Means())
}

// Votes are shares of what the definition says, however large the numbers.
func TestVotesAreOfEligiblePresentCastOrValid(t *testing.T) {
	t.Parallel()
	n := func(i int) *int { return &i }
	d := topic.Lifecycle()
	d.Name = "valid"
	for i := range d.Transitions {
		if d.Transitions[i].Event == "elect" {
			d.Transitions[i].Guards = []string{"votes:1/2:valid"}
		}
	}
	w := newWorld(t)
	raised := w.topic("停车", topic.Nominate{}, topic.Screen{}, topic.Poll{Eligible: n(30), Present: 20, Cast: n(19), Valid: n(18), For: 10, Against: 8})
	require.Equal(t, topic.Ballot{On: date("2024-03-01"), Eligible: 30, Present: 20, Cast: 19, Valid: 18, For: 10, Against: 8}, *raised.Ballot)
	_, err := w.svc.Topics.Do(w.ctx, office, raised.ID, topic.Elect{})
	require.Equal(t, []string{"too_few_votes"}, codes(t, err), "10 of 20 present")
	guard := topic.Guards()["votes"]
	for argument, passes := range map[string]bool{"1/2": false, "1/2:valid": true, "1/2:cast": true, "1/3:eligible": false, "1/4:eligible": true} {
		require.Equal(t, passes, len(guard(&rules.Act{Argument: argument}, raised)) == 0, argument)
	}
	huge := *raised
	huge.Ballot = &topic.Ballot{Present: 1 << 62, For: 1<<61 + 1}
	require.Empty(t, guard(&rules.Act{Argument: "500/1000"}, &huge), "no number is too large")
	for _, bad := range []topic.Poll{
		{Present: 20, Eligible: n(19), For: 1}, {Present: 20, Cast: n(21), For: 1}, {Present: 20, Cast: n(10), Valid: n(11), For: 1},
		{Present: 20, Valid: n(10), For: 6, Against: 5}, {Present: 1 << 62, For: 1 << 62, Against: 1 << 62},
	} {
		_, err = w.svc.Topics.Do(w.ctx, office, raised.ID, bad)
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", bad)
	}
	_, err = consult.New(nil)
	require.Error(t, err)
}
