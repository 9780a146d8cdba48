package rubric

import "github.com/tian-go/tian/evaluate/points"

// Tallied (按率计分) earns the share of its points that a rate gives: the
// satisfaction rate of a vote, the settled rate of a year. The input is
// ballots or a tally by choice, or a rate already counted.
type Tallied struct {
	Choices []Choice `json:"choices,omitempty"`
	// Count says what of a choice counts: "strict" only choices of coefficient
	// 1, "lenient" every coefficient above 0 as 1, "coefficients" (default) each
	// by its own.
	Count string `json:"count,omitempty"`
	// Over is the base: "voiced" (default) those who chose, "returned" with
	// those who abstained or did not know, and ballots that the session counts as
	// returned though the card does not have them (废票), "issued" every ballot
	// that went out.
	Over   string `json:"over,omitempty"`
	NoBase NoBase `json:"no_base,omitempty"`
}

// Choice is one answer, such as 满意, 基本满意, 不满意.
type Choice struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Coefficient lies between 0 and 1.
	Coefficient points.Points `json:"coefficient"`
}

// What of a choice counts, and over which base.
const (
	CountStrict       = "strict"
	CountLenient      = "lenient"
	CountCoefficients = "coefficients"
	OverVoiced        = "voiced"
	OverReturned      = "returned"
	OverIssued        = "issued"
)
