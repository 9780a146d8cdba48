package sheets_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/ranking"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/evaluate/sheets"
)

func pts(t testing.TB, s string) points.Points {
	t.Helper()
	p, err := points.Parse(s)
	require.NoError(t, err)
	return p
}

func sheet(t testing.TB, name string) *evaluate.Sheet {
	t.Helper()
	s, err := sheets.Sheet(name)
	require.NoError(t, err)
	return s
}

func TestYanbianBandsAsPrintedHaveTwoGaps(t *testing.T) {
	t.Parallel()
	r, err := sheets.Rubric("yanbian_quality_2022")
	require.NoError(t, err)
	for i, last := range map[int]string{1: "89", 2: "74"} {
		p := pts(t, last)
		r.Bands[i].Max = &p
	}
	_, err = evaluate.Compile(r)
	var ps problem.List
	require.ErrorAs(t, err, &ps)
	require.Len(t, ps, 2)
	for i, want := range []string{"totals from 89 to below 90", "totals from 74 to below 75"} {
		require.Equal(t, problem.BandGap, ps[i].Code)
		require.Contains(t, ps[i].Text, want)
	}
}

func yanbianMark(group string, mark points.Points, decided bool) evaluate.Card {
	return evaluate.Card{ID: "2022-7", Subject: "2022-7", Decided: decided, Ballots: []evaluate.Ballot{
		{ID: "b", Group: group, Evaluator: "e", Marks: map[string]evaluate.Mark{"mark": evaluate.MarkPoints(mark)}},
	}}
}

// TestMutualEvaluationOpensWhenBothSidesHaveDecided follows the back-to-back
// rule of the Yanbian sheets.
func TestMutualEvaluationOpensWhenBothSidesHaveDecided(t *testing.T) {
	t.Parallel()
	m := evaluate.Mutual{Quality: sheet(t, "yanbian_quality_2022"), Handling: sheet(t, "yanbian_handling_2022")}
	for _, c := range []struct{ quality, handling bool }{{false, false}, {true, false}, {false, true}} {
		out, err := m.Score(evaluate.MutualCard{
			Quality:  yanbianMark("handling_units", 92*points.One, c.quality),
			Handling: yanbianMark("proposers", 70*points.One, c.handling),
		})
		require.NoError(t, err)
		for _, o := range []evaluate.Outcome{out.Quality, out.Handling} {
			require.Equal(t, evaluate.Undefined, o.Status)
			require.Equal(t, evaluate.WhySealed, o.Reasons[0].Code)
			require.Empty(t, o.Ledger)
			require.Empty(t, o.Panels)
			require.Zero(t, o.Total)
		}
	}
	out, err := m.Score(evaluate.MutualCard{
		Quality:  yanbianMark("handling_units", 92*points.One, true),
		Handling: yanbianMark("proposers", 70*points.One, true),
	})
	require.NoError(t, err)
	require.Equal(t, "excellent", out.Quality.Band)
	require.Equal(t, "fair", out.Handling.Band)
	_, err = m.Score(evaluate.MutualCard{Quality: yanbianMark("nobody", 1, true), Handling: yanbianMark("nobody", 1, true)})
	var ps problem.List
	require.ErrorAs(t, err, &ps)
	require.Len(t, ps, 2, "both sides are told")
	_, err = evaluate.Mutual{}.Score(evaluate.MutualCard{})
	require.ErrorIs(t, err, points.ErrInvalid)
}

