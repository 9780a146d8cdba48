package storebench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// AmongCases measures what one act costs, load and commit, among a thousand
// cases and among a hundred thousand; with TIAN_LARGE set in the environment
// also among a million. x-1000 is the cost divided by that among a thousand, by
// the medians, and x-mean by the means, which a busy disk moves.
func AmongCases(b *testing.B, open Open) {
	sizes := []int{1000, 100_000}
	if os.Getenv("TIAN_LARGE") != "" {
		sizes = append(sizes, 1_000_000)
	}
	stores := make([]store.Store, len(sizes))
	for i, cases := range sizes {
		stores[i] = open(b, cases)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	took := make([][]time.Duration, len(sizes))
	b.ResetTimer()
	for range b.N {
		for i, s := range stores {
			took[i] = append(took[i], actOnce(b, s, rnd.IntN(sizes[i])))
		}
	}
	b.StopTimer()
	b.ReportMetric(0, "ns/op")
	for i, cases := range sizes {
		b.ReportMetric(median(took[i])/1000, fmt.Sprintf("µs@%d", cases))
		b.ReportMetric(median(took[i])/median(took[0]), fmt.Sprintf("x-1000@%d", cases))
		b.ReportMetric(mean(took[i])/mean(took[0]), fmt.Sprintf("x-mean@%d", cases))
	}
}

func actOnce(b *testing.B, s store.Store, n int) time.Duration {
	b.Helper()
	start := time.Now()
	r, _, err := s.Load(context.Background(), "case", caseID(n))
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Commit(context.Background(), Act(n, r.Revision)); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func mean(d []time.Duration) (sum float64) {
	for _, one := range d {
		sum += float64(one)
	}
	return sum / float64(len(d))
}

func median(d []time.Duration) float64 {
	return float64(slices.Sorted(slices.Values(d))[len(d)/2])
}
