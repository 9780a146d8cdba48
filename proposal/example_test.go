package proposal_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
)

// The way of one proposal: opened, submitted, filed, assigned, accepted,
// answered, and found satisfactory.
func Example() {
	ctx := context.Background()
	svc, err := proposal.New(memory.New()) // nine stages, six categories
	if err != nil {
		fmt.Println(err)
		return
	}
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	committee := proposal.Actor{ID: "c-01", Body: "xiushan", Roles: []string{"committee"}}
	office := proposal.Actor{ID: "o-01", Body: "xiushan", Roles: []string{"office"}}
	clerk := proposal.Actor{ID: "u-31", Body: "xiushan", Unit: "market-bureau"}
	chief := proposal.Actor{ID: "u-30", Body: "xiushan", Unit: "market-bureau"}

	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案", Category: proposal.Economic})
	steps := []struct {
		actor  proposal.Actor
		action proposal.Action
	}{
		{member, proposal.Submit{}},
		{committee, proposal.File{Number: "20210123"}},
		{office, proposal.Assign{Lead: "market-bureau"}},
		{clerk, proposal.Accept{}},
		{clerk, proposal.Reply{Text: "……", Class: "a"}},
		{chief, proposal.IssueReply{Unit: "market-bureau"}},
		{member, proposal.GiveOpinion{Result: "satisfied"}},
		{committee, proposal.Close{}},
	}
	for _, s := range steps {
		if err == nil {
			p, err = svc.Do(ctx, s.actor, p.ID, s.action)
		}
		if err == nil {
			fmt.Println(s.action.Event(), "→", p.State, "in", p.Stage)
		}
	}
	fmt.Println(p.Number, err)
	// Output:
	// submit → submitted in submission
	// file → filed in filing
	// assign → assigned in assignment
	// accept → handling in handling
	// reply → handling in handling
	// issue_reply → replied in reply
	// give_opinion → feedback in feedback
	// close → closed in feedback
	// 20210123 <nil>
}
