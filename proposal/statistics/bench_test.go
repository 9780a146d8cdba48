package statistics_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

// record is a proposal as a store keeps it.
type record struct{ header, data []byte }

func records(t testing.TB, n int) []record {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]record, n)
	for i := range all {
		p := random(r, i)
		for k := range p.Parts {
			p.Parts[k].Unit = fmt.Sprint(p.Parts[k].Unit, r.IntN(200))
		}
		header, err := json.Marshal(p.Header)
		require.NoError(t, err)
		data, err := json.Marshal(p)
		require.NoError(t, err)
		all[i] = record{header, data}
	}
	return all
}

// decoded yields n proposals, each decoded from a record and with an ID of its
// own, and notes the largest heap.
func decoded(from []record, n int, heap *uint64) iter.Seq2[*proposal.Proposal, error] {
	return func(yield func(*proposal.Proposal, error) bool) {
		for i := range n {
			var h workflow.Header
			p := new(proposal.Proposal)
			one := from[i%len(from)]
			if err := json.Unmarshal(one.header, &h); err != nil {
				yield(nil, err)
				return
			}
			if err := json.Unmarshal(one.data, p); err != nil {
				yield(nil, err)
				return
			}
			p.Header = h
			p.ID = fmt.Sprintf("p-%08x", uint32(i)*2654435761)
			if i%1000 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				*heap = max(*heap, m.HeapAlloc)
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// BenchmarkStream counts 10⁴, 10⁵ and 10⁶ proposals of 600 units, decoded one by
// one, and reports the time for each, the largest heap, and the ratio to the
// time of decoding the same records only:
//
//	go test ./proposal/statistics -run '^$' -bench Stream -benchtime 1x
func BenchmarkStream(b *testing.B) {
	from := records(b, 1009)
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		if testing.Short() && n > 100_000 {
			continue
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var counted, alone time.Duration
			var heap, other uint64
			for b.Loop() {
				runtime.GC()
				start := time.Now()
				f, err := statistics.Of(decoded(from, n, &heap), statistics.Options{Rules: options("").Rules})
				counted += time.Since(start)
				require.NoError(b, err)
				require.EqualValues(b, n, f.Total(statistics.Received)+f.Total(statistics.Drafts))
				start = time.Now()
				for _, err := range decoded(from, n, &other) {
					require.NoError(b, err)
				}
				alone += time.Since(start)
			}
			b.ReportMetric(float64(counted.Nanoseconds())/float64(n)/float64(b.N), "ns/case")
			b.ReportMetric(float64(heap)/(1<<20), "heap-MB")
			b.ReportMetric(float64(counted)/float64(alone), "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// What figures keep does not grow with the proposals: ten times as many leave as
// much behind.
func TestWhatIsKeptDoesNotGrowWithTheProposals(t *testing.T) {
	from := records(t, 503)
	kept := func(n int) int64 {
		var before, after runtime.MemStats
		var heap uint64
		runtime.GC()
		runtime.ReadMemStats(&before)
		f, err := statistics.Of(decoded(from, n, &heap), options(statistics.Beside))
		require.NoError(t, err)
		runtime.GC()
		runtime.ReadMemStats(&after)
		require.Positive(t, f.Total(statistics.Received))
		return int64(after.HeapAlloc) - int64(before.HeapAlloc)
	}
	small, large := kept(5_000), kept(50_000)
	require.Less(t, large, 2*small+1<<20)
}
