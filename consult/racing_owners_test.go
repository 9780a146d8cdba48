package consult_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
)

// TestOwnersMayFinishAtOnce: twenty owners report on one checklist at the same
// moment while the office tries to close it; no report is lost, and the activity
// is never closed over an item that is open.
func TestOwnersMayFinishAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const owners = 20
	var tasks []checklist.Task
	for i := range owners {
		k := task("2024-04-30")
		k.Owner = checklist.Owner{Unit: fmt.Sprintf("unit-%d", i)}
		tasks = append(tasks, k)
	}
	a := w.concluded(tasks...)
	w.do(office, a, activity.Publish{Title: "清单"})
	errs := make([]error, owners)
	var all sync.WaitGroup
	for i := range owners {
		all.Add(1)
		go func() {
			defer all.Done()
			item := fmt.Sprintf("i%d", i+1)
			clerk := consult.Actor{ID: "clerk", Body: "county", Unit: fmt.Sprintf("unit-%d", i)}
			if _, errs[i] = w.svc.Activities.Do(w.ctx, clerk, a.ID, activity.FinishItem{Item: item, Evidence: []string{"照片"}}); errs[i] == nil {
				_, errs[i] = w.svc.Activities.Do(w.ctx, office, a.ID, activity.ConfirmItem{Item: item})
			}
		}()
	}
	closed := make(chan *activity.Activity, 1)
	all.Add(1)
	go func() {
		defer all.Done()
		for range 200 {
			if c, err := w.svc.Activities.Do(w.ctx, office, a.ID, activity.Close{}); err == nil {
				closed <- c
				return
			}
		}
	}()
	all.Wait()
	close(closed)
	for i, err := range errs {
		require.NoError(t, err, "owner %d", i)
	}
	for c := range closed {
		for _, item := range c.Items {
			require.Equal(t, checklist.Confirmed, c.ItemState(item.ID))
		}
	}
	end, err := w.svc.Activities.Get(w.ctx, a.ID)
	require.NoError(t, err)
	for _, item := range end.Items {
		require.Equal(t, checklist.Confirmed, end.ItemState(item.ID))
	}
	breaks, err := w.svc.Activities.Verify(w.ctx, a.ID)
	require.NoError(t, err)
	require.Empty(t, breaks)
}
