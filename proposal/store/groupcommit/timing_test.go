//go:build go1.25

package groupcommit_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/memory"
)

// disk is a store whose commits take a while, and which counts them.
type disk struct {
	store.Store
	mu      sync.Mutex
	commits []int // number of changes of each
	err     error
}

const syncTime = 10 * time.Millisecond

func (d *disk) Commit(ctx context.Context, changes ...store.Change) error {
	select {
	case <-time.After(syncTime):
	case <-ctx.Done():
		return ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.commits = append(d.commits, len(changes))
	if d.err != nil {
		return d.err
	}
	return d.Store.Commit(ctx, changes...)
}

// arrive commits all changes at once, each by a caller of its own, after a
// first caller has taken the lead, and returns their outcomes.
func arrive(s store.Store, changes ...store.Change) []error {
	errs := make([]error, len(changes))
	var wg sync.WaitGroup
	for i, c := range changes {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs[i] = s.Commit(context.Background(), c)
		}()
		synctest.Wait()
	}
	wg.Wait()
	return errs
}

func TestCallersThatArriveTogetherShareACommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{Store: memory.New()}
		for i, err := range arrive(groupcommit.New(d), create("a"), create("b"), create("c"), create("d")) {
			require.NoError(t, err, i)
		}
		require.Equal(t, []int{1, 3}, d.commits)
	})
}

func TestNobodyWaitsForCompany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := groupcommit.New(&disk{Store: memory.New()})
		start := time.Now()
		require.NoError(t, s.Commit(context.Background(), create("a")))
		require.Equal(t, syncTime, time.Since(start))
	})
}

func TestACommitThatIsRefusedFailsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{Store: memory.New()}
		require.NoError(t, d.Commit(context.Background(), create("old")))
		stale := create("missing")
		stale.Record.Revision = 7
		errs := arrive(groupcommit.New(d), create("a"), create("b"), create("old"), create("c"), stale)
		for i, want := range []error{nil, nil, store.ErrExists, nil, store.ErrConflict} {
			require.ErrorIs(t, errs[i], want)
		}
		for _, id := range []string{"a", "b", "c"} {
			_, _, err := d.Load(context.Background(), "case", id)
			require.NoError(t, err)
		}
	})
}

func TestChangesOfOneRecordKeepTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{Store: memory.New()}
		var changes []store.Change
		for i := range uint64(4) {
			c := create("a")
			c.Record.Revision = i
			c.Entries[0] = store.Line{Seq: i + 1, Command: fmt.Sprint(i)}
			changes = append(changes, c)
		}
		for i, err := range arrive(groupcommit.New(d), changes...) {
			require.NoError(t, err, i)
		}
		require.Equal(t, []int{1, 1, 1, 1}, d.commits)
	})
}

func TestAFaultOfTheDatabaseIsToldToTheWholeGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("disk full")
		d := &disk{Store: memory.New(), err: full}
		for i, err := range arrive(groupcommit.New(d), create("a"), create("b"), create("c")) {
			require.ErrorIs(t, err, full, i)
		}
	})
}

func TestACallerThatLeavesTheQueueIsNotCommitted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{Store: memory.New()}
		s := groupcommit.New(d)
		go func() { _ = s.Commit(context.Background(), create("first")) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), syncTime/2)
		defer cancel()
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			time.Sleep(syncTime / 4)
			assert.NoError(t, s.Commit(context.Background(), create("second")))
		}()
		require.ErrorIs(t, s.Commit(ctx, create("left")), context.DeadlineExceeded)
		wg.Wait()
		_, _, err := d.Load(context.Background(), "case", "left")
		require.ErrorIs(t, err, store.ErrNotFound)
		require.Equal(t, []int{1, 1}, d.commits)
	})
}

func TestACallerThatLeavesAtWorkDoesNotStopTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{Store: memory.New()}
		s := groupcommit.New(d)
		go func() { _ = s.Commit(context.Background(), create("first")) }()
		synctest.Wait()
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			assert.NoError(t, s.Commit(context.Background(), create("stays")))
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), syncTime*3/2)
		defer cancel()
		body := []byte("as handed in")
		c := create("leaves")
		c.Record.Data = body
		require.ErrorIs(t, s.Commit(ctx, c), context.DeadlineExceeded)
		copy(body, "spoilt      ") // the caller's own again
		wg.Wait()
		r, _, err := d.Load(context.Background(), "case", "leaves")
		require.NoError(t, err)
		require.Equal(t, "as handed in", string(r.Data))
	})
}

func TestWhenEverybodyHasLeftTheCommitIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{Store: memory.New()}
		s := groupcommit.New(d)
		ctx, cancel := context.WithTimeout(context.Background(), syncTime*3/2)
		defer cancel()
		var wg sync.WaitGroup
		for i := range 5 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				_ = s.Commit(ctx, create(fmt.Sprint(i)))
			}()
		}
		wg.Wait()
		synctest.Wait()
		require.Len(t, d.commits, 1, "the first went; those that waited for it were given up")
		require.NoError(t, s.Commit(context.Background(), create("later")))
	})
}
