package evaluate_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
	"github.com/tian-go/tian/evaluate/rubric"
)

func awarded(t *testing.T, q ranking.Quota, outs []evaluate.Outcome) (cards []string) {
	t.Helper()
	places, err := quotas(q).Rank(outs)
	require.NoError(t, err)
	for _, p := range places {
		if len(p.Awards) > 0 {
			cards = append(cards, p.Card)
		}
	}
	return cards
}

func TestWhatAVetoHoldsDownWinsNoAward(t *testing.T) {
	t.Parallel()
	outs := outcomes(95, 90, 80)
	outs[0].Vetoes = []string{"late"}
	require.Equal(t, []string{"1"}, awarded(t, ranking.Quota{Key: "advanced", Count: 1}, outs))
	require.Equal(t, points.One, outs[0].Rank, "it is ranked all the same")
	require.Equal(t, []string{"1", "2"}, awarded(t, ranking.Quota{Key: "advanced", Count: 3}, outs))
	require.Equal(t, []string{"2"}, awarded(t, ranking.Quota{Key: "last", Count: 1, Bottom: true}, outs))
	outs[2].Vetoes = []string{"late"}
	require.Equal(t, []string{"2"}, awarded(t, ranking.Quota{Key: "last", Count: 1, Bottom: true}, outs), "no veto saves from the bottom")
}

func TestAnAwardMayAskForALeastMark(t *testing.T) {
	t.Parallel()
	least := 85 * points.One
	require.Empty(t, awarded(t, ranking.Quota{Key: "advanced", Count: 1, Least: &least}, outcomes(30, 20)), "for want of others is not enough")
	require.Equal(t, []string{"0", "1"}, awarded(t, ranking.Quota{Key: "advanced", Count: 3, Least: &least}, outcomes(90, 85, 84)))
	_, err := quotas(ranking.Quota{Key: "last", Count: 1, Least: &least, Bottom: true}).Rank(outcomes(1))
	require.ErrorIs(t, err, points.ErrInvalid)
}

func TestOnlyTotalsOfOneSheetRankInALeague(t *testing.T) {
	t.Parallel()
	outs := outcomes(95, 110)
	outs[1].Hash = "of 120"
	_, err := evaluate.Ranking{}.Rank(outs)
	require.ErrorIs(t, err, points.ErrInvalid)
	outs[0].League, outs[1].League = "a", "b"
	require.Equal(t, []string{"1", "1"}, ranks(t, evaluate.Ranking{ByLeague: true}, outs))
}

func TestASubjectStandsOnceInALeague(t *testing.T) {
	t.Parallel()
	outs := outcomes(95, 90)
	outs[1].Subject = outs[0].Subject
	_, err := evaluate.Ranking{}.Rank(outs)
	require.ErrorIs(t, err, points.ErrInvalid)
}

func compiled(t *testing.T, text string) *evaluate.Sheet {
	t.Helper()
	s, err := compileJSON(text)
	require.NoError(t, err)
	return s
}

func TestThePrintedEndOfTheHighestBandIsInIt(t *testing.T) {
	t.Parallel()
	s := compiled(t, `{"name":"x","version":1,"title":{"zh":"x"},"full":100,"criteria":[{"key":"a","points":100,"fact":"a"}],
"bands":[{"key":"excellent","min":90,"max":100},{"key":"good","min":80}]}`)
	for total, want := range map[points.Points]string{100: "excellent", 90: "excellent", 89: "good", 101: ""} {
		b, ok := s.BandOf(total * points.One)
		require.Equal(t, want != "", ok, total)
		require.Equal(t, want, b.Key)
	}
	o, err := s.Score(evaluate.Card{ID: "c", Subject: "u", Facts: map[string]evaluate.Fact{"a": evaluate.FactNumber(100 * points.One)}})
	require.NoError(t, err)
	require.Equal(t, "excellent", o.Band)
}

func TestSharesInPercentAddUpToHundred(t *testing.T) {
	t.Parallel()
	text := func(last string) string {
		return `{"name":"x","version":1,"title":{"zh":"x"},"full":100,"criteria":[{"key":"a","points":100,"groups":["p","q","r"]}],
"groups":[{"key":"p","share":50},{"key":"q","share":30},{"key":"r","share":` + last + `}]}`
	}
	_, err := compileJSON(text("10"))
	require.ErrorContains(t, err, "90 %")
	compiled(t, text("20"))
}

func TestAVetoWhoseFactIsMissingIsNotFinal(t *testing.T) {
	t.Parallel()
	s := compiled(t, `{"name":"x","version":1,"title":{"zh":"x"},"full":100,"criteria":[{"key":"a","points":100,"fact":"a"}],
"vetoes":[{"key":"late","when":{"fact":"late"},"effect":"zero"}]}`)
	score := func(late *evaluate.Fact) evaluate.Outcome {
		card := evaluate.Card{ID: "c", Subject: "u", Facts: map[string]evaluate.Fact{"a": evaluate.FactNumber(90 * points.One)}}
		if late != nil {
			card.Facts["late"] = *late
		}
		o, err := s.Score(card)
		require.NoError(t, err)
		return o
	}
	no, missing := evaluate.FactBool(false), evaluate.FactMissing(rubric.NotDue)
	require.Equal(t, evaluate.Final, score(&no).Status)
	for _, f := range []*evaluate.Fact{nil, &missing} {
		o := score(f)
		require.Equal(t, evaluate.Provisional, o.Status)
		require.Equal(t, []evaluate.Because{{Code: evaluate.WhyVetoUnknown, Where: "late"}}, o.Reasons)
		require.Equal(t, "90", o.Total.String())
	}
}

func TestAScoringAfterAnAppealIsNoSecondYear(t *testing.T) {
	t.Parallel()
	s := compiled(t, `{"name":"x","version":1,"title":{"zh":"x"},"full":100,"criteria":[{"key":"a","points":100,"fact":"a"}],
"follow_ups":[{"key":"talk","label":{"zh":"约谈"},"below":60,"running":2}]}`)
	bad := func(card string) evaluate.Outcome {
		return evaluate.Outcome{Card: card, Subject: "u", Rubric: "x", Status: evaluate.Final, Total: 50 * points.One}
	}
	called, err := s.FollowUps(bad("2024"), bad("2024"))
	require.NoError(t, err)
	require.Empty(t, called)
	called, err = s.FollowUps(bad("2023"), bad("2024"), bad("2024"))
	require.NoError(t, err)
	require.Equal(t, []string{"talk"}, called)
}
