package evaluate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/agreement"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rubric"
)

// eightCriteria is a sheet of eight marked criteria and one group.
func eightCriteria(t testing.TB) *evaluate.Sheet {
	t.Helper()
	r := rubric.Rubric{Name: "eight", Version: 1, Full: 80 * points.One, Groups: []rubric.Group{{Key: "panel"}}}
	for i := range 8 {
		r.Criteria = append(r.Criteria, rubric.Criterion{
			Key: fmt.Sprintf("c%d", i), Points: 10 * points.One, Groups: []string{"panel"},
		})
	}
	s, err := evaluate.Compile(r)
	require.NoError(t, err)
	return s
}

// BenchmarkStreamBeside adds 10⁶ ballots of 8 criteria into 10⁴ subjects and
// reports the time beside a plain loop that keeps the same four figures of every
// cell and checks nothing (x-floor).
func BenchmarkStreamBeside(b *testing.B) {
	const ballots, subjects, criteria = 1_000_000, 10_000, 8
	rng := rand.New(rand.NewPCG(1, 1))
	marks := make([]points.Points, ballots*criteria)
	for i := range marks {
		marks[i] = points.Points(rng.Uint32()%21) * points.One / 2
	}
	subject := make([]int32, ballots)
	for i := range subject {
		subject[i] = int32(rng.Uint32() % subjects)
	}
	sheet := eightCriteria(b)
	type cell struct{ sum, n, least, most int64 }
	floor := make([]cell, subjects*criteria)
	var plain, streamed time.Duration
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		st, err := sheet.Stream("panel", subjects)
		if err != nil {
			b.Fatal(err)
		}
		for i := range floor {
			floor[i] = cell{least: math.MaxInt64, most: math.MinInt64}
		}
		begin := time.Now()
		for i, s := range subject {
			cells := floor[int(s)*criteria : int(s)*criteria+criteria]
			for k, m := range marks[i*criteria : i*criteria+criteria] {
				c := &cells[k]
				c.sum += int64(m)
				c.n++
				c.least = min(c.least, int64(m))
				c.most = max(c.most, int64(m))
			}
		}
		plain += time.Since(begin)
		b.StartTimer()
		begin = time.Now()
		for i, s := range subject {
			if err := st.Add(int(s), marks[i*criteria:i*criteria+criteria]); err != nil {
				b.Fatal(err)
			}
		}
		streamed += time.Since(begin)
		b.StopTimer()
		got, err := st.Aggregates(int(subject[0]))
		if err != nil || int64(got["c0"].Sum) != floor[int(subject[0])*criteria].sum {
			b.Fatal("the stream and the loop disagree", err)
		}
		b.StartTimer()
	}
	b.ReportMetric(streamed.Seconds()/plain.Seconds(), "x-floor")
}

// thirtyBallots is one subject's card with thirty ballots on eight criteria.
func thirtyBallots(rng *rand.Rand, id string) evaluate.Card {
	card := evaluate.Card{ID: id, Subject: id}
	for i := range 30 {
		marks := make(map[string]evaluate.Mark, 8)
		for k := range 8 {
			marks[fmt.Sprintf("c%d", k)] = evaluate.MarkPoints(points.Points(rng.IntN(21)) * points.One / 2)
		}
		card.Ballots = append(card.Ballots, evaluate.Ballot{
			ID: fmt.Sprintf("b%02d", i), Group: "panel", Evaluator: fmt.Sprintf("e%02d", i), Marks: marks,
		})
	}
	return card
}

// BenchmarkOutcome scores 30 ballots × 8 criteria with the full ledger, beside a
// plain loop that reads the same 240 marks from their maps and adds them up.
func BenchmarkOutcome(b *testing.B) {
	sheet := eightCriteria(b)
	card := thirtyBallots(rand.New(rand.NewPCG(2, 2)), "s")
	keys := make([]string, 8)
	for k := range keys {
		keys[k] = fmt.Sprintf("c%d", k)
	}
	b.Run("floor", func(b *testing.B) {
		for b.Loop() {
			var sums [8]points.Points
			for i := range card.Ballots {
				for k, key := range keys {
					p, _ := card.Ballots[i].Marks[key].Points()
					sums[k] += p
				}
			}
			if sums[0] == 0 {
				b.Fatal("no marks")
			}
		}
	})
	b.Run("outcome", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			o, err := sheet.Score(card)
			if err != nil || len(o.Ledger) < 8 {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkBootstrap resamples 100 subjects × 30 ballots 1000 times, beside a
// plain loop that adds the same three million values in order.
func BenchmarkBootstrap(b *testing.B) {
	rng := rand.New(rand.NewPCG(3, 3))
	rows := make([][]points.Points, 100)
	for i := range rows {
		for range 30 {
			rows[i] = append(rows[i], points.Points(rng.IntN(101))*points.One)
		}
	}
	b.Run("floor", func(b *testing.B) {
		var sum points.Points
		for b.Loop() {
			for range 1000 {
				for _, row := range rows {
					for _, p := range row {
						sum += p
					}
				}
			}
		}
		b.ReportMetric(float64(sum&1), "parity")
	})
	for _, paired := range []bool{false, true} {
		b.Run(fmt.Sprintf("paired=%v", paired), func(b *testing.B) {
			boot := agreement.Bootstrap{Replicates: 1000, Seed: 7, Confidence: 0.95, TopK: 10, Paired: paired}
			for b.Loop() {
				if _, err := boot.Run(rows); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
