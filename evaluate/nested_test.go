package evaluate_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rates"
)

const nestedSheet = `{"name":"outer","version":1,"title":{"zh":"外"},"full":20,"criteria":[
	{"key":"own","points":10,"fact":"own"},
	{"key":"part","points":10,"fact":"part","required":%t,"rule":{"nested":{"scale":true,"rubric":
		{"name":"inner","version":1,"title":{"zh":"内"},"full":4,"groups":[{"key":"g"}],"criteria":[
			{"key":"mark","points":3,"groups":["g"]},{"key":"late","points":1,"fact":"late","required":true,"rule":{"all_or_nothing":{}}}]}}}}]}`

// TestNestedStatusAndProblemsReachTheOuterCard follows each fate of an inner card.
func TestNestedStatusAndProblemsReachTheOuterCard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		inner    string
		required bool
		status   evaluate.Status
		total    string
	}{
		{`"nested":{"part":{"id":"i","facts":{"late":true},"ballots":[{"id":"b","group":"g","marks":{"mark":2}}]}}`, false, evaluate.Final, "12.5"},
		{`"nested":{"part":{"id":"i","facts":{"late":"not_due"},"ballots":[{"id":"b","group":"g","marks":{"mark":2}}]}}`, false, evaluate.Provisional, "10"},
		{`"nested":{"part":{"id":"i","ballots":[{"id":"b","group":"g","marks":{"mark":2}}]}}`, false, evaluate.Undefined, ""},
		{`"nested":{"part":{"id":"i","facts":{"late":true}}}`, false, evaluate.Void, ""},
		{`"decided":false`, false, evaluate.Final, "5"},
		{`"decided":false`, true, evaluate.Undefined, ""},
	} {
		s, err := compileJSON(fmt.Sprintf(nestedSheet, c.required))
		require.NoError(t, err)
		card, err := evaluate.DecodeCard([]byte(`{"id":"o","facts":{"own":5},` + c.inner + `}`))
		require.NoError(t, err)
		o := scored(t, s, card)
		require.Equal(t, c.status, o.Status, c.inner)
		if c.total != "" {
			require.Equal(t, c.total, o.Total.String())
			sumsToTotal(t, o)
		}
	}
	s, err := compileJSON(fmt.Sprintf(nestedSheet, false))
	require.NoError(t, err)
	card, err := evaluate.DecodeCard([]byte(`{"id":"o","nested":{"part":{"id":"i","ballots":[{"id":"b","group":"g","marks":{"mark":9}}]}}}`))
	require.NoError(t, err)
	_, err = s.Score(card)
	var ps problem.List
	require.ErrorAs(t, err, &ps)
	require.Equal(t, "o", ps[0].Card)
	require.Equal(t, "part.mark", ps[0].Criterion)
	require.Equal(t, "nested.part.ballots[b].marks.mark", ps[0].Where)
}

// TestOneSheetServesManyGoroutines is for the race detector, and wants equal
// answers from all.
func TestOneSheetServesManyGoroutines(t *testing.T) {
	t.Parallel()
	s := sampleSheet(t)
	entries := sampleCards(t)
	want, err := json.Marshal(s.ScoreAll(entries))
	require.NoError(t, err)
	got := make([][]byte, 8)
	var group sync.WaitGroup
	for i := range got {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 20 {
				got[i], _ = json.Marshal(s.ScoreAll(entries))
			}
		}()
	}
	group.Wait()
	for _, g := range got {
		require.Equal(t, string(want), string(g))
	}
}

func TestSmallPartsOfTheAPI(t *testing.T) {
	t.Parallel()
	p, err := rates.Rate{Count: 2, Base: 3}.Points(10*points.One, points.Truncate)
	require.NoError(t, err)
	require.Equal(t, "6.6666", p.String())
	_, err = rates.Rate{}.Points(p, points.Truncate)
	require.ErrorIs(t, err, points.ErrUndefined)
	out, err := json.Marshal(map[points.Points]int{p: 1})
	require.NoError(t, err)
	require.JSONEq(t, `{"6.6666":1}`, string(out))
	var back map[points.Points]int
	require.NoError(t, json.Unmarshal(out, &back))
	require.Equal(t, map[points.Points]int{p: 1}, back)
	_, err = p.Mul(points.Ratio{Num: 1}, points.HalfUp)
	require.ErrorIs(t, err, points.ErrUndefined)
	_, err = points.Points(0).Sub(points.Min - 1)
	require.ErrorIs(t, err, points.ErrOverflow)
	w, err := points.Whole(7)
	require.NoError(t, err)
	require.InDelta(t, 7, w.Float64(), 0)

	bands := sampleSheet(t).Bands()
	require.Equal(t, "excellent", bands[0].Key)
	require.Nil(t, bands[0].Max)
	require.Equal(t, *bands[0].Min, *bands[1].Max)
	band, ok := sampleSheet(t).BandOf(90 * points.One)
	require.True(t, ok)
	require.Equal(t, "excellent", band.Key)
	band, _ = sampleSheet(t).BandOf(90*points.One - 1)
	require.Equal(t, "good", band.Key)
}
