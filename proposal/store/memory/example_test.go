package memory_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
)

// A service in memory, for tests: what it keeps is gone with the process.
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
	lines, err := st.History(ctx, proposal.Kind, p.ID, 0, 10)
	fmt.Println(p.State, len(lines), err)
	// Output:
	// draft 1 <nil>
}
