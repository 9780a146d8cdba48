package storetest

import (
	"testing"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Factory returns a new, empty store. What it opens, it closes and removes in
// a cleanup of t.
type Factory func(t testing.TB) store.Store

// Capabilities says what else can be done with a store, beyond the seam. Rules
// about a capability that is nil are skipped, and say so.
type Capabilities struct {
	// Reopen closes s and opens the same data anew. nil: the data ends with
	// the store.
	Reopen func(t testing.TB, s store.Store) store.Store

	// Beside opens the data of s a second time, as another process would,
	// while s goes on. nil: one process has the data to itself.
	Beside func(t testing.TB, s store.Store) store.Store

	// Slow returns a new, empty store whose commits linger, each for a random
	// time of some milliseconds, after their entries have been numbered and
	// before anybody sees them. It is what makes a feed that loses entries
	// lose them. A delay in a trigger on the table of entries will do.
	Slow Factory

	// Begin begins a transaction of a host's on the data of s, which it rolls
	// back in a cleanup of t if it is still open. nil: the store takes no part
	// in such transactions.
	Begin func(t testing.TB, s store.Store) Transaction

	// Parallel lets rules be tested at the same time, each on a store of its
	// own. The functions above must bear that.
	Parallel bool
}

// patience bounds a rule: no rule takes a tenth of it on a store that works.
const patience = 2 * time.Minute
