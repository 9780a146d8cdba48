package proposal

import (
	"github.com/tian-go/tian/proposal/lifecycle"
)

// Whom a limit on the parts of units may be for, beside roles and relations.
const (
	forAnswering = "answering" // units that answer the proposer: lead, sole and separate
	forCo        = "co"        // co-units, who give the lead their opinion; not those who answer with it
)

// binds reports whether a limit binds a unit's part: those for answering units do
// not bind co-units, and the other way round. Whoever answers with a lead has no time
// of its own: the lead's reply is theirs.
func binds(_ Rules, p *Proposal, l lifecycle.Limit, of string) bool {
	part := p.Part(of)
	if part == nil {
		return true
	}
	switch l.For {
	case forAnswering:
		return part.Role.Required()
	case forCo:
		return part.Role == Co
	}
	return true
}
