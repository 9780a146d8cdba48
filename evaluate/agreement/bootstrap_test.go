package agreement_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/agreement"
	"github.com/tian-go/tian/evaluate/points"
)

func TestBootstrapIsTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(41, 42))
	rows := make([][]points.Points, 20)
	for i := range rows {
		for range 7 {
			rows[i] = append(rows[i], points.Points(rng.IntN(101))*points.One)
		}
	}
	for _, paired := range []bool{false, true} {
		boot := agreement.Bootstrap{Replicates: 300, Seed: 5, Confidence: 0.9, TopK: 4, Paired: paired}
		a, err := boot.Run(rows)
		require.NoError(t, err)
		b, err := boot.Run(rows)
		require.NoError(t, err)
		require.Equal(t, a, b)
		boot.Seed++
		c, err := boot.Run(rows)
		require.NoError(t, err)
		require.NotEqual(t, a, c)
		expected := 0.0
		for i, s := range a {
			require.LessOrEqual(t, s.Low, s.Mean+1e-9)
			require.GreaterOrEqual(t, s.High, s.Mean-1e-9)
			require.GreaterOrEqual(t, s.Low, slices.Min(rows[i]).Float64())
			require.LessOrEqual(t, s.High, slices.Max(rows[i]).Float64())
			expected += s.TopK
		}
		require.GreaterOrEqual(t, expected, 4.0-1e-9, "at least k subjects are in the top k of every replicate")
	}
}

// TestBootstrapKnowsTheExactAnswerOfTwoBallots: a subject with ballots 0 and 100
// has the means 0, 50, 100 with chances 1/4, 1/2, 1/4. Against a fixed 50 it is
// in the first place when it has at least 50: 3/4; the fixed one when the other
// has at most 50: 3/4.
func TestBootstrapKnowsTheExactAnswerOfTwoBallots(t *testing.T) {
	t.Parallel()
	rows := [][]points.Points{pointsOf(0, 100), pointsOf(50), {}}
	got, err := agreement.Bootstrap{Replicates: 100_000, Seed: 1, Confidence: 0.5, TopK: 1}.Run(rows)
	require.NoError(t, err)
	require.InDelta(t, 0.75, got[0].TopK, 0.01)
	require.InDelta(t, 0.75, got[1].TopK, 0.01)
	require.Equal(t, []float64{50, 50, 50}, []float64{got[1].Mean, got[1].Low, got[1].High})
	require.Equal(t, agreement.NoObservations, got[2].Undefined)
	wide, err := agreement.Bootstrap{Replicates: 1000, Seed: 1, Confidence: 0.9, TopK: 1}.Run(rows)
	require.NoError(t, err)
	require.Equal(t, []float64{0, 100}, []float64{wide[0].Low, wide[0].High})
}

func pointsOf(values ...int64) []points.Points {
	row := make([]points.Points, len(values))
	for i, v := range values {
		row[i] = points.Points(v) * points.One
	}
	return row
}

// TestPairedBootstrapKeepsEvaluatorsTogether: when every evaluator prefers A by
// one point, no draw of evaluators can put B first; single ballots can.
func TestPairedBootstrapKeepsEvaluatorsTogether(t *testing.T) {
	t.Parallel()
	rows := [][]points.Points{pointsOf(91, 71, 51, 31), pointsOf(90, 70, 50, 30)}
	boot := agreement.Bootstrap{Replicates: 500, Seed: 3, Confidence: 0.9, TopK: 1, Paired: true}
	got, err := boot.Run(rows)
	require.NoError(t, err)
	require.Equal(t, []float64{1, 0}, []float64{got[0].TopK, got[1].TopK})
	boot.Paired = false
	got, err = boot.Run(rows)
	require.NoError(t, err)
	require.Greater(t, got[1].TopK, 0.3)
}

func TestBootstrapRefusesWhatItCannotAnswer(t *testing.T) {
	t.Parallel()
	good := agreement.Bootstrap{Replicates: 10, Confidence: 0.9, TopK: 1}
	rows := [][]points.Points{pointsOf(1, 2), pointsOf(3)}
	for _, change := range []func(*agreement.Bootstrap){
		func(b *agreement.Bootstrap) { b.Replicates = 0 },
		func(b *agreement.Bootstrap) { b.Confidence = 1 },
		func(b *agreement.Bootstrap) { b.TopK = 0 },
		func(b *agreement.Bootstrap) { b.Paired = true },
	} {
		b := good
		change(&b)
		_, err := b.Run(rows)
		require.ErrorIs(t, err, agreement.ErrInvalid)
	}
	_, err := good.Run([][]points.Points{{points.Max}})
	require.ErrorIs(t, err, agreement.ErrInvalid)
	got, err := good.Run(nil)
	require.NoError(t, err)
	require.Empty(t, got)
}

func ExampleBootstrap_Run() {
	boot := agreement.Bootstrap{Replicates: 1000, Seed: 2024, Confidence: 0.95, TopK: 1, Paired: true}
	rows := [][]points.Points{pointsOf(90, 88, 93), pointsOf(70, 75, 72)}
	stable, _ := boot.Run(rows)
	for _, s := range stable {
		fmt.Printf("%.2f in %.0f to %.0f, first with probability %.0f\n", s.Mean, s.Low, s.High, s.TopK)
	}
	// Output:
	// 90.33 in 88 to 93, first with probability 1
	// 72.33 in 70 to 75, first with probability 0
}
