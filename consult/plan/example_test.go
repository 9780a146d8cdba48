package plan_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The plan of a year is drafted, sent round, submitted by the office, and decided on by
// others.
func Example() {
	ctx := context.Background()
	now := time.Date(2024, time.January, 8, 2, 0, 0, 0, time.UTC)
	svc, err := consult.New(memory.New(), workflow.WithNow(func() time.Time { return now }))
	if err != nil {
		fmt.Println(err)
		return
	}
	office := consult.Actor{ID: "o-01", Body: "county", Roles: []string{"office"}}
	chair := consult.Actor{ID: "chair", Body: "county", Roles: []string{"leader"}}

	t, err := svc.Suggest(ctx, office, topic.Suggest{Title: "停车", Source: topic.Source{Kind: topic.FromUnit, ID: "urban-bureau"}})
	for _, step := range []workflow.Action[*topic.Topic, rules.Rules]{
		topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{},
	} {
		if err == nil {
			t, err = svc.Topics.Do(ctx, office, t.ID, step)
		}
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := svc.DraftPlan(ctx, office, plan.Draft{Year: 2024, Title: "2024年度协商计划"})
	if err == nil {
		p, err = svc.EnterPlan(ctx, office, p.ID, plan.Enter{Slots: []plan.Slot{{Topic: t.ID, Title: t.Title, Form: rules.FormThematic, Month: 5}}})
	}
	for _, step := range []struct {
		by consult.Actor
		do workflow.Action[*plan.Plan, rules.Rules]
	}{
		{office, plan.Circulate{To: []string{"县政府办公室"}}},
		{office, plan.Submit{}},
		{office, plan.Endorse{Resolution: plan.Resolution{Of: "主席会议"}}}, // not theirs
		{chair, plan.Endorse{Resolution: plan.Resolution{Of: "主席会议"}}},
		{chair, plan.Approve{Resolution: plan.Resolution{Of: "县委常委会", Number: "县委发〔2024〕3号"}}},
	} {
		next, denied := svc.Plans.Do(ctx, step.by, p.ID, step.do)
		if denied != nil {
			fmt.Println(step.do.Event(), workflow.Code(denied))
			continue
		}
		p = next
		fmt.Println(step.do.Event(), p.State)
	}
	fmt.Println(err, len(p.Entries))
	// Output:
	// circulate circulated
	// submit submitted
	// endorse denied
	// endorse endorsed
	// approve in_force
	// <nil> 1
}
