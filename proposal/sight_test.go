package proposal_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/vocabularytest"
)

// situations are those that a house can bring a proposal into.
var situations = []string{"draft", "invited", "consented", "submitted", "reviewing", "returned", "refused", "referred", "settled",
	"withdrawn", "merged", "filed", "key", "assigned", "objecting", "handling", "suspended", "supervised", "drafted", "replied", "feedback", "closed"}

// Whether an actor sees a case and which cases he sees is one rule: whoever is
// asked, by ID, by page, by count, by list, the answer is the same.
func TestMayAndWhichAgree(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	for i, situation := range situations {
		h.to(situation, fmt.Sprintf("2024-%03d", i))
	}
	published := h.to("closed", "2024-900")
	h.take(published.ID, step{committee, proposal.Publish{Title: "支持小店", Text: "已办理。"}})
	party, err := h.Open(ctx, proposal.Actor{ID: "p-1", Body: "xiushan", Unit: "12", Roles: []string{"party"}},
		proposal.Draft{Title: "集体提案", Proposer: proposal.Proposer{Kind: proposal.Party, ID: "12"}})
	require.NoError(t, err)
	var all []string
	require.NoError(t, h.All().Each(ctx, workflow.Query{}, func(p *proposal.Proposal) error { all = append(all, p.ID); return nil }))
	require.Greater(t, len(all), len(situations))

	rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same actors every time
	pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
	seenBySomebody := make(map[string]bool)
	for range 400 {
		a := proposal.Actor{ID: pick("", "m-1", "m-2", "c-1", "12", "market-clerk", "x"), Body: pick("xiushan", "jiulongpo", "chongqing", ""),
			Unit: pick("", "", "market", "banking", "12", "m-1")}
		for range rnd.IntN(3) {
			a.Roles = append(a.Roles, pick("member", "committee", "office", "leader", "evaluator", "administrator", "proposer", "unit", "public", "system", "anyone"))
		}
		if rnd.IntN(3) == 0 {
			a.Grants = []workflow.Grant{{Role: pick("committee", "office", "proposer"), Body: pick("xiushan", "jiulongpo", "chongqing")}}
		}
		reader := h.As(a)
		var may, which []string
		for _, id := range all {
			parts, err := reader.Sees(ctx, id)
			require.NoError(t, err)
			_, err = reader.Get(ctx, id)
			if len(parts) > 0 {
				require.NoError(t, err)
				may = append(may, id)
				seenBySomebody[id] = true
				continue
			}
			require.ErrorIs(t, err, workflow.ErrNotFound)
			_, missing := reader.Get(ctx, "no-such-case")
			require.Equal(t, strings.ReplaceAll(missing.Error(), "no-such-case", id), err.Error(), "denied is not told from not found")
			_, err = reader.History(ctx, id)
			require.ErrorIs(t, err, workflow.ErrNotFound)
			_, err = reader.Choices(ctx, id)
			require.ErrorIs(t, err, workflow.ErrNotFound)
		}
		require.NoError(t, reader.Each(ctx, workflow.Query{}, func(p *proposal.Proposal) error { which = append(which, p.ID); return nil }))
		require.Equal(t, may, which, "%+v", a)
		n, err := reader.Count(ctx, workflow.Query{})
		require.NoError(t, err)
		require.EqualValues(t, len(may), n, "%+v", a)
		byState, err := reader.CountBy(ctx, workflow.Query{}, "state")
		require.NoError(t, err)
		sum := int64(0)
		for _, n := range byState {
			sum += n
		}
		require.EqualValues(t, len(may), sum)
		for _, l := range h.Lists() {
			q := workflow.Query{List: l.Key, Body: pick("xiushan", ""), Key: pick("", "m-1", "market", "12"), Desc: rnd.IntN(2) == 0, Max: 3}
			require.NoError(t, reader.Each(ctx, q, func(p *proposal.Proposal) error {
				require.Contains(t, may, p.ID, "%s of %+v", l.Key, a)
				return nil
			}))
		}
		// what somebody may not see he cannot ask by
		counts, err := reader.CountBy(ctx, workflow.Query{}, "opinion")
		require.NoError(t, err)
		for value, n := range counts {
			require.LessOrEqual(t, int(n), len(may), value)
		}
	}
	require.True(t, seenBySomebody[party.ID])
	require.Len(t, seenBySomebody, len(all))
}

