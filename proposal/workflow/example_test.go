package workflow_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Permit is a case of one's own: a permit to use the hall.
type Permit struct {
	workflow.Header `json:"-"`

	For string `json:"for"`
	By  string `json:"by"`
}

// Request opens a permit.
type Request struct {
	For string `json:"for" zh:"用途" en:"purpose" field:"required,max=200"`
}

// Event is the engine's own, with which every case begins.
func (Request) Event() string { return workflow.Opening }

// Apply writes on a copy.
func (r Request) Apply(act *workflow.Act[struct{}], p *Permit) error {
	if r.For == "" {
		return workflow.Invalid("for", "empty", "没有写明用途", "there is no purpose")
	}
	p.For, p.By = r.For, act.Actor.ID
	return nil
}

// Grant grants it.
type Grant struct{}

// Event is that of the definition below.
func (Grant) Event() string { return "grant" }

// Apply has nothing to write: the state says it.
func (Grant) Apply(*workflow.Act[struct{}], *Permit) error { return nil }

// The engine knows nothing of proposals: a struct and a vocabulary make a case of
// another kind, with roles, limits, a journal and lists like every other.
func Example() {
	ctx := context.Background()
	hall := lifecycle.Definition{
		Name: "hall", Version: 1, Open: []string{"member"}, Initial: "requested",
		States: []lifecycle.State{{Key: "requested"}, {Key: "granted", Final: true}},
		Transitions: []lifecycle.Transition{
			{Event: "grant", From: []string{"requested"}, To: "granted", Roles: []string{"office"}, Guards: []string{"another"}},
		},
		Limits: []lifecycle.Limit{{Key: "answer", For: "office", In: []string{"requested"}, Length: "5 days"}},
	}
	engine, err := workflow.New(memory.New(), workflow.Vocabulary[*Permit, struct{}]{
		Kind: "permit", Fresh: func() *Permit { return new(Permit) },
		Definitions: []lifecycle.Definition{hall}, Default: hall.Name, Roles: []string{"member", "office"},
		Actions: []workflow.ActionType[*Permit, struct{}]{
			workflow.Describe(Request{}, "申请", "request"), workflow.Describe(Grant{}, "同意", "grant"),
		},
		Guards: map[string]workflow.Guard[*Permit, struct{}]{
			"another": func(act *workflow.Act[struct{}], p *Permit) []workflow.Blocker {
				if act.Actor.ID == p.By {
					return []workflow.Blocker{workflow.Block("same_person", "申请人不能自己同意", "whoever asked does not grant it")}
				}
				return nil
			},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ann := workflow.Actor{ID: "ann", Body: "county", Roles: []string{"member", "office"}}
	bob := workflow.Actor{ID: "bob", Body: "county", Roles: []string{"office"}}
	on := workflow.Happened(time.Date(2024, time.March, 4, 1, 0, 0, 0, time.UTC))
	p, err := engine.Open(ctx, ann, "county", Request{For: "界别协商会"}, on)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.State, "answer by", p.Clocks[0].Due)
	_, err = engine.Do(ctx, ann, p.ID, Grant{}, on)
	for _, b := range workflow.Explain(err).Blockers {
		fmt.Println(workflow.Code(err), b.Code, b.ZH)
	}
	p, err = engine.Do(ctx, bob, p.ID, Grant{}, on)
	fmt.Println(p.State, err)
	// Output:
	// requested answer by 2024-03-09
	// refused same_person 申请人不能自己同意
	// granted <nil>
}
