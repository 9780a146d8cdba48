package evaluate

import "github.com/tian-go/tian/evaluate/rubric"

// countRules is how many rules are set.
func countRules(r *rubric.Rule) int {
	n := 0
	for _, set := range []bool{
		r.Direct != nil, r.Grade != nil, r.AllOrNothing != nil, r.PerEvent != nil, r.Shortfall != nil,
		r.Steps != nil, r.Lateness != nil, r.Rate != nil, r.Nested != nil, r.Host != nil,
	} {
		if set {
			n++
		}
	}
	return n
}

// kindOf gives the one rule that is set, or Direct, in the form that scores.
func kindOf(r *rubric.Rule) ruleKind {
	switch {
	case r.Grade != nil:
		return (*grade)(r.Grade)
	case r.AllOrNothing != nil:
		return (*allOrNothing)(r.AllOrNothing)
	case r.PerEvent != nil:
		return (*perEvent)(r.PerEvent)
	case r.Shortfall != nil:
		return (*shortfall)(r.Shortfall)
	case r.Steps != nil:
		return &steps{Steps: *r.Steps}
	case r.Lateness != nil:
		return (*lateness)(r.Lateness)
	case r.Rate != nil:
		return (*tallied)(r.Rate)
	case r.Nested != nil:
		return &nested{Nested: *r.Nested}
	case r.Host != nil:
		return (*host)(r.Host)
	case r.Direct != nil:
		return (*direct)(r.Direct)
	}
	return &direct{}
}
