package lifecycle_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/looplab/fsm"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// large returns a ring of 20 states with 40 events, two of them from each.
func large() lifecycle.Definition {
	d := lifecycle.Definition{Name: "large", Version: 1, Initial: "state.00"}
	key := func(i int) string { return fmt.Sprintf("state.%02d", i%20) }
	for i := range 20 {
		d.States = append(d.States, lifecycle.State{Key: key(i)})
		d.Transitions = append(d.Transitions,
			lifecycle.Transition{Event: fmt.Sprintf("event.%02d", i), From: []string{key(i)}, To: key(i + 1), Roles: []string{"office"}},
			lifecycle.Transition{Event: fmt.Sprintf("event.%02d", i+20), From: []string{key(i)}, To: key(i + 7), Roles: []string{"office"}})
	}
	return d
}

// BenchmarkFire measures Fire beside its floor, in turns within one run: a bare
// looplab machine out of a pool, with SetState and Event. x-floor is the ratio
// of the two; 1.35 is the most that it may be.
func BenchmarkFire(b *testing.B) {
	d := large()
	m := machine(b, d)
	pool := sync.Pool{New: func() any { return bare(d.Initial, d.Transitions) }}
	ctx := context.Background()
	floor := func(state, event string) string {
		f := pool.Get().(*fsm.FSM) //nolint:forcetypeassert // the pool holds nothing else
		f.SetState(state)
		if err := f.Event(ctx, event); err != nil {
			b.Fatal(err)
		}
		to := f.Current()
		pool.Put(f)
		return to
	}
	require.Equal(b, "state.08", floor("state.01", "event.21"))
	var ours, theirs time.Duration
	const turn = 200 // events between two looks at the clock
	b.ReportAllocs()
	b.ResetTimer()
	for done := 0; done < b.N; done += turn {
		began := time.Now()
		for i := range turn {
			t := &d.Transitions[i%40]
			if _, err := m.Fire(ctx, t.From[0], t.Event); err != nil {
				b.Fatal(err)
			}
		}
		between := time.Now()
		for i := range turn {
			t := &d.Transitions[i%40]
			floor(t.From[0], t.Event)
		}
		ours += between.Sub(began)
		theirs += time.Since(between)
	}
	b.ReportMetric(float64(ours)/float64(theirs), "x-floor")
	b.ReportMetric(float64(ours)/float64((b.N+turn-1)/turn*turn), "ns/fire")
}

// BenchmarkCan measures Can; its floor is a lookup in a map of two strings.
func BenchmarkCan(b *testing.B) {
	d := large()
	m := machine(b, d)
	table := make(map[[2]string]string)
	for _, t := range d.Transitions {
		table[[2]string{t.From[0], t.Event}] = t.To
	}
	b.Run("machine", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			t := &d.Transitions[i%40]
			if !m.Can(t.From[0], t.Event) {
				b.Fatal("refused")
			}
		}
	})
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			t := &d.Transitions[i%40]
			if _, ok := table[[2]string{t.From[0], t.Event}]; !ok {
				b.Fatal("refused")
			}
		}
	})
}

// BenchmarkCompile measures what a definition costs once, at the start.
func BenchmarkCompile(b *testing.B) {
	d := large()
	b.ReportAllocs()
	for range b.N {
		if _, err := lifecycle.Compile(d); err != nil {
			b.Fatal(err)
		}
	}
}
