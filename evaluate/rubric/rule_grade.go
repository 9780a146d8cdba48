package rubric

import "github.com/tian-go/tian/evaluate/points"

// Grade (等次评分) maps grades to points. A level with Min and Max instead of
// Points is a range (区间赋分): the mark then also says how many points, and
// they must lie in the range, both ends included. A bare number in a range
// stands for that range's grade.
//
// The input is a word on the card, or grades on the ballots.
type Grade struct {
	Levels []Level `json:"levels"`
}

// Level is one grade, best first by custom, not by need.
type Level struct {
	Key    string         `json:"key"`
	Label  Label          `json:"label,omitzero"`
	Points *points.Points `json:"points,omitempty"`
	Min    *points.Points `json:"min,omitempty"`
	Max    *points.Points `json:"max,omitempty"`
}
