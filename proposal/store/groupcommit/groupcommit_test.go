package groupcommit_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/storetest"
)

func TestKeepsThePromisesOfTheSeam(t *testing.T) {
	storetest.Run(t, func(testing.TB) store.Store { return groupcommit.New(memory.New()) }, storetest.Capabilities{})
}

func create(id string) store.Change {
	return store.Change{Record: store.Record{Kind: "case", ID: id}, Entries: []store.Line{{Seq: 1, Command: "open"}}}
}

func TestLostAnswersAreFoundOutByTheCommand(t *testing.T) {
	s := groupcommit.New(faulty.New(memory.New(), faulty.Lost(3, errors.New("connection reset"))))
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c := create(fmt.Sprint(i))
			for err := s.Commit(context.Background(), c); err != nil; err = s.Commit(context.Background(), c) {
				if errors.Is(err, store.ErrExists) {
					return
				}
			}
		}()
	}
	wg.Wait()
	entries, err := s.Feed(context.Background(), 0, 100)
	require.NoError(t, err)
	require.Len(t, entries, 40)
}

func Example() {
	ctx := context.Background()
	s := groupcommit.New(memory.New()) // in use: sqlite.Open or postgres.Open
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: fmt.Sprintf("%03d", i)}}); err != nil {
				fmt.Println(err)
			}
		}()
	}
	wg.Wait()
	found, err := s.Find(ctx, store.Query{Kind: "case"})
	fmt.Println(len(found), err)
	// Output: 100 <nil>
}
