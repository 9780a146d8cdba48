package proposal_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// Defect: merging deletes a source. Both sides keep all that they had.
func TestDefectMergingDeletesASource(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	into, a, b := h.to("filed", "1"), h.to("filed", "2"), h.to("reviewing", "")
	held, err := h.Merge(ctx, committee, into.ID, []string{a.ID, b.ID})
	require.NoError(t, err)
	require.Equal(t, []string{a.ID, b.ID}, held.Absorbed)
	require.Equal(t, "filed", held.State, "what holds others goes its way")
	for _, was := range []*proposal.Proposal{a, b} {
		is := h.take(was.ID)
		require.Equal(t, []string{"merged", into.ID}, []string{is.State, is.MergedInto})
		require.Equal(t, []any{was.Title, was.Text, was.Number, was.Proposer, was.Category}, []any{is.Title, is.Text, is.Number, is.Proposer, is.Category})
	}

	// and it can be undone, each for itself, to where it can go on
	undone, err := h.Unmerge(ctx, committee, a.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"filed", "", "2"}, []string{undone.State, undone.MergedInto, undone.Number})
	require.Equal(t, []string{b.ID}, h.take(into.ID).Absorbed)
	undone, err = h.Unmerge(ctx, committee, b.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"reviewing", ""}, []string{undone.State, undone.MergedInto})
	require.Empty(t, h.take(into.ID).Absorbed)
	h.take(b.ID, step{committee, proposal.File{Number: "3"}})
	_, err = h.Merge(ctx, committee, b.ID, []string{into.ID})
	require.NoError(t, err, "what holds none any more can be merged itself")
	h.sound()
}

// Defect: no log of merges. Every side's history has the merge and its
// undoing, by whom and with whom.
func TestDefectMergesAreNotLogged(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	into, source := h.to("filed", "1"), h.to("filed", "2")
	_, err := h.Merge(ctx, committee, into.ID, []string{source.ID}, workflow.Command("merge"))
	require.NoError(t, err)
	_, err = h.Unmerge(ctx, overseer, source.ID, workflow.Command("unmerge"))
	require.NoError(t, err)

	last := func(id string) (told []string) {
		history, err := h.History(ctx, id)
		require.NoError(t, err)
		for _, e := range history[len(history)-2:] {
			told = append(told, e.Event, e.Actor, e.Command, string(e.Action))
		}
		return told
	}
	merged, unmerged := workflow.CommandKey("merge"), workflow.CommandKey("unmerge")
	require.Equal(t, []string{"merge", "c-1", merged, `{"into":"` + into.ID + `"}`, "unmerge_filed", "s-1", unmerged, `{"filed":true}`}, last(source.ID))
	require.Equal(t, []string{"absorb", "c-1", merged, `{"sources":["` + source.ID + `"],"proposers":[{"kind":"member","id":"m-1"}]}`, "release", "s-1", unmerged, `{"source":"` + source.ID + `"}`}, last(into.ID))
}

func TestAMergeIsAllOrNothing(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	into, good, draft := h.to("filed", "1"), h.to("reviewing", ""), h.draft()
	done := h.to("closed", "9")
	holder, inside := h.to("filed", "2"), h.to("filed", "3")
	_, err := h.Merge(ctx, committee, holder.ID, []string{inside.ID})
	require.NoError(t, err)
	before := h.everything()
	for name, try := range map[string]struct {
		who     proposal.Actor
		into    string
		sources []string
		reason  string
	}{
		"nothing to merge":             {committee, into.ID, nil, "sources empty"},
		"into itself":                  {committee, into.ID, []string{good.ID, into.ID}, "sources duplicate"},
		"one twice":                    {committee, into.ID, []string{good.ID, good.ID}, "steps duplicate"},
		"without the role":             {office, into.ID, []string{good.ID}, "no_role"},
		"of another body":              {neighbour, into.ID, []string{good.ID}, "other_body"},
		"one that cannot":              {committee, into.ID, []string{good.ID, draft.ID}, "wrong_state"},
		"one that is merged already":   {committee, into.ID, []string{good.ID, inside.ID}, "wrong_state"},
		"one that holds others":        {committee, into.ID, []string{good.ID, holder.ID}, "holds_others"},
		"into one that is merged":      {committee, inside.ID, []string{good.ID}, "wrong_state"},
		"into one that is closed":      {committee, done.ID, []string{good.ID}, "wrong_state"},
		"more than one act can merge":  {committee, into.ID, make([]string, proposal.MaxList+1), "sources too_many"},
		"one whose ID cannot be an ID": {committee, into.ID, []string{good.ID, ""}, "id empty"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.Merge(ctx, try.who, try.into, try.sources)
			require.Error(t, err)
			require.Equal(t, try.reason, reasons(t, err))
			require.Equal(t, before, h.everything())
		})
	}
	_, err = h.Merge(ctx, committee, into.ID, []string{good.ID, "nowhere"})
	require.ErrorIs(t, err, workflow.ErrNotFound)
	_, err = h.Unmerge(ctx, committee, good.ID)
	require.Equal(t, "wrong_state", reasons(t, err))
	_, err = h.Unmerge(ctx, office, inside.ID)
	require.Equal(t, "no_role", reasons(t, err))
	require.Equal(t, before, h.everything())
}

