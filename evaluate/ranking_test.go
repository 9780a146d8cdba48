package evaluate_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
	"github.com/tian-go/tian/evaluate/rubric"
)

// outcomes makes final outcomes of the given totals, cards "0", "1" and so on.
func outcomes(totals ...int64) []evaluate.Outcome {
	outs := make([]evaluate.Outcome, len(totals))
	for i, v := range totals {
		outs[i] = evaluate.Outcome{Card: fmt.Sprint(i), Subject: fmt.Sprint(i), Status: evaluate.Final, Total: points.Points(v) * points.One, Hash: "h"}
	}
	return outs
}

func ranks(t testing.TB, r evaluate.Ranking, outs []evaluate.Outcome) []string {
	t.Helper()
	places, err := r.Rank(outs)
	require.NoError(t, err)
	got := make([]string, len(places))
	for i, p := range places {
		got[i] = p.Rank.String()
	}
	return got
}

// TestTieRules uses the textbook example of standard (1224), dense (1223),
// fractional (1 2.5 2.5 4) and modified (1334) competition ranking.
func TestTieRules(t *testing.T) {
	t.Parallel()
	for rule, want := range map[ranking.Ties][]string{
		"": {"1", "2", "2", "4"}, ranking.Competition: {"1", "2", "2", "4"}, ranking.Dense: {"1", "2", "2", "3"},
		ranking.Average: {"1", "2.5", "2.5", "4"}, ranking.Highest: {"1", "3", "3", "4"},
	} {
		require.Equal(t, want, ranks(t, evaluate.Ranking{Rules: ranking.Rules{Ties: rule}}, outcomes(90, 80, 80, 70)), rule)
	}
	lots := evaluate.Ranking{Rules: ranking.Rules{Ties: ranking.ByLot, Lots: map[string]int64{"1": 9, "2": 4}}}
	require.Equal(t, []string{"1", "3", "2", "4"}, ranks(t, lots, outcomes(90, 80, 80, 70)))
	for _, bad := range []map[string]int64{nil, {"1": 1}, {"1": 1, "2": 1}} {
		outs := outcomes(90, 80, 80, 70)
		_, err := evaluate.Ranking{Rules: ranking.Rules{Ties: ranking.ByLot, Lots: bad}}.Rank(outs)
		require.ErrorIs(t, err, points.ErrInvalid)
		require.Zero(t, outs[0].Rank, "an error changes nothing")
	}
}

// TestRanksAgreeWithCounting holds every rule against its definition by
// counting those above and those equal.
func TestRanksAgreeWithCounting(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(11, 12))
	for range repeated(10_000) {
		totals := make([]int64, 1+rng.IntN(12))
		for i := range totals {
			totals[i] = rng.Int64N(6)
		}
		outs := outcomes(totals...)
		for i := range outs {
			if rng.IntN(8) == 0 {
				outs[i].Status = evaluate.Void
			}
		}
		for _, rule := range []ranking.Ties{ranking.Competition, ranking.Dense, ranking.Average, ranking.Highest} {
			got := ranks(t, evaluate.Ranking{Rules: ranking.Rules{Ties: rule}}, outs)
			for i := range outs {
				require.Equal(t, countedRank(outs, i, rule), got[i], "%s of %v", rule, totals)
			}
		}
	}
}

func countedRank(outs []evaluate.Outcome, i int, rule ranking.Ties) string {
	if outs[i].Status != evaluate.Final {
		return "0"
	}
	var above, equal int64
	levels := map[points.Points]bool{}
	for _, o := range outs {
		switch {
		case o.Status != evaluate.Final:
		case o.Total > outs[i].Total:
			above++
			levels[o.Total] = true
		case o.Total == outs[i].Total:
			equal++
		}
	}
	rank := big.NewRat(above+1, 1)
	switch rule {
	case ranking.Dense:
		rank = big.NewRat(int64(len(levels))+1, 1)
	case ranking.Average:
		rank = big.NewRat(2*above+equal+1, 2)
	case ranking.Highest:
		rank = big.NewRat(above+equal, 1)
	}
	if rank.IsInt() {
		return rank.Num().String()
	}
	return rank.FloatString(1)
}

func quotas(qs ...ranking.Quota) evaluate.Ranking {
	return evaluate.Ranking{Rules: ranking.Rules{Quotas: qs}}
}

