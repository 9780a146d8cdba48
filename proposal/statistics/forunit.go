package statistics

import (
	"slices"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// ForUnit returns a proposal as it concerns one unit, in any spelling of its name:
// with that unit's part and the limits of that part, and nothing of the other
// units. Figures of such proposals are the unit's own: what it answered and in time,
// whom it contacted, how it was judged, what it had to handle again; each with its
// base and cases, so that they can be supplied as facts to an appraisal (考评). It
// reports whether the unit has a part: one that was relieved of it has none.
//
// The proposal that is given is not changed, and shares what it holds with the one
// that is returned.
func ForUnit(p *proposal.Proposal, unit string) (*proposal.Proposal, bool) {
	part := p.Part(unit)
	if part == nil || p.Relieved(part.Unit) {
		return nil, false
	}
	own := *p
	own.Parts = []proposal.Part{*part}
	own.Clocks = slices.DeleteFunc(slices.Clone(p.Clocks), func(c workflow.Clock) bool { return c.Of != part.Unit })
	return &own, true
}
