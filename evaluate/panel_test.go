package evaluate_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// vote is a one-criterion sheet of 100 points judged by one group, "panel".
func vote(t testing.TB, g rubric.Group, rule rubric.Rule) *evaluate.Sheet {
	t.Helper()
	g.Key = "panel"
	s, err := evaluate.Compile(rubric.Rubric{
		Name: "vote", Version: 1, Full: 100 * points.One, Groups: []rubric.Group{g},
		Criteria: []rubric.Criterion{{Key: "mark", Points: 100 * points.One, Groups: []string{"panel"}, Rule: rule}},
	})
	require.NoError(t, err)
	return s
}

// ballots makes one ballot of each mark.
func ballots(marks ...evaluate.Mark) evaluate.Card {
	card := evaluate.Card{ID: "c", Subject: "s"}
	for i, m := range marks {
		card.Ballots = append(card.Ballots, evaluate.Ballot{
			ID: fmt.Sprintf("b%02d", i), Group: "panel", Evaluator: fmt.Sprintf("e%02d", i), Marks: map[string]evaluate.Mark{"mark": m},
		})
	}
	return card
}

func whole(values ...int64) []evaluate.Mark {
	marks := make([]evaluate.Mark, len(values))
	for i, v := range values {
		marks[i] = evaluate.MarkPoints(points.Points(v) * points.One)
	}
	return marks
}

// satisfaction counts 满意 as 1 and 不满意 as 0 over a base.
func satisfaction(over string) rubric.Rule {
	return rubric.Rule{Rate: &rubric.Tallied{Over: over, Choices: []rubric.Choice{
		{Key: "yes", Coefficient: points.One}, {Key: "no"},
	}}}
}

// TestTheFourMissingKindsAreFourDifferentThings puts one missing mark of each
// kind beside three yes and one no, over every base.
func TestTheFourMissingKindsAreFourDifferentThings(t *testing.T) {
	t.Parallel()
	yes, no := evaluate.MarkGrade("yes"), evaluate.MarkGrade("no")
	issued := int64(10)
	for _, c := range []struct {
		missing rubric.Missing
		over    string
		want    string
	}{
		{rubric.Abstain, rubric.OverVoiced, "75"}, {rubric.Abstain, rubric.OverReturned, "60"}, {rubric.Abstain, rubric.OverIssued, "30"},
		{rubric.DontKnow, rubric.OverVoiced, "75"}, {rubric.DontKnow, rubric.OverReturned, "60"}, {rubric.DontKnow, rubric.OverIssued, "30"},
		{rubric.Recused, rubric.OverVoiced, "75"}, {rubric.Recused, rubric.OverReturned, "75"}, {rubric.Recused, rubric.OverIssued, "30"},
		{rubric.NotDue, rubric.OverVoiced, "75"}, {rubric.NotDue, rubric.OverReturned, "75"}, {rubric.NotDue, rubric.OverIssued, "30"},
	} {
		card := ballots(yes, yes, yes, no, evaluate.MarkMissing(c.missing))
		card.Sessions = map[string]evaluate.Session{"panel": {Issued: &issued}}
		o := scored(t, vote(t, rubric.Group{}, satisfaction(c.over)), card)
		require.Equal(t, c.want, o.Total.String(), "%s over %s", c.missing, c.over)
		p := o.Panels[0]
		require.Equal(t, 5, p.Ballots)
		counts := map[rubric.Missing]int64{
			rubric.Abstain: p.Abstain, rubric.DontKnow: p.DontKnow, rubric.Recused: p.Recused, rubric.NotDue: p.NotDue,
		}
		for kind, n := range counts {
			require.Equal(t, kind == c.missing, n == 1, "%s is counted as %s", c.missing, kind)
		}
	}
}

// TestQuorumLeavesOutTheRecused: six of eleven are more than half; when one of
// the six recuses himself, five of ten are not.
func TestQuorumLeavesOutTheRecused(t *testing.T) {
	t.Parallel()
	half := points.Ratio{Num: 1, Den: 2}
	s := vote(t, rubric.Group{Quorum: &rubric.Quorum{MoreThan: &half}}, rubric.Rule{})
	expected, present := int64(11), int64(6)
	card := ballots(whole(80, 80, 80, 80, 80, 80)...)
	card.Sessions = map[string]evaluate.Session{"panel": {Expected: &expected, Present: &present}}
	require.Equal(t, "80", scored(t, s, card).Total.String())
	card.Ballots[0].Marks, card.Ballots[0].Missing = nil, rubric.Recused
	o := scored(t, s, card)
	require.Equal(t, evaluate.Void, o.Status)
	require.Equal(t, []evaluate.Because{{Code: evaluate.WhyQuorum, Where: "panel"}}, o.Reasons)
	require.False(t, o.Panels[0].Valid)
	card.Ballots[0].Missing = rubric.Abstain // an abstention is there and counts
	require.Equal(t, evaluate.Final, scored(t, s, card).Status)
}

