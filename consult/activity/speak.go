package activity

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// Speak records a statement.
type Speak struct {
	By   string `json:"by" zh:"发言人" en:"speaker" field:"id,required"`
	Text string `json:"text" zh:"发言" en:"statement" field:"text,required"`

	Minutes int    `json:"minutes,omitempty" zh:"时长（分钟）" en:"minutes"`
	Topic   string `json:"topic,omitempty" zh:"议题" en:"topic" field:"id"` // one of the activity's
}

// Event is "speak".
func (Speak) Event() string { return "speak" }

// Apply adds it.
func (s Speak) Apply(_ *rules.Act, a *Activity) error {
	if err := a.speaker("by", s.By); err != nil {
		return err
	}
	if err := check.Said("text", s.Text); err != nil {
		return err
	}
	if s.Minutes < 0 || s.Minutes > 24*60 {
		return workflow.Invalid("minutes", "out_of_range", "时长不能为%d分钟", "nobody speaks for %d minutes", s.Minutes)
	}
	if s.Topic != "" && !slices.Contains(a.Topics, s.Topic) {
		return workflow.Invalid("topic", "unknown", "%q不是本次活动的议题", "%q is no topic of this activity", s.Topic)
	}
	if err := check.Len("statements", len(a.Statements), 1); err != nil {
		return err
	}
	a.Statements = append(a.Statements, Statement{ID: fmt.Sprintf("s%d", len(a.Statements)+1), By: s.By, Text: s.Text, Minutes: s.Minutes, Topic: s.Topic})
	return nil
}

// Raise records opinions, in their order.
type Raise struct {
	Opinions []Opinion `json:"opinions" zh:"意见" en:"opinions" field:"required"` // their IDs are given here; leave them out
}

// Event is "raise".
func (Raise) Event() string { return "raise" }

// Apply adds them.
func (r Raise) Apply(act *rules.Act, a *Activity) error {
	if len(r.Opinions) == 0 {
		return workflow.Invalid("opinions", "empty", "没有意见", "there is no opinion")
	}
	if err := check.Len("opinions", len(a.Opinions), len(r.Opinions)); err != nil {
		return err
	}
	for i, o := range r.Opinions {
		field := check.At("opinions", i)
		if o.ID != "" || len(o.Proposals)+len(o.Asked) > 0 || !o.Entered.IsZero() {
			return workflow.Invalid(field, "given", "意见的编号由系统给定，提案另行关联", "the ID of an opinion is given here, and its proposals are linked later")
		}
		if o.By != "" {
			if err := a.speaker(field+".by", o.By); err != nil {
				return err
			}
		}
		if err := check.Said(field+".text", o.Text); err != nil {
			return err
		}
		o.ID, o.Entered = fmt.Sprintf("o%d", len(a.Opinions)+1), act.Today()
		a.Opinions = append(a.Opinions, o)
	}
	return nil
}

// Respond records an answer to statements and opinions: of a participant who was
// there, or, afterwards, of a unit that was not in the room.
type Respond struct {
	By     string   `json:"by,omitempty" zh:"回应人" en:"by" field:"id"`
	Unit   string   `json:"unit,omitempty" zh:"书面回应的单位" en:"unit that answers in writing" field:"id"`
	To     []string `json:"to" zh:"所回应的发言和意见" en:"to" field:"id,required"`
	Text   string   `json:"text" zh:"回应" en:"response" field:"text,required"`
	OnSpot bool     `json:"on_spot,omitempty" zh:"当场回应" en:"on the spot"`
}

// Event is "respond".
func (Respond) Event() string { return "respond" }

// Apply adds it.
func (r Respond) Apply(act *rules.Act, a *Activity) error {
	if err := r.from(a); err != nil {
		return err
	}
	if len(r.To) == 0 {
		return workflow.Invalid("to", "empty", "回应须有所指", "a response is to something that was said")
	}
	for i, id := range r.To {
		said := a.Opinion(id) != nil || slices.ContainsFunc(a.Statements, func(s Statement) bool { return s.ID == id })
		if !said {
			return workflow.Invalid(check.At("to", i), "unknown", "没有发言或意见%q", "there is no statement or opinion %q", id)
		}
	}
	if err := check.Said("text", r.Text); err != nil {
		return err
	}
	if err := check.Len("responses", len(a.Responses), 1); err != nil {
		return err
	}
	a.Responses = append(a.Responses, Response{
		ID: fmt.Sprintf("r%d", len(a.Responses)+1), By: r.By, Unit: r.Unit, To: slices.Clone(r.To), Text: r.Text, OnSpot: r.OnSpot, Entered: act.Today(),
	})
	return nil
}

// from refuses a response of nobody, of two, of a participant who was not there, and
// one given on the spot by a unit that was not.
func (r Respond) from(a *Activity) error {
	if r.Unit == "" {
		return a.speaker("by", r.By)
	}
	if r.By != "" || r.OnSpot {
		return workflow.Invalid("unit", "two", "书面回应写明单位，不写回应人，也不是当场回应", "a unit answers in writing: without a participant, and not on the spot")
	}
	return check.ID("unit", r.Unit)
}

// Link ties an opinion to the proposal, or the clue to one, that it became
// (转为提案线索), or, without an opinion, the activity to a proposal whose handling
// it serves. The other side refers to the activity's ID, and to the opinion as
// [OpinionRef] writes it; Service.OfProposal of package consult finds the way back.
type Link struct {
	Opinion  string `json:"opinion,omitempty" zh:"意见" en:"opinion" field:"id"`
	Proposal string `json:"proposal" zh:"提案" en:"proposal" field:"id,required"`
}

// Event is "link".
func (Link) Event() string { return "link" }

// Apply keeps the ID on the opinion or on the activity.
func (l Link) Apply(_ *rules.Act, a *Activity) error {
	if err := check.ID("proposal", l.Proposal); err != nil {
		return err
	}
	list := &a.Proposals
	if l.Opinion != "" {
		o := a.Opinion(l.Opinion)
		if o == nil {
			return workflow.Invalid("opinion", "unknown", "没有意见%q", "there is no opinion %q", l.Opinion)
		}
		list = &o.Proposals
	}
	if slices.Contains(*list, l.Proposal) {
		return workflow.Invalid("proposal", "duplicate", "%q已经关联", "%q is linked already", l.Proposal)
	}
	if err := check.Len("proposals", len(*list), 1); err != nil {
		return err
	}
	*list = append(*list, l.Proposal)
	return nil
}

// speaker refuses one who was not there.
func (a *Activity) speaker(field, id string) error {
	if p := a.Participant(id); p == nil || !p.Attended {
		return workflow.Invalid(field, "unknown", "%q没有到场", "%q was not there", id)
	}
	return nil
}
