package proposal

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Handed (移交) is one change of the first signer.
type Handed struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	From   Proposer  `json:"from"`
	Reason string    `json:"reason"`
}

// HandOver makes somebody else the first signer (移交领衔人): one of those who
// consented to co-sign, or, when a committee hands over for a proposer who has
// left the conference, whomever it names. What the earlier first signer did stays
// theirs in the history.
type HandOver struct {
	To     string `json:"to" zh:"接任者" en:"to whom" field:"id,required"`
	Name   string `json:"name,omitempty" zh:"姓名" en:"name"`
	Stay   bool   `json:"stay,omitempty" zh:"仍为联名人" en:"stays a co-signer"` // whoever hands over co-signs from now on
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "hand_over".
func (HandOver) Event() string { return "hand_over" }

// Apply changes the first signer.
func (a HandOver) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "移交须有理由", "handing over needs a reason"); err != nil {
		return err
	}
	if err := checkID("to", a.To); err != nil {
		return err
	}
	if err := checkLine("name", a.Name); err != nil {
		return err
	}
	before := p.Proposer
	i := slices.IndexFunc(p.Cosigners, func(c Cosign) bool {
		return c.ID == a.To && c.Organisation == before.Kind.Collective() && p.Signed(c)
	})
	switch {
	case a.To == before.ID:
		return workflow.Invalid("to", "duplicate", "%q已是第一提案人", "%q is the first signer already", a.To)
	case i < 0 && before.is(act.Actor):
		return workflow.Invalid("to", "unknown", "%q不是同意联名的提案人", "%q has not consented to co-sign", a.To)
	case a.Stay && before.Kind.Collective():
		return workflow.Invalid("stay", "mode", "集体提案者移交后不再联名", "an organisation that hands over does not stay")
	case len(p.Handed) >= MaxList:
		return workflow.Invalid("to", "too_many", "已移交%d次", "it has been handed over %d times", len(p.Handed))
	}
	p.Handed = append(p.Handed, Handed{At: act.At, By: act.Actor.ID, From: before, Reason: a.Reason})
	p.Proposer.ID, p.Proposer.Name = a.To, a.Name
	if i >= 0 {
		if a.Name == "" {
			p.Proposer.Name = p.Cosigners[i].Name
		}
		p.Cosigners = slices.Delete(slices.Clone(p.Cosigners), i, i+1)
	}
	if a.Stay {
		p.sign(act, Cosign{ID: before.ID, Name: before.Name, Invited: act.At, Answered: act.At})
	}
	if !before.Kind.Collective() {
		p.Proposer.Kind = Member
		if a.Stay || p.Consented() > 0 {
			p.Proposer.Kind = Joint
		}
	}
	return nil
}

// sign has somebody co-sign at once.
func (p *Proposal) sign(act *Act, c Cosign) {
	i := slices.IndexFunc(p.Cosigners, func(other Cosign) bool { return other.instance() == c.instance() })
	if i < 0 {
		p.Cosigners = append(p.Cosigners, c)
	} else {
		p.Cosigners[i].Answered = act.At
	}
	switch p.TrackMeans(cosignTrack, c.instance()) {
	case "":
		act.Begin(cosignTrack, c.instance())
	case consented:
		return
	case invited:
	default:
		act.Then("reinvite", c.instance())
	}
	act.Then("seconded", c.instance())
}

// OpenSeconding lets any member second the draft until a day (征集附议).
type OpenSeconding struct {
	Until calendar.Date `json:"until" zh:"截止日期" en:"until" field:"required"`
}

// Event is "open_seconding".
func (OpenSeconding) Event() string { return "open_seconding" }

// secondingCloses is the date that OpenSeconding gives a proposal, for the limit
// that closes it.
const secondingCloses = "seconding_closes"

// Apply sets the day.
func (a OpenSeconding) Apply(act *Act, _ *Proposal) error {
	if a.Until.IsZero() || a.Until.Before(act.Today()) {
		return workflow.Invalid("until", "out_of_range", "截止日期%v不能为空或早于今天", "seconding ends today or later, not on %v", a.Until)
	}
	act.SetDate(secondingCloses, a.Until)
	return nil
}

