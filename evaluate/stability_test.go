package evaluate_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
)

func TestBootstrapIsTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(41, 42))
	rows := make([][]evaluate.Points, 20)
	for i := range rows {
		for range 7 {
			rows[i] = append(rows[i], evaluate.Points(rng.IntN(101))*evaluate.Point)
		}
	}
	for _, paired := range []bool{false, true} {
		boot := evaluate.Bootstrap{Replicates: 300, Seed: 5, Confidence: 0.9, TopK: 4, Paired: paired}
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
	rows := [][]evaluate.Points{pointsOf(0, 100), pointsOf(50), {}}
	got, err := evaluate.Bootstrap{Replicates: 100_000, Seed: 1, Confidence: 0.5, TopK: 1}.Run(rows)
	require.NoError(t, err)
	require.InDelta(t, 0.75, got[0].TopK, 0.01)
	require.InDelta(t, 0.75, got[1].TopK, 0.01)
	require.Equal(t, []float64{50, 50, 50}, []float64{got[1].Mean, got[1].Low, got[1].High})
	require.Equal(t, evaluate.NoValues, got[2].Undefined)
	wide, err := evaluate.Bootstrap{Replicates: 1000, Seed: 1, Confidence: 0.9, TopK: 1}.Run(rows)
	require.NoError(t, err)
	require.Equal(t, []float64{0, 100}, []float64{wide[0].Low, wide[0].High})
}

func pointsOf(values ...int64) []evaluate.Points {
	points := make([]evaluate.Points, len(values))
	for i, v := range values {
		points[i] = evaluate.Points(v) * evaluate.Point
	}
	return points
}

// TestBootstrapTopKAgreesWithRanking: with one ballot each nothing can change,
// so P(rank ≤ k) is 1 for those Ranking puts at k or better, and 0 for others.
func TestBootstrapTopKAgreesWithRanking(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(51, 52))
	for range 2000 {
		totals := make([]int64, 1+rng.IntN(15))
		rows := make([][]evaluate.Points, len(totals))
		for i := range totals {
			totals[i] = rng.Int64N(8)
			rows[i] = pointsOf(totals[i])
		}
		k := 1 + rng.IntN(16)
		got, err := evaluate.Bootstrap{Replicates: 2, Confidence: 0.5, TopK: k}.Run(rows)
		require.NoError(t, err)
		places, err := evaluate.Ranking{}.Rank(outcomes(totals...))
		require.NoError(t, err)
		for i, p := range places {
			require.Equal(t, p.Rank <= evaluate.Points(k)*evaluate.Point, got[i].TopK == 1, "%v at %d", totals, k)
		}
	}
}

// TestPairedBootstrapKeepsEvaluatorsTogether: when every evaluator prefers A by
// one point, no draw of evaluators can put B first; single ballots can.
func TestPairedBootstrapKeepsEvaluatorsTogether(t *testing.T) {
	t.Parallel()
	rows := [][]evaluate.Points{pointsOf(91, 71, 51, 31), pointsOf(90, 70, 50, 30)}
	boot := evaluate.Bootstrap{Replicates: 500, Seed: 3, Confidence: 0.9, TopK: 1, Paired: true}
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
	good := evaluate.Bootstrap{Replicates: 10, Confidence: 0.9, TopK: 1}
	rows := [][]evaluate.Points{pointsOf(1, 2), pointsOf(3)}
	for _, change := range []func(*evaluate.Bootstrap){
		func(b *evaluate.Bootstrap) { b.Replicates = 0 },
		func(b *evaluate.Bootstrap) { b.Confidence = 1 },
		func(b *evaluate.Bootstrap) { b.TopK = 0 },
		func(b *evaluate.Bootstrap) { b.Paired = true },
	} {
		b := good
		change(&b)
		_, err := b.Run(rows)
		require.ErrorIs(t, err, evaluate.ErrInvalid)
	}
	_, err := good.Run([][]evaluate.Points{{evaluate.MaxPoints}})
	require.ErrorIs(t, err, evaluate.ErrOverflow)
	got, err := good.Run(nil)
	require.NoError(t, err)
	require.Empty(t, got)
}

