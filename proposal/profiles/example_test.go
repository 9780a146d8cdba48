package profiles_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/profiles"
	"github.com/tian-go/tian/proposal/store/memory"
)

// A place begins with what a similar one does, and changes from there; another body of
// the same service keeps the default.
func Example() {
	ctx := context.Background()
	profile, _ := profiles.Get("hongkou")
	svc, err := proposal.New(memory.New(), profile.Options("hongkou")...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, body := range []string{"hongkou", "xiushan"} {
		member := proposal.Actor{ID: "m-017", Body: body, Roles: []string{"member"}}
		p, err := svc.Open(ctx, member, proposal.Draft{Title: "关于支持小店经济的提案"})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(body, p.Definition)
	}
	// Output:
	// hongkou hongkou@1
	// xiushan nine@1
}
