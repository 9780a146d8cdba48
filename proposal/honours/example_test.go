package honours_test

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
	"github.com/tian-go/tian/proposal/honours"
)

// Half of four get the distinction, and half of those are collective.
func ExampleSelect() {
	s, err := honours.Select([]honours.Candidate{
		{ID: "委员提案甲", Mark: 92 * points.One}, {ID: "委员提案乙", Mark: 90 * points.One},
		{ID: "党派提案", Mark: 88 * points.One, Kinds: []string{"collective"}}, {ID: "委员提案丙", Mark: 70 * points.One},
	}, honours.Rules{
		Quota: ranking.Quota{Key: "good", Share: &points.Ratio{Num: 1, Den: 2}},
		Kinds: []honours.LeastOf{{Kind: "collective", Share: points.Ratio{Num: 1, Den: 2}}},
	})
	fmt.Println(s.Selected, s.Exchanged, err)
	// Output:
	// [委员提案甲 党派提案] [{党派提案 委员提案乙 collective}] <nil>
}
