package proposal_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// broken returns what an audit finds.
func (h *house) broken() []workflow.Break {
	h.t.Helper()
	report, err := h.Audit(context.Background(), nil)
	require.NoError(h.t, err)
	return report.Broken
}

// edit writes a record anew behind the engine's back.
func (h *house) edit(kind, id string, change func(*store.Record)) {
	h.t.Helper()
	r, _, err := h.store.Load(context.Background(), kind, id)
	require.NoError(h.t, err)
	change(&r)
	require.NoError(h.t, h.store.Commit(context.Background(), store.Change{Record: r}))
}

// What a case is found by can be edited in the database without a trace in its
// record or journal: the audit finds it, and Reindex mends it.
func TestAnAuditFindsAnEditedIndexAndReindexMendsIt(t *testing.T) {
	for name, edit := range map[string]func(*store.Record){
		"all gone":       func(r *store.Record) { r.Index = nil },
		"one gone":       func(r *store.Record) { r.Index = slices.Delete(r.Index, 3, 4) },
		"one added":      func(r *store.Record) { r.Index = append(r.Index, store.Attr{Name: "lead", Value: "nobody"}) },
		"one changed":    func(r *store.Record) { r.Index[0].Value += "x" },
		"a list emptied": func(r *store.Record) { r.Index = slices.DeleteFunc(r.Index, isAlarm) },
		"an alarm put off": func(r *store.Record) {
			for i := range r.Index {
				if isAlarm(r.Index[i]) {
					r.Index[i].Value = "2999-01-01"
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			p, other := h.to("handling", "1"), h.to("handling", "2")
			require.Empty(t, h.broken())
			h.edit(proposal.Kind, p.ID, edit)
			found := []workflow.Break{{ID: p.ID, Reason: workflow.BreakIndex}}
			require.Equal(t, found, h.broken())
			breaks, err := h.Verify(t.Context(), p.ID)
			require.NoError(t, err)
			require.Equal(t, found, breaks)
			breaks, err = h.Verify(t.Context(), other.ID)
			require.NoError(t, err)
			require.Empty(t, breaks)

			mended := 0
			require.NoError(t, h.Reindex(t.Context(), func(_, m int) { mended = m }))
			require.Equal(t, 1, mended)
			require.Empty(t, h.broken())
		})
	}
}

func isAlarm(a store.Attr) bool { return a.Name == "alarm" }

// claimOfNumber returns the ID of the only claim in a store.
func (h *house) claimOfNumber() string {
	h.t.Helper()
	claims, err := h.store.Find(context.Background(), store.Query{Kind: proposal.Kind + ".claim"})
	require.NoError(h.t, err)
	require.Len(h.t, claims, 1)
	return claims[0].ID
}

// unclaimed is a store that has lost a claim.
type unclaimed struct {
	*memory.Store
	claim string
}

func (s unclaimed) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	if id == s.claim {
		return store.Record{}, store.Line{}, &store.RecordError{Kind: kind, ID: id, Err: store.ErrNotFound}
	}
	return s.Store.Load(ctx, kind, id)
}

func (s unclaimed) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	found, err := s.Store.Find(ctx, q)
	return slices.DeleteFunc(found, func(r store.Record) bool { return r.ID == s.claim }), err
}

// A number is given once because its name is kept. The history says which act
// took it, so that a name that is gone or another's is missed.
func TestAnAuditMissesAClaimThatIsGone(t *testing.T) {
	h := newHouse(t)
	p := h.to("filed", "1")
	history, err := h.History(t.Context(), p.ID)
	require.NoError(t, err)
	seq := history[len(history)-1].Seq
	require.Len(t, history[len(history)-1].Claims, 1)
	require.Empty(t, h.broken())
	found := workflow.Break{ID: p.ID, Seq: seq, Reason: workflow.BreakClaim}

	svc, err := proposal.New(unclaimed{h.store, h.claimOfNumber()}, bodies(t))
	require.NoError(t, err)
	report, err := svc.Audit(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, []workflow.Break{found}, report.Broken)

	other := h.to("reviewing", "")
	h.edit(proposal.Kind+".claim", h.claimOfNumber(), func(r *store.Record) { r.Data = bytes.Replace(r.Data, []byte(p.ID), []byte(other.ID), 1) })
	require.Equal(t, []workflow.Break{found, {ID: other.ID, Reason: workflow.BreakClaim}}, h.broken())
}

// A name kept for nobody, or for a case that never claimed it, keeps a number from
// being given.
func TestAnAuditFindsAClaimOfNoCase(t *testing.T) {
	h := newHouse(t)
	p := h.to("filed", "1")
	for _, holder := range []string{"", "nobody", p.ID} {
		require.NoError(t, h.store.Commit(t.Context(), store.Change{Record: store.Record{
			Kind: proposal.Kind + ".claim", ID: "number/of/" + holder, Data: []byte(holder + "\nnumber/of/" + holder),
		}}))
	}
	require.ElementsMatch(t, []workflow.Break{
		{Reason: workflow.BreakClaim}, {ID: "nobody", Reason: workflow.BreakClaim}, {ID: p.ID, Reason: workflow.BreakClaim},
	}, h.broken())
}

// A reader of the feed meets a case in the order of its entries; two positions
// exchanged in the database break no chain, and are found all the same.
func TestAnAuditFindsAFeedOutOfOrder(t *testing.T) {
	h := newHouse(t)
	p := h.to("replied", "1")
	for _, at := range [][2]int{{0, 1}, {1, 3}, {0, int(p.Seq) - 1}} { //nolint:gosec // a small number
		s := &shuffled{Store: h.store, at: at}
		svc, err := proposal.New(s, bodies(t))
		require.NoError(t, err)
		report, err := svc.Audit(t.Context(), nil)
		require.NoError(t, err)
		require.NotEmpty(t, report.Broken)
		require.Empty(t, report.Gaps)
		for _, b := range report.Broken {
			require.Equal(t, workflow.BreakOrder, b.Reason)
			require.Equal(t, p.ID, b.ID)
		}
	}
	require.Empty(t, h.broken())
}

// shuffled is a store in which two positions of the feed were exchanged.
type shuffled struct {
	*memory.Store
	at [2]int
}

func (s *shuffled) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	all, err := s.Store.Feed(ctx, after, limit)
	if err != nil || after > 0 {
		return all, err
	}
	a, b := &all[s.at[0]], &all[s.at[1]]
	a.Position, b.Position = b.Position, a.Position
	*a, *b = *b, *a
	return all, nil
}

// An engine that was not told of the bodies takes nobody's sight from above for
// an edit, and still finds one.
func TestAnAuditWithoutTheBodiesFindsEdits(t *testing.T) {
	h := newHouse(t)
	p := h.to("handling", "1")
	svc, err := proposal.New(h.store)
	require.NoError(t, err)
	breaks, err := svc.Verify(t.Context(), p.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)
	h.edit(proposal.Kind, p.ID, func(r *store.Record) { r.Index = slices.DeleteFunc(r.Index, isAlarm) })
	breaks, err = svc.Verify(t.Context(), p.ID)
	require.NoError(t, err)
	require.Equal(t, []workflow.Break{{ID: p.ID, Reason: workflow.BreakIndex}}, breaks)
}
