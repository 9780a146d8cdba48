package proposal

import (
	"github.com/tian-go/tian/proposal/lifecycle"
)

// Whom a limit on the parts of units may be for, beside roles and relations.
const (
	forAnswering = "answering" // units that answer the proposer: lead, sole and separate
	forCo        = "co"        // co-units
)

// binds reports whether a limit binds a unit's part: those for answering units do
// not bind co-units, and the other way round.
func binds(_ Rules, p *Proposal, l lifecycle.Limit, of string) bool {
	part := p.Part(of)
	if part == nil {
		return true
	}
	switch l.For {
	case forAnswering:
		return part.Role.Required()
	case forCo:
		return !part.Role.Required()
	}
	return true
}
