package proposal_test

import (
	"context"
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// RuralRevival (乡村振兴) is a category that a county adds to the six.
const RuralRevival proposal.Category = "rural_revival"

// A category of one's own is a term of the next version of the scheme. What was
// filed under an earlier version keeps its key.
func Example_ownCategory() {
	seven := proposal.SixCategories()
	seven.Version = 3
	seven.Terms = append(seven.Terms, proposal.Term{Key: string(RuralRevival), Label: lifecycle.Label{ZH: "乡村振兴", EN: "rural revival"}})
	rules := proposal.DefaultRules()
	rules.Categories = append(rules.Categories, seven)

	svc, err := proposal.New(memory.New(), workflow.WithRules("xiushan", rules))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, body := range []string{"xiushan", "jiulongpo"} {
		member := proposal.Actor{ID: "m-017", Body: body, Roles: []string{"member"}}
		p, err := svc.Open(context.Background(), member, proposal.Draft{Title: "关于发展油茶产业的提案", Category: RuralRevival})
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(body, p.Category, p.Scheme)
	}
	// Output:
	// xiushan rural_revival categories@3
	// workflow: invalid: category: "rural_revival" is not in categories@2 (unknown)
}
