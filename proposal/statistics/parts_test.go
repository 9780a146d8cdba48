package statistics_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

func printed(t *testing.T, f *statistics.Figures) string {
	t.Helper()
	data, err := json.Marshal(f)
	require.NoError(t, err)
	return string(data)
}

func TestMergingPartsEqualsTheWhole(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		proposals := randoms(seed, 200)
		o := options(statistics.Inside)
		whole, err := statistics.Of(each(proposals), o)
		require.NoError(t, err)
		parts, err := statistics.By(each(proposals), o, func(p *proposal.Proposal) string { return p.ID[len(p.ID)-1:] })
		require.NoError(t, err)
		require.Len(t, parts, 10)
		sum, err := statistics.New(o)
		require.NoError(t, err)
		var all []*statistics.Figures
		for _, f := range parts {
			before := printed(t, f)
			require.NoError(t, sum.Merge(f, nil))
			require.JSONEq(t, before, printed(t, f), "the part is left as it is")
			all = append(all, f)
		}
		require.JSONEq(t, printed(t, whole), printed(t, sum), "listed cases included")
		found, err := statistics.Differences(whole, all...)
		require.NoError(t, err)
		require.Empty(t, found)

		found, err = statistics.Differences(whole, all[1:]...)
		require.NoError(t, err)
		require.Contains(t, found, statistics.Difference{Key: "received", Whole: whole.Total(statistics.Received), Parts: whole.Total(statistics.Received) - all[0].Total(statistics.Received)})
	}
}

func TestABodyCountsWithAllBelowIt(t *testing.T) {
	t.Parallel()
	tree, err := workflow.NewTree(workflow.Body{ID: "city"}, workflow.Body{ID: "a", Parent: "city"}, workflow.Body{ID: "a1", Parent: "a"}, workflow.Body{ID: "b", Parent: "city"})
	require.NoError(t, err)
	proposals := randoms(3, 500)
	own, err := statistics.By(each(proposals), options(statistics.After), statistics.BodyOf)
	require.NoError(t, err)
	rolled, err := statistics.RollUp(tree, own)
	require.NoError(t, err)
	whole, err := statistics.Of(each(proposals), options(statistics.After))
	require.NoError(t, err)
	require.JSONEq(t, printed(t, whole), printed(t, rolled["city"]))
	require.Equal(t, own["a"].Total(statistics.Received)+own["a1"].Total(statistics.Received), rolled["a"].Total(statistics.Received))
	found, err := statistics.Differences(rolled["city"], own["city"], rolled["a"], rolled["b"])
	require.NoError(t, err)
	require.Empty(t, found)
	found, err = statistics.Differences(rolled["city"], own["city"], rolled["a"], rolled["b"], rolled["b"])
	require.NoError(t, err)
	require.NotEmpty(t, found, "a county that reported twice is found")
}

func TestFiguresByDifferentRulesDoNotComeTogether(t *testing.T) {
	t.Parallel()
	a, err := statistics.New(options(statistics.Beside))
	require.NoError(t, err)
	b, err := statistics.New(options(statistics.Inside))
	require.NoError(t, err)
	require.ErrorIs(t, a.Merge(b), workflow.ErrInvalid)
	_, err = statistics.Compare(a, b, proposal.ByCategory, statistics.Stated)
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = statistics.CompareTotals(a, b, statistics.Received, statistics.Filed)
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = statistics.Differences(a, b)
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = statistics.New(statistics.Options{Merging: "both"})
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = statistics.New(statistics.Options{Cases: statistics.MaxCases + 1})
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	year := statistics.YearOf(nil)
	for _, c := range []struct {
		p                   proposal.Proposal
		session, term, year string
	}{
		{proposal.Proposal{Session: "市政协十一届一次会议", Year: 2023}, "11-1", "11", "2023"},
		{proposal.Proposal{Session: "11-2", Header: workflow.Header{Opened: day(0)}}, "11-2", "11", "2024"},
		{proposal.Proposal{Session: "闭会期间"}, "闭会期间", "", ""},
		{proposal.Proposal{}, "", "", ""},
	} {
		require.Equal(t, c.session, statistics.SessionOf(&c.p))
		require.Equal(t, c.term, statistics.TermOf(&c.p))
		require.Equal(t, c.year, year(&c.p))
	}
}

func TestAPeriodBesideTheLast(t *testing.T) {
	t.Parallel()
	years, err := statistics.By(each(randoms(5, 900)), options(statistics.Beside), statistics.YearOf(nil))
	require.NoError(t, err)
	last, this := years["2023"], years["2024"]
	changes, err := statistics.CompareTotals(last, this, statistics.Received, statistics.Received, statistics.Filed)
	require.NoError(t, err)
	require.Len(t, changes, 2)
	require.Equal(t, this.Total(statistics.Filed)-last.Total(statistics.Filed), changes[1].Difference())
	require.Equal(t, last.Total(statistics.Filed), changes[1].Ratio().Base)
	by, err := statistics.Compare(last, this, proposal.ByCategory, statistics.Received)
	require.NoError(t, err)
	require.Len(t, by, 3)
	require.GreaterOrEqual(t, by[0].This.Count, by[1].This.Count)
}
