package statistics_test

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

// Three proposals came in; one was filed, and another merged into it. The filing
// rate depends on the rule for merged ones, which the figures name.
func ExampleOf() {
	ledger := []*proposal.Proposal{
		{Header: workflow.Header{ID: "p-1", State: "handling"}, Number: "1", Absorbed: []string{"p-2"}},
		{Header: workflow.Header{ID: "p-2", State: "merged"}, MergedInto: "p-1"},
		{Header: workflow.Header{ID: "p-3", State: "refused"}, Review: &proposal.Review{Outcome: "refuse", Reason: "empty"}},
	}
	for _, rule := range []statistics.Merging{statistics.Beside, statistics.Inside} {
		f, err := statistics.Of(each(ledger), statistics.Options{Merging: rule})
		if err != nil {
			fmt.Println(err)
			return
		}
		filed := f.Share(statistics.Filed, statistics.Received)
		share, err := filed.Percent(1, points.HalfUp)
		fmt.Println(rule.Label().ZH, filed.Ratio(), share, filed.Cases, err)
	}
	// Output:
	// 并案与立案并列，不计入立案 1/3 33.3 [p-1] <nil>
	// 并案计入立案，比率按并案前计算 2/3 66.7 [p-1 p-2] <nil>
}

// A proposal handled separately by two units is one proposal and two items.
func ExampleFigures_Units() {
	f, err := statistics.New(statistics.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	f.Add(&proposal.Proposal{
		Header: workflow.Header{ID: "p-1", State: "handling"}, Number: "1", Mode: proposal.Separate,
		Parts: []proposal.Part{
			{Unit: "教育局", Role: proposal.EachOwn, Replies: []proposal.Answer{{Issued: day(30)}}},
			{Unit: "财政局", Role: proposal.EachOwn},
		},
	})
	for _, u := range f.Units() {
		fmt.Println(u.Unit, u.All, u.AnsweredRate().Ratio())
	}
	fmt.Println(f.Share(statistics.Answered, statistics.Assigned).Ratio(), f.Total(statistics.Items))
	// Output:
	// 教育局 1 1/1
	// 财政局 1 0/1
	// 0/1 2
}
