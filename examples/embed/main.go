// Command embed is the library in a system of one's own: a category, a state, an
// action that a browser sends as JSON, and a store that the system keeps.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

type ownStore struct{ store.Store } // the system's own database goes here: five methods

func (s ownStore) Commit(ctx context.Context, changes ...store.Change) error {
	fmt.Println("kept:", len(changes))
	return s.Store.Commit(ctx, changes...)
}

type commend struct {
	Stars int `json:"stars" zh:"星级" en:"stars" field:"required"`
}

func (commend) Event() string { return "commend" }

func (c commend) Apply(_ *proposal.Act, p *proposal.Proposal) error {
	if c.Stars < 1 || c.Stars > 5 {
		return workflow.Invalid("stars", "out_of_range", "%d不在1至5之间", "%d is not 1 to 5", c.Stars)
	}
	return p.SetExtra("acme.stars", c.Stars)
}

func main() {
	d, rules := proposal.Nine(), proposal.DefaultRules()
	d.Name = "acme"
	d.States = append(d.States, lifecycle.State{Key: "site_visit", Like: "handling", Stage: "handling"})
	d.Transitions = append(d.Transitions,
		lifecycle.Transition{Event: "commend", From: []string{"handling"}, To: "site_visit", Roles: []string{"leader"}})
	own := rules.Categories.Latest()
	own.Version++
	own.Terms = append(own.Terms, proposal.Term{Key: "ecology", Label: lifecycle.Label{ZH: "生态文明", EN: "ecology"}})
	rules.Categories = append(rules.Categories, own)
	svc, err := proposal.New(ownStore{memory.New()}, workflow.WithRules("", rules),
		workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", d.Name),
		workflow.WithAction(workflow.Describe(commend{}, "批示", "commend")))
	if err != nil {
		log.Fatal(err)
	}
	ctx, who := context.Background(), proposal.Actor{ID: "a-1", Body: "xiushan", Unit: "u", Roles: []string{"member", "committee", "office", "leader"}}
	p, err := svc.Open(ctx, who, proposal.Draft{Title: "关于河岸绿化的提案", Category: "ecology"})
	for _, sent := range [][2]string{{"submit"}, {"file", `{"number":"1"}`}, {"assign", `{"lead":"u"}`}, {"accept"}, {"commend", `{"stars":5}`}} {
		var action proposal.Action
		if err == nil {
			action, err = svc.Decode(sent[0], []byte(sent[1]))
		}
		if err == nil {
			p, err = svc.Do(ctx, who, p.ID, action)
		}
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.State, p.Category, string(p.Extra["acme.stars"]))
}
