package dryrun_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/store/memory"
)

// What an act would do is seen, and nothing is done.
func Example() {
	ctx := context.Background()
	st := memory.New()
	svc, err := proposal.New(st)
	if err != nil {
		fmt.Println(err)
		return
	}
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案", Category: proposal.Economic})
	if err != nil {
		fmt.Println(err)
		return
	}
	dry := dryrun.New(st)
	would, err := svc.On(dry).Do(ctx, member, p.ID, proposal.Submit{})
	if err != nil {
		fmt.Println(err)
		return
	}
	is, err := svc.As(member).Get(ctx, p.ID)
	fmt.Println(would.State, len(dry.Changes()), "change;", is.State, err)
	// Output:
	// submitted 1 change; draft <nil>
}
