package memory

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

// A list is equal to a sorted slice, whatever is put in and taken out.
func TestAListIsASortedSlice(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	place := func() store.Place {
		return store.Place{Value: fmt.Sprint(rnd.IntN(9)), ID: fmt.Sprint(rnd.IntN(500))}
	}
	var l list
	var want []store.Place
	for i := range 20000 {
		at := place()
		j, there := slices.BinarySearchFunc(want, at, compare)
		if rnd.IntN(5) < 3 || i < 3000 {
			l.put(item{at: at})
			if !there {
				want = slices.Insert(want, j, at)
			}
		} else {
			l.remove(at)
			if there {
				want = slices.Delete(want, j, j+1)
			}
		}
	}
	read := func(walk func(store.Place, func(item) bool), from store.Place) (got []store.Place) {
		walk(from, func(x item) bool { got = append(got, x.at); return true })
		return got
	}
	require.Equal(t, want, read(l.ascend, store.Place{}))
	backwards := slices.Clone(want)
	slices.Reverse(backwards)
	require.Equal(t, backwards, read(l.descend, store.Place{}))
	for range 200 {
		at := place()
		j, _ := slices.BinarySearchFunc(want, at, compare)
		require.Equal(t, append([]store.Place(nil), want[j:]...), read(l.ascend, at))
		require.Equal(t, append([]store.Place(nil), backwards[len(want)-j:]...), read(l.descend, at))
	}
}

func TestWhatComesInOrderLeavesFullBlocks(t *testing.T) {
	var l list
	for i := range 10 * mostInBlock {
		l.put(item{at: store.Place{ID: fmt.Sprintf("%06d", i)}})
	}
	require.LessOrEqual(t, len(l.blocks), 11)
}
