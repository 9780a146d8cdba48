package proposal_test

import (
	"context"
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Acts that are denied can be observed and kept as evidence: who tried what on which
// case, how often, and nothing of what they said.
func Example_refusals() {
	ctx := context.Background()
	now := time.Date(2024, 4, 26, 9, 0, 0, 0, time.UTC)
	observed := 0
	svc, err := proposal.New(memory.New(), workflow.WithNow(func() time.Time { return now }),
		workflow.WithRefusals(workflow.RefusalLimits{Window: 10 * time.Minute}),
		workflow.WithRefusalObserver(func(context.Context, workflow.Refusal, error) { observed++ }))
	if err != nil {
		fmt.Println(err)
		return
	}
	mei := proposal.Actor{ID: "mei", Body: "xiushan", Roles: []string{"member"}}
	eve := proposal.Actor{ID: "eve", Body: "xiushan", Roles: []string{"member"}}
	admin := proposal.Actor{ID: "admin", Body: "xiushan", Roles: []string{workflow.Administrator}}
	p, err := svc.Open(ctx, mei, proposal.Draft{Title: "关于支持小店经济的提案"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 30 {
		_, err = svc.Do(ctx, eve, p.ID, proposal.Withdraw{})
		now = now.Add(time.Second)
	}
	fmt.Println(workflow.Code(err), observed)
	if err := svc.KeepRefusals(ctx); err != nil { // a program calls it before it ends
		fmt.Println(err)
		return
	}
	days, err := svc.Refusals().As(admin).Page(ctx, workflow.Query{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range days.Cases {
		fmt.Println(day.Day, day.Tried, "in", day.Kept, "entries:", day.Accounts)
	}
	public, err := svc.Refusals().As(eve).Count(ctx, workflow.Query{})
	fmt.Println("for eve to read:", public, err)
	// Output:
	// denied 30
	// 2024-04-26 30 in 2 entries: [{eve 30 2}]
	// for eve to read: 0 <nil>
}
