package faulty_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/storetest"
)

func TestWithoutFaultsKeepsThePromisesOfTheSeam(t *testing.T) {
	storetest.Run(t, func(testing.TB) store.Store { return faulty.New(memory.New(), nil) }, storetest.Capabilities{})
}

var errGone = errors.New("connection reset")

func create(id string) store.Change {
	return store.Change{Record: store.Record{Kind: "case", ID: id}, Entries: []store.Line{{Seq: 1, Command: "open"}}}
}

func TestRefusedCallsDoNothing(t *testing.T) {
	ctx := context.Background()
	calls := map[faulty.Method]func(s store.Store) error{
		faulty.Load:    func(s store.Store) error { _, _, err := s.Load(ctx, "case", "a"); return err },
		faulty.Commit:  func(s store.Store) error { return s.Commit(ctx, create("b")) },
		faulty.Find:    func(s store.Store) error { _, err := s.Find(ctx, store.Query{Kind: "case"}); return err },
		faulty.History: func(s store.Store) error { _, err := s.History(ctx, "case", "a", 0, 0); return err },
		faulty.Feed:    func(s store.Store) error { _, err := s.Feed(ctx, 0, 0); return err },
	}
	for method, call := range calls {
		t.Run(string(method), func(t *testing.T) {
			behind := memory.New()
			require.NoError(t, behind.Commit(ctx, create("a")))
			s := faulty.New(behind, faulty.Refused(method, 1, errGone))
			for other, call := range calls {
				if other != method && other != faulty.Commit {
					require.NoError(t, call(s))
				}
			}
			require.ErrorIs(t, call(s), errGone)
			entries, err := behind.Feed(ctx, 0, 0)
			require.NoError(t, err)
			require.Len(t, entries, 1)
		})
	}
}

func TestLostAnswersLeaveTheCommitBehind(t *testing.T) {
	ctx := context.Background()
	s := faulty.New(memory.New(), faulty.Lost(2, errGone))
	require.NoError(t, s.Commit(ctx, create("a")))
	require.ErrorIs(t, s.Commit(ctx, create("b")), errGone)
	_, _, err := s.Load(ctx, "case", "b")
	require.NoError(t, err)
	require.NoError(t, s.Commit(ctx, create("c")))
}

func TestACommitThatFailedAnywayKeepsItsOwnError(t *testing.T) {
	ctx := context.Background()
	s := faulty.New(memory.New(), faulty.Lost(1, errGone))
	require.ErrorIs(t, s.Commit(ctx, create("a")), errGone)
	require.ErrorIs(t, s.Commit(ctx, create("a")), store.ErrExists)
}

// A caller whose answer is lost tries again with the same command, and learns
// from the refusal that the first time had worked.
func ExampleLost() {
	ctx := context.Background()
	s := faulty.New(memory.New(), faulty.Lost(1, errors.New("connection reset")))
	open := store.Change{
		Record:  store.Record{Kind: "case", ID: "a"},
		Entries: []store.Line{{Seq: 1, Command: "open-1"}},
	}
	fmt.Println(s.Commit(ctx, open))
	fmt.Println(s.Commit(ctx, open))
	journal, err := s.History(ctx, "case", "a", 0, 0)
	fmt.Println(journal[0].Command, err)
	// Output:
	// connection reset
	// store: exists: case a
	// open-1 <nil>
}