// CloseSeconding ends the seconding before its day, or on it.
type CloseSeconding struct{}

// Event is "close_seconding".
func (CloseSeconding) Event() string { return "close_seconding" }

// Apply changes nothing but the state.
func (CloseSeconding) Apply(*Act, *Proposal) error { return nil }

// Second co-signs a draft that is open to be seconded (附议), without having been
// invited.
type Second struct {
	Name string `json:"name,omitempty" zh:"姓名" en:"name"`
}

// Event is "second".
func (Second) Event() string { return "second" }

// Apply adds the actor to the co-signers.
func (a Second) Apply(act *Act, p *Proposal) error {
	if err := checkLine("name", a.Name); err != nil {
		return err
	}
	id := act.Actor.InName()
	switch {
	case id == p.Proposer.ID && !p.Proposer.Kind.Collective():
		return workflow.Invalid("id", "proposer", "联名人不能是第一提案人%q", "a co-signer is someone other than the proposer, not %q", id)
	case p.TrackMeans(cosignTrack, id) == consented:
		return workflow.Invalid("id", "duplicate", "%q已联名", "%q has co-signed", id)
	case len(p.Cosigners) >= MaxList:
		return workflow.Invalid("id", "too_many", "已有%d名联名人", "%d have co-signed", len(p.Cosigners))
	}
	p.sign(act, Cosign{ID: id, Name: a.Name, Invited: act.At, Answered: act.At})
	if p.Proposer.Kind == Member {
		p.Proposer.Kind = Joint
	}
	return nil
}

// Recusal (回避) is a person's standing back from decisions on a proposal.
type Recusal struct {
	Who    string    `json:"who"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// Recuse keeps somebody out of decisions on the proposal (回避): the guard
// "no_conflict".
type Recuse struct {
	Who    string `json:"who,omitempty" zh:"回避人员" en:"who" field:"id"` // "": the actor
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "recuse".
func (Recuse) Event() string { return "recuse" }

// Apply keeps who, and why.
func (a Recuse) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "回避须有理由", "standing back needs a reason"); err != nil {
		return err
	}
	who := a.Who
	if who == "" {
		who = act.Actor.ID
	}
	if err := checkID("who", who); err != nil {
		return err
	}
	if p.recused(who) {
		return workflow.Invalid("who", "duplicate", "%q已回避", "%q stands back already", who)
	}
	if len(p.Recused) >= MaxList {
		return workflow.Invalid("who", "too_many", "已有%d人回避", "%d stand back", len(p.Recused))
	}
	p.Recused = append(p.Recused, Recusal{Who: who, Reason: a.Reason, At: act.At, By: act.Actor.ID})
	return nil
}

func (p *Proposal) recused(who string) bool {
	return slices.ContainsFunc(p.Recused, func(r Recusal) bool { return r.Who == who })
}

// noConflict keeps a decision from whoever stands back from it, and from members
// who propose or co-sign themselves; the people of a collective proposer are not
// meant.
func noConflict(act *Act, p *Proposal) []workflow.Blocker {
	for _, id := range []string{act.Actor.ID, act.Actor.InName()} {
		if p.recused(id) {
			return block("recused", "应当回避", "whoever stands back from the proposal does not decide on it")
		}
		own := !p.Proposer.Kind.Collective() && p.Proposer.ID == id || p.TrackMeans(cosignTrack, id) == consented ||
			slices.ContainsFunc(p.MergedProposers, func(m MergedProposer) bool { return !m.Proposer.Kind.Collective() && m.Proposer.ID == id })
		if own {
			return block("own_proposal", "提案人不能决定自己的提案", "a proposer does not decide on their own proposal")
		}
	}
	return nil
}

// organisation is the instance under which an organisation co-signs: no account
// is taken for it.
func organisation(unit string) string { return "organisation " + text.Narrow(unit) }

// instance is the name of the co-signer's own instance of the track.
func (c Cosign) instance() string {
	if c.Organisation {
		return organisation(c.ID)
	}
	return c.ID
}