// weights is a sheet of marks out of 100 with one criterion for each weight.
func weights(t testing.TB, ws ...int64) *evaluate.Sheet {
	t.Helper()
	r := evaluate.Rubric{Name: "w", Version: 1}
	for i, w := range ws {
		r.Full += evaluate.Points(w) * evaluate.Point
		r.Criteria = append(r.Criteria, evaluate.Criterion{
			Key: fmt.Sprintf("c%d", i), Points: evaluate.Points(w) * evaluate.Point, Fact: fmt.Sprintf("c%d", i),
			Rule: evaluate.Rule{Direct: &evaluate.Direct{OutOf: 100 * evaluate.Point}},
		})
	}
	s, err := evaluate.Compile(r)
	require.NoError(t, err)
	return s
}

func marked(id string, marks ...int64) evaluate.Card {
	card := evaluate.Card{ID: id, Subject: id, Facts: map[string]evaluate.Fact{}}
	for i, m := range marks {
		card.Facts[fmt.Sprintf("c%d", i)] = evaluate.FactNumber(evaluate.Points(m) * evaluate.Point)
	}
	return card
}

// TestSmallestSwapMakesThemEqual applies every change that is found to the sheet
// and wants equal totals; a little further, the order must be the other.
func TestSmallestSwapMakesThemEqual(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(61, 62))
	found := 0
	for range 400 {
		var ws, a, b [3]int64
		for i := range ws {
			ws[i], a[i], b[i] = 10*(1+rng.Int64N(9)), rng.Int64N(11)*10, rng.Int64N(11)*10
		}
		s := weights(t, ws[:]...)
		oa, ob := scored(t, s, marked("a", a[:]...)), scored(t, s, marked("b", b[:]...))
		changes, err := evaluate.SmallestSwap(oa, ob)
		require.NoError(t, err)
		last := 0.0
		for _, c := range changes {
			found++
			size := float64(c.Change.Num) / float64(c.Change.Den)
			require.GreaterOrEqual(t, size, -1.0)
			require.GreaterOrEqual(t, max(size, -size), last, "smallest first")
			last = max(size, -size)
			// Scale all weights by the denominator, so that the changed one is whole.
			gap := int64(0)
			for i := range ws {
				w := ws[i] * c.Change.Den
				if fmt.Sprintf("c%d", i) == c.Criterion {
					w += ws[i] * c.Change.Num
				}
				gap += w * (a[i] - b[i])
			}
			require.Zero(t, gap, "at the change the two are equal")
		}
		if len(changes) == 0 {
			for i := range ws { // not even a weight of 0 can do it
				gap := int64(0)
				for k := range ws {
					if k != i {
						gap += ws[k] * (a[k] - b[k])
					}
				}
				require.Positive(t, gap*int64(oa.Total-ob.Total), "%v %v %v", ws, a, b)
			}
		}
	}
	require.Greater(t, found, 300)
}

func ExampleSmallestSwap() {
	sheet, _ := evaluate.Compile(evaluate.Rubric{
		Name: "sample", Version: 1, Full: 100 * evaluate.Point,
		Criteria: []evaluate.Criterion{
			{Key: "advice", Points: 60 * evaluate.Point, Fact: "advice"},
			{Key: "research", Points: 40 * evaluate.Point, Fact: "research"},
		},
	})
	score := func(id string, advice, research evaluate.Points) evaluate.Outcome {
		o, _ := sheet.Score(evaluate.Card{ID: id, Facts: map[string]evaluate.Fact{
			"advice": evaluate.FactNumber(advice * evaluate.Point), "research": evaluate.FactNumber(research * evaluate.Point),
		}})
		return o
	}
	changes, _ := evaluate.SmallestSwap(score("a", 54, 30), score("b", 48, 34))
	for _, c := range changes {
		fmt.Println(c.Criterion, c.Change, c.Percent+" %")
	}
	// Output:
	// advice -1/3 -33.33 %
	// research 1/2 50.00 %
}