func TestWhatMakesAVoteInvalid(t *testing.T) {
	t.Parallel()
	n := func(v int64) *int64 { return &v }
	twoThirds := points.Ratio{Num: 2, Den: 3}
	for _, c := range []struct {
		why     string
		quorum  *rubric.Quorum
		session evaluate.Session
		marks   []evaluate.Mark
	}{
		{"", nil, evaluate.Session{Issued: n(2), Returned: n(2)}, whole(1, 2)},
		{evaluate.WhyMoreReturned, nil, evaluate.Session{Issued: n(1)}, whole(1, 2)},
		{evaluate.WhyMoreReturned, nil, evaluate.Session{Issued: n(2), Returned: n(3)}, whole(1, 2)},
		{evaluate.WhyNoMarks, nil, evaluate.Session{}, nil},
		{evaluate.WhyNoMarks, nil, evaluate.Session{}, []evaluate.Mark{evaluate.MarkMissing(rubric.DontKnow)}},
		{evaluate.WhyTooFewBallots, &rubric.Quorum{MinBallots: 3}, evaluate.Session{}, whole(1, 2)},
		{"", &rubric.Quorum{MinBallots: 2}, evaluate.Session{}, whole(1, 2)},
		{evaluate.WhyUnknownSession, &rubric.Quorum{AtLeast: &twoThirds}, evaluate.Session{Expected: n(3)}, whole(1, 2)},
		{"", &rubric.Quorum{AtLeast: &twoThirds}, evaluate.Session{Expected: n(3), Present: n(2)}, whole(1, 2)},
		{evaluate.WhyQuorum, &rubric.Quorum{MoreThan: &twoThirds}, evaluate.Session{Expected: n(3), Present: n(2)}, whole(1, 2)},
	} {
		card := ballots(c.marks...)
		card.Sessions = map[string]evaluate.Session{"panel": c.session}
		o := scored(t, vote(t, rubric.Group{Quorum: c.quorum}, rubric.Rule{}), card)
		if c.why == "" {
			require.Equal(t, evaluate.Final, o.Status, o.Reasons)
			continue
		}
		require.Equal(t, evaluate.Void, o.Status)
		require.Equal(t, c.why, o.Reasons[0].Code)
	}
}

// TestWhatBecomesOfAMissingGroup leaves the second of two groups, 60 to 40,
// without a ballot.
func TestWhatBecomesOfAMissingGroup(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		policy rubric.MissingPolicy
		status evaluate.Status
		total  string
	}{
		{"", evaluate.Void, ""}, {rubric.MissingVoid, evaluate.Void, ""}, {rubric.MissingZero, evaluate.Final, "48"},
		{rubric.MissingProvisional, evaluate.Provisional, "48"}, {rubric.MissingRedistribute, evaluate.Final, "80"},
	} {
		s, err := evaluate.Compile(rubric.Rubric{
			Name: "two", Version: 1, Full: 100 * points.One,
			Groups: []rubric.Group{
				{Key: "panel", Share: 60 * points.One}, {Key: "public", Share: 40 * points.One, Missing: c.policy},
			},
			Criteria: []rubric.Criterion{{Key: "mark", Points: 100 * points.One, Groups: []string{"panel", "public"}}},
		})
		require.NoError(t, err)
		o := scored(t, s, ballots(whole(70, 90)...))
		require.Equal(t, c.status, o.Status, c.policy)
		if o.Scored() {
			require.Equal(t, c.total, o.Total.String())
			sumsToTotal(t, o)
		}
	}
}

// TestRevisionsSupersedeAndStay: the highest revision counts wherever it stands
// in the list, the others are told.
func TestRevisionsSupersedeAndStay(t *testing.T) {
	t.Parallel()
	s := vote(t, rubric.Group{}, rubric.Rule{})
	card := ballots(whole(90, 10, 50)...)
	for i, revision := range []int{2, 0, 1} {
		card.Ballots[i].Evaluator, card.Ballots[i].Revision = "li", revision
	}
	o := scored(t, s, card)
	require.Equal(t, "90", o.Total.String())
	require.Equal(t, []string{"b01", "b02"}, o.Panels[0].Superseded)
	require.Equal(t, []string{"b00"}, o.Ledger[0].Ballots)
}

