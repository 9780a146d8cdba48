package consult_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The way of one consultation, from the platform to a closed checklist.
func Example() {
	ctx := context.Background()
	now := time.Date(2024, time.March, 1, 2, 0, 0, 0, time.UTC)
	svc, err := consult.New(memory.New(), workflow.WithNow(func() time.Time { return now }))
	if err != nil {
		fmt.Println(err)
		return
	}
	office := consult.Actor{ID: "o-01", Body: "jiulongpo", Roles: []string{"office"}}
	convenor := consult.Actor{ID: "m-017", Body: "jiulongpo", Roles: []string{"member"}}
	bureau := consult.Actor{ID: "u-31", Body: "jiulongpo", Unit: "urban-bureau"}

	station, err := svc.Establish(ctx, office, platform.Establish{
		Name: "委员工作站", Kind: rules.KindStation, Tier: platform.Town, Convenor: "m-017",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	day, _ := calendar.NewDate(2024, time.March, 8)
	a, err := svc.Plan(ctx, convenor, activity.Plan{
		Title: "消防通道堵塞", Form: rules.FormPlatform, Platform: station.ID, On: day,
	})
	due, _ := calendar.NewDate(2024, time.April, 30)
	steps := []struct {
		after  int // days
		actor  consult.Actor
		action workflow.Action[*activity.Activity, rules.Rules]
	}{
		{0, convenor, activity.Notify{}},
		{7, convenor, activity.Hold{Joined: []activity.Participant{
			{ID: "m-017", Kind: rules.Member}, {ID: "urban-bureau", Kind: rules.Department}, {ID: "owners", Kind: rules.Interested},
		}}},
		{0, convenor, activity.Raise{Opinions: []activity.Opinion{{By: "owners", Text: "清理消防通道"}}}},
		{0, convenor, activity.Respond{By: "urban-bureau", To: []string{"o1"}, Text: "一个月内完成", OnSpot: true}},
		{0, convenor, activity.FileMinutes{Text: "……"}},
		{0, convenor, activity.Conclude{Items: []checklist.Task{
			{What: "清理消防通道", Owner: checklist.Owner{Unit: "urban-bureau"}, Due: due, Practical: true, From: []string{"o1"}},
		}}},
		{0, office, activity.Publish{Title: "消防通道协商清单", Checklist: true}},
		{20, bureau, activity.FinishItem{Item: "i1", Evidence: []string{"photo-1"}}},
		{0, office, activity.Follow{Kind: rules.Visit, Items: []string{"i1"}, Found: "通道已畅通"}},
		{0, office, activity.ConfirmItem{Item: "i1"}},
		{0, office, activity.Close{}},
	}
	for _, s := range steps {
		if err != nil {
			fmt.Println(err)
			return
		}
		now = now.AddDate(0, 0, s.after)
		if a, err = svc.Activities.Do(ctx, s.actor, a.ID, s.action); err == nil {
			fmt.Printf("%-12s → %-11s item %q\n", s.action.Event(), a.State, a.ItemState("i1"))
		}
	}
	fmt.Println("practical matters:", a.PracticalMatters())
	// Output:
	// notify       → noticed     item ""
	// hold         → held        item ""
	// raise        → held        item ""
	// respond      → held        item ""
	// file_minutes → held        item ""
	// conclude     → concluded   item "open"
	// publish      → published   item "open"
	// finish_item  → published   item "done"
	// follow_up    → followed_up item "done"
	// confirm_item → followed_up item "confirmed"
	// close        → closed      item "confirmed"
	// practical matters: 1
}