func TestAMergeTwiceByOneCommandIsOne(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	into, a, b := h.to("filed", "1"), h.to("filed", "2"), h.to("filed", "3")
	both := []string{a.ID, b.ID}
	_, err := h.Merge(ctx, committee, into.ID, both, workflow.Command("m"))
	require.NoError(t, err)
	before := h.everything()
	held, err := h.Merge(ctx, committee, into.ID, both, workflow.Command("m"))
	require.NoError(t, err)
	require.Equal(t, both, held.Absorbed)
	_, err = h.Merge(ctx, committee, into.ID, both[:1], workflow.Command("m"))
	require.Equal(t, "command reused", reasons(t, err))
	require.Equal(t, before, h.everything())

	_, err = h.Unmerge(ctx, committee, a.ID, workflow.Command("u"))
	require.NoError(t, err)
	before = h.everything()
	_, err = h.Unmerge(ctx, committee, a.ID, workflow.Command("u"))
	require.NoError(t, err)
	require.Equal(t, before, h.everything())
}

// Racing merges in circles and into several, and their undoing, end in a
// forest of depth one in which both sides know of each other.
func TestRacingMergesStayConsistent(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	const n = 6
	ids := make([]string, n)
	for i := range ids {
		ids[i] = h.to("reviewing", "").ID
	}
	race(4*n, func(i int) {
		var err error
		if i%4 == 3 {
			_, err = h.Unmerge(ctx, committee, ids[i%n])
		} else {
			_, err = h.Merge(ctx, committee, ids[i%n], []string{ids[(i+1+i/n)%n]})
		}
		if err != nil && !errors.Is(err, workflow.ErrRefused) && !errors.Is(err, workflow.ErrInvalid) {
			t.Errorf("%d: %v", i, err)
		}
	})
	for _, id := range ids {
		p := h.take(id)
		require.Equal(t, p.State == "merged", p.MergedInto != "")
		if p.MergedInto != "" {
			require.Empty(t, p.Absorbed)
			require.Contains(t, h.take(p.MergedInto).Absorbed, id)
		}
		for _, held := range p.Absorbed {
			require.Equal(t, id, h.take(held).MergedInto)
		}
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(p.Absorbed))), len(p.Absorbed))
	}
	h.sound()
}

// An undoing that was decided on when the source was merged into another one is
// refused, and touches neither.
func TestAnUndoingIsOfTheMergeThatWasSeen(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	first, other, source := h.to("filed", "1"), h.to("filed", "2"), h.to("filed", "3")
	_, err := h.Merge(ctx, committee, first.ID, []string{source.ID})
	require.NoError(t, err)
	late := &interfering{Store: h.store, before: func() {
		_, err := h.Unmerge(ctx, committee, source.ID)
		require.NoError(t, err)
		_, err = h.Merge(ctx, committee, other.ID, []string{source.ID})
		require.NoError(t, err)
	}}
	svc, err := proposal.New(late)
	require.NoError(t, err)
	_, err = svc.Unmerge(ctx, committee, source.ID)
	require.Equal(t, "id moved", reasons(t, err))
	require.Equal(t, other.ID, h.take(source.ID).MergedInto)
	require.Equal(t, []string{source.ID}, h.take(other.ID).Absorbed)
}
