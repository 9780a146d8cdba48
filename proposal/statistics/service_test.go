package statistics_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

func person(id, unit string, roles ...string) proposal.Actor {
	return proposal.Actor{ID: id, Body: "xiushan", Unit: unit, Roles: roles}
}

// handledCase takes one proposal from the draft to the opinion, each step on a
// day of its own, and returns it.
func handledCase(t testing.TB, svc *proposal.Service) *proposal.Proposal {
	t.Helper()
	ctx, on := context.Background(), func(n int) workflow.DoOption { return workflow.Happened(day(n)) }
	member, committee, office := person("m", "", "member"), person("c", "", "committee"), person("o", "", "office")
	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案", Category: proposal.Economic}, on(0))
	require.NoError(t, err)
	for _, s := range []struct {
		day int
		who proposal.Actor
		do  proposal.Action
	}{
		{10, member, proposal.Submit{}},
		{12, committee, proposal.Receive{}},
		{15, committee, proposal.File{Number: "1"}},
		{20, office, proposal.Assign{Lead: "市场监管局"}},
		{24, person("a", "市场监管局"), proposal.Accept{}},
		{60, person("a", "市场监管局"), proposal.Reply{Text: "已办理。", Class: "a"}},
		{61, person("b", "市场监管局"), proposal.IssueReply{Unit: "市场监管局"}},
		{70, member, proposal.GiveOpinion{Result: "satisfied"}},
	} {
		p, err = svc.Do(ctx, s.who, p.ID, s.do, on(s.day))
		require.NoError(t, err, "%T", s.do)
	}
	return p
}

func TestAServiceIsCountedWithItsHistories(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	svc, err := proposal.New(memory.New(), workflow.WithNow(func() time.Time { return day(200) }))
	require.NoError(t, err)
	p := handledCase(t, svc)
	o := statistics.OptionsOf(svc)
	f, err := statistics.Of(statistics.All(ctx, svc), o)
	require.NoError(t, err)
	history, err := svc.History(ctx, p.ID)
	require.NoError(t, err)
	f.AddHistory(p, history)

	require.Equal(t, "100.00", percent(t, f.Share(statistics.Answered, statistics.Assigned)))
	require.Equal(t, []string{p.ID}, f.Figure(statistics.ByClassAs, proposal.Settled, statistics.Answered).Cases)
	result, attitude := f.Opinions()
	require.Equal(t, statistics.Opinions{Satisfied: 1}, result)
	require.Zero(t, attitude.Given())
	for span, days := range map[statistics.Span]int{
		statistics.ToAccept: 4, statistics.ToReply: 41, statistics.ToOpinion: 9,
		statistics.StageSpan("cultivation"): 10, statistics.StageSpan("submission"): 2, statistics.StageSpan("review"): 3,
		statistics.StageSpan("filing"): 5, statistics.StageSpan("assignment"): 4, statistics.StageSpan("handling"): 37, statistics.StageSpan("reply"): 9,
	} {
		require.Equal(t, days, f.Days(span).Median, span)
		require.EqualValues(t, 1, f.Days(span).Count, span)
	}
	require.Zero(t, f.Days(statistics.StageSpan("feedback")).Count, "it has not left it")
	for _, l := range f.Limits() {
		require.Zero(t, l.MetLate+l.Overdue, l.Limit)
	}
	require.EqualValues(t, 1, f.Total(statistics.Heard))
}

func percent(t *testing.T, g statistics.Figure) string {
	t.Helper()
	p, err := g.Percent(2, "half_up")
	require.NoError(t, err)
	return p
}

func TestAWalkOverAServiceEndsWhenNobodyWantsMore(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	svc, err := proposal.New(memory.New(), workflow.WithNow(func() time.Time { return day(200) }))
	require.NoError(t, err)
	for range 3 {
		_, err := svc.Open(ctx, person("m", "", "member"), proposal.Draft{Title: "关于支持小店经济的提案"})
		require.NoError(t, err)
	}
	seen := 0
	for _, err := range statistics.All(ctx, svc) {
		require.NoError(t, err)
		seen++
		break
	}
	require.Equal(t, 1, seen)
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err = statistics.Of(statistics.All(cancelled, svc), statistics.OptionsOf(svc))
	require.ErrorIs(t, err, context.Canceled)
	f, err := statistics.Of(statistics.All(ctx, svc, store.Match{Attr: "body", Op: store.Is, Values: []string{"nobody"}}), statistics.OptionsOf(svc))
	require.NoError(t, err)
	require.Zero(t, f.Total(statistics.Drafts))
}
