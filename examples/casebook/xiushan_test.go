package casebook

import (
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// 秀山 Xiushan went from five categories to six, by 党的建设, and from seven links of
// handling to nine, by 培育 and 反馈. A proposal under way when the rules change keeps
// the ones it was made under, until it is moved on purpose.
//
// The links between are the library's own reading; the article names the two
// that are new. The proposals are made up.
func Example_xiushan() {
	b := open("2022-03-01")
	five := proposal.DefaultRules()
	five.Categories = proposal.Versions{proposal.FiveCategories()}
	before, err := proposal.New(b.store, workflow.WithUse(proposal.Kind, "", "seven"), workflow.WithRules("", five))
	b.check(err)
	member := proposal.Actor{ID: "member", Body: "xiushan", Roles: []string{"member"}}
	committee := proposal.Actor{ID: "committee", Body: "xiushan", Roles: []string{"committee", workflow.Administrator}}

	old, err := before.Open(b.ctx, member, proposal.Draft{Title: "关于农村饮水的提案", Category: proposal.Social})
	b.check(err)
	old, err = before.Do(b.ctx, member, old.ID, proposal.Submit{})
	b.check(err)
	_, err = before.Open(b.ctx, member, proposal.Draft{Title: "关于基层党建的提案", Category: proposal.PartyBuilding})
	fmt.Println("before:", old.Definition, old.Scheme, "/ Party building:", workflow.Code(err))

	kept := b.propose(old, committee, proposal.Receive{}) // the new rules are in force
	fmt.Println("kept:  ", kept.Definition, kept.Scheme, "in", kept.Stage)
	moved, err := b.proposals.Migrate(b.ctx, committee, old.ID, workflow.Migration{Name: "nine", Version: 1, Reason: "七环改九环"})
	b.check(err)
	fmt.Println("moved: ", moved.Definition, "in", moved.Stage)

	six := proposal.SixCategories()
	for _, term := range six.Terms {
		_, there := proposal.FiveCategories().Term(term.Key)
		fmt.Printf("%s %s (of the five: %v)\n", term.Label.ZH, term.Key, there)
	}
	fresh := b.draft(member, proposal.Draft{Title: "关于基层党建的提案", Category: proposal.PartyBuilding})
	fresh = b.propose(fresh, member, proposal.Research{Topic: "走访村支部", Found: "缺活动场所"})
	fmt.Println("new:   ", fresh.Definition, fresh.Scheme, "in", fresh.Stage)
	fmt.Println("links: ", len(stages(b, "seven")), "→", len(stages(b, "nine")), stages(b, "nine"))
	// Output:
	// before: seven@1 categories@1 / Party building: invalid
	// kept:   seven@1 categories@1 in review
	// moved:  nine@1 in review
	// 经济建设 economic (of the five: true)
	// 政治建设 political (of the five: true)
	// 文化建设 cultural (of the five: true)
	// 社会建设 social (of the five: true)
	// 生态文明建设 ecological (of the five: true)
	// 党的建设 party_building (of the five: false)
	// new:    nine@1 categories@2 in cultivation
	// links:  7 → 9 [培育 征集 审查 立案 交办 办理 督办 答复 反馈]
}

func stages(b *book, name string) []string {
	var names []string
	for _, s := range b.proposals.Machine(name, 1).Stages() {
		names = append(names, s.Label.ZH)
	}
	return names
}
