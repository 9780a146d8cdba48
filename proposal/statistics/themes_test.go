package statistics_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

// A proposal counts under each of its themes, under the category it was given and
// under the upper level of that, each in the scheme that it was given in: one key of
// two schemes is two.
func TestThemesAndUpperCategories(t *testing.T) {
	t.Parallel()
	own := proposal.Rules{Categories: proposal.Versions{
		{Name: "c", Version: 1, Terms: []proposal.Term{{Key: "economy"}, {Key: "farming", Parent: "economy"}, {Key: "trade", Parent: "economy"}, {Key: "law"}}},
		{Name: "c", Version: 2, Terms: []proposal.Term{{Key: "economy"}, {Key: "farming"}, {Key: "trade", Parent: "economy"}, {Key: "law"}}},
	}}
	filed := func(id, category, scheme string, themes ...string) *proposal.Proposal {
		return &proposal.Proposal{Header: workflow.Header{ID: id, State: "filed"}, Number: id, Category: proposal.Category(category), Scheme: scheme, Themes: themes}
	}
	coded := filed("4", "law", "c@2", "shops")
	coded.ThemeScheme = "themes@1"
	f, err := statistics.Of(each([]*proposal.Proposal{
		filed("1", "farming", "c@1", "小店", "就业"), filed("2", "trade", "c@1", "小店"), filed("3", "farming", "c@2"), coded,
	}), statistics.Options{Rules: func(string) proposal.Rules { return own }})
	require.NoError(t, err)
	counts := func(d proposal.Dimension) map[string]int64 {
		n := make(map[string]int64)
		for _, key := range f.Keys(d) {
			n[key] = f.Figure(d, key, statistics.Stated).Count
		}
		return n
	}
	for _, of := range []func(proposal.Dimension) proposal.Dimension{statistics.OfFiled, func(d proposal.Dimension) proposal.Dimension { return d }} {
		require.Equal(t, map[string]int64{"c@1:economy": 2, "c@2:farming": 1, "c@2:law": 1}, counts(of(statistics.ByUpper)))
		require.Equal(t, map[string]int64{"小店": 2, "就业": 1, "themes@1:shops": 1}, counts(of(statistics.ByTheme)))
	}
	require.EqualValues(t, 3, f.Figure(statistics.ByTheme, "小店", statistics.Stated).Base, "those that state a theme at all")
}

// Old cases keep the name of a unit that was merged or renamed since; asked for by
// the units of today they count under the successor. What became of a unit that was
// divided the list cannot tell: it keeps its name.
func TestItemsCountUnderTheNameOfThenOrOfToday(t *testing.T) {
	t.Parallel()
	until, err := calendar.ParseDate("2023-12-31")
	require.NoError(t, err)
	own := proposal.Rules{Units: []proposal.Unit{
		{ID: "工商局", Until: until, Into: []string{"市场局"}}, {ID: "质监局", Until: until, Into: []string{"市场局"}},
		{ID: "市场局", Until: until, Into: []string{"市场监管局"}}, {ID: "市场监管局"},
		{ID: "文教局", Until: until, Into: []string{"文旅局", "教育局"}}, {ID: "文旅局"}, {ID: "教育局"},
	}}
	part := func(unit string, to ...string) proposal.Part {
		p := proposal.Part{Unit: unit, Role: proposal.EachOwn}
		for _, t := range to {
			p.Successions = append(p.Successions, proposal.Succession{To: t})
		}
		return p
	}
	all := []*proposal.Proposal{{Header: workflow.Header{ID: "1", State: "assigned"}, Parts: []proposal.Part{
		part("工商局"), part("质监局", "市场局"), part("市场监管局"), part("文教局"), part("文教局旧", "教育局"),
	}}}
	units := func(current bool) map[string]int64 {
		f, err := statistics.Of(each(all), statistics.Options{CurrentUnits: current, Rules: func(string) proposal.Rules { return own }})
		require.NoError(t, err)
		n := make(map[string]int64)
		for _, u := range f.Units() {
			n[u.Unit] = u.All
		}
		return n
	}
	require.Equal(t, map[string]int64{"工商局": 1, "质监局": 1, "市场监管局": 1, "文教局": 1, "文教局旧": 1}, units(false))
	require.Equal(t, map[string]int64{"市场监管局": 3, "文教局": 1, "教育局": 1}, units(true))
}