func TestRankingByKeysLeaguesAndStatus(t *testing.T) {
	t.Parallel()
	outs := outcomes(80, 80, 80, 95, 70)
	for i, base := range []int64{70, 75, 70, 95, 70} {
		outs[i].Base = points.Points(base) * points.One
		outs[i].Penalty = -points.Points(i) * points.One
		outs[i].Ledger = []evaluate.Line{{Criterion: "advice.depth", Points: points.Points(10*i) * points.One}}
	}
	outs[3].Status = evaluate.Provisional
	outs[4].League = "counties"
	by := func(keys ...evaluate.RankKey) evaluate.Ranking { return evaluate.Ranking{Keys: keys} }
	require.Equal(t, []string{"1", "1", "1", "0", "4"}, ranks(t, evaluate.Ranking{}, outs))
	require.Equal(t, []string{"2", "2", "2", "1", "5"}, ranks(t, evaluate.Ranking{Provisional: true}, outs))
	require.Equal(t, []string{"1", "1", "1", "0", "1"}, ranks(t, evaluate.Ranking{ByLeague: true}, outs))
	require.Equal(t, []string{"2", "1", "2", "0", "4"}, ranks(t, by(evaluate.RankKey{By: "total"}, evaluate.RankKey{By: "base"}), outs))
	require.Equal(t, []string{"1", "2", "3", "0", "4"}, ranks(t, by(evaluate.RankKey{By: "penalty"}), outs))
	require.Equal(t, []string{"4", "3", "2", "0", "1"}, ranks(t, by(evaluate.RankKey{By: "advice"}), outs))
	require.Equal(t, []string{"1", "2", "3", "0", "4"}, ranks(t, by(evaluate.RankKey{By: "advice.depth", Ascending: true}), outs))
	for _, bad := range []evaluate.Ranking{
		by(evaluate.RankKey{By: "charm"}), {Rules: ranking.Rules{Ties: "coin"}}, quotas(ranking.Quota{}),
		quotas(ranking.Quota{Key: "q"}), quotas(ranking.Quota{Key: "q", Count: 1, Share: &points.Ratio{Num: 1, Den: 2}}),
		quotas(ranking.Quota{Key: "q", Share: &points.Ratio{Num: 3, Den: 2}}), quotas(ranking.Quota{Key: "q", Count: 1, Ties: "coin"}),
		quotas(ranking.Quota{Key: "q", Count: 1, Round: "up"}), quotas(ranking.Quota{Key: "q", Count: 1}, ranking.Quota{Key: "q", Count: 2}),
	} {
		_, err := bad.Rank(outs)
		require.ErrorIs(t, err, points.ErrInvalid)
	}
	_, err := evaluate.Ranking{}.Rank(append(outcomes(1), outcomes(2)...))
	require.ErrorIs(t, err, points.ErrInvalid, "two cards of one id")
}

// TestQuotasAtTheirEdge gives "the top 20 %" of ten with three equal across the
// edge, under each tie rule and rounding.
func TestQuotasAtTheirEdge(t *testing.T) {
	t.Parallel()
	fifth := &points.Ratio{Num: 20, Den: 100}
	for _, c := range []struct {
		quota ranking.Quota
		want  string
	}{
		{ranking.Quota{Share: fifth}, "[0 1 2 3]"},
		{ranking.Quota{Share: fifth, Ties: ranking.Include}, "[0 1 2 3]"},
		{ranking.Quota{Share: fifth, Ties: ranking.Exclude}, "[0]"},
		{ranking.Quota{Share: fifth, Ties: ranking.DrawLots}, "[0 2]"},
		{ranking.Quota{Count: 1}, "[0]"},
		{ranking.Quota{Count: 4, Ties: ranking.Exclude}, "[0 1 2 3]"},
		{ranking.Quota{Count: 99}, "[0 1 2 3 4 5 6 7 8 9]"},
		{ranking.Quota{Count: 2, Bottom: true}, "[8 9]"},
		{ranking.Quota{Share: &points.Ratio{Num: 1, Den: 20}}, "[]"},
		{ranking.Quota{Share: &points.Ratio{Num: 1, Den: 20}, Round: points.HalfUp}, "[0]"},
	} {
		c.quota.Key = "honour"
		outs := outcomes(99, 90, 90, 90, 80, 70, 60, 50, 40, 30)
		places, err := evaluate.Ranking{Rules: ranking.Rules{Quotas: []ranking.Quota{c.quota}, Lots: map[string]int64{"1": 7, "2": 1, "3": 5}}}.Rank(outs)
		require.NoError(t, err)
		won := []string{}
		for _, p := range places {
			if len(p.Awards) > 0 {
				won = append(won, p.Card)
			}
		}
		require.Equal(t, c.want, fmt.Sprint(won), "%+v", c.quota)
	}
	_, err := quotas(ranking.Quota{Key: "q", Count: 2, Ties: ranking.DrawLots}).Rank(outcomes(3, 2, 2))
	require.ErrorIs(t, err, points.ErrInvalid)
}

