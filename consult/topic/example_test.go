package topic_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A topic from a resident is screened against what a topic has to be, chosen, and put
// into the plan of a year.
func Example() {
	ctx := context.Background()
	svc, err := consult.New(memory.New())
	if err != nil {
		fmt.Println(err)
		return
	}
	member := consult.Actor{ID: "m-017", Body: "jiulongpo", Roles: []string{"member"}}
	office := consult.Actor{ID: "o-01", Body: "jiulongpo", Roles: []string{"office"}}
	t, err := svc.Suggest(ctx, member, topic.Suggest{
		Title: "老旧小区停车", Source: topic.Source{Kind: topic.FromResidents, Name: "红育坡社区"}, Text: "夜间停车占用消防通道",
	})
	for _, step := range []workflow.Action[*topic.Topic, rules.Rules]{
		topic.Nominate{},
		topic.Screen{Met: []string{rules.SmallCut, rules.Ready, rules.Concern}},
		topic.Select{},
		topic.Schedule{Slot: topic.Slot{Year: 2024, Quarter: 2, Form: rules.FormPlatform}},
	} {
		if err != nil {
			fmt.Println(err)
			return
		}
		if t, err = svc.Topics.Do(ctx, office, t.ID, step); err == nil {
			fmt.Println(step.Event(), t.State)
		}
	}
	fmt.Println(t.Chosen(), t.PlanOf(2024).Quarter)
	// Output:
	// nominate candidate
	// screen candidate
	// select selected
	// schedule scheduled
	// true 2
}
