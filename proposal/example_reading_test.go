package proposal_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Reading is denied by default: who sees a case, in a list too, is data in its
// definition.
func Example_whoSeesWhat() {
	ctx := context.Background()
	svc, err := proposal.New(memory.New())
	if err != nil {
		fmt.Println(err)
		return
	}
	mei := proposal.Actor{ID: "mei", Body: "xiushan", Roles: []string{"member"}}
	committee := proposal.Actor{ID: "chen", Body: "xiushan", Roles: []string{"committee"}}
	p, err := svc.Open(ctx, mei, proposal.Draft{
		Title: "关于支持小店经济的提案", Category: proposal.Economic,
		Text: proposal.Text{Background: "小店多。", Suggestions: []string{"设立专项。"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = svc.As(committee).Get(ctx, p.ID)
	fmt.Println("a draft, to the committee:", errors.Is(err, workflow.ErrNotFound))
	if _, err := svc.Do(ctx, mei, p.ID, proposal.Submit{}); err != nil {
		fmt.Println(err)
		return
	}
	page, err := svc.As(committee).Page(ctx, workflow.Query{List: "to_review", Max: 20})
	fmt.Println("to review:", len(page.Cases), page.Cases[0].Title, err)
	n, err := svc.As(proposal.Actor{}).Count(ctx, workflow.Query{})
	fmt.Println("the public sees:", n, err)
	// Output:
	// a draft, to the committee: true
	// to review: 1 关于支持小店经济的提案 <nil>
	// the public sees: 0 <nil>
}

// What an act would do is seen without doing it.
func Example_dryRun() {
	ctx := context.Background()
	st := memory.New()
	svc, err := proposal.New(st)
	if err != nil {
		fmt.Println(err)
		return
	}
	mei := proposal.Actor{ID: "mei", Body: "xiushan", Roles: []string{"member"}}
	p, err := svc.Open(ctx, mei, proposal.Draft{Title: "关于支持小店经济的提案"})
	if err != nil {
		fmt.Println(err)
		return
	}
	dry := dryrun.New(st)
	would, err := svc.On(dry).Do(ctx, mei, p.ID, proposal.Withdraw{})
	fmt.Println("would be:", would.State, len(dry.Changes()), err)
	is, err := svc.All().Get(ctx, p.ID)
	fmt.Println("is:", is.State, err)
	// Output:
	// would be: withdrawn 1 <nil>
	// is: draft <nil>
}
