package heads

import "fmt"

// Change is a case that no longer follows from its kept head.
type Change struct {
	Head   Head   `json:"head"` // as it was kept
	Reason string `json:"reason"`
}

// The reasons of a Change.
const (
	Vanished   = "vanished"    // the case has no journal any more
	RolledBack = "rolled_back" // the journal ends before the kept head
	Changed    = "changed"     // the entry at the kept head's seq is another
)

// Journal returns the number of the last entry of a case, 0 for none, and the
// hash of the entry seq, "" when there is none. Verify the chain first: the
// hashes are believed.
type Journal func(kind, id string, seq uint64) (last uint64, hash string, err error)

// Compare holds every kept head against the journals as they are now. A case
// opened or moved on since is no change.
func (d Day) Compare(now Journal) ([]Change, error) {
	var changes []Change
	for _, h := range d.Heads {
		last, hash, err := now(h.Kind, h.ID, h.Seq)
		switch {
		case err != nil:
			return nil, fmt.Errorf("heads: journal of %s %s: %w", h.Kind, h.ID, err)
		case last == 0:
			changes = append(changes, Change{h, Vanished})
		case last < h.Seq:
			changes = append(changes, Change{h, RolledBack})
		case hash != h.Hash:
			changes = append(changes, Change{h, Changed})
		}
	}
	return changes, nil
}
