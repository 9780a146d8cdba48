package tian_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A proposal on its way into a unit's hands, and why the unit has until when.
func Example() {
	ctx := context.Background()
	svc, err := proposal.New(memory.New()) // nine stages, six categories, China's working days
	if err != nil {
		log.Fatal(err)
	}
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	committee := proposal.Actor{ID: "c-01", Body: "xiushan", Roles: []string{"committee"}}
	office := proposal.Actor{ID: "o-01", Body: "xiushan", Roles: []string{"office"}}
	now := workflow.Happened(time.Date(2024, 4, 26, 9, 0, 0, 0, time.UTC)) // without it: the machine's time

	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案", Category: proposal.Economic}, now)
	do := func(by proposal.Actor, action proposal.Action) {
		if err == nil {
			p, err = svc.Do(ctx, by, p.ID, action, now)
		}
	}
	do(member, proposal.Submit{})
	do(committee, proposal.File{Number: "20240123"})
	do(office, proposal.Assign{Lead: "market-bureau"})
	if err != nil {
		log.Fatal(err) // says what, where and, if it was refused, every reason
	}
	fmt.Println(p.Number, p.Stage, p.State)

	_, denied := svc.Do(ctx, member, p.ID, proposal.Reply{Text: "……", Class: "a"}) // not theirs to give
	fmt.Println(workflow.Code(denied))

	clocks, err := svc.Timings(p, time.Date(2024, 7, 1, 9, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range clocks {
		fmt.Println(c.Limit, c.State.Phase, c.Due, c.Trace.In("zh"))
	}
	// Output:
	// 20240123 assignment assigned
	// denied
	// reply running 2024-07-26 [自2024年4月26日（星期五）起算，当日为第0天，不计入。 期限3个月，到期日为2024年7月26日（星期五）。]
	// objection late 2024-05-06 [自2024年4月26日（星期五）起算，当日为第0天，不计入。 期限10日，到期日为2024年5月6日（星期一）。]
}
