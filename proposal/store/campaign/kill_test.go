//go:build unix

package campaign

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A process that writes with four goroutines is killed again and again, while
// another process goes on writing to the same cases.
func TestKilledWriters(t *testing.T) {
	eachEngine(t, func(t *testing.T, p place) {
		ctx := context.Background()
		kills := times(4, 300)
		const cases = 20
		s := mustOpen(t, p)
		rnd := rand.New(rand.NewPCG(1, 1)) // the same every time

		var acknowledged []ack
		working, stop := context.WithCancel(ctx)
		var survivor sync.WaitGroup
		var survivors []ack
		var survivorErr error
		survivor.Add(1)
		go func() {
			defer survivor.Done()
			for i := 0; working.Err() == nil; i++ {
				id, command := caseID(i%cases), fmt.Sprintf("survivor-%d", i)
				var a ack
				if a, _, survivorErr = acting(ctx, s, id, command); survivorErr != nil {
					return
				}
				survivors = append(survivors, a)
				time.Sleep(2 * time.Millisecond)
			}
		}()
		for k := range kills {
			acknowledged = append(acknowledged, killedAfter(t, job{Place: p, Name: fmt.Sprintf("k%d", k), Goroutines: 4,
				Cases: cases, Seed: uint64(k)}, time.Duration(rnd.IntN(40_000))*time.Microsecond)...)
		}
		stop()
		survivor.Wait()
		require.NoError(t, survivorErr, "the process that was not killed")
		acknowledged = append(acknowledged, survivors...)
		require.NoError(t, settle(ctx, s))
		f, err := inspect(ctx, s, acknowledged)
		require.NoError(t, err)
		t.Logf("kills %d, acknowledged %d, found %d, %v", kills, len(acknowledged), f.entries/2, f)
		report(t, f.counted("a writing process killed at random", p.String(), kills, len(acknowledged)))
		require.True(t, f.clean())
	})
}
