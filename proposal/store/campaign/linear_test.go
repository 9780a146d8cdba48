//go:build unix

package campaign

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/tian-go/tian/proposal/store"
)

// observed is one operation on one case as its caller saw it.
type observed struct {
	Client      int
	Case        string
	Swap        bool   // a commit over Revision; otherwise a read
	Revision    uint64 // read, or to be replaced
	Won         bool   // of a commit
	Call, Ended int64  // on a clock that all processes of the machine share
}

// now is the machine's monotonic clock.
func now() int64 {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &t); err != nil {
		panic(err) // there is no machine without it
	}
	return t.Nano()
}

// observe reads and commits at random, often over revisions that are stale,
// and tells what it saw.
func observe(ctx context.Context, s store.Store, j job, g int, rnd *rand.Rand, say func(any) error) error {
	var client int
	if _, err := fmt.Sscanf(j.Name, "p%d", &client); err != nil {
		return err
	}
	client = client*j.Goroutines + g
	held := map[string]store.Change{} // what the next commit would be, as last loaded
	for i := range j.Count {
		id := caseID(rnd.IntN(j.Cases))
		o := observed{Client: client, Case: id}
		change, known := held[id]
		if o.Swap = known && rnd.IntN(3) > 0; o.Swap {
			change.Entries[0].Command = fmt.Sprintf("%s-%d-%d", j.Name, g, i)
			o.Revision, o.Call = change.Record.Revision, now()
			err := s.Commit(ctx, change)
			o.Ended = now()
			if err != nil && !errors.Is(err, store.ErrConflict) {
				return err
			}
			o.Won = err == nil
		} else {
			o.Call = now()
			r, _, err := s.Load(ctx, kind, id)
			o.Ended = now()
			if errors.Is(err, store.ErrNotFound) {
				r = store.Record{Kind: kind, ID: id}
			} else if err != nil {
				return err
			}
			o.Revision = r.Revision
			r.Data = fmt.Append(nil, r.Revision+1)
			held[id] = store.Change{Record: r, Entries: []store.Line{{Seq: r.Revision + 1}}}
		}
		if err := say(o); err != nil {
			return err
		}
	}
	return nil
}

// counterModel is what a case should look like: a number, read and swapped.
var counterModel = porcupine.Model{
	Init: func() any { return uint64(0) },
	Step: func(state, input, _ any) (bool, any) {
		at, counts := state.(uint64)
		o, isOurs := input.(observed)
		switch {
		case !counts || !isOurs:
			return false, state
		case !o.Swap:
			return o.Revision == at, at
		case o.Won:
			return o.Revision == at, at + 1
		}
		return o.Revision != at, at
	},
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		cases := map[string][]porcupine.Operation{}
		for _, o := range history {
			if in, ours := o.Input.(observed); ours {
				cases[in.Case] = append(cases[in.Case], o)
			}
		}
		var parts [][]porcupine.Operation
		for _, part := range cases {
			parts = append(parts, part)
		}
		return parts
	},
}

func TestLinearizable(t *testing.T) {
	const processes, goroutines = 4, 8
	eachEngine(t, func(t *testing.T, p place) {
		s := mustOpen(t, p) // so that the tables are there
		cases := times(20, 200)
		each := times(40, 1500)
		history := make(chan []porcupine.Operation)
		for n := range processes {
			c, lines, complaints := job{Place: p, Name: fmt.Sprintf("p%d", n), Goroutines: goroutines, Cases: cases,
				Seed: uint64(n), Count: each, Observe: true}.run(t)
			go func() {
				var seen []porcupine.Operation
				for line := range lines {
					var o observed
					if err := json.Unmarshal(line, &o); err != nil {
						t.Error(err)
						continue
					}
					seen = append(seen, porcupine.Operation{ClientId: o.Client, Input: o, Call: o.Call, Return: o.Ended})
				}
				if err := c.Wait(); err != nil {
					t.Errorf("process %d: %v: %s", n, err, complaints)
				}
				history <- seen
			}()
		}
		var all []porcupine.Operation
		for range processes {
			all = append(all, <-history...)
		}
		won, lost := 0, 0
		for _, o := range all {
			switch in, ours := o.Input.(observed); {
			case ours && in.Swap && in.Won:
				won++
			case ours && in.Swap:
				lost++
			}
		}
		require.Len(t, all, processes*goroutines*each)
		require.Positive(t, lost, "nobody got in the way of anybody")
		result, _ := porcupine.CheckOperationsVerbose(counterModel, all, 5*time.Minute)
		t.Logf("%d operations of %d processes × %d goroutines on %d cases, %d commits won and %d lost a race: %v",
			len(all), processes, goroutines, cases, won, lost, result)
		r := row{fault: "none: four processes on the same cases", engine: p.String(), acts: won}
		if result != porcupine.Ok {
			r.notOrdered = 1
		}
		report(t, r)
		require.Equal(t, won, countEntries(t, s))
		runtime.KeepAlive(s)
	})
}

func countEntries(t *testing.T, s store.Store) (n int) {
	t.Helper()
	for after := uint64(0); ; {
		page, err := s.Feed(context.Background(), after, 1000)
		require.NoError(t, err)
		if len(page) == 0 {
			return n
		}
		n, after = n+len(page), page[len(page)-1].Position
	}
}

// The checker is worth something only if it sees what is not linearizable.
func TestTheCheckerSeesALostUpdate(t *testing.T) {
	op := func(client int, o observed) porcupine.Operation {
		o.Client, o.Case = client, "a"
		return porcupine.Operation{ClientId: client, Input: o, Call: o.Call, Return: o.Ended}
	}
	lost := []porcupine.Operation{
		op(0, observed{Swap: true, Revision: 0, Won: true, Call: 1, Ended: 2}),
		op(1, observed{Swap: true, Revision: 0, Won: true, Call: 3, Ended: 4}),
	}
	stale := []porcupine.Operation{
		op(0, observed{Swap: true, Revision: 0, Won: true, Call: 1, Ended: 2}),
		op(1, observed{Revision: 0, Call: 3, Ended: 4}),
	}
	fair := []porcupine.Operation{
		op(0, observed{Swap: true, Revision: 0, Won: true, Call: 1, Ended: 4}),
		op(1, observed{Swap: true, Revision: 0, Call: 2, Ended: 3}),
		op(1, observed{Revision: 1, Call: 5, Ended: 6}),
	}
	require.False(t, porcupine.CheckOperations(counterModel, lost))
	require.False(t, porcupine.CheckOperations(counterModel, stale))
	require.True(t, porcupine.CheckOperations(counterModel, fair))
}
