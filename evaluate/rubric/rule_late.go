package rubric

import "github.com/tian-go/tian/evaluate/points"

// Lateness (时限) scores how many days late something was: 0 or less is in time,
// and so are Grace days more. The fact is the number of days, as the workflow's
// clock gives it; extensions that were approved are already in it.
type Lateness struct {
	Grace points.Points `json:"grace,omitzero"`
	// OrNothing gives no points at all once late (超期不记分); else PerUnit is
	// taken for each Unit of days (absent: 1) after the grace.
	OrNothing bool          `json:"or_nothing,omitempty"`
	PerUnit   points.Points `json:"per_unit,omitzero"`
	Unit      points.Points `json:"unit,omitzero"`
	Started   Started       `json:"started,omitempty"`
}