// TestFengyangIsWorthTwoPointsOfAYearlyAssessment nests the sheet, as the
// county's yearly assessment does, once as it is and once brought to 10 points.
func TestFengyangIsWorthTwoPointsOfAYearlyAssessment(t *testing.T) {
	t.Parallel()
	inner, err := sheets.Rubric("fengyang_2014")
	require.NoError(t, err)
	card := evaluate.Card{ID: "2014", Subject: "u", Nested: map[string]evaluate.Card{"proposals": {ID: "p", Facts: map[string]evaluate.Fact{
		"leadership_lost": evaluate.FactNumber(pts(t, "0.1")), "time_limit_lost": evaluate.FactNumber(0),
		"consultation_rate": evaluate.FactRate(rates.Rate{}), "satisfaction_rate": evaluate.FactRate(rates.Rate{Count: 1, Base: 1}),
		"cooperation_lost": evaluate.FactNumber(0),
	}}}}
	for _, c := range []struct {
		scale      bool
		full, want string
	}{{false, "2", "1.7"}, {true, "10", "8.5"}} {
		r := rubric.Rubric{Name: "yearly", Version: 1, Full: pts(t, c.full), Criteria: []rubric.Criterion{{
			Key: "proposals", Points: pts(t, c.full), Fact: "proposals",
			Rule: rubric.Rule{Nested: &rubric.Nested{Rubric: inner, Scale: c.scale}},
		}}}
		s, err := evaluate.Compile(r)
		require.NoError(t, err)
		o, err := s.Score(card)
		require.NoError(t, err)
		require.Equal(t, c.want, o.Total.String())
		var detail points.Points
		for _, l := range o.Ledger[0].Detail {
			detail += l.Points
		}
		require.Equal(t, "1.7", detail.String(), "the nested ledger sums to the nested total")
	}
}

// TestTongchengJointProposal is the published division: five proposers of one
// filed proposal worth 25.
func TestTongchengJointProposal(t *testing.T) {
	t.Parallel()
	half := points.CreditSplit{Lead: &points.Ratio{Num: 1, Den: 2}}
	parts, err := half.Split(pts(t, "25"), 5)
	require.NoError(t, err)
	require.Equal(t, "[12.5 3.125 3.125 3.125 3.125]", fmt.Sprint(parts))
	collective := points.CreditSplit{Most: 3}
	_, err = collective.Split(pts(t, "25"), 4)
	require.ErrorIs(t, err, points.ErrInvalid)
	parts, err = collective.Split(pts(t, "25"), 3)
	require.NoError(t, err)
	require.Equal(t, "[8.3334 8.3333 8.3333]", fmt.Sprint(parts))
}

// TestHainanProposalsRollUpToTheUnit averages a unit's proposals: 73 and 93 for
// one, 80 for the other, which also has one that is not answered yet.
func TestHainanProposalsRollUpToTheUnit(t *testing.T) {
	t.Parallel()
	s := sheet(t, "hainan_2002")
	score := func(id string, late, quality, result int64) evaluate.Outcome {
		facts := map[string]evaluate.Fact{}
		for key, v := range map[string]int64{"days_late": late, "reply_quality": quality, "result": result} {
			if v >= 0 {
				facts[key] = evaluate.FactNumber(points.Points(v) * points.One)
			}
		}
		o, err := s.Score(evaluate.Card{ID: id, Subject: id, Facts: facts})
		require.NoError(t, err)
		return o
	}
	units, err := evaluate.RollUpRule{}.RollUp([]evaluate.Contribution{
		{Unit: "roads", Outcome: score("3", 0, 40, 20), Weight: points.One},
		{Unit: "roads", Outcome: score("4", -1, -1, -1), Weight: points.One},
		{Unit: "health", Outcome: score("2", 0, 46, 27), Weight: points.One},
		{Unit: "health", Outcome: score("1", 9, 46, 27), Weight: points.One},
		{Unit: "parks", Outcome: score("5", -1, -1, -1), Weight: points.One},
	})
	require.NoError(t, err)
	require.Len(t, units, 3)
	require.Equal(t, "health 83 final", fmt.Sprint(units[0].Unit, " ", units[0].Total, " ", units[0].Status))
	require.Equal(t, evaluate.Undefined, units[1].Status)
	require.Equal(t, "80", units[2].Total.String())
	require.Equal(t, 1, units[2].Count)
	require.Equal(t, 2, units[2].Of)
}

// TestBaojiRanksCountiesApartFromDepartments uses the sheet's two leagues.
func TestBaojiRanksCountiesApartFromDepartments(t *testing.T) {
	t.Parallel()
	s := sheet(t, "baoji_deductions")
	var outs []evaluate.Outcome
	for i, c := range []struct {
		league string
		cases  int64
	}{{"counties", 2}, {"departments", 1}, {"counties", 0}, {"departments", 3}} {
		o, err := s.Score(evaluate.Card{ID: fmt.Sprint(i), Subject: fmt.Sprint("u", i), League: c.league, Facts: map[string]evaluate.Fact{
			"deductions": evaluate.FactTally(map[string]int64{"empty_reply": c.cases}),
		}})
		require.NoError(t, err)
		outs = append(outs, o)
	}
	places, err := evaluate.Ranking{ByLeague: true}.Rank(outs)
	require.NoError(t, err)
	for i, want := range []string{"2", "1", "1", "2"} {
		require.Equal(t, want, places[i].Rank.String())
		require.Equal(t, want, outs[i].Rank.String())
	}
}

