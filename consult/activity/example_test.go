package activity_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A thematic consultation is noticed fifteen working days before its day: the service
// tells by when, and why it may not be done yet.
func Example() {
	ctx := context.Background()
	now := time.Date(2024, time.April, 1, 2, 0, 0, 0, time.UTC)
	svc, err := consult.New(memory.New(), workflow.WithNow(func() time.Time { return now }))
	if err != nil {
		fmt.Println(err)
		return
	}
	office := consult.Actor{ID: "o-01", Body: "jiulongpo", Roles: []string{"office"}}
	day, _ := calendar.NewDate(2024, time.May, 10)
	a, err := svc.Plan(ctx, office, activity.Plan{Title: "停车治理", Form: rules.FormThematic, On: day})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range a.Clocks {
		fmt.Println(c.Limit, "by", c.Due)
	}
	choices, err := svc.Activities.Choices(ctx, office, a.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range choices {
		if c.Event != (activity.Notify{}).Event() {
			continue
		}
		for _, b := range c.Blockers {
			fmt.Println(c.Event, b.Code, b.ZH)
		}
	}
	// Output:
	// notice by 2024-04-17
	// materials by 2024-04-24
	// notify not_researched 尚未调研
}
