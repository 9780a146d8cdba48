package lifecycle_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// TestOneMachineServesManyGoroutines is for the race detector: goroutines walk
// cases of their own through one machine, some with contexts that end.
func TestOneMachineServesManyGoroutines(t *testing.T) {
	m := machine(t, sound())
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	var wait sync.WaitGroup
	for worker := range 16 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			r := rand.New(rand.NewPCG(uint64(worker), 1)) //nolint:gosec // not for secrets
			at := m.Initial()
			for range 300 {
				allowed := m.Allowed(at)
				event := allowed[r.IntN(len(allowed))]
				allowed[0] = "spoilt"
				want, _ := m.Transition(at, event)
				if r.IntN(4) == 0 {
					to, err := m.Fire(ended, at, event)
					assert.ErrorIs(t, err, context.Canceled)
					assert.Equal(t, at, to)
				}
				to, err := m.Fire(t.Context(), at, event)
				assert.NoError(t, err)
				assert.Equal(t, want.To, to, "another goroutine's state showed through")
				_, err = m.Fire(t.Context(), at, "fly")
				assert.ErrorIs(t, err, lifecycle.ErrRefused)
				m.Stage(at, map[string]string{"supervision": "on"})
				m.Stages()
				m.Blockers(at, event, []string{"office"})
				m.Definition().States[0].Key = "spoilt"
				part, err := m.Track("part").Fire(t.Context(), "given", "answer")
				assert.NoError(t, err)
				assert.Equal(t, "done", part)
				at = to
			}
		}()
	}
	wait.Wait()
}
