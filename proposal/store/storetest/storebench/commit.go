package storebench

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Commit measures commits of 1 change and of 100. x-raw is the rate of the
// store divided by that of what raw returns, which holds as many cases as it is
// asked for. rows counts the rows that one [Act] inserts, updates and deletes.
func Commit(b *testing.B, open Open, raw func(b *testing.B, cases int) Raw, rows func(b *testing.B) int) {
	for _, batch := range []int{1, 100} {
		b.Run(fmt.Sprintf("changes=%d", batch), func(b *testing.B) {
			ctx := context.Background()
			s := open(b, batch)
			floor := raw(b, batch).prepare(b)
			changes := make([]store.Change, batch)
			var mine, floors time.Duration
			b.ResetTimer()
			for n := range b.N {
				for i := range changes {
					changes[i] = Act(i, uint64(n)+1)
				}
				start := time.Now()
				if err := s.Commit(ctx, changes...); err != nil {
					b.Fatal(err)
				}
				middle := time.Now()
				if err := floor.write(ctx, changes); err != nil {
					b.Fatal(err)
				}
				mine, floors = mine+middle.Sub(start), floors+time.Since(middle)
			}
			b.StopTimer()
			b.ReportMetric(0, "ns/op") // of both together it would say nothing
			b.ReportMetric(float64(floors)/float64(mine), "x-raw")
			b.ReportMetric(float64(mine.Microseconds())/float64(b.N*batch), "µs/change")
			b.ReportMetric(float64(rows(b)), "rows/change")
		})
	}
}