func TestRollUpSumsExactlyInAnyOrder(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(21, 22))
	for range 500 {
		var cs []evaluate.Contribution
		slowSum, weights := map[string]*big.Rat{}, map[string]*big.Rat{}
		for i := range 1 + rng.IntN(12) {
			o := outcomes(0)[0]
			o.Card, o.Total = fmt.Sprint(i), points.Points(rng.IntN(1_000_000))
			unit, w := fmt.Sprint("u", rng.IntN(3)), points.Points(1+rng.IntN(30_000))
			if rng.IntN(6) == 0 {
				o.Status = evaluate.Void
			} else {
				if slowSum[unit] == nil {
					slowSum[unit], weights[unit] = new(big.Rat), new(big.Rat)
				}
				slowSum[unit].Add(slowSum[unit], new(big.Rat).Mul(rat(o.Total), rat(w)))
				weights[unit].Add(weights[unit], rat(w))
			}
			cs = append(cs, evaluate.Contribution{Unit: unit, Outcome: o, Weight: w})
		}
		two := 2
		rule := evaluate.RollUpRule{Sum: rng.IntN(2) == 0, Round: rubric.Round{Places: &two, Rule: points.HalfEven}}
		units, err := rule.RollUp(cs)
		require.NoError(t, err)
		for _, u := range units {
			want := slowSum[u.Unit]
			if want == nil {
				require.Equal(t, evaluate.Undefined, u.Status)
				continue
			}
			if !rule.Sum {
				want.Quo(want, weights[u.Unit])
			}
			cents := roundRat(want.Mul(want, big.NewRat(100, 1)), points.HalfEven)
			require.Equal(t, cents.String(), fmt.Sprint(int64(u.Total)/100))
			var sum points.Points
			for _, l := range u.Ledger {
				sum += l.Points
			}
			require.Equal(t, u.Total, sum)
		}
		rng.Shuffle(len(cs), func(i, j int) { cs[i], cs[j] = cs[j], cs[i] })
		again, err := rule.RollUp(cs)
		require.NoError(t, err)
		require.Equal(t, units, again)
	}
}

func TestRollUpRefusesWhatDoesNotBelongTogether(t *testing.T) {
	t.Parallel()
	o := outcomes(5)[0]
	other := o
	other.Hash, other.Card = "other", "x"
	good := evaluate.Contribution{Unit: "u", Outcome: o, Weight: points.One}
	for _, bad := range [][]evaluate.Contribution{
		{{Outcome: o, Weight: points.One}}, {{Unit: "u", Outcome: o}},
		{good, good}, {good, {Unit: "u", Outcome: other, Weight: points.One}},
	} {
		_, err := evaluate.RollUpRule{}.RollUp(bad)
		require.ErrorIs(t, err, points.ErrInvalid)
	}
	_, err := evaluate.RollUpRule{Round: rubric.Round{Step: rubric.RoundLine}}.RollUp(nil)
	require.ErrorIs(t, err, points.ErrInvalid)
	units, err := evaluate.RollUpRule{MinCount: 2}.RollUp([]evaluate.Contribution{good})
	require.NoError(t, err)
	require.Equal(t, evaluate.Undefined, units[0].Status)
}

func ExampleRanking_Rank() {
	outs := outcomes(92, 88, 88, 75, 60)
	places, _ := evaluate.Ranking{Rules: ranking.Rules{Quotas: []ranking.Quota{
		{Key: "advanced", Label: ranking.Label{Zh: "先进单位"}, Share: &points.Ratio{Num: 40, Den: 100}},
	}}}.Rank(outs)
	for _, p := range places {
		fmt.Println(p.Card, p.Rank, p.Awards)
	}
	// Output:
	// 0 1 [advanced]
	// 1 2 [advanced]
	// 2 2 [advanced]
	// 3 4 []
	// 4 5 []
}

func ExampleRollUpRule_RollUp() {
	outs := outcomes(90, 60)
	units, _ := evaluate.RollUpRule{}.RollUp([]evaluate.Contribution{
		{Unit: "Water Bureau", Outcome: outs[0], Weight: 2 * points.One}, // lead
		{Unit: "Water Bureau", Outcome: outs[1], Weight: points.One},     // co-unit
	})
	fmt.Println(units[0].Unit, units[0].Total, units[0].Ledger[0].Note)
	// Output: Water Bureau 80 90 × 2/3
}
