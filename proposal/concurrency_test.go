package proposal_test

import (
	"context"
	"fmt"
	"math/rand"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// Many people at once on many cases, and some on the same: what each was told
// has happened has happened once, and every history verifies. Run with -race.
func TestManyAtOnce(t *testing.T) {
	const people, cases, acts = 12, 8, 25
	var mu sync.Mutex
	observed := make(map[string][]uint64)
	observe := workflow.WithObserver(func(_ context.Context, entries []workflow.Entry) {
		mu.Lock()
		defer mu.Unlock()
		for _, e := range entries {
			observed[e.ID] = append(observed[e.ID], e.Seq)
		}
	})
	h := newHouse(t, observe)
	ids := make([]string, cases)
	before := make([]uint64, cases)
	for i := range ids {
		p := h.to("handling", fmt.Sprint("n", i))
		ids[i], before[i] = p.ID, p.Seq
	}
	urged := make([][cases]int, people)
	race(people, func(i int) {
		r := rand.New(rand.NewSource(int64(i))) //nolint:gosec // a test that can be repeated
		for range acts {
			k := r.Intn(cases)
			switch r.Intn(4) {
			case 0:
				if _, err := h.Choices(context.Background(), office, ids[k]); err != nil {
					t.Error(err)
				}
			case 1:
				if _, err := h.Find(context.Background(), "", 0); err != nil {
					t.Error(err)
				}
			default:
				if _, err := h.Do(context.Background(), office, ids[k], proposal.Urge{Text: fmt.Sprint(i)}); err != nil {
					t.Error(err)
				}
				urged[i][k]++
			}
		}
	})
	for k, id := range ids {
		want := 0
		for i := range people {
			want += urged[i][k]
		}
		p := h.take(id)
		require.Equal(t, want, p.UrgedBefore+len(p.Urgings))
		require.Equal(t, before[k]+uint64(want), p.Seq) //nolint:gosec // a small number
		require.Len(t, observed[id], int(p.Seq))        //nolint:gosec // a small number
	}
	h.sound()

	// the feed has each entry once, each case's in order
	next := make(map[string]uint64)
	entries, err := h.store.Feed(context.Background(), 0, 10000)
	require.NoError(t, err)
	for _, e := range entries {
		next[e.ID]++
		require.Equal(t, next[e.ID], e.Seq)
	}
}

// A case of the caller's own is not the store's: what they do to it changes
// nothing.
func TestAReturnedCaseIsACopy(t *testing.T) {
	h := newHouse(t)
	units := []string{"banking"}
	p := h.take(h.to("assigned", "1").ID, step{clerk("market"), proposal.Accept{More: units}})
	before := h.everything()
	p.Title, p.State, p.Tracks["part/market"], p.Parts[0].Unit = "x", "closed", "answered", "nobody"
	p.Part("nobody").MoreUnits[0] = "x"
	units[0] = "y"
	require.Equal(t, before, h.everything())
	require.Equal(t, []string{"banking"}, h.take(p.ID).Parts[0].MoreUnits)
}
