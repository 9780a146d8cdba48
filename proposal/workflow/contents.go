package workflow

import (
	"maps"
	"slices"
)

// contents follows what the contents of a journal's entries have to be: what was
// written, or what the last erasure left.
type contents struct {
	have map[uint64][]byte
	want map[uint64]digest
}

// digest is one with the algorithm that it was taken by.
type digest struct {
	sum  string
	seal sealer
}

func newContents() *contents {
	return &contents{have: make(map[uint64][]byte), want: make(map[uint64]digest)}
}

// follows takes in the next entry of a journal, whose sealed part is whole, with
// its content. It reports whether the erasures that the entry records follow on
// what was there; of entries that are broken themselves it does not ask.
func (c *contents) follows(entry Entry, seal sealer, content []byte) bool {
	c.have[entry.Seq], c.want[entry.Seq] = content, digest{entry.Content, seal}
	for _, x := range entry.Erased {
		was, whole := c.want[x.Seq]
		if x.Seq >= entry.Seq || whole && was.sum != x.Was {
			return false
		}
	}
	for _, x := range entry.Erased {
		if _, whole := c.want[x.Seq]; whole {
			c.want[x.Seq] = digest{x.Now, seal}
		}
	}
	return true
}

// wrong returns the entries whose content is not what it has to be.
func (c *contents) wrong() (seqs []uint64) {
	for _, seq := range slices.Sorted(maps.Keys(c.want)) {
		if want := c.want[seq]; want.seal.sum(c.have[seq]) != want.sum {
			seqs = append(seqs, seq)
		}
	}
	return seqs
}
