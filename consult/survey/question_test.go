package survey_test

import (
	"math/big"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/proposal/workflow"
)

func firms() survey.Survey {
	return survey.Survey{
		Title: "企业问卷", Sent: survey.Count(120), Returned: survey.Count(100), Valid: survey.Count(100), Wave: 2, Repeated: survey.Count(40),
		Strata: []survey.Stratum{{Key: "大型", Weight: 100}, {Key: "小微", Weight: 900}},
		Questions: []survey.Question{
			{Key: "1", Text: "是否缺工", Kind: survey.Single, Answered: 100, Options: []survey.Option{
				{Key: "是", Count: 60, Of: map[string]int64{"大型": 40, "小微": 20}}, {Key: "否", Count: 40, Of: map[string]int64{"大型": 10, "小微": 30}},
			}},
			{Key: "2", Text: "缺哪些工种", Kind: survey.Several, Answered: 60, Options: []survey.Option{{Key: "普工", Count: 50}, {Key: "技工", Count: 45}}},
			{Key: "3", Text: "建议", Kind: survey.Text, Answered: 12},
		},
	}
}

// Shares keep their bases: 60 of 100; of those who answered the second question 45 of
// 60. Weighted, large firms are a tenth: 0.1 × 40/50 + 0.9 × 20/50 = 44 %.
func TestSharesAndWeights(t *testing.T) {
	t.Parallel()
	s := firms()
	require.NoError(t, s.Check(""))
	share, ok := s.Share("1", "是")
	require.True(t, ok)
	require.Equal(t, [2]int64{60, 100}, [2]int64{share.Count, share.Base})
	share, _ = s.Share("2", "技工")
	require.Equal(t, [2]int64{45, 60}, [2]int64{share.Count, share.Base})
	_, ok = s.Share("2", "?")
	require.False(t, ok)
	weighted, err := s.Weighted("1", "是", 2, points.HalfUp)
	require.NoError(t, err)
	require.Equal(t, "44", weighted.String())
	for _, of := range [][2]string{{"2", "普工"}, {"9", "是"}} {
		_, err = s.Weighted(of[0], of[1], 2, points.HalfUp)
		require.ErrorIs(t, err, points.ErrUndefined)
	}
	s.Questions[0].Options[0].Of["大型"], s.Questions[0].Options[1].Of["大型"] = 0, 0
	_, err = s.Weighted("1", "是", 2, points.HalfUp)
	var undefined *points.UndefinedError
	require.ErrorAs(t, err, &undefined)
	require.Equal(t, points.BaseZero, undefined.Reason)
	n, known := firms().Distinct()
	require.True(t, known)
	require.Equal(t, int64(60), n, "forty answered the first wave too")
	_, known = survey.Survey{Valid: survey.Count(5), Wave: 2}.Distinct()
	require.False(t, known)
}

// Weighted agrees with a sum of fractions that is as slow as can be.
func TestWeightedAgreesWithFractions(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewSource(7)) //nolint:gosec // a test that can be repeated
	for range 500 {
		s := survey.Survey{Questions: []survey.Question{{Key: "q", Kind: survey.Single, Options: []survey.Option{{Key: "a", Of: map[string]int64{}}, {Key: "b", Of: map[string]int64{}}}}}}
		sum, total := new(big.Rat), int64(0)
		for _, key := range []string{"x", "y", "z"}[:1+r.Intn(3)] {
			weight, a, b := r.Int63n(1_000_000)+1, r.Int63n(1000), r.Int63n(1000)+1
			s.Strata = append(s.Strata, survey.Stratum{Key: key, Weight: weight})
			s.Questions[0].Options[0].Of[key], s.Questions[0].Options[1].Of[key] = a, b
			sum.Add(sum, new(big.Rat).Mul(big.NewRat(weight, 1), big.NewRat(100*a, a+b)))
			total += weight
		}
		got, err := s.Weighted("q", "a", 2, points.HalfUp)
		require.NoError(t, err)
		want := sum.Quo(sum, big.NewRat(total, 1)).FloatString(2)
		parsed, err := points.Parse(want)
		require.NoError(t, err)
		require.Equal(t, parsed, got)
	}
}

func TestAnswersGoTogether(t *testing.T) {
	t.Parallel()
	for field, spoil := range map[string]func(*survey.Survey){
		"questions[0].options":          func(s *survey.Survey) { s.Questions[0].Options[0].Count = 59; s.Questions[0].Options[0].Of = nil },
		"questions[1].options[0].count": func(s *survey.Survey) { s.Questions[1].Options[0].Count = 61 },
		"questions[0].options[0].of":    func(s *survey.Survey) { s.Questions[0].Options[0].Of["大型"] = 41 },
		"questions[0].options[1].key":   func(s *survey.Survey) { s.Questions[0].Options[1].Key = "是" },
		"questions[0].answered":         func(s *survey.Survey) { s.Questions[0].Answered = 101 },
		"questions[2].options":          func(s *survey.Survey) { s.Questions[2].Options = []survey.Option{{Key: "x"}} },
		"questions[1].key":              func(s *survey.Survey) { s.Questions[1].Key = "1" },
		"questions[1].kind":             func(s *survey.Survey) { s.Questions[1].Kind = "guess" },
		"strata[1]":                     func(s *survey.Survey) { s.Strata[1].Key = "大型" },
		"repeated":                      func(s *survey.Survey) { s.Repeated = survey.Count(101) },
		"wave":                          func(s *survey.Survey) { s.Wave = -1 },
		"returned":                      func(s *survey.Survey) { s.Returned = survey.Count(121) },
	} {
		s := firms()
		spoil(&s)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, s.Check(""), &invalid, field)
		require.Equal(t, field, invalid.Field, invalid.EN)
	}
	clone := firms().Clone()
	clone.Questions[0].Options[0].Of["大型"] = 1
	require.Equal(t, int64(40), firms().Questions[0].Options[0].Of["大型"])
}
