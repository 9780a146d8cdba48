package proposal_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar/profiles"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A place with time limits of its own takes the shipped lifecycle, puts the
// limit it found among the profiles in, and calls the result its own version.
func Example_limits() {
	ctx := context.Background()
	place := proposal.Nine()
	place.Name = "our_nine"
	found, _ := profiles.Get("objection_7_workdays")
	for i := range place.Limits {
		if place.Limits[i].Key == "objection" {
			place.Limits[i].Length = found.Rule.Length.String()
		}
	}
	morning := time.Date(2024, 4, 26, 1, 0, 0, 0, time.UTC)
	svc, err := proposal.New(memory.New(),
		workflow.WithDefinition(proposal.Kind, place), workflow.WithUse(proposal.Kind, "", "our_nine"),
		workflow.WithNow(func() time.Time { return morning }))
	if err != nil {
		fmt.Println(err)
		return
	}
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	staff := proposal.Actor{ID: "s-01", Body: "xiushan", Roles: []string{"committee", "office"}}
	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案"})
	for _, step := range []struct {
		actor  proposal.Actor
		action proposal.Action
	}{
		{member, proposal.Submit{}}, {staff, proposal.File{Number: "7"}}, {staff, proposal.Assign{Lead: "market-bureau"}},
	} {
		if err == nil {
			p, err = svc.Do(ctx, step.actor, p.ID, step.action)
		}
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	timings, err := svc.Readings(p, morning)
	for _, t := range timings {
		if t.Limit == "objection" {
			fmt.Println(t.Label.ZH, t.Of, t.Due, t.State.Phase)
			for _, step := range t.Trace {
				fmt.Println(step.Zh)
			}
		}
	}
	fmt.Println(err)
	// Output:
	// 申退 market-bureau 2024-05-09 running
	// 自2024年4月26日（星期五）起算，当日为第0天，不计入。
	// 期限7个工作日，到期日为2024年5月9日（星期四）。其间放假不计：劳动节5月1日至5月5日。调休上班照计：4月28日。依据：国务院办公厅关于2024年部分节假日安排的通知 国办发明电〔2023〕7号。
	// <nil>
}
