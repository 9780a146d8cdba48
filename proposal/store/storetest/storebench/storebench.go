// Package storebench measures a store: its commits against the same rows
// written by hand, what sharing commits gains, and what one act costs among
// many cases.
//
//	func BenchmarkGroupCommit(b *testing.B) { storebench.GroupCommit(b, open) }
//
// Whatever is compared takes turns within one run, so that what else the
// machine does meets all of it, and is told as a ratio.
package storebench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tian-go/tian/proposal/store"
)

// Open returns a store of its own that holds as many cases, put there by
// [Fill], and closes it in a cleanup of b.
type Open func(b *testing.B, cases int) store.Store

const (
	caseBytes  = 2000 // of a case's body
	entryBytes = 400  // of an entry's
)

// Act returns one act on the case with number n, which stands at revision: its
// state changes, four attributes stay. At revision 0 it creates the case.
func Act(n int, revision uint64) store.Change {
	return store.Change{
		Record: store.Record{Kind: "case", ID: caseID(n), Revision: revision, Data: noise(caseBytes, revision), Index: []store.Attr{
			{Name: "state", Value: state(revision)}, {Name: "category", Value: "economy"},
			{Name: "session", Value: "14-3"}, {Name: "unit", Value: "商务厅"}, {Name: "title", Value: "关于促进小店经济的提案"},
		}},
		Entries: []store.Line{{Seq: revision + 1, Command: fmt.Sprintf("act-%d", revision), Data: noise(entryBytes, revision), Hash: fmt.Sprintf("%064d", revision)}},
	}
}

func caseID(n int) string { return fmt.Sprintf("%06d", n) }

// state is the attribute that an act on the revision writes.
func state(revision uint64) string { return fmt.Sprintf("s%d", revision%7) }

// noise is what a server cannot compress: the time for that is not the store's.
func noise(n int, seed uint64) []byte {
	key := [32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16), byte(seed >> 24)}
	b := make([]byte, n)
	_, _ = rand.NewChaCha8(key).Read(b) // never fails
	return b
}

// Fill creates the cases 0 … cases-1, in large commits.
func Fill(t testing.TB, s store.Store, cases int) {
	t.Helper()
	const together = 500
	for first := 0; first < cases; first += together {
		var changes []store.Change
		for n := first; n < min(first+together, cases); n++ {
			changes = append(changes, Act(n, 0))
		}
		if err := s.Commit(context.Background(), changes...); err != nil {
			t.Fatal(err)
		}
	}
}
