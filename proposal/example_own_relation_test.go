package proposal_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A role of one's own is a word in a definition and on an actor. A relation of
// one's own is a role that follows from the proposal: here, the leader who has
// taken it on may supervise it, and no other leader.
func Example_ownRelation() {
	d := proposal.Nine()
	d.Name = "nine-with-patrons"
	for i, track := range d.Tracks {
		for j, t := range track.Transitions {
			if t.Event == "supervise" {
				d.Tracks[i].Transitions[j].Roles = []string{"patron"}
			}
		}
	}
	patron := proposal.Relation{Name: "patron", Holds: func(a proposal.Actor, p *proposal.Proposal, _ string) bool {
		return p.Key != nil && p.Key.Leader == a.ID
	}}
	svc, err := proposal.New(memory.New(), workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", d.Name), workflow.WithRelation(patron))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	actor := func(id string, roles ...string) proposal.Actor {
		return proposal.Actor{ID: id, Body: "xiushan", Roles: roles}
	}
	p, err := svc.Open(ctx, actor("m-017", "member"), proposal.Draft{Title: "关于支持小店经济的提案"})
	for _, s := range []struct {
		actor  proposal.Actor
		action proposal.Action
	}{
		{actor("m-017"), proposal.Submit{}},
		{actor("c-01", "committee"), proposal.File{Number: "1"}},
		{actor("c-01", "committee"), proposal.MarkKey{Leader: "vice-chair-li"}},
		{actor("o-01", "office"), proposal.Assign{Lead: "market-bureau"}},
	} {
		if err == nil {
			p, err = svc.Do(ctx, s.actor, p.ID, s.action)
		}
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = svc.Do(ctx, actor("vice-chair-wu", "leader", "patron"), p.ID, proposal.Supervise{Form: "调研"})
	fmt.Println("wu:", errors.Is(err, workflow.ErrDenied))
	p, err = svc.Do(ctx, actor("vice-chair-li"), p.ID, proposal.Supervise{Form: "调研"})
	fmt.Println("li:", p.Stage, err)
	// Output:
	// wu: true
	// li: supervision <nil>
}
