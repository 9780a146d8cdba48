package proposal_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// onLists returns the lists that a proposal stands on, each with its key.
func onLists(p *proposal.Proposal) []string {
	var on []string
	for _, l := range proposal.Lists() {
		for _, s := range l.Stands(p) {
			on = append(on, l.Key+"/"+s.Key)
		}
	}
	slices.Sort(on)
	return slices.Compact(on)
}

// A proposal is on the desk of whoever has to do the next thing.
func TestAProposalIsOnTheListsOfItsSituation(t *testing.T) {
	mine := func(more ...string) []string { return append([]string{"mine/m-1", "done/m-1"}, more...) }
	reviewed := func(more ...string) []string { return append(mine("done/c-1"), more...) }
	assigned := func(more ...string) []string {
		return append(reviewed("done/o-1", "due/"), more...)
	}
	handled := func(more ...string) []string { return append(assigned("done/market-clerk"), more...) }
	for situation, want := range map[string][]string{
		"draft":      mine("to_submit/m-1"),
		"invited":    mine("mine/m-2", "to_sign/m-2", "to_submit/m-1", "due/"),
		"consented":  mine("mine/m-2", "done/m-2", "to_submit/m-1"),
		"submitted":  mine("to_review/"),
		"reviewing":  reviewed("to_review/"),
		"returned":   reviewed("to_submit/m-1"),
		"refused":    reviewed(),
		"filed":      reviewed("to_assign/"),
		"assigned":   assigned("open_parts/market"),
		"objecting":  handled("open_parts/market", "objections/"),
		"handling":   handled("open_parts/market"),
		"supervised": handled("open_parts/market", "supervised/"),
		"drafted":    handled("open_parts/market", "to_issue/market"),
		"replied":    handled("done/market-chief", "to_judge/m-1", "to_close/"),
	} {
		h := newHouse(t)
		got := onLists(h.to(situation, "2024-001"))
		slices.Sort(want)
		require.Equal(t, want, got, situation)
	}
}

// Pages, counts and bounds of a list agree with what Stands says, in its order,
// forwards and backwards.
func TestAListIsReadInItsOrder(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	var want []string
	for i := range 7 {
		p := h.to("handling", fmt.Sprintf("2024-%03d", i))
		if i%2 == 0 { // further apart than the order of their IDs
			_, err := h.Extend(ctx, office, p.ID, clock.Extend{Limit: "reply", Of: "market", By: calendar.Length{N: 1, Unit: calendar.Month}, Reason: "情况复杂"})
			require.NoError(t, err)
			continue
		}
		want = append(want, p.ID)
	}
	clerkReads := h.As(clerk("market"))
	var got []string
	q := workflow.Query{List: "open_parts", Max: 2}
	for {
		page, err := clerkReads.Page(ctx, q)
		require.NoError(t, err)
		require.LessOrEqual(t, len(page.Cases), 2)
		for _, p := range page.Cases {
			got = append(got, p.ID)
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	require.Len(t, got, 7)
	require.ElementsMatch(t, want, got[:3], "the nearest days first")
	backwards := slices.Clone(got)
	slices.Reverse(backwards)
	var again []string
	require.NoError(t, clerkReads.Each(ctx, workflow.Query{List: "open_parts", Desc: true}, func(p *proposal.Proposal) error { again = append(again, p.ID); return nil }))
	require.Equal(t, backwards, again)
	n, err := clerkReads.Count(ctx, workflow.Query{List: "open_parts", Until: "2024-07-01"})
	require.NoError(t, err)
	require.EqualValues(t, 3, n)
	n, err = clerkReads.Count(ctx, workflow.Query{List: "open_parts", From: "2024-07-01"})
	require.NoError(t, err)
	require.EqualValues(t, 4, n)
}

func TestAMisspeltWordIsToldWithTheRightOnes(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	for _, q := range []workflow.Query{
		{List: "to_assgin"}, {Order: "chnaged"}, {Where: []store.Match{{Attr: "sate", Op: store.Is, Values: []string{"draft"}}}},
		{Where: []store.Match{{Any: []store.Match{{Attr: "untis", Op: store.Is, Values: []string{"a"}}}}}}, {After: "nonsense"},
	} {
		_, err := h.All().Page(ctx, q)
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", q)
		_, err = h.As(member).Page(ctx, q)
		require.ErrorIs(t, err, workflow.ErrInvalid, "%+v", q)
	}
	_, err := h.All().Page(ctx, workflow.Query{Where: []store.Match{{Attr: "sate", Op: store.Is, Values: []string{"draft"}}}})
	require.ErrorContains(t, err, `did you mean "state"?`)
}

// A list of a host's own is kept like the others, and given to the cases that
// were there before when they are indexed anew.
func TestAListOfAHostsOwn(t *testing.T) {
	ctx := context.Background()
	before := newHouse(t)
	old := before.to("filed", "2024-001")
	own := workflow.WithList(proposal.List{Key: "acme_by_category", For: workflow.OfBody, Stands: func(p *proposal.Proposal) []workflow.Standing {
		return []workflow.Standing{{Key: string(p.Category), Sort: p.Number}}
	}})
	h := newHouseOn(t, before.store, own)
	q := workflow.Query{List: "acme_by_category", Body: "xiushan", Key: string(proposal.Economic)}
	n, err := h.All().Count(ctx, q)
	require.NoError(t, err)
	require.Zero(t, n)
	mended := 0
	require.NoError(t, h.Reindex(ctx, func(_, m int) { mended = m }))
	require.Equal(t, 1, mended)
	young := h.to("filed", "2024-002")
	page, err := h.All().Page(ctx, q)
	require.NoError(t, err)
	require.Len(t, page.Cases, 2)
	require.Equal(t, []string{old.ID, young.ID}, []string{page.Cases[0].ID, page.Cases[1].ID})
	h.sound()
}
