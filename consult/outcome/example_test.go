package outcome_test

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
)

// A formal recommendation has a named lead and is carried by more than half of those
// who may vote, not of those who came.
func Example() {
	kind, _ := rules.Default().Outcome(rules.OutcomeRecommendation)
	day, _ := calendar.NewDate(2024, time.June, 5)
	o := outcome.Outcome{ID: "c1", Kind: kind.Key, Title: "关于停车治理的建议案"}
	fmt.Println(o.Check("outcome", kind))
	o.Lead = "副市长"
	if err := o.Check("outcome", kind); err != nil {
		fmt.Println(err)
		return
	}
	for _, vote := range []outcome.Vote{
		{On: day, Eligible: 60, Present: 40, For: 30, Against: 10},
		{On: day, Eligible: 60, Present: 52, For: 41, Against: 11},
	} {
		if err := o.Ballot(vote); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(vote.For, "of", vote.Eligible, o.Adopted(kind))
	}
	// Output:
	// workflow: invalid: outcome.lead: a formal recommendation has a named lead (empty)
	// 30 of 60 false
	// 41 of 60 true
}