// TestJinanTalksReadTwoYears: below 60 once is a talk with the convenor, twice
// running one with the committee as well; 60 itself is neither.
func TestJinanTalksReadTwoYears(t *testing.T) {
	t.Parallel()
	s := sheet(t, "jinan_2015")
	year := func(absences int64) evaluate.Outcome {
		o, err := s.Score(evaluate.Card{ID: "y", Subject: "m", Facts: map[string]evaluate.Fact{
			"absences": evaluate.FactTally(map[string]int64{"plenary_on_leave": absences}),
		}})
		require.NoError(t, err)
		return o
	}
	low, edge := year(2), year(1)
	require.Equal(t, "50 60", fmt.Sprint(low.Total, " ", edge.Total))
	void, again := low, low
	void.Status, void.Card, again.Card, edge.Card = evaluate.Void, "void", "again", "edge"
	for _, c := range []struct {
		years []evaluate.Outcome
		want  []string
	}{
		{nil, nil},
		{[]evaluate.Outcome{edge}, nil},
		{[]evaluate.Outcome{low}, []string{"talk_by_convenor"}},
		{[]evaluate.Outcome{low, edge}, nil},
		{[]evaluate.Outcome{edge, low}, []string{"talk_by_convenor"}},
		{[]evaluate.Outcome{low, again}, []string{"talk_by_convenor", "talk_by_committee"}},
		{[]evaluate.Outcome{low, void, again}, []string{"talk_by_convenor"}},
	} {
		got, err := s.FollowUps(c.years...)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
	other := low
	other.Subject = "somebody else"
	_, err := s.FollowUps(low, other)
	require.ErrorIs(t, err, points.ErrInvalid)
}

// TestCountyVoteFirstAndLastThreeWithTies gives the awards of the county's
// rules, 名次可以并列.
func TestCountyVoteFirstAndLastThreeWithTies(t *testing.T) {
	t.Parallel()
	s := sheet(t, "county_vote")
	var outs []evaluate.Outcome
	for i, satisfied := range []int64{10, 9, 8, 8, 5, 4, 3, 3, 3} {
		expected := int64(12)
		o, err := s.Score(evaluate.Card{
			ID: fmt.Sprint(i), Subject: fmt.Sprint("u", i),
			Sessions: map[string]evaluate.Session{"voters": {Expected: &expected, Present: &expected}},
			Aggregates: map[string]map[string]evaluate.Aggregate{"voters": {"satisfaction": {
				Count: 10, Sum: points.Points(satisfied) * points.One, Max: points.One,
			}}},
		})
		if satisfied == 10 {
			require.Error(t, err, "ten marks of 1 have no least mark of 0")
			continue
		}
		require.NoError(t, err)
		outs = append(outs, o)
	}
	places, err := evaluate.Ranking{Rules: ranking.Rules{Quotas: []ranking.Quota{
		{Key: "first_three", Count: 3}, {Key: "last_three", Count: 3, Bottom: true},
		{Key: "last_two_strict", Count: 2, Bottom: true, Ties: ranking.Exclude},
	}}}.Rank(outs)
	require.NoError(t, err)
	var got []string
	for _, p := range places {
		got = append(got, fmt.Sprint(p.Rank, p.Awards))
	}
	require.Equal(t, []string{
		"1 [first_three]", "2 [first_three]", "2 [first_three]", "4 []", "5 []",
		"6 [last_three]", "6 [last_three]", "6 [last_three]",
	}, got)
}

func ExampleRubric() {
	r, _ := sheets.Rubric("handling_120")
	fmt.Println(r.Title.Zh)
	for _, gap := range r.Incomplete {
		fmt.Println(gap)
	}
	r.Criteria[1].Items[0].Rule.Shortfall.Started = rubric.StartedWhole
	r.Version++
	_, err := evaluate.Compile(r)
	fmt.Println(err)
	// Output:
	// 政协提案办理工作考核内容及评分标准（满分120分）
	// The source is cut off after the first item of 工作程序: 85 of 120 points and their items are unknown.
	// <nil>
}
