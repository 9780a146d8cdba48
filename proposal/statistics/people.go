package statistics

import (
	"cmp"
	"slices"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
)

// The dimensions by member; keys: IDs.
const (
	memberLed    = ofMember + "led"
	memberSigned = ofMember + "signed"
)

// members counts the part that members take, when the options ask for it: whoever
// made the proposal, and whoever consented to co-sign it. Collective proposers, and
// organisations that co-sign, are no members.
func (f *Figures) members(p *proposal.Proposal) {
	if !f.options.Members {
		return
	}
	if kind := p.Proposer.Kind; kind != "" && !kind.Collective() {
		f.tally.Count(memberLed, p.Proposer.ID)
		f.named(p.Proposer.ID, p.Proposer.Name)
	}
	for _, c := range p.Cosigners {
		if !c.Organisation && p.Signed(c) {
			f.tally.Count(memberSigned, c.ID)
			f.named(c.ID, c.Name)
		}
	}
}

// Member (委员) is what one member took part in.
type Member struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"` // where a proposal says it
	Led    int64  `json:"led"`            // 领衔提出
	Signed int64  `json:"signed"`         // 联名, consented
}

// Members are those who took part, those with most proposals of their own first,
// then with most co-signed, and of equals by ID. There are none unless
// [Options.Members] asks for them.
func (f *Figures) Members() []Member {
	ids := append(f.Keys(memberLed), f.Keys(memberSigned)...)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	members := make([]Member, len(ids))
	for i, id := range ids {
		members[i] = Member{ID: id, Name: f.names[id], Led: f.tally.Rate(memberLed, id).Count, Signed: f.tally.Rate(memberSigned, id).Count}
	}
	slices.SortStableFunc(members, func(a, b Member) int {
		return cmp.Or(cmp.Compare(b.Led, a.Led), cmp.Compare(b.Signed, a.Signed))
	})
	return members
}

// Participation (委员参与率) is the members who made or co-signed a proposal over all
// members of the body, of whom only the caller knows how many there are.
func (f *Figures) Participation(all int64) rates.Rate {
	return rates.Rate{Count: int64(len(f.Members())), Base: all, Of: "members", Rule: "took_part"}
}

// promised counts what a unit's replies promised, promise by promise.
func (f *Figures) promised(p *proposal.Proposal, part *proposal.Part) {
	for i := range part.Replies {
		answer := &part.Replies[i]
		if answer.Issued.IsZero() {
			continue
		}
		for _, promise := range answer.Promises {
			f.total(p.ID, Promises)
			switch {
			case !promise.Settled.IsZero() && promise.Reason == "":
				f.total(p.ID, PromisesKept)
			case !promise.Settled.IsZero():
				f.total(p.ID, PromisesDropped)
			case !f.options.Today.IsZero() && f.options.Today.After(promise.By):
				f.total(p.ID, PromisesLate)
			}
		}
	}
}
