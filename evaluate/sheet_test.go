package evaluate_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rubric"
)

func sampleSheet(t testing.TB) *evaluate.Sheet {
	t.Helper()
	data, err := os.ReadFile("testdata/rubric.json")
	require.NoError(t, err)
	rubric, err := rubric.Parse(data)
	require.NoError(t, err)
	sheet, err := evaluate.Compile(rubric)
	require.NoError(t, err)
	return sheet
}

func sampleCards(t testing.TB) []evaluate.Decoded {
	t.Helper()
	data, err := os.ReadFile("testdata/cards.json")
	require.NoError(t, err)
	entries, err := evaluate.DecodeCards(data)
	require.NoError(t, err)
	return entries
}

// sumsToTotal is the promise of every ledger.
func sumsToTotal(t testing.TB, o evaluate.Outcome) {
	t.Helper()
	var sum points.Points
	for _, l := range o.Ledger {
		var err error
		sum, err = sum.Add(l.Points)
		require.NoError(t, err)
		if len(l.Detail) > 0 {
			require.NotEmpty(t, l.Criterion)
		}
	}
	require.Equal(t, o.Total, sum, "%s: the ledger sums to %s, the total is %s", o.Card, sum, o.Total)
}

// TestSampleSheetByHand works the two cards of testdata out by hand.
//
// Water: 10 in time; contact 39/40 is 2.5 short, started points whole: 10-3=7;
// records 5-0.5=4.5; quality of members (95+88.5)/2=91.75 and of experts, 92 and
// 70 dropped, 90: 45·(0.6·91.75+0.4·90)/100=40.9725; satisfaction (1+0.8)/3 of
// 30=18 with the abstention in the base; bonus 3·2 capped at 4, +3 = 7, capped
// at 5. Total 85.4725, printed 85.47.
//
// Roads: 0 late; 0 for 10 points short; 5; quality by members alone
// 45·82.5/100=37.125; satisfaction 1.8/2·30=27; penalty 2. Total 67.125.
func TestSampleSheetByHand(t *testing.T) {
	t.Parallel()
	results := sampleSheet(t).ScoreAll(sampleCards(t))
	require.Len(t, results, 2)
	for i, want := range []struct{ total, base, bonus, penalty, band string }{
		{"85.47", "80.4725", "5", "0", "good"},
		{"67.13", "69.125", "0", "-2", "fair"},
	} {
		require.NoError(t, results[i].Err)
		o := results[i].Outcome
		require.Equal(t, evaluate.Final, o.Status, o.Reasons)
		require.Equal(t, want.total, o.Total.String())
		require.Equal(t, want.base, o.Base.String())
		require.Equal(t, want.bonus, o.Bonus.String())
		require.Equal(t, want.penalty, o.Penalty.String())
		require.Equal(t, want.band, o.Band)
		sumsToTotal(t, o)
	}
	water := results[0].Outcome
	require.Equal(t, []string{"m2"}, water.Panels[0].Superseded)
	require.EqualValues(t, 2, water.Panels[0].Recused)
	require.EqualValues(t, 1, water.Panels[0].DontKnow)
	quality, err := water.Subtotal("quality")
	require.NoError(t, err)
	require.Equal(t, "40.9725", quality.String())
	procedure, err := water.Subtotal("procedure")
	require.NoError(t, err)
	require.Equal(t, "21.5", procedure.String())
}

func TestExplainSumsToTheDifferenceOfTotals(t *testing.T) {
	t.Parallel()
	results := sampleSheet(t).ScoreAll(sampleCards(t))
	a, b := results[0].Outcome, results[1].Outcome
	e, err := evaluate.Explain(a, b)
	require.NoError(t, err)
	var sum points.Points
	for _, d := range e.Differences {
		require.NotZero(t, d.Diff)
		sum, err = sum.Add(d.Diff)
		require.NoError(t, err)
	}
	require.Equal(t, a.Total-b.Total, sum)
	require.Equal(t, e.Diff, sum)
	same, err := evaluate.Explain(a, a)
	require.NoError(t, err)
	require.Empty(t, same.Differences)
	b.Hash = "sha256:other"
	_, err = evaluate.Explain(a, b)
	require.ErrorIs(t, err, points.ErrInvalid)
}

func TestOutcomeOnTheWireHasNoTotalWhenThereIsNone(t *testing.T) {
	t.Parallel()
	sheet := sampleSheet(t)
	o, err := sheet.Score(evaluate.Card{ID: "empty", Subject: "nobody"})
	require.NoError(t, err)
	require.Equal(t, evaluate.Undefined, o.Status)
	require.Contains(t, o.Reasons, evaluate.Because{Code: evaluate.WhyMissingFact, Where: "procedure.on_time"})
	out, err := json.Marshal(o)
	require.NoError(t, err)
	require.NotContains(t, string(out), `"total"`)
	results := sheet.ScoreAll(sampleCards(t))
	out, err = json.Marshal(results[0])
	require.NoError(t, err)
	require.Contains(t, string(out), `"total":"85.47"`)
	var back evaluate.Outcome
	require.NoError(t, json.Unmarshal(out, &back))
	require.Equal(t, results[0].Outcome, back)
}

func ExampleSheet_Score() {
	data, _ := os.ReadFile("testdata/rubric.json")
	rubric, _ := rubric.Parse(data)
	sheet, err := evaluate.Compile(rubric)
	if err != nil {
		fmt.Println(err)
		return
	}
	cards, _ := os.ReadFile("testdata/cards.json")
	entries, _ := evaluate.DecodeCards(cards)
	o := sheet.ScoreAll(entries)[1].Outcome
	for _, l := range o.Ledger {
		fmt.Printf("%-24s %-10s %9s  %s\n", l.Criterion, l.Rule, l.Points, l.Note)
	}
	fmt.Println("total", o.Total, o.Band)
	// Output:
	// procedure.on_time        lateness           0  3 days late
	// procedure.contact        shortfall          0  18/20 is 10 short of 100 %: 10 - 10 × 1
	// procedure.records        per_event          5  full to start with
	// quality                  direct        37.125  mean of 2 marks: 165/2
	// satisfaction             rate              27  mean of 2 marks: 1.8/2
	// praised                  per_event          0  no events
	// returned                 per_event         -2  1 × -2
	//                          rounding       0.005  total to 2 places, half_up
	// total 67.13 fair
}

// TestASheetThatWasNotCompiledScoresNothing: neither nil nor the zero value
// gives out a total of 0, or panics.
func TestASheetThatWasNotCompiledScoresNothing(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*evaluate.Sheet{"nil": nil, "zero": new(evaluate.Sheet)} {
		card := evaluate.Card{ID: "c"}
		_, scored := s.Score(card)
		_, totals := s.BallotTotals(card, "g")
		_, followed := s.FollowUps(evaluate.Outcome{})
		_, left := s.LeaveOneOut([]evaluate.Card{card}, evaluate.Ranking{}, evaluate.LeaveGroup)
		_, streamed := s.Stream("g", 1)
		for _, err := range []error{scored, totals, followed, left, streamed, s.ScoreAll([]evaluate.Decoded{{Card: card}})[0].Err} {
			require.ErrorIs(t, err, points.ErrInvalid, name)
			require.ErrorContains(t, err, "has not been compiled")
		}
		_, ok := s.BandOf(0)
		require.False(t, ok)
		require.Empty(t, s.Bands())
		require.Empty(t, s.Hash())
		require.Empty(t, s.Rubric().Name)
	}
}
