package rubric

import "github.com/tian-go/tian/evaluate/points"

// Shortfall (少一个百分点扣分) starts from the full points and takes PerPoint for
// every percentage point the rate is short of Target. The fact is a rate.
type Shortfall struct {
	// Target is in percent; absent is 100.
	Target *points.Points `json:"target,omitempty"`
	// PerPoint is the points taken for one percentage point.
	PerPoint points.Points `json:"per_point"`
	// Started says what part of a percentage point counts.
	Started Started `json:"started,omitempty"`
	NoBase  NoBase  `json:"no_base,omitempty"`
}
