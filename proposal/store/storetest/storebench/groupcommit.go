package storebench

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/groupcommit"
)

// GroupCommit measures eight writers, each on a case of its own, with and
// without package groupcommit in front. x-alone is the rate with it divided by
// that without.
func GroupCommit(b *testing.B, open Open) {
	const writers, acts = 8, 20
	s := open(b, 2*writers)
	run := func(s store.Store, first, revision int) time.Duration {
		start := time.Now()
		var wg sync.WaitGroup
		for w := range writers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range acts {
					if err := s.Commit(context.Background(), Act(first+w, uint64(revision+i))); err != nil {
						b.Error(err)
						return
					}
				}
			}()
		}
		wg.Wait()
		return time.Since(start)
	}
	shared := groupcommit.New(s)
	var alone, together time.Duration
	for n := range b.N {
		alone += run(s, 0, 1+acts*n)
		together += run(shared, writers, 1+acts*n)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(alone)/float64(together), "x-alone")
	b.ReportMetric(float64(b.N*writers*acts)/together.Seconds(), "commits/s")
}
