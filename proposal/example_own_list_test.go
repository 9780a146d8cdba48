package proposal_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A list of one's own says where a case stands: under whose key, and by what it is
// sorted there. It is kept in the commit of the case, as the shipped ones are.
func Example_ownList() {
	byCategory := proposal.List{
		Key: "acme_by_category", Label: lifecycle.Label{ZH: "按类别", EN: "by category"}, For: workflow.OfBody,
		Stands: func(p *proposal.Proposal) []workflow.Standing {
			return []workflow.Standing{{Key: string(p.Category), Sort: p.Title}}
		},
	}
	svc, err := proposal.New(memory.New(), workflow.WithList(byCategory))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	member := proposal.Actor{ID: "m-017", Body: "xiushan", Roles: []string{"member"}}
	for _, title := range []string{"关于支持小店经济的提案", "关于发展油茶产业的提案"} {
		if _, err := svc.Open(ctx, member, proposal.Draft{Title: title, Category: proposal.Economic}); err != nil {
			fmt.Println(err)
			return
		}
	}
	q := workflow.Query{List: "acme_by_category", Key: string(proposal.Economic)}
	n, err := svc.As(member).Count(ctx, q)
	fmt.Println(n, err)
	page, err := svc.As(member).Page(ctx, q)
	fmt.Println(page.Cases[0].Title, err)
	// Output:
	// 2 <nil>
	// 关于发展油茶产业的提案 <nil>
}
