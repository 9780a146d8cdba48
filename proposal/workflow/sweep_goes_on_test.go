package workflow_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// One bad case must not keep a whole city without its reminders.
func TestACaseThatCannotBeSweptKeepsNoOtherFromIt(t *testing.T) {
	ctx := context.Background()
	d := desk()
	d.Limits = []lifecycle.Limit{{Key: "note", For: "clerk", In: []string{"new"}, Length: "5 days"}}
	st := memory.New()
	e := engine(t, st, vocabulary(d))
	tampered, healthy := opened(t, e), opened(t, e)

	other := d
	other.Name = "elsewhere" // a definition that the sweeping engine was not given
	v := vocabulary(other)
	v.Definitions = append(v.Definitions, d)
	ids := 0
	elsewhere := engine(t, st, v, workflow.WithIDs(func() string { ids++; return "elsewhere-" + string(rune('0'+ids)) }))
	foreign := opened(t, elsewhere)

	r, _, err := st.Load(ctx, "ticket", tampered.ID)
	require.NoError(t, err)
	r.Data = bytes.Replace(r.Data, []byte(`{"id":`), []byte(`{"id":[`), 1)
	require.NoError(t, st.Commit(ctx, store.Change{Record: r}))

	crossed, err := e.Sweep(ctx, time.Date(2024, 4, 1, 12, 0, 0, 0, time.UTC))
	require.ErrorIs(t, err, workflow.ErrUnreadable)
	require.ErrorContains(t, err, "sweep of "+tampered.ID)
	require.ErrorContains(t, err, "sweep of "+foreign.ID+": workflow: definition: "+foreign.ID+" runs on elsewhere@1, which this engine was not given")
	require.Len(t, crossed, 1)
	require.Equal(t, healthy.ID, crossed[0].ID)

	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = e.Sweep(ended, time.Date(2024, 4, 1, 12, 0, 0, 0, time.UTC))
	require.ErrorIs(t, err, context.Canceled)
}
