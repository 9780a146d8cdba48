package statistics_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The result and the attitude are each read on their own scale, in the table by unit
// as in the figures of proposals: on the other's, the key would mean something else,
// or nothing.
func TestEachAxisIsReadOnItsOwnScale(t *testing.T) {
	t.Parallel()
	scale := func(name, good, bad string) proposal.Versions {
		return proposal.Versions{{Name: name, Version: 1, Terms: []proposal.Term{
			{Key: good, As: proposal.Satisfied}, {Key: bad, As: proposal.Dissatisfied},
		}}}
	}
	own := proposal.DefaultRules()
	own.Opinions = []proposal.Versions{scale("result", "up", "down"), scale("attitude", "down", "up")}
	p := &proposal.Proposal{
		Header: workflow.Header{ID: "p", State: "closed"},
		Parts:  []proposal.Part{{Unit: "甲局", Role: proposal.Lead, Assigned: day(1), Replies: []proposal.Answer{{Issued: day(2)}}}},
		Opinions: []proposal.Opinion{{
			Unit: "甲局", Reply: 1, Scale: "result@1", Result: "up", AttitudeScale: "attitude@1", Attitude: "up", At: day(3),
		}},
	}
	f, err := statistics.Of(each([]*proposal.Proposal{p}), statistics.Options{Rules: func(string) proposal.Rules { return own }})
	require.NoError(t, err)
	require.Len(t, f.Units(), 1)
	require.Equal(t, statistics.Opinions{Satisfied: 1}, f.Units()[0].Result)
	require.Equal(t, statistics.Opinions{Dissatisfied: 1}, f.Units()[0].Attitude)
	result, attitude := f.Opinions()
	require.Equal(t, []statistics.Opinions{{Satisfied: 1}, {Dissatisfied: 1}}, []statistics.Opinions{result, attitude})
}

// The figures that are kept with each proposal and counted in the index are those of a
// walk over all proposals, and those of this package where both count the same.
func TestKeptFiguresAreThoseOfAWalk(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	svc, err := proposal.New(memory.New(), workflow.WithNow(func() time.Time { return day(200) }))
	require.NoError(t, err)
	r := rand.New(rand.NewPCG(21, 22))
	for i := range 120 {
		walked(t, svc, r, i)
	}
	kept, err := svc.Tallies(ctx)
	require.NoError(t, err)
	read, err := svc.Figures(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, read, kept)
	f, err := statistics.Of(statistics.All(ctx, svc), statistics.OptionsOf(svc))
	require.NoError(t, err)
	all := new(proposal.Tally)
	for _, own := range kept {
		all.Merge(own)
	}
	require.Greater(t, all.Filed, int64(20))
	require.Greater(t, all.Drafts, int64(5))
	require.Equal(t, []int64{all.Drafts, all.Received, all.Filed},
		[]int64{f.Total(statistics.Drafts), f.Total(statistics.Received), f.Total(statistics.Filed)})
	for _, d := range []proposal.Dimension{proposal.ByCategory, proposal.ByProposer} {
		require.NotEmpty(t, all.Keys(d))
		for _, key := range slices.Concat(all.Keys(d), f.Keys(d)) {
			want := all.Rate(d, key)
			got := f.Figure(d, key, statistics.Stated).Rate
			require.Equal(t, []int64{want.Count, want.Base}, []int64{got.Count, got.Base}, "%s %s", d, key)
		}
	}
}

// walked takes a new proposal some way along.
func walked(t *testing.T, svc *proposal.Service, r *rand.Rand, n int) {
	t.Helper()
	ctx := context.Background()
	me, office, committee := person("m", "", "member"), person("o", "", "office"), person("c", "", "committee")
	p, err := svc.Open(ctx, me, proposal.Draft{
		Title: fmt.Sprintf("关于第%d个问题的提案", n), Category: []proposal.Category{"", proposal.Social, proposal.Economic, proposal.Cultural}[r.IntN(4)],
	})
	require.NoError(t, err)
	way := []struct {
		who proposal.Actor
		act proposal.Action
	}{
		{me, proposal.Submit{}}, {committee, proposal.Receive{}}, {committee, proposal.File{Number: fmt.Sprint(n + 1)}},
		{office, proposal.Assign{Lead: "甲局"}}, {person("u", "甲局"), proposal.Accept{}},
	}
	for _, s := range way[:r.IntN(len(way)+1)] {
		if _, is := s.act.(proposal.File); is && r.IntN(4) == 0 {
			s.act = proposal.Refer{To: "社情民意"}
			_, err := svc.Do(ctx, s.who, p.ID, s.act)
			require.NoError(t, err)
			return
		}
		_, err := svc.Do(ctx, s.who, p.ID, s.act)
		require.NoError(t, err)
	}
}
