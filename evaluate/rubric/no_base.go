package rubric

// NoBase says how a rate over nothing is read: a unit that was assigned no
// proposal has no contact rate. The zero value is NoBaseUndefined.
type NoBase string

// The ways to treat a rate without a base.
const (
	NoBaseUndefined NoBase = "undefined" // the outcome is undefined
	NoBaseFull      NoBase = "full"      // as 100 %
	NoBaseZero      NoBase = "zero"      // as 0 %
)
