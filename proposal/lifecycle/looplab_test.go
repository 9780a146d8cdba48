package lifecycle_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/looplab/fsm"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// random returns a definition with up to 8 states and 10 events on the main
// line and on one track, without two targets for one event and state. States may be
// unreachable or dead ends.
func random(r *rand.Rand) lifecycle.Definition {
	d := lifecycle.Definition{Name: "random", Version: 1}
	d.Initial, d.States, d.Transitions = randomLine(r, "s", "e")
	if r.IntN(2) == 0 {
		track := lifecycle.Track{Key: "track", Each: r.IntN(2) == 0}
		track.Initial, track.States, track.Transitions = randomLine(r, "t", "f")
		d.Tracks = append(d.Tracks, track)
	}
	return d
}

func randomLine(r *rand.Rand, state, event string) (string, []lifecycle.State, []lifecycle.Transition) {
	states := make([]lifecycle.State, 1+r.IntN(8))
	for i := range states {
		states[i] = lifecycle.State{Key: fmt.Sprint(state, i), Final: r.IntN(4) == 0}
	}
	var transitions []lifecycle.Transition
	taken := make(map[[2]string]bool)
	for range r.IntN(16) {
		t := lifecycle.Transition{
			Event: fmt.Sprint(event, r.IntN(10)), To: states[r.IntN(len(states))].Key, Roles: []string{"r"},
		}
		for _, s := range states {
			if r.IntN(3) == 0 && !taken[[2]string{s.Key, t.Event}] {
				taken[[2]string{s.Key, t.Event}] = true
				t.From = append(t.From, s.Key)
			}
		}
		if len(t.From) > 0 {
			transitions = append(transitions, t)
		}
	}
	return states[r.IntN(len(states))].Key, states, transitions
}

// bare builds looplab's machine from the same definition, as its README does.
func bare(initial string, transitions []lifecycle.Transition) *fsm.FSM {
	events := make(fsm.Events, 0, len(transitions))
	for _, t := range transitions {
		events = append(events, fsm.EventDesc{Name: t.Event, Src: t.From, Dst: t.To})
	}
	return fsm.NewFSM(initial, events, fsm.Callbacks{})
}

func TestTableAndFireEqualLooplab(t *testing.T) {
	seed := uint64(time.Now().UnixNano()) //nolint:gosec // any seed will do
	r := rand.New(rand.NewPCG(seed, 1))   //nolint:gosec // not for secrets
	rounds := 2000
	if testing.Short() {
		rounds = 300
	}
	moved := 0
	for round := range rounds {
		d := random(r)
		m, err := lifecycle.Compile(d, lifecycle.Tolerate(lifecycle.Unreachable, lifecycle.DeadEnd))
		require.NoError(t, err, "seed %d round %d", seed, round)
		moved += equalLooplab(t, r, m, fmt.Sprintf("seed %d round %d", seed, round))
		if track := m.Track("track"); track != nil {
			moved += equalLooplab(t, r, track, fmt.Sprintf("seed %d round %d, track", seed, round))
		}
	}
	require.Greater(t, moved, rounds, "the walks hardly moved: seed %d", seed)
}

// equalLooplab compares every state and event, then a random walk, and returns
// how many steps of the walk moved.
func equalLooplab(t *testing.T, r *rand.Rand, m *lifecycle.Machine, name string) int {
	t.Helper()
	d := m.Definition()
	floor := bare(d.Initial, d.Transitions)
	events := []string{"unheard"}
	for _, tr := range d.Transitions {
		events = append(events, tr.Event)
	}
	for _, s := range append(d.States, lifecycle.State{Key: "nowhere"}) {
		floor.SetState(s.Key)
		available := floor.AvailableTransitions()
		slices.Sort(available)
		if len(available) == 0 {
			require.Empty(t, m.Allowed(s.Key), name)
		} else {
			require.Equal(t, available, m.Allowed(s.Key), name)
		}
		for _, e := range events {
			floor.SetState(s.Key)
			require.Equal(t, floor.Can(e), m.Can(s.Key, e), "%s: can %s from %s", name, e, s.Key)
		}
	}
	floor.SetState(d.Initial)
	at, moved := m.Initial(), 0
	for range 12 {
		e := events[r.IntN(len(events))]
		to, err := m.Fire(context.Background(), at, e)
		floorErr := floor.Event(context.Background(), e)
		require.Equal(t, floor.Current(), to, "%s: %s from %s", name, e, at)
		var unknown fsm.UnknownEventError
		var invalid fsm.InvalidEventError
		var stayed fsm.NoTransitionError
		switch {
		case floorErr == nil:
			moved++
			require.NoError(t, err, name)
			require.NotEqual(t, at, to, name)
		case errors.As(floorErr, &stayed):
			require.NoError(t, err, name)
			require.Equal(t, at, to, name)
		case errors.As(floorErr, &unknown):
			requireRefused(t, err, lifecycle.BlockUnknownEvent, name)
		case errors.As(floorErr, &invalid):
			requireRefused(t, err, lifecycle.BlockWrongState, name)
		default:
			require.Fail(t, "looplab answered in another way", "%s: %v", name, floorErr)
		}
		at = to
	}
	return moved
}

func requireRefused(t *testing.T, err error, code, name string) {
	t.Helper()
	var refused *lifecycle.RefusedError
	require.ErrorAs(t, err, &refused, name)
	require.Equal(t, []string{code}, codes(refused.Blockers), name)
}
