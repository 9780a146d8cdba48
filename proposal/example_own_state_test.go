package proposal_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Hear puts a proposal before a public hearing (听证), and Heard ends it.
type (
	Hear  struct{}
	Heard struct{}
)

// Event is "hear_public".
func (Hear) Event() string { return "hear_public" }

// Apply changes nothing but the state.
func (Hear) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

// Event is "heard".
func (Heard) Event() string { return "heard" }

// Apply changes nothing but the state.
func (Heard) Apply(*proposal.Act, *proposal.Proposal) error { return nil }

// A state of one's own is a line in a definition, with the transitions that lead
// to it and on from it; what may be done in the state that it is like may be done
// in it too. A guard of one's own is a function that definitions name.
func Example_ownStateAndGuard() {
	d := proposal.Nine()
	d.Name = "nine-with-hearing"
	d.States = append(d.States, lifecycle.State{Key: "hearing", Stage: "review", Like: "reviewing", Label: lifecycle.Label{ZH: "听证中", EN: "under hearing"}})
	d.Transitions = append(d.Transitions,
		lifecycle.Transition{
			Event: "hear_public", Label: lifecycle.Label{ZH: "听证", EN: "hold a hearing"}, From: []string{"submitted", "reviewing"}, To: "hearing",
			Roles: []string{"committee"}, Guards: []string{"analysed"},
		},
		lifecycle.Transition{
			Event: "heard", Label: lifecycle.Label{ZH: "听证结束", EN: "end the hearing"}, From: []string{"hearing"}, To: "reviewing", Roles: []string{"committee"},
		})
	analysed := func(_ *proposal.Act, p *proposal.Proposal) []workflow.Blocker {
		if p.Text.Analysis == "" {
			return []workflow.Blocker{workflow.Block("acme.no_analysis", "没有问题分析", "there is no analysis to be heard")}
		}
		return nil
	}
	svc, err := proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", d.Name),
		workflow.WithGuard("analysed", analysed),
		workflow.WithAction(workflow.Describe(Hear{}, "听证", "hold a hearing")),
		workflow.WithAction(workflow.Describe(Heard{}, "听证结束", "end the hearing")))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	committee := proposal.Actor{ID: "c-01", Body: "xiushan", Roles: []string{"committee"}}
	for _, analysis := range []string{"", "融资难。"} {
		p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案", Text: proposal.Text{Analysis: analysis}})
		if err == nil {
			p, err = svc.Do(ctx, member, p.ID, proposal.Submit{})
		}
		if err == nil {
			p, err = svc.Do(ctx, committee, p.ID, Hear{})
		}
		var refused *workflow.RefusedError
		switch {
		case errors.As(err, &refused):
			fmt.Println(workflow.Code(err), refused.Blockers[0].ZH)
		case err != nil:
			fmt.Println(err)
		default:
			fmt.Println(p.State, "in", p.Stage)
		}
	}
	// Output:
	// refused 没有问题分析
	// hearing in review
}
