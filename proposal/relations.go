package proposal

import (
	"slices"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Relation is a role that follows from a proposal; see [workflow.Relation].
type Relation = workflow.Relation[*Proposal]

// Relations returns the relations that definitions may name as roles:
//
//	proposer  the first signer, by their account; of a collective proposal, anyone
//	          who acts for the proposing organisation
//	merged_proposer  the proposer of a proposal that was merged into this one
//	cosigner  a member invited to co-sign, or anyone who acts for an organisation that was: towards the proposal once they have
//	          consented, towards their own invitation at once
//	unit      one who acts for a unit: towards the proposal if it has a part and
//	          was not relieved of it, towards a part only if it is the unit's own,
//	          towards a promise only if the unit made it
//	public    anyone at all, once the proposal has been published; for a sight
func Relations() []Relation {
	return []Relation{
		{Name: "proposer", Holds: func(a Actor, p *Proposal, _ string) bool {
			return p.Proposer.is(a)
		}, Whom: func(p *Proposal) []workflow.Party {
			return []workflow.Party{p.Proposer.party()}
		}},
		{Name: "merged_proposer", Holds: func(a Actor, p *Proposal, _ string) bool {
			return slices.ContainsFunc(p.MergedProposers, func(m MergedProposer) bool { return m.Proposer.is(a) })
		}, Whom: func(p *Proposal) (parties []workflow.Party) {
			for _, m := range p.MergedProposers {
				parties = append(parties, m.Proposer.party())
			}
			return parties
		}},
		{Name: "cosigner", Holds: func(a Actor, p *Proposal, of string) bool {
			unit := organisation(a.Unit)
			if of != "" {
				return (of == a.ID || a.Unit != "" && of == unit) && p.Track(cosignTrack, of) != ""
			}
			return p.TrackMeans(cosignTrack, a.ID) == consented || a.Unit != "" && p.TrackMeans(cosignTrack, unit) == consented
		}, Whom: func(p *Proposal) (parties []workflow.Party) {
			for _, c := range p.Cosigners {
				switch means := p.TrackMeans(cosignTrack, c.instance()); {
				case means != consented && means != invited:
				case c.Organisation:
					parties = append(parties, workflow.Party{Unit: c.ID})
				default:
					parties = append(parties, workflow.Party{Person: c.ID})
				}
			}
			return parties
		}},
		{Name: "unit", Holds: func(a Actor, p *Proposal, of string) bool {
			if of != "" {
				part := p.held(a.Unit)
				if promise, unit := p.promise(of); promise != nil {
					return part != nil && part.Unit == unit
				}
				return part != nil && part.Unit == of
			}
			part := p.held(a.Unit)
			return a.Unit != "" && part != nil && p.partMeans(part.Unit) != released
		}, Whom: func(p *Proposal) (parties []workflow.Party) {
			for _, part := range p.Parts {
				if p.partMeans(part.Unit) != released {
					parties = append(parties, workflow.Party{Unit: part.Holder()})
				}
			}
			return parties
		}},
		{Name: "public", Holds: func(_ Actor, p *Proposal, _ string) bool { return p.published() }, Whom: func(p *Proposal) []workflow.Party {
			return []workflow.Party{{Anyone: p.published()}}
		}},
	}
}

// is reports whether the actor acts as this proposer.
func (p Proposer) is(a Actor) bool {
	if p.Kind.Collective() {
		return a.Unit != "" && text.Narrow(a.Unit) == text.Narrow(p.ID)
	}
	return a.ID == p.ID
}

func (p Proposer) party() workflow.Party {
	if p.Kind.Collective() {
		return workflow.Party{Unit: p.ID}
	}
	return workflow.Party{Person: p.ID}
}
