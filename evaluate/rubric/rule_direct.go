package rubric

import "github.com/tian-go/tian/evaluate/points"

// Direct (直接评分) takes the mark as given: a number on the card or points on
// the ballots, between 0 and OutOf, brought to the criterion's Points in
// proportion. With Direction Cost the distance from OutOf is what earns.
//
// In the penalty the mark is the number of points to take. A bonus or penalty
// without Points takes any mark that is not negative.
type Direct struct {
	// OutOf is the full mark on the ballot; absent is the criterion's Points.
	OutOf points.Points `json:"out_of,omitzero"`
}
