package rubric

// Nested (子表) scores the criterion by a rubric of its own, on a card of its
// own: Card.Nested under the criterion's Fact. Its ledger is kept as the detail
// of one line.
type Nested struct {
	Rubric Rubric `json:"rubric"`
	// Scale brings the nested total from the nested Full to the criterion's
	// points; otherwise it counts as it is.
	Scale bool `json:"scale,omitempty"`
}
