package rubric

import "github.com/tian-go/tian/evaluate/points"

// Steps (分档计分) looks the measured value up in a table: the points of the
// highest step whose Min it reaches, none below the lowest. The fact is a
// number, or a rate read in percent.
type Steps struct {
	Table  []Step `json:"table"`
	NoBase NoBase `json:"no_base,omitempty"`
}

// Step holds from its Min up to the next step's Min.
type Step struct {
	Min    points.Points `json:"min"`
	Points points.Points `json:"points"`
}
