package workflow_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

type step = workflow.Step[*ticket, manners]

// Bulk work is data: each step says what it opens or acts on, when it happened
// and by which command, and gets a result of its own. Asked again it does only
// what was left undone.
func TestBulkStepsAreActsOfTheirOwn(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	commits, heard := 0, 0
	counted := faulty.New(st, func(_ context.Context, c faulty.Call) faulty.Fault {
		if c.Method == faulty.Commit {
			commits++
		}
		return faulty.Fault{}
	})
	e := engine(t, counted, vocabulary(desk()), workflow.WithObserver(func(_ context.Context, entries []workflow.Entry) {
		require.Len(t, entries, 1)
		heard++
	}))
	there := opened(t, e)
	commits, heard = 0, 0
	filed := time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)
	steps := []step{
		{Action: note{As: workflow.Opening, Text: "first"}, Options: []workflow.DoOption{workflow.Happened(filed), workflow.Command("row-1")}},
		{Action: note{As: workflow.Opening, Text: "second"}, Body: "b"},
		{Action: note{As: workflow.Opening, Text: "elsewhere"}, Body: "c"},
		{ID: there.ID, Action: note{As: "take"}, Options: []workflow.DoOption{workflow.IfRevision(1)}},
		{ID: "nowhere", Action: note{As: "take"}},
		{ID: there.ID, Action: note{As: "finish"}},
	}
	want := []string{"", "", "denied", "", "not_found", "invalid"}
	check := func(results []workflow.Result[*ticket]) {
		require.Len(t, results, len(steps))
		for i, r := range results {
			require.Equal(t, want[i], workflow.Code(r.Err), "%d: %v", i, r.Err)
			if r.Err == nil {
				require.Equal(t, r.Case.ID, r.ID)
			}
		}
		require.Empty(t, results[2].ID)
	}
	first := e.Batch(ctx, clerk, steps, workflow.Command("monday"))
	check(first)
	require.Equal(t, 1, commits, "what can be done is one commit")
	require.Equal(t, 3, heard)
	require.Equal(t, filed, first[0].Case.Opened)
	require.Equal(t, e.OpeningID("b", "row-1"), first[0].ID)
	require.Equal(t, e.OpeningID("b", "monday/1"), first[1].ID)
	history, err := e.History(ctx, first[0].ID)
	require.NoError(t, err)
	require.Equal(t, []any{workflow.CommandKey("row-1"), filed}, []any{history[0].Command, history[0].At})
	require.Equal(t, time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC), history[0].Recorded)

	again := e.Batch(ctx, clerk, steps, workflow.Command("monday"))
	check(again)
	require.Equal(t, 3, heard, "nothing happened twice")
	for i := range again {
		require.Equal(t, first[i].ID, again[i].ID)
	}
	n, err := e.All().Count(ctx, workflow.Query{})
	require.NoError(t, err)
	require.EqualValues(t, 3, n)
}

// A batch that the store refuses for the sake of one step is done step by step,
// so that the others happen.
func TestOneStepKeepsNoOtherOfABatchFromHappening(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	bad := ""
	e := engine(t, faulty.New(st, func(_ context.Context, c faulty.Call) faulty.Fault {
		for _, change := range c.Changes {
			if bad != "" && change.Record.ID == bad {
				return faulty.Fault{Before: fmt.Errorf("%w: %s", store.ErrInvalid, bad)}
			}
		}
		return faulty.Fault{}
	}), vocabulary(desk()))
	var ids []string
	for range 5 {
		ids = append(ids, opened(t, e).ID)
	}
	bad = ids[2]
	for i, r := range e.DoEach(ctx, clerk, ids, note{As: "take"}) {
		require.Equal(t, i == 2, r.Err != nil, "%v", r.Err)
	}
}

// Cases may be opened in the act of others, or not at all.
func TestAnActOnSeveralMayOpenCases(t *testing.T) {
	ctx := context.Background()
	_, e := store1(t)
	there := opened(t, e)
	both := []step{{Action: note{As: workflow.Opening}}, {Action: note{As: workflow.Opening}}, {ID: there.ID, Action: note{As: "take"}}}
	first, err := e.Together(ctx, clerk, both, workflow.Command("both"))
	require.NoError(t, err)
	again, err := e.Together(ctx, clerk, both, workflow.Command("both"))
	require.NoError(t, err)
	require.Equal(t, []string{first[0].ID, first[1].ID, first[2].ID}, []string{again[0].ID, again[1].ID, again[2].ID})
	require.NotEqual(t, first[0].ID, first[1].ID)

	_, err = e.Together(ctx, clerk, []step{{Action: note{As: workflow.Opening}}, {ID: there.ID, Action: note{As: "take"}}})
	require.ErrorIs(t, err, workflow.ErrRefused)
	n, err := e.All().Count(ctx, workflow.Query{})
	require.NoError(t, err)
	require.EqualValues(t, 3, n, "all of it or nothing")

	_, err = e.Together(ctx, clerk, []step{{ID: there.ID, Action: note{As: "finish"}, Options: []workflow.DoOption{workflow.Command("x")}}})
	require.Equal(t, []string{"steps[0].options", "one_act"}, refusal(t, err))
}
