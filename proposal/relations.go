package proposal

import (
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Relation is a role that follows from a proposal; see [workflow.Relation].
type Relation = workflow.Relation[*Proposal]

// Relations returns the relations that definitions may name as roles:
//
//	proposer  the first signer, by their account; of a collective proposal, anyone
//	          who acts for the proposing organisation
//	cosigner  a member invited to co-sign: towards the proposal once they have
//	          consented, towards their own invitation at once
//	unit      one who acts for a unit: towards the proposal if it has a part and
//	          was not relieved of it, towards a part only if it is the unit's own
func Relations() []Relation {
	return []Relation{
		{Name: "proposer", Holds: func(a Actor, p *Proposal, _ string) bool {
			if p.Proposer.Kind.Collective() {
				return a.Unit != "" && text.Narrow(a.Unit) == text.Narrow(p.Proposer.ID)
			}
			return a.ID == p.Proposer.ID
		}},
		{Name: "cosigner", Holds: func(a Actor, p *Proposal, of string) bool {
			if of != "" {
				return of == a.ID && p.Track(cosignTrack, a.ID) != ""
			}
			return p.TrackMeans(cosignTrack, a.ID) == consented
		}},
		{Name: "unit", Holds: func(a Actor, p *Proposal, of string) bool {
			if of != "" {
				part := p.Part(a.Unit)
				return part != nil && part.Unit == of
			}
			means := p.partMeans(a.Unit)
			return a.Unit != "" && means != "" && means != released
		}},
	}
}
