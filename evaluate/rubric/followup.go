package rubric

import "github.com/tian-go/tian/evaluate/points"

// FollowUp (约谈) is what a total below a mark calls for, in one year or in
// several running.
type FollowUp struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Below is the mark: a total of exactly Below does not call for it.
	Below points.Points `json:"below"`
	// Running is how many outcomes in a row must be below; absent is 1.
	Running int `json:"running,omitempty"`
}
