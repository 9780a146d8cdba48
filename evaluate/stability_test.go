package evaluate_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/agreement"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rubric"
)

// TestBootstrapTopKAgreesWithRanking: with one ballot each nothing can change,
// so P(rank ≤ k) is 1 for those Ranking puts at k or better, and 0 for others.
func TestBootstrapTopKAgreesWithRanking(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(51, 52))
	for range 2000 {
		totals := make([]int64, 1+rng.IntN(15))
		rows := make([][]points.Points, len(totals))
		for i := range totals {
			totals[i] = rng.Int64N(8)
			rows[i] = []points.Points{points.Points(totals[i]) * points.One}
		}
		k := 1 + rng.IntN(16)
		got, err := agreement.Bootstrap{Replicates: 2, Confidence: 0.5, TopK: k}.Run(rows)
		require.NoError(t, err)
		places, err := evaluate.Ranking{}.Rank(outcomes(totals...))
		require.NoError(t, err)
		for i, p := range places {
			require.Equal(t, p.Rank <= points.Points(k)*points.One, got[i].TopK == 1, "%v at %d", totals, k)
		}
	}
}

// weights is a sheet of marks out of 100 with one criterion for each weight.
func weights(t testing.TB, ws ...int64) *evaluate.Sheet {
	t.Helper()
	r := rubric.Rubric{Name: "w", Version: 1}
	for i, w := range ws {
		r.Full += points.Points(w) * points.One
		r.Criteria = append(r.Criteria, rubric.Criterion{
			Key: fmt.Sprintf("c%d", i), Points: points.Points(w) * points.One, Fact: fmt.Sprintf("c%d", i),
			Rule: rubric.Rule{Direct: &rubric.Direct{OutOf: 100 * points.One}},
		})
	}
	s, err := evaluate.Compile(r)
	require.NoError(t, err)
	return s
}

func marked(id string, marks ...int64) evaluate.Card {
	card := evaluate.Card{ID: id, Subject: id, Facts: map[string]evaluate.Fact{}}
	for i, m := range marks {
		card.Facts[fmt.Sprintf("c%d", i)] = evaluate.FactNumber(points.Points(m) * points.One)
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
	sheet, _ := evaluate.Compile(rubric.Rubric{
		Name: "sample", Version: 1, Full: 100 * points.One,
		Criteria: []rubric.Criterion{
			{Key: "advice", Points: 60 * points.One, Fact: "advice"},
			{Key: "research", Points: 40 * points.One, Fact: "research"},
		},
	})
	score := func(id string, advice, research points.Points) evaluate.Outcome {
		o, _ := sheet.Score(evaluate.Card{ID: id, Facts: map[string]evaluate.Fact{
			"advice": evaluate.FactNumber(advice * points.One), "research": evaluate.FactNumber(research * points.One),
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
	s, err := evaluate.Compile(rubric.Rubric{
		Name: "two", Version: 1, Full: 100 * points.One,
		Groups:   []rubric.Group{{Key: "panel", Share: points.One}, {Key: "public", Share: points.One}},
		Criteria: []rubric.Criterion{{Key: "mark", Points: 100 * points.One, Groups: []string{"panel", "public"}}},
	})
	require.NoError(t, err)
	card := func(id string, panel []int64, public int64) evaluate.Card {
		c := evaluate.Card{ID: id, Subject: id}
		for i, v := range panel {
			c.Ballots = append(c.Ballots, evaluate.Ballot{ID: fmt.Sprint("p", i), Group: "panel", Evaluator: fmt.Sprint("e", i), Marks: map[string]evaluate.Mark{"mark": evaluate.MarkPoints(points.Points(v) * points.One)}})
		}
		c.Ballots = append(c.Ballots, evaluate.Ballot{ID: "q", Group: "public", Marks: map[string]evaluate.Mark{"mark": evaluate.MarkPoints(points.Points(public) * points.One)}})
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
	require.ErrorIs(t, err, points.ErrInvalid)
	require.Len(t, cards[0].Ballots, 4, "the cards are as they were")
}

// TestWithoutAnEvaluatorASessionHasOneFewer: six of eleven are more than half, and
// without any of the six five of ten are not.
func TestWithoutAnEvaluatorASessionHasOneFewer(t *testing.T) {
	t.Parallel()
	half := points.Ratio{Num: 1, Den: 2}
	s := vote(t, rubric.Group{Quorum: &rubric.Quorum{MoreThan: &half}}, rubric.Rule{})
	card := ballots(whole(80, 80, 80, 80, 80, 80)...)
	n := func(v int64) *int64 { return &v }
	for _, session := range []evaluate.Session{
		{Expected: n(11), Present: n(6)},
		{Expected: n(11), Present: n(6), Issued: n(11), Returned: n(6)},
	} {
		card.Sessions = map[string]evaluate.Session{"panel": session}
		gone, err := s.LeaveOneOut([]evaluate.Card{card}, evaluate.Ranking{}, evaluate.LeaveEvaluator)
		require.NoError(t, err)
		require.Len(t, gone, 6)
		for _, o := range gone {
			require.Len(t, o.Changes, 1, o.Left)
			require.Equal(t, evaluate.Final, o.Changes[0].Before.Status)
			require.Equal(t, evaluate.Void, o.Changes[0].After.Status)
		}
		require.Equal(t, int64(11), *card.Sessions["panel"].Expected, "the cards are as they were")
	}
}

func standing(total, rank string) evaluate.Standing {
	a, _ := points.Parse(total)
	b, _ := points.Parse(rank)
	return evaluate.Standing{Status: evaluate.Final, Total: a, Rank: b}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
