package proposal_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// without is a store from which a case has been removed whole: its record and
// every entry.
type without struct {
	store.Store
	id string
}

func (s without) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	found, err := s.Store.Find(ctx, q)
	return slices.DeleteFunc(found, func(r store.Record) bool { return r.ID == s.id }), err
}

func (s without) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	entries, err := s.Store.Feed(ctx, after, limit)
	return slices.DeleteFunc(entries, func(e store.Line) bool { return e.ID == s.id }), err
}

func TestACaseRemovedWholeLeavesAGap(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	st := memory.New()
	svc, err := proposal.New(st)
	require.NoError(t, err)
	var ids []string
	for _, title := range []string{"一", "二", "三"} {
		p, err := svc.Open(ctx, aMember, proposal.Draft{Title: title})
		require.NoError(t, err)
		_, err = svc.Do(ctx, aMember, p.ID, proposal.Submit{})
		require.NoError(t, err)
		ids = append(ids, p.ID)
	}
	whole, err := svc.Audit(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, workflow.Report{Cases: 3, Entries: 6, Broken: []workflow.Break{}}, whole)

	robbed, err := proposal.New(without{st, ids[1]})
	require.NoError(t, err)
	report, err := robbed.Audit(ctx, nil)
	require.NoError(t, err)
	require.Equal(t, []workflow.Gap{{From: 3, To: 4}}, report.Gaps)
	require.Empty(t, report.Broken, "what is left is sound in itself")
}
