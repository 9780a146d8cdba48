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

// repaired repairs a house, and returns what was put right. What is sound then stays so.
func (h *house) repaired() []workflow.Break {
	h.t.Helper()
	mended, err := h.Repair(h.t.Context())
	require.NoError(h.t, err)
	again, err := h.Repair(h.t.Context())
	require.NoError(h.t, err)
	require.Empty(h.t, again)
	return mended
}

// A14: what is derived is put right on request, and it is said what was.
func TestA14WhatIsDerivedIsRepairedOnRequest(t *testing.T) {
	h := newHouse(t)
	require.Empty(t, h.repaired())
	p, other := h.to("handling", "1"), h.to("reviewing", "")
	claim := h.claimOfNumber()
	var broken []workflow.Break
	hurt := func(name string, edit func()) {
		t.Helper()
		edit()
		broken = h.broken()
		require.NotEmpty(t, broken, name)
		require.Equal(t, broken, h.repaired(), name)
		require.Empty(t, h.broken(), name)
	}
	hurt("what it is found by", func() {
		h.edit(proposal.Kind, p.ID, func(r *store.Record) { r.Index = slices.DeleteFunc(r.Index, isAlarm) })
	})
	hurt("a number of no case", func() {
		require.NoError(t, h.store.Commit(t.Context(), store.Change{Record: store.Record{
			Kind: proposal.Kind + ".claim", ID: claim + "9", Data: []byte("nobody\n" + claim + "9"),
		}}))
	})
	hurt("a number of a case that did not claim it", func() {
		require.NoError(t, h.store.Commit(t.Context(), store.Change{Record: store.Record{
			Kind: proposal.Kind + ".claim", ID: claim + "8", Data: []byte(other.ID + "\n" + claim + "8"),
		}}))
	})
	hurt("a number that was freed", func() {
		h.edit(proposal.Kind+".claim", claim, func(r *store.Record) { r.Data = []byte("\n") })
	})
	h.edit(proposal.Kind+".claim", claim, func(r *store.Record) { r.Data = bytes.Replace(r.Data, []byte(p.ID), []byte(other.ID), 1) })
	require.Len(t, h.broken(), 2)
	require.Equal(t, []workflow.Break{h.broken()[0]}, h.repaired(), "one act puts both right")
	require.Empty(t, h.broken())

	// A number that was freed is given again, once.
	again := h.to("reviewing", "")
	_, err := h.Do(t.Context(), committee, again.ID, proposal.File{Number: "18"})
	require.NoError(t, err, "it was blocked by nobody's claim")
	third := h.to("reviewing", "")
	_, err = h.Do(t.Context(), committee, third.ID, proposal.File{Number: "18"})
	require.Equal(t, "taken", reasons(t, err))
	h.sound()
}

// What cannot be derived is left, with all that hangs on it: a record or an entry that
// was edited, and a number whose case may have been removed.
func TestARepairLeavesWhatCannotBeDerived(t *testing.T) {
	h := newHouse(t)
	p := h.to("filed", "1")
	h.edit(proposal.Kind, p.ID, func(r *store.Record) {
		r.Data = bytes.Replace(r.Data, []byte("小店多"), []byte("小店少"), 1)
		r.Index = nil
	})
	found := h.broken()
	require.Equal(t, []workflow.Break{{ID: p.ID, Reason: workflow.BreakRecord}}, found)
	require.Empty(t, h.repaired())
	require.Equal(t, found, h.broken())

	removed := newHouse(t)
	gone := removed.to("filed", "1")
	removed.to("filed", "2")
	st := &bereft{removed.store, gone.ID}
	svc, err := proposal.New(st, bodies(t))
	require.NoError(t, err)
	report, err := svc.Audit(t.Context(), nil)
	require.NoError(t, err)
	require.NotEmpty(t, report.Gaps)
	mended, err := svc.Repair(t.Context())
	require.NoError(t, err)
	require.Empty(t, mended, "its number is not given to another")
}

// bereft is a store from which a case was removed whole.
type bereft struct {
	*memory.Store
	id string
}

func (s *bereft) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	if kind == proposal.Kind && id == s.id {
		return store.Record{}, store.Line{}, &store.RecordError{Kind: kind, ID: id, Err: store.ErrNotFound}
	}
	return s.Store.Load(ctx, kind, id)
}

func (s *bereft) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	found, err := s.Store.Find(ctx, q)
	return slices.DeleteFunc(found, func(r store.Record) bool { return q.Kind == proposal.Kind && r.ID == s.id }), err
}

func (s *bereft) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	if id == s.id {
		return nil, nil
	}
	return s.Store.History(ctx, kind, id, after, limit)
}

func (s *bereft) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	all, err := s.Store.Feed(ctx, after, limit)
	return slices.DeleteFunc(all, func(l store.Line) bool { return l.ID == s.id }), err
}
