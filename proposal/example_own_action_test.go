package proposal_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Commend is an action of one's own: a proposal is commended by a leader, with a
// note and a number of stars that package proposal knows nothing of.
type Commend struct {
	Note  string `json:"note" zh:"批语" en:"note" field:"text"`
	Stars int    `json:"stars" zh:"星级" en:"stars" field:"required"`
}

// Event is the event that the definition below has for it.
func (Commend) Event() string { return "commend" }

// Apply keeps the commendation beside the proposal's own data.
func (c Commend) Apply(act *proposal.Act, p *proposal.Proposal) error {
	if c.Stars < 1 || c.Stars > 5 {
		return workflow.Invalid("stars", "out_of_range", "%d不在1至5之间", "%d is not 1 to 5", c.Stars)
	}
	return p.SetExtra("acme.commendation", map[string]any{"stars": c.Stars, "by": act.Actor.ID})
}

// An action of one's own is a struct with Event and Apply, a line that tells
// the service of it, and a line in a definition that says who may do it when.
func Example_ownAction() {
	d := proposal.Nine()
	d.Name = "nine-with-commendations"
	d.Transitions = append(d.Transitions, lifecycle.Transition{
		Event: "commend", Label: lifecycle.Label{ZH: "批示", EN: "commend"}, From: []string{"draft"}, To: "draft", Roles: []string{"leader"},
	})
	svc, err := proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", d.Name),
		workflow.WithAction(workflow.Describe(Commend{}, "批示", "commend")))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	leader := proposal.Actor{ID: "l-01", Body: "xiushan", Roles: []string{"leader"}}

	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案"})
	if err == nil {
		_, refused := svc.Do(ctx, leader, p.ID, Commend{Stars: 9})
		fmt.Println(refused)
		p, err = svc.Do(ctx, leader, p.ID, Commend{Note: "很好", Stars: 5})
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	var kept struct {
		Stars int    `json:"stars"`
		By    string `json:"by"`
	}
	found, err := p.GetExtra("acme.commendation", &kept)
	fmt.Println(found, kept.Stars, kept.By, err)

	history, err := svc.History(ctx, p.ID)
	fmt.Println(history[1].Event, string(history[1].Action), err)
	// Output:
	// workflow: invalid: stars: 9 is not 1 to 5 (out_of_range)
	// true 5 l-01 <nil>
	// commend {"note":"很好","stars":5} <nil>
}