// TestLeaveOneOutFindsTheDecidingVoice: without e2, who alone marks A down, A
// overtakes B; without the public, whose share is half, B falls to A's level.
func TestLeaveOneOutFindsTheDecidingVoice(t *testing.T) {
	t.Parallel()
	s, err := evaluate.Compile(evaluate.Rubric{
		Name: "two", Version: 1, Full: 100 * evaluate.Point,
		Groups:   []evaluate.Group{{Key: "panel", Share: evaluate.Point}, {Key: "public", Share: evaluate.Point}},
		Criteria: []evaluate.Criterion{{Key: "mark", Points: 100 * evaluate.Point, Groups: []string{"panel", "public"}}},
	})
	require.NoError(t, err)
	card := func(id string, panel []int64, public int64) evaluate.Card {
		c := evaluate.Card{ID: id, Subject: id}
		for i, v := range panel {
			c.Ballots = append(c.Ballots, evaluate.Ballot{ID: fmt.Sprint("p", i), Group: "panel", Evaluator: fmt.Sprint("e", i), Marks: map[string]evaluate.Mark{"mark": evaluate.MarkPoints(evaluate.Points(v) * evaluate.Point)}})
		}
		c.Ballots = append(c.Ballots, evaluate.Ballot{ID: "q", Group: "public", Marks: map[string]evaluate.Mark{"mark": evaluate.MarkPoints(evaluate.Points(public) * evaluate.Point)}})
		return c
	}
	cards := []evaluate.Card{card("A", []int64{90, 90, 60}, 70), card("B", []int64{80, 80, 80}, 74)}
	gone, err := s.LeaveOneOut(cards, evaluate.Ranking{}, evaluate.LeaveEvaluator)
	require.NoError(t, err)
	require.Len(t, gone, 3)
	require.Equal(t, "e2", gone[2].Left)
	require.Equal(t, []evaluate.Change{
		{Card: "A", Before: standing("75", "2"), After: standing("80", "1")},
		{Card: "B", Before: standing("77", "1"), After: standing("77", "2")},
	}, gone[2].Changes)
	gone, err = s.LeaveOneOut(cards, evaluate.Ranking{}, evaluate.LeaveGroup)
	require.NoError(t, err)
	require.Equal(t, "public", gone[1].Left)
	require.Equal(t, []evaluate.Change{
		{Card: "A", Before: standing("75", "2"), After: standing("80", "1")},
		{Card: "B", Before: standing("77", "1"), After: standing("80", "1")},
	}, gone[1].Changes)
	_, err = s.LeaveOneOut(cards, evaluate.Ranking{}, "card")
	require.ErrorIs(t, err, evaluate.ErrInvalid)
	require.Len(t, cards[0].Ballots, 4, "the cards are as they were")
}

func standing(total, rank string) evaluate.Standing {
	a, _ := evaluate.ParsePoints(total)
	b, _ := evaluate.ParsePoints(rank)
	return evaluate.Standing{Status: evaluate.Final, Total: a, Rank: b}
}

func ExampleBootstrap_Run() {
	boot := evaluate.Bootstrap{Replicates: 1000, Seed: 2024, Confidence: 0.95, TopK: 1, Paired: true}
	rows := [][]evaluate.Points{pointsOf(90, 88, 93), pointsOf(70, 75, 72)}
	for _, s := range must(boot.Run(rows)) {
		fmt.Printf("%.2f in %.0f to %.0f, first with probability %.0f\n", s.Mean, s.Low, s.High, s.TopK)
	}
	// Output:
	// 90.33 in 88 to 93, first with probability 1
	// 72.33 in 70 to 75, first with probability 0
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