// TestAggregations works small votes out by hand.
func TestAggregations(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		group rubric.Group
		marks []int64
		want  string
	}{
		{rubric.Group{}, []int64{1, 2, 4}, "2.3333"},
		{rubric.Group{Aggregate: rubric.Median}, []int64{9, 1, 4}, "4"},
		{rubric.Group{Aggregate: rubric.Median}, []int64{9, 1, 4, 5}, "4.5"},
		{rubric.Group{Aggregate: rubric.ModeGrade}, []int64{3, 3, 9, 9, 5}, "3"},
		{rubric.Group{Aggregate: rubric.Summed}, []int64{3, 4, 5}, "12"},
		{rubric.Group{Aggregate: rubric.Summed}, []int64{60, 70}, "100"}, // capped at the criterion's points
		{rubric.Group{Drop: &rubric.Drop{Highest: 1, Lowest: 1}}, []int64{0, 50, 60, 100}, "55"},
		{rubric.Group{Drop: &rubric.Drop{Highest: 2}}, []int64{0, 50, 60, 100}, "25"},
		{rubric.Group{Drop: &rubric.Drop{Highest: 1, Lowest: 1, By: rubric.DropByTotal}}, []int64{70, 70, 70}, "70"},
	} {
		o := scored(t, vote(t, c.group, rubric.Rule{}), ballots(whole(c.marks...)...))
		require.Equal(t, c.want, o.Total.String(), "%+v %v", c.group, c.marks)
	}
	o := scored(t, vote(t, rubric.Group{Drop: &rubric.Drop{Highest: 1, Lowest: 1}}, rubric.Rule{}), ballots(whole(1, 2)...))
	require.Equal(t, evaluate.WhyNothingLeft, o.Reasons[0].Code)
	o = scored(t, vote(t, rubric.Group{Drop: &rubric.Drop{Highest: 1, Lowest: 1, By: rubric.DropByTotal}}, rubric.Rule{}), ballots(whole(1, 2)...))
	require.Equal(t, evaluate.WhyNothingLeft, o.Reasons[0].Code)
}

// TestEqualBallotsAreDroppedByTheirIDs, so that the order of input decides nothing.
func TestEqualBallotsAreDroppedByTheirIDs(t *testing.T) {
	t.Parallel()
	for _, by := range []string{rubric.DropByCriterion, rubric.DropByTotal} {
		s := vote(t, rubric.Group{Drop: &rubric.Drop{Highest: 1, Lowest: 1, By: by}}, rubric.Rule{})
		o := scored(t, s, ballots(whole(70, 70, 70, 70)...))
		require.Equal(t, []string{"b00", "b03"}, o.Ledger[0].Dropped, by)
		require.Equal(t, []string{"b01", "b02"}, o.Ledger[0].Ballots, by)
	}
}

// TestSpoiltBallotsAreReturnedBallots: of ten that came back eight are valid, six
// of them satisfied. Over those returned that is 60 %, however the eight are
// handed in.
func TestSpoiltBallotsAreReturnedBallots(t *testing.T) {
	t.Parallel()
	yes, no := evaluate.MarkGrade("yes"), evaluate.MarkGrade("no")
	issued, returned := int64(12), int64(10)
	single := ballots(yes, yes, yes, yes, yes, yes, no, evaluate.MarkMissing(rubric.Abstain))
	added := evaluate.Card{ID: single.ID, Subject: single.Subject, Aggregates: map[string]map[string]evaluate.Aggregate{"panel": {"mark": {
		Count: 7, Sum: 6 * points.One, Max: points.One, Abstain: 1,
	}}}}
	for over, want := range map[string]string{rubric.OverReturned: "60", rubric.OverIssued: "50", rubric.OverVoiced: "85.7143"} {
		for _, card := range []evaluate.Card{single, added} {
			card.Sessions = map[string]evaluate.Session{"panel": {Issued: &issued, Returned: &returned}}
			o := scored(t, vote(t, rubric.Group{}, satisfaction(over)), card)
			require.Equal(t, want, o.Total.String(), over)
			require.Contains(t, o.Ledger[0].Note, "2 returned and not on the card")
		}
	}
}

func TestBlankPlacesAreReadAsTheGroupSays(t *testing.T) {
	t.Parallel()
	card := ballots(evaluate.MarkGrade("yes"), evaluate.MarkGrade("no"))
	delete(card.Ballots[1].Marks, "mark")
	o := scored(t, vote(t, rubric.Group{Blank: rubric.Abstain}, satisfaction(rubric.OverReturned)), card)
	require.Equal(t, "50", o.Total.String())
	require.EqualValues(t, 1, o.Panels[0].Abstain)
	_, err := vote(t, rubric.Group{}, satisfaction(rubric.OverReturned)).Score(card)
	require.ErrorContains(t, err, problem.MarkMissing)
}

func TestBlindOutcomesStaySealedUntilDecided(t *testing.T) {
	t.Parallel()
	r := vote(t, rubric.Group{}, rubric.Rule{}).Rubric()
	r.Blind = true
	s, err := evaluate.Compile(r)
	require.NoError(t, err)
	card := ballots(whole(90)...)
	o := scored(t, s, card)
	require.Equal(t, evaluate.WhySealed, o.Reasons[0].Code)
	require.Empty(t, o.Ledger)
	require.Empty(t, o.Panels)
	_, err = s.BallotTotals(card, "panel")
	require.ErrorIs(t, err, points.ErrUndefined)
	card.Decided = true
	require.Equal(t, "90", scored(t, s, card).Total.String())
	totals, err := s.BallotTotals(card, "panel")
	require.NoError(t, err)
	require.Equal(t, []evaluate.BallotTotal{{Ballot: "b00", Evaluator: "e00", Points: 90 * points.One}}, totals)
	_, err = s.BallotTotals(card, "nobody")
	require.ErrorIs(t, err, points.ErrInvalid)
}
