package rubric

// AllOrNothing (有则记分) gives the full points when everything asked for is so,
// and none otherwise. Without conditions the criterion's fact is a yes or no.
// In the penalty it takes the points instead.
type AllOrNothing struct {
	When []Condition `json:"when,omitempty"`
	// NoBase is what a condition on a rate without a base means.
	NoBase NoBase `json:"no_base,omitempty"`
}
