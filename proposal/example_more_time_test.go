package proposal_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

// A unit asks for more time and the office grants it; a mistake is taken back. Each
// is an act of its own, with its reason, in the journal.
func Example_moreTime() {
	ctx := context.Background()
	now := time.Date(2024, 1, 15, 1, 0, 0, 0, time.UTC)
	svc, err := proposal.New(memory.New(), workflow.WithNow(func() time.Time { return now }))
	if err != nil {
		fmt.Println(err)
		return
	}
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	staff := proposal.Actor{ID: "s-01", Body: "xiushan", Roles: []string{"committee", "office"}}
	clerk := proposal.Actor{ID: "e-01", Body: "xiushan", Unit: "education"}
	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于改善学校周边人行道的提案"})
	for _, step := range []struct {
		actor  proposal.Actor
		action proposal.Action
	}{
		{member, proposal.Submit{}}, {staff, proposal.File{Number: "7"}}, {staff, proposal.Assign{Lead: "education"}},
	} {
		if err == nil {
			p, err = svc.Do(ctx, step.actor, p.ID, step.action)
		}
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("assigned:", p.Clocks[0].Due)

	_, err = svc.AskTime(ctx, clerk, p.ID, clock.Ask{
		Limit: "reply", Of: "education", By: calendar.Months(1), Reason: "需现场踏勘", Papers: []string{"市教函〔2024〕3号"},
	})
	fmt.Println("asked:", err)
	_, err = svc.AnswerTime(ctx, clerk, p.ID, clock.Answer{Limit: "reply", Of: "education", Grant: true})
	fmt.Println("by the unit itself:", workflow.Code(err))
	p, err = svc.AnswerTime(ctx, staff, p.ID, clock.Answer{Limit: "reply", Of: "education", Grant: true})
	fmt.Println("granted:", p.Clocks[0].Due, err)
	p, err = svc.TakeBack(ctx, staff, p.ID, clock.TakeBack{Limit: "reply", Of: "education", What: clock.AnExtension, Reason: "误批"})
	fmt.Println("taken back:", p.Clocks[0].Due, err)
	// Output:
	// assigned: 2024-04-15
	// asked: <nil>
	// by the unit itself: denied
	// granted: 2024-05-15 <nil>
	// taken back: 2024-04-15 <nil>
}
