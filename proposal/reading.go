package proposal

import (
	"slices"

	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// The parts of a proposal that a sight of a definition names, beside those of
// every case. A field is in one part, or nobody sees it.
//
//	summary      title, category, session, year, timing, number, mode; what it was merged into or has taken in
//	proposer     who proposes and who co-signs
//	text         the text with its attachments, what it grew from, the units the proposer would like
//	review       the outcome of the review other than filing
//	units        the units with their roles, and when they accepted
//	objections   to whom it was to be assigned, what units have against it and what was decided; who stands back
//	replies      the replies that have gone out
//	contacts     when and how units spoke with the proposers
//	own_part     everything about the part of the reader's own unit, with replies that are only drafted
//	drafts       replies that are only drafted, of every unit
//	supervision  what makes it a key proposal, supervisions, urgings
//	opinions     the proposers' opinions, and what they make
//	evaluations  what others have made of it
//	follow_ups   what came of it later
//	publication  what the public is told, or why it is not; passages that are marked or allowed
//	notice       what the public is told, and nothing else: see [Proposal.Notice]
//	honours      what it was honoured with
//	erasures     requests to erase personal data, and what was decided
//	extra        what users of the library have added
func parts() []workflow.Part[*Proposal] {
	part := func(key, zh, en string, show func(a Actor, seen, p *Proposal)) workflow.Part[*Proposal] {
		return workflow.Part[*Proposal]{Key: key, Label: label(zh, en), Show: show}
	}
	return []workflow.Part[*Proposal]{
		part("summary", "摘要", "summary", func(_ Actor, seen, p *Proposal) {
			seen.Title, seen.Category, seen.Scheme, seen.Recategorised = p.Title, p.Category, p.Scheme, p.Recategorised
			seen.Themes, seen.ThemeScheme = p.Themes, p.ThemeScheme
			seen.Session, seen.Year, seen.Timing, seen.Number, seen.Mode = p.Session, p.Year, p.Timing, p.Number, p.Mode
			seen.NumberedIn = p.NumberedIn
			seen.MergedInto, seen.Absorbed = p.MergedInto, p.Absorbed
		}),
		part("proposer", "提案者", "proposer", func(_ Actor, seen, p *Proposal) {
			seen.Proposer, seen.EnteredBy, seen.Cosigners, seen.MergedProposers = p.Proposer, p.EnteredBy, p.Cosigners, p.MergedProposers
			seen.Handed = p.Handed
		}),
		part("text", "正文", "text", func(_ Actor, seen, p *Proposal) {
			seen.Text, seen.Research, seen.SuggestedUnits = p.Text, p.Research, p.SuggestedUnits
			seen.Clues, seen.Conferrals, seen.Attachments = p.Clues, p.Conferrals, p.Attachments
		}),
		part("review", "审查意见", "review", func(_ Actor, seen, p *Proposal) { seen.Review = p.Review }),
		part("units", "承办单位", "units", func(_ Actor, seen, p *Proposal) { seen.addParts(p, nil) }),
		part("objections", "退回申请", "objections", func(_ Actor, seen, p *Proposal) {
			seen.addParts(p, func(to, from *Part) { to.Objections, to.Transferred = from.Objections, from.Transferred })
			seen.Recused, seen.Proposed = p.Recused, p.Proposed
		}),
		part("replies", "答复", "replies", func(_ Actor, seen, p *Proposal) {
			seen.addParts(p, func(to, from *Part) {
				if len(to.Replies) < len(from.Replies) {
					to.Replies = slices.DeleteFunc(slices.Clone(from.Replies), func(a Answer) bool { return a.Issued.IsZero() })
				}
			})
		}),
		part("contacts", "沟通记录", "contacts", func(_ Actor, seen, p *Proposal) {
			seen.addParts(p, func(to, from *Part) { to.Contacts = from.Contacts })
		}),
		part("own_part", "本单位承办件", "own part", func(a Actor, seen, p *Proposal) {
			own := p.held(a.Unit)
			if a.Unit == "" || own == nil {
				return
			}
			seen.addParts(p, func(to, from *Part) {
				if from == own {
					*to = *from
				}
			})
		}),
		part("drafts", "拟复稿", "drafts of replies", func(_ Actor, seen, p *Proposal) {
			seen.addParts(p, func(to, from *Part) { to.Replies = from.Replies })
		}),
		part("supervision", "督办", "supervision", func(_ Actor, seen, p *Proposal) {
			seen.Key, seen.Candidacy, seen.Supervisions, seen.Urgings = p.Key, p.Candidacy, p.Supervisions, p.Urgings
			seen.UrgedBefore = p.UrgedBefore
		}),
		part("opinions", "提案者意见", "opinions", func(_ Actor, seen, p *Proposal) { seen.Opinions, seen.Verdicts = p.Opinions, p.Verdicts }),
		part("evaluations", "评价", "evaluations", func(_ Actor, seen, p *Proposal) { seen.Evaluations = p.Evaluations }),
		part("follow_ups", "回头看", "follow-ups", func(_ Actor, seen, p *Proposal) { seen.FollowUps = p.FollowUps }),
		part("publication", "公开", "publication", func(_ Actor, seen, p *Proposal) {
			seen.Publication, seen.Passages = p.Publication, p.Passages
			if slices.ContainsFunc(p.Parts, func(part Part) bool { return part.Publication != nil }) {
				seen.addParts(p, func(to, from *Part) { to.Publication = from.Publication })
			}
		}),
		part("honours", "表彰", "honours", func(_ Actor, seen, p *Proposal) { seen.Honours, seen.Nominations = p.Honours, p.Nominations }),
		erasure.Part[*Proposal](),
		part("extra", "扩展内容", "additions", func(_ Actor, seen, p *Proposal) { seen.Extra = p.Extra }),
		part("notice", "公开内容", "notice", showNotice),
	}
}

// addParts puts the units of p into a proposal that shows a part of it, and has
// more said of each.
func (p *Proposal) addParts(from *Proposal, more func(to, from *Part)) {
	if p.Parts == nil {
		for _, part := range from.Parts {
			p.Parts = append(p.Parts, Part{Unit: part.Unit, Role: part.Role, Assigned: part.Assigned, Accepted: part.Accepted, MoreUnits: part.MoreUnits, Matters: part.Matters, Signatures: part.Signatures, Successions: part.Successions})
		}
	}
	for i := range p.Parts {
		if more != nil {
			more(&p.Parts[i], &from.Parts[i])
		}
	}
}

// attributes are those that index gives, each with the part whose reader may ask
// by it.
func attributes() []workflow.Attribute {
	return []workflow.Attribute{
		{Name: "title", Part: "summary"}, {Name: "category", Part: "summary"}, {Name: "session", Part: "summary"},
		{Name: "number", Part: "summary"}, {Name: numberedIn, Part: "summary"}, {Name: "year", Part: "summary"}, {Name: "key", Part: "supervision"},
		{Name: "kind", Part: "proposer"}, {Name: "proposer", Part: "proposer"}, {Name: "refusal", Part: "review"},
		{Name: "unit", Part: "units"}, {Name: "lead", Part: "units"}, {Name: "class", Part: "replies"},
		{Name: "opinion", Part: "opinions"}, {Name: "part", Part: "units"}, {Name: "published", Part: "publication"}, {Name: "theme", Part: "summary"},
		{Name: tallied, Part: workflow.SeeAll},
	}
}
