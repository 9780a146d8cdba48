package proposal

import (
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// List is a list of proposals; see [workflow.List].
type List = workflow.List[*Proposal]

// Lists returns the lists as the desks of each role have them. What a case waits
// for is told by what its definition lets happen next, so that a lifecycle of a
// place's own has them too:
//
//	mine            of a member: proposed or co-signed by them, or asked to
//	ours            of an organisation: proposed or co-signed by it, or asked to
//	to_submit       of a member: drafts, and those returned for revision
//	to_sign         of a member: invitations to co-sign
//	to_judge        of a member: answered, and waiting for their opinion; of an organisation: ours_to_judge
//	done            of an account: it has done something to them
//	open_parts      of a unit: its parts that are not answered, by the day they are due
//	to_issue        of a unit: its replies that are drafted and not issued
//	to_review       of a body: submitted, or in review
//	to_assign       of a body: filed, and with no unit
//	objections      of a body: objections that nobody has decided
//	to_supervise    of a body: key proposals under way that nobody supervises
//	supervised      of a body: with an open supervision
//	to_close        of a body: could be closed
//	due             of a body: with a running limit, by the first day due
func Lists() []List {
	list := func(key, zh, en string, keeper workflow.Keeper, stands func(*Proposal) []workflow.Standing) List {
		return List{Key: key, Label: label(zh, en), For: keeper, Stands: stands}
	}
	return []List{
		list("mine", "我的提案", "mine", workflow.OfPerson, func(p *Proposal) []workflow.Standing { return at(opened(p), p.members(false)...) }),
		list("ours", "本组织提案", "ours", workflow.OfUnit, func(p *Proposal) []workflow.Standing { return at(opened(p), p.organisations(false)...) }),
		list("to_submit", "待提交", "to submit", workflow.OfPerson, func(p *Proposal) []workflow.Standing {
			return p.when("submit", p.members(true)...)
		}),
		list("to_sign", "待联名", "to co-sign", workflow.OfPerson, (*Proposal).invitations),
		list("to_judge", "待评议", "to give an opinion on", workflow.OfPerson, func(p *Proposal) []workflow.Standing {
			return p.when("give_opinion", p.members(true)...)
		}),
		list("ours_to_judge", "本组织待评议", "ours to give an opinion on", workflow.OfUnit, func(p *Proposal) []workflow.Standing {
			return p.when("give_opinion", p.organisations(true)...)
		}),
		list("done", "我办过的", "done by me", workflow.OfPerson, func(p *Proposal) []workflow.Standing { return at(opened(p), p.Acted...) }),
		list("open_parts", "待办件", "parts to answer", workflow.OfUnit, func(p *Proposal) (standings []workflow.Standing) {
			for _, part := range p.Parts {
				if means := p.partMeans(part.Unit); means != answered && means != released {
					standings = append(standings, workflow.Standing{Key: part.Holder(), Sort: p.firstDue(part.Unit)})
				}
			}
			return standings
		}),
		list("to_issue", "待签发", "replies to issue", workflow.OfUnit, func(p *Proposal) (standings []workflow.Standing) {
			for _, part := range p.Parts {
				if p.Allows("issue_reply", part.Unit) {
					standings = append(standings, workflow.Standing{Key: part.Holder(), Sort: p.firstDue(part.Unit)})
				}
			}
			return standings
		}),
		list("to_review", "待审查", "to review", workflow.OfBody, func(p *Proposal) []workflow.Standing {
			if p.Allows("file", "") {
				return at(opened(p), "")
			}
			return p.when("receive", "")
		}),
		list("to_assign", "待交办", "to assign", workflow.OfBody, func(p *Proposal) []workflow.Standing {
			if p.Means() != filed {
				return nil
			}
			return p.when("assign", "")
		}),
		list("objections", "待审退回申请", "objections to decide", workflow.OfBody, func(p *Proposal) []workflow.Standing {
			for _, part := range p.Parts {
				if n := len(part.Objections); n > 0 && p.Allows("approve_objection", part.Unit) {
					return at(stamp(part.Objections[n-1].At), "")
				}
			}
			return nil
		}),
		list("to_supervise", "待督办", "to supervise", workflow.OfBody, func(p *Proposal) []workflow.Standing {
			if p.Key == nil {
				return nil
			}
			return p.when("supervise", "")
		}),
		list("supervised", "督办中", "supervised", workflow.OfBody, func(p *Proposal) []workflow.Standing { return p.when("conclude", "") }),
		list("to_close", "待办结", "to close", workflow.OfBody, func(p *Proposal) []workflow.Standing { return p.when("close", "") }),
		list("due", "办理时限", "due", workflow.OfBody, func(p *Proposal) []workflow.Standing {
			if due := p.firstDue(""); due != noDue {
				return at(due, "")
			}
			return nil
		}),
	}
}

// at puts a case under some keys by one sort.
func at(sort string, keys ...string) []workflow.Standing {
	standings := make([]workflow.Standing, len(keys))
	for i, key := range keys {
		standings[i] = workflow.Standing{Key: key, Sort: sort}
	}
	return standings
}

// when puts a case under some keys by when it was opened, while an event may
// happen to it.
func (p *Proposal) when(event string, keys ...string) []workflow.Standing {
	if !p.Allows(event, "") {
		return nil
	}
	return at(opened(p), keys...)
}

// members returns the accounts of the proposer, unless it is an organisation,
// and of the co-signers.
func (p *Proposal) members(first bool) []string {
	var members []string
	if !p.Proposer.Kind.Collective() {
		members = append(members, p.Proposer.ID)
	}
	for _, c := range p.Cosigners {
		if means := p.TrackMeans(cosignTrack, c.instance()); !first && !c.Organisation && (means == consented || means == invited) {
			members = append(members, c.ID)
		}
	}
	return members
}

// invitations returns the members whose consent is asked for.
func (p *Proposal) invitations() (standings []workflow.Standing) {
	for _, c := range p.Cosigners {
		if !c.Organisation && p.Allows("consent", c.instance()) {
			standings = append(standings, workflow.Standing{Key: c.ID, Sort: stamp(c.Invited)})
		}
	}
	return standings
}

// organisations returns the proposer if it is one, and those that co-sign or were
// asked to.
func (p *Proposal) organisations(first bool) (units []string) {
	if p.Proposer.Kind.Collective() {
		units = append(units, p.Proposer.ID)
	}
	for _, c := range p.Cosigners {
		if means := p.TrackMeans(cosignTrack, c.instance()); !first && c.Organisation && (means == consented || means == invited) {
			units = append(units, c.ID)
		}
	}
	return units
}

func opened(p *Proposal) string { return stamp(p.Opened) }

// noDue sorts behind every day.
const noDue = "9999-12-31"

// firstDue returns the first day on which a running clock is due, of a part or
// of the whole.
func (p *Proposal) firstDue(unit string) string {
	first := noDue
	for _, c := range p.Clocks {
		if c.Running() && !c.Due.IsZero() && (unit == "" || c.Of == unit) {
			first = min(first, c.Due.String())
		}
	}
	return first
}

// stamp writes a time so that texts order as times do.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
