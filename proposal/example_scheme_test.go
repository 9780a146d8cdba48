package proposal_test

import (
	"fmt"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// 秀山 Xiushan went from five classes to six: the five keep their keys, so what
// was filed under them is counted with what is filed today. Were a later version
// to fold the sixth into another, it would have to say so.
func ExampleVersions_Carry() {
	folded := proposal.SixCategories()
	folded.Version = 3
	folded.Terms = folded.Terms[:5]
	folded.From = map[string]string{"party_building": "political"}
	categories := proposal.Versions{proposal.FiveCategories(), proposal.SixCategories(), folded}

	for _, given := range [][2]string{{"categories@1", "economic"}, {"categories@2", "party_building"}, {"categories@1", "party_building"}} {
		now, ok := categories.Carry(given[0], given[1])
		fmt.Printf("%s of %s: %q %v\n", given[1], given[0], now, ok)
	}
	// Output:
	// economic of categories@1: "economic" true
	// party_building of categories@2: "political" true
	// party_building of categories@1: "" false
}

// A version that loses a code which records may hold is refused: a term that is
// no longer to be used is retired, or mapped.
func ExampleScheme() {
	six := proposal.SixCategories()
	lossy := proposal.FiveCategories()
	lossy.Version = 3
	rules := proposal.DefaultRules()
	rules.Categories = proposal.Versions{proposal.FiveCategories(), six, lossy}
	_, err := proposal.New(memory.New(), workflow.WithRules("xiushan", rules))
	fmt.Println(err)

	retired := proposal.SixCategories()
	retired.Version = 3
	retired.Terms[5].Retired = true
	rules.Categories[2] = retired
	_, err = proposal.New(memory.New(), workflow.WithRules("xiushan", rules))
	fmt.Println(err)
	// Output:
	// workflow: invalid: rules[xiushan].categories[2]: categories@3 loses "party_building": retire it, or map it (lost)
	// <nil>
}
