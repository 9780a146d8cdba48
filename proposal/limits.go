package proposal

import (
	"github.com/tian-go/tian/proposal/lifecycle"
)

// Whom a limit on the parts of units may be for, beside roles and relations.
const (
	ForAnswering = "answering" // units that answer the proposer: lead, sole and separate
	ForCo        = "co"        // co-units
)

// binds reports whether a limit binds a unit's part: those for answering units do
// not bind co-units, and the other way round.
func binds(_ Rules, p *Proposal, l lifecycle.Limit, of string) bool {
	part := p.Part(of)
	if part == nil {
		return true
	}
	switch l.For {
	case ForAnswering:
		return part.Role.Required()
	case ForCo:
		return !part.Role.Required()
	}
	return true
}
