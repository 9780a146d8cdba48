package statistics_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

// forUnit are the proposals of a set as they concern one unit.
func forUnit(proposals []*proposal.Proposal, unit string) []*proposal.Proposal {
	var own []*proposal.Proposal
	for _, p := range proposals {
		if q, has := statistics.ForUnit(p, unit); has {
			own = append(own, q)
		}
	}
	return own
}

// What a unit's own figures say is its row of the table, and the units together
// have the limits of all parts.
func TestTheFiguresOfAUnitAreItsRow(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		proposals := randoms(seed, 200)
		before, err := statistics.Of(each(proposals), options(statistics.Beside))
		require.NoError(t, err)
		rows := before.Units()
		require.NotEmpty(t, rows)
		clocks := make(map[string]int64)
		for _, row := range rows {
			f, err := statistics.Of(each(forUnit(proposals, row.Unit)), options(statistics.Beside))
			require.NoError(t, err)
			require.Equal(t, []statistics.Unit{row}, f.Units(), "seed %d", seed)
			require.Equal(t, row.All, f.Total(statistics.Items))
			for _, l := range f.Limits() {
				clocks[l.Limit] += l.Met + l.MetLate + l.Running + l.Overdue + l.Undated
			}
		}
		all := make(map[string]int64) // every clock here is of a unit's part
		for _, l := range before.Limits() {
			all[l.Limit] = l.Met + l.MetLate + l.Running + l.Overdue + l.Undated
		}
		require.Equal(t, all, clocks, "seed %d", seed)
		after, err := statistics.Of(each(proposals), options(statistics.Beside))
		require.NoError(t, err)
		require.JSONEq(t, printed(t, before), printed(t, after), "the proposals are as they were")
	}
}

// The facts that a unit is scored by: of two proposals it contacted the proposer of
// one and answered both, the second late.
func ExampleForUnit() {
	part := func(issued int, contacts ...proposal.Contact) proposal.Part {
		return proposal.Part{Unit: "教育局", Role: proposal.EachOwn, Contacts: contacts, Replies: []proposal.Answer{{Issued: day(issued)}}}
	}
	clock := func(stopped int) workflow.Clock {
		return workflow.Clock{Limit: "reply", Of: "教育局", Due: date(35), Stopped: date(stopped)}
	}
	other := proposal.Part{Unit: "财政局", Role: proposal.EachOwn}
	ledger := []*proposal.Proposal{
		{Header: workflow.Header{ID: "p-1", State: "handling", Clocks: []workflow.Clock{clock(30)}}, Number: "1", Mode: proposal.Separate, Parts: []proposal.Part{part(30, proposal.Contact{Form: proposal.ByVisit}), other}},
		{Header: workflow.Header{ID: "p-2", State: "handling", Clocks: []workflow.Clock{clock(40)}}, Number: "2", Mode: proposal.Separate, Parts: []proposal.Part{part(40)}},
	}
	f, err := statistics.Of(each(forUnit(ledger, "教育局")), statistics.Options{Cases: 10})
	if err != nil {
		fmt.Println(err)
		return
	}
	answered, contacted := f.Share(statistics.Answered, statistics.Assigned), f.Share(statistics.Contacted, statistics.Assigned)
	fmt.Println("答复", answered.Ratio(), answered.Cases)
	fmt.Println("联系", contacted.Ratio(), contacted.Cases)
	for _, l := range f.Limits() {
		share, err := l.Timely().Percent(0, points.HalfUp)
		fmt.Println("按期", share, l.LateCases, err)
	}
	// Output:
	// 答复 2/2 [p-1 p-2]
	// 联系 1/2 [p-1]
	// 按期 50 [p-2] <nil>
}
