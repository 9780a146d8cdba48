package evaluate_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// streamable is a random sheet cut down to what sums can score.
func streamable(rng *rand.Rand) rubric.Rubric {
	r := randomSheet(rng)
	for i := range r.Groups {
		g := &r.Groups[i]
		if g.Aggregate != rubric.Summed {
			g.Aggregate = rubric.Mean
		}
		if g.Drop != nil {
			g.Drop = &rubric.Drop{Highest: rng.IntN(2), Lowest: rng.IntN(2)}
		}
	}
	return r
}

// TestStreamsInPartsEqualOnePassAndTheBallots adds the same ballots up in one
// pass, in parts merged in either order, and as a card, and wants equal bits.
func TestStreamsInPartsEqualOnePassAndTheBallots(t *testing.T) {
	t.Parallel()
	for seed := range 400 {
		rng := rand.New(rand.NewPCG(uint64(seed), 31))
		r := streamable(rng)
		s, err := evaluate.Compile(r)
		require.NoError(t, err)
		card := randomCard(rng, r, "s")
		added := evaluate.Card{ID: card.ID, Subject: card.Subject, Facts: card.Facts, Aggregates: map[string]map[string]evaluate.Aggregate{}}
		for _, g := range r.Groups {
			added.Aggregates[g.Key] = streamed(t, rng, s, g, card)
		}
		want, err := s.Score(card)
		require.NoError(t, err)
		got, err := s.Score(added)
		require.NoError(t, err)
		require.Equal(t, want.Total, got.Total, "seed %d", seed)
		require.Equal(t, want.Status, got.Status)
		require.Len(t, got.Ledger, len(want.Ledger))
		for i := range want.Ledger {
			require.Equal(t, want.Ledger[i].Points, got.Ledger[i].Points)
		}
	}
}

// streamed adds one group's ballots up and checks parts against the whole.
func streamed(t *testing.T, rng *rand.Rand, s *evaluate.Sheet, g rubric.Group, card evaluate.Card) map[string]evaluate.Aggregate {
	t.Helper()
	const subject = 3
	open := func() *evaluate.Stream {
		st, err := s.Stream(g.Key, 5)
		require.NoError(t, err)
		return st
	}
	whole, parts := open(), []*evaluate.Stream{open(), open(), open()}
	for _, b := range card.Ballots {
		if b.Group != g.Key {
			continue
		}
		marks := make([]points.Points, 0, 8)
		for i, key := range whole.Criteria() {
			m, ok := b.Marks[key]
			if !ok {
				m = evaluate.MarkMissing(g.Blank)
			}
			raw, err := whole.Raw(i, m)
			require.NoError(t, err)
			marks = append(marks, raw)
		}
		require.NoError(t, whole.Add(subject, marks))
		require.NoError(t, parts[rng.IntN(3)].Add(subject, marks))
	}
	forward, backward := open(), open()
	for i := range parts {
		require.NoError(t, forward.Merge(parts[i]))
		require.NoError(t, backward.Merge(parts[2-i]))
	}
	want, err := whole.Aggregates(subject)
	require.NoError(t, err)
	for _, st := range []*evaluate.Stream{forward, backward} {
		got, err := st.Aggregates(subject)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, whole.Ballots(), st.Ballots())
		other, err := st.Aggregates(0)
		require.NoError(t, err)
		for _, a := range other {
			require.Zero(t, a)
		}
	}
	return want
}

func TestStreamAddAllocatesNothing(t *testing.T) {
	st, err := eightCriteria(t).Stream("panel", 100)
	require.NoError(t, err)
	marks := make([]points.Points, 8)
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		if err := st.Add(7, marks); err != nil {
			t.Error(err)
		}
	}))
}

func TestStreamRefusesAWholeBallotAndChangesNothing(t *testing.T) {
	t.Parallel()
	sheet := eightCriteria(t)
	st, err := sheet.Stream("panel", 2)
	require.NoError(t, err)
	marks := make([]points.Points, 8)
	for i, bad := range []func() error{
		func() error { return st.Add(2, marks) },
		func() error { return st.Add(-1, marks) },
		func() error { return st.Add(0, marks[:7]) },
		func() error { marks[7] = 11 * points.One; return st.Add(0, marks) },
		func() error { marks[7] = -1; return st.Add(0, marks) },
		func() error { return st.Merge(nil) },
	} {
		require.ErrorIs(t, bad(), points.ErrInvalid, "case %d", i)
	}
	require.Zero(t, st.Ballots())
	got, err := st.Aggregates(0)
	require.NoError(t, err)
	require.Zero(t, got["c0"])
	_, err = st.Aggregates(9)
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = st.Raw(8, evaluate.Mark{})
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = st.Raw(0, evaluate.MarkGrade("good"))
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = sheet.Stream("nobody", 2)
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = sheet.Stream("panel", 0)
	require.ErrorIs(t, err, points.ErrInvalid)
}

func TestStreamNeedsFiguresThatSumsGive(t *testing.T) {
	t.Parallel()
	for _, g := range []rubric.Group{
		{Key: "panel", Aggregate: rubric.Median},
		{Key: "panel", Aggregate: rubric.ModeGrade},
		{Key: "panel", Drop: &rubric.Drop{Highest: 2}},
		{Key: "panel", Drop: &rubric.Drop{Highest: 1, By: rubric.DropByTotal}},
	} {
		s, err := evaluate.Compile(rubric.Rubric{Name: "x", Version: 1, Full: points.One, Groups: []rubric.Group{g}, Criteria: []rubric.Criterion{
			{Key: "c0", Points: points.One, Groups: []string{"panel"}},
		}})
		require.NoError(t, err)
		_, err = s.Stream("panel", 1)
		require.ErrorIs(t, err, points.ErrInvalid)
		_, err = s.Score(evaluate.Card{ID: "1", Aggregates: map[string]map[string]evaluate.Aggregate{"panel": {"c0": {Count: 1}}}})
		var ps problem.List
		require.ErrorAs(t, err, &ps)
		require.Equal(t, problem.NotAggregable, ps[0].Code)
	}
}

func ExampleSheet_Stream() {
	sheet, _ := evaluate.Compile(rubric.Rubric{
		Name: "vote", Version: 1, Full: 10 * points.One, Groups: []rubric.Group{{Key: "public", Kind: rubric.Public}},
		Criteria: []rubric.Criterion{{Key: "service", Points: 10 * points.One, Groups: []string{"public"}}},
	})
	morning, _ := sheet.Stream("public", 2)
	evening, _ := sheet.Stream("public", 2)
	_ = morning.Add(1, []points.Points{8 * points.One})
	_ = evening.Add(1, []points.Points{9 * points.One})
	cannotTell, _ := evening.Raw(0, evaluate.MarkMissing(rubric.DontKnow))
	_ = evening.Add(1, []points.Points{cannotTell})
	_ = morning.Merge(evening)
	sums, _ := morning.Aggregates(1)
	o, _ := sheet.Score(evaluate.Card{ID: "roads", Subject: "roads", Aggregates: map[string]map[string]evaluate.Aggregate{"public": sums}})
	fmt.Println(o.Total, o.Ledger[0].Note)
	// Output: 8.5 mean of 2 marks: 17/2; 1 dont_know
}