// A person, a unit and a party of one ID are three.
func TestAnIDIsOfAKindInReadingToo(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	of12 := proposal.Actor{ID: "12", Body: "xiushan", Roles: []string{"member"}}
	p, err := h.Open(ctx, of12, proposal.Draft{Title: "小店"})
	require.NoError(t, err)
	_, err = h.As(of12).Get(ctx, p.ID)
	require.NoError(t, err)
	for _, other := range []proposal.Actor{{ID: "x", Body: "xiushan", Unit: "12"}, {ID: "12", Body: "jiulongpo"}, {ID: "", Body: "xiushan"}, {}} {
		_, err = h.As(other).Get(ctx, p.ID)
		require.ErrorIs(t, err, workflow.ErrNotFound, "%+v", other)
	}
}

// The public sees what publication has released, and nothing else.
func TestThePublicSeesWhatIsPublished(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("closed", "2024-001")
	public := h.As(proposal.Actor{})
	_, err := public.Get(ctx, p.ID)
	require.ErrorIs(t, err, workflow.ErrNotFound)
	h.take(p.ID, step{committee, proposal.Publish{Title: "支持小店", Text: "已办理。"}})
	seen, err := public.Get(ctx, p.ID)
	require.NoError(t, err)
	got, err := json.Marshal(seen)
	require.NoError(t, err)
	require.JSONEq(t, fmt.Sprintf(`{"title":"","proposer":{"id":""},"publication":{"title":"支持小店","text":"已办理。","at":%q,"by":""}}`,
		seen.Publication.At.Format(time.RFC3339Nano)), string(got))
	require.Empty(t, seen.Tracks)
	require.Empty(t, seen.Clocks)
	require.Empty(t, seen.Acted)
	_, err = public.History(ctx, p.ID)
	require.ErrorIs(t, err, workflow.ErrDenied)
	for _, attr := range []string{"proposer", "unit", "title", "opinion", "class"} {
		n, err := public.Count(ctx, workflow.Query{Where: []store.Match{{Attr: attr, Op: store.Prefix, Values: []string{""}}}})
		require.NoError(t, err)
		require.Zero(t, n, "the public finds a case by its %s", attr)
	}
	h.take(p.ID, step{committee, proposal.Withhold{Reason: "涉及隐私"}})
	_, err = public.Get(ctx, p.ID)
	require.ErrorIs(t, err, workflow.ErrNotFound)
}

func TestEveryFieldBelongsToAPart(t *testing.T) {
	vocabularytest.Reading(t, proposal.Vocabulary())
}

func TestASightThatCannotWorkIsRefused(t *testing.T) {
	for code, sight := range map[lifecycle.Code]lifecycle.Sight{
		lifecycle.NoRole:       {Sees: []string{"text"}},
		lifecycle.BadSight:     {Who: []string{"committee"}},
		lifecycle.UnknownState: {Who: []string{"committee"}, While: []string{"draught"}, Sees: []string{"text"}},
		lifecycle.UnknownRole:  {Who: []string{"kommittee"}, Sees: []string{"text"}},
		lifecycle.UnknownPart:  {Who: []string{"committee"}, Sees: []string{"txt"}},
	} {
		d := proposal.Nine()
		d.Sight = []lifecycle.Sight{sight}
		v := proposal.Vocabulary()
		problems := v.Lint(d)
		require.Len(t, problems, 1, "%s: %v", code, problems)
		require.Equal(t, code, problems[0].Code)
		require.True(t, strings.HasPrefix(problems[0].Where, "sight[0]"), problems[0].Where)
		require.NotEmpty(t, problems[0].ZH)
	}
}
