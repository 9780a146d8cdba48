package heads

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// Root returns the digest over all heads of the day, by the zero Hash 32 bytes.
func (d Day) Root(by Hash) []byte {
	by = by.whole()
	return by.root(by.leaves(d))
}

// Proof shows that a head is one of the Count heads under a root.
type Proof struct {
	Head  Head     `json:"head"`
	Index int      `json:"index"` // from 0
	Count int      `json:"count"`
	Path  [][]byte `json:"path"` // from the leaf upwards
}

// Prove returns the proof of one case, or [ErrNotFound].
func (d Day) Prove(kind, id string, by Hash) (Proof, error) {
	i, ok := d.find(kind, id)
	if !ok {
		return Proof{}, fmt.Errorf("%w: %s %s on %s", ErrNotFound, kind, id, d.Date)
	}
	by = by.whole()
	return Proof{Head: d.Heads[i], Index: i, Count: len(d.Heads), Path: by.path(i, by.leaves(d))}, nil
}

// Root returns the root that the proof leads to, and false when its path does
// not fit its index and count. The case was there when it is the signed root and
// Count the signed count.
func (p Proof) Root(by Hash) ([]byte, bool) {
	if p.Index < 0 || p.Index >= p.Count {
		return nil, false
	}
	by = by.whole()
	at, last, sum := p.Index, p.Count-1, by.leaf(p.Head.bytes())
	for _, side := range p.Path {
		if last == 0 || len(side) != len(sum) {
			return nil, false
		}
		if at&1 == 0 && at != last {
			sum = by.node(sum, side)
		} else {
			sum = by.node(side, sum)
			for at&1 == 0 && at != 0 { // a lone subtree on the right edge rises without a sibling
				at, last = at>>1, last>>1
			}
		}
		at, last = at>>1, last>>1
	}
	return sum, last == 0
}

func (h Hash) leaves(d Day) [][]byte {
	all := make([][]byte, len(d.Heads))
	for i, one := range d.Heads {
		all[i] = h.leaf(one.bytes())
	}
	return all
}

// bytes is what a leaf is made of. Every field has its length before it, so that
// none runs into the next.
func (h Head) bytes() []byte {
	var b []byte
	for _, field := range []string{h.Kind, h.ID, h.Hash} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(field)))
		b = append(b, field...)
	}
	return binary.BigEndian.AppendUint64(b, h.Seq)
}

// leaf begins with 0 and node with 1, so that neither passes for the other.
func (h Hash) leaf(data []byte) []byte { return h.sum([]byte{0}, data) }

func (h Hash) node(left, right []byte) []byte { return h.sum([]byte{1}, left, right) }

func (h Hash) root(leaves [][]byte) []byte {
	switch n := len(leaves); n {
	case 0:
		return h.sum()
	case 1:
		return leaves[0]
	default:
		k := split(n)
		return h.node(h.root(leaves[:k]), h.root(leaves[k:]))
	}
}

func (h Hash) path(i int, leaves [][]byte) [][]byte {
	if len(leaves) == 1 {
		return nil
	}
	k := split(len(leaves))
	if i < k {
		return append(h.path(i, leaves[:k]), h.root(leaves[k:]))
	}
	return append(h.path(i-k, leaves[k:]), h.root(leaves[:k]))
}

// split returns the largest power of two below n, which is at least 2.
func split(n int) int { return 1 << (bits.Len(uint(n-1)) - 1) }
