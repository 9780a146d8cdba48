// Command own is the library with what a place adds to it: a category, a state, an
// action that a browser sends as JSON, a guard, a store that the system keeps, and
// a scoring sheet.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
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

// one is a guard of the place's own: what several units handle is not commended.
func one(_ *proposal.Act, p *proposal.Proposal) []workflow.Blocker {
	if len(p.Parts) == 1 {
		return nil
	}
	return []workflow.Blocker{workflow.Block("acme.several", "不止一个单位承办", "more than one unit handles it")}
}

func main() {
	d, rules := proposal.Nine(), proposal.DefaultRules()
	d.Name = "acme"
	d.States = append(d.States, lifecycle.State{Key: "site_visit", Like: "handling", Stage: "handling"})
	d.Transitions = append(d.Transitions,
		lifecycle.Transition{Event: "commend", From: []string{"handling"}, To: "site_visit", Roles: []string{"leader"}, Guards: []string{"one_unit"}})
	own := rules.Categories.Latest()
	own.Version++
	own.Terms = append(own.Terms, proposal.Term{Key: "ecology", Label: lifecycle.Label{ZH: "生态文明", EN: "ecology"}})
	rules.Categories = append(rules.Categories, own)
	svc, err := proposal.New(ownStore{memory.New()}, workflow.WithRules("", rules),
		workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", d.Name),
		workflow.WithGuard("one_unit", one), workflow.WithAction(workflow.Describe(commend{}, "批示", "commend")))
	if err != nil {
		log.Fatal(err)
	}
	ctx, member := context.Background(), proposal.Actor{ID: "m-1", Body: "xiushan", Roles: []string{"member"}}
	staff := proposal.Actor{ID: "s-1", Body: "xiushan", Unit: "u", Roles: []string{"committee", "office", "leader"}}
	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于河岸绿化的提案", Category: "ecology"})
	if err == nil {
		p, err = svc.Do(ctx, member, p.ID, proposal.Submit{})
	}
	for _, sent := range [][2]string{{"file", `{"number":"1"}`}, {"assign", `{"lead":"u"}`}, {"accept"}, {"commend", `{"stars":5}`}} {
		var action proposal.Action
		if err == nil {
			action, err = svc.Decode(sent[0], []byte(sent[1]))
		}
		if err == nil {
			p, err = svc.Do(ctx, staff, p.ID, action)
		}
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.State, p.Category, string(p.Extra["acme.stars"]))
	if err := score(); err != nil {
		log.Fatal(err)
	}
}

// score is a sheet of the place's own: a rate that has to reach 100 percent.
func score() error {
	r, err := rubric.Parse([]byte(`{"name": "acme", "version": 1, "title": {"zh": "面商率"}, "full": 40, "criteria": [
		{"key": "contact", "points": 40, "fact": "contact_rate", "rule": {"shortfall": {"target": 100, "per_point": 1}}}]}`))
	if err != nil {
		return err
	}
	sheet, err := evaluate.Compile(r)
	if err != nil {
		return err
	}
	outcome, err := sheet.Score(evaluate.Card{ID: "1", Subject: "u", Facts: map[string]evaluate.Fact{"contact_rate": evaluate.FactRate(rates.Rate{Count: 97, Base: 100})}})
	fmt.Println(outcome.Total)
	return err
}
