package memory

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// list keeps records sorted by their places, in blocks: putting one in moves a
// block's worth at the most, however long the list is.
type list struct{ blocks [][]item }

// item is a record at one of its places. The order is that of [store.Place].
type item struct {
	at   store.Place
	held *held
}

// mostInBlock is how long a block grows before it is cut in two.
const mostInBlock = 512

func compare(a, b store.Place) int {
	return cmp.Or(strings.Compare(a.Value, b.Value), strings.Compare(a.ID, b.ID))
}

// find returns where the place is or would be.
func (l *list) find(at store.Place) (block, i int, found bool) {
	block, _ = slices.BinarySearchFunc(l.blocks, at, func(b []item, at store.Place) int {
		if compare(b[len(b)-1].at, at) < 0 {
			return -1
		}
		return 1
	})
	if block == len(l.blocks) {
		return block, 0, false
	}
	i, found = slices.BinarySearchFunc(l.blocks[block], at, func(x item, at store.Place) int { return compare(x.at, at) })
	return block, i, found
}

func (l *list) put(x item) {
	block, i, found := l.find(x.at)
	switch {
	case found:
		l.blocks[block][i] = x
		return
	case len(l.blocks) == 0:
		l.blocks = [][]item{{x}}
		return
	case block == len(l.blocks):
		block--
		i = len(l.blocks[block])
	}
	b := slices.Insert(l.blocks[block], i, x)
	l.blocks[block] = b
	if len(b) <= mostInBlock {
		return
	}
	half := len(b) / 2
	if block == len(l.blocks)-1 && i == len(b)-1 {
		half = len(b) - 1 // what comes in order leaves full blocks behind
	}
	l.blocks[block] = b[:half:half]
	l.blocks = slices.Insert(l.blocks, block+1, slices.Clone(b[half:]))
}

func (l *list) remove(at store.Place) {
	block, i, found := l.find(at)
	if !found {
		return
	}
	l.blocks[block] = slices.Delete(l.blocks[block], i, i+1)
	if len(l.blocks[block]) == 0 {
		l.blocks = slices.Delete(l.blocks, block, block+1)
	}
}

// ascend calls f with the items from a place on until f says stop.
func (l *list) ascend(from store.Place, f func(item) bool) {
	if l == nil {
		return
	}
	block, i, _ := l.find(from)
	for ; block < len(l.blocks); block, i = block+1, 0 {
		for _, x := range l.blocks[block][i:] {
			if !f(x) {
				return
			}
		}
	}
}

// descend calls f with the items before a place, the last first, until f says
// stop; the zero place is behind all.
func (l *list) descend(before store.Place, f func(item) bool) {
	if l == nil {
		return
	}
	block, i := len(l.blocks), 0
	if before != (store.Place{}) {
		block, i, _ = l.find(before)
	}
	for {
		if i == 0 {
			if block--; block < 0 {
				return
			}
			i = len(l.blocks[block])
		}
		i--
		if !f(l.blocks[block][i]) {
			return
		}
	}
}
