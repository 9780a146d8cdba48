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
	if err := check.Len("statements", len(a.Statements), 1); err != nil {
		return err
	}
	a.Statements = append(a.Statements, Statement{ID: fmt.Sprintf("s%d", len(a.Statements)+1), By: s.By, Text: s.Text})
	return nil
}

// Raise records opinions, in their order.
type Raise struct {
	Opinions []Opinion `json:"opinions" zh:"意见" en:"opinions" field:"required"` // their IDs are given here; leave them out
}

// Event is "raise".
func (Raise) Event() string { return "raise" }

// Apply adds them.
func (r Raise) Apply(_ *rules.Act, a *Activity) error {
	if len(r.Opinions) == 0 {
		return workflow.Invalid("opinions", "empty", "没有意见", "there is no opinion")
	}
	if err := check.Len("opinions", len(a.Opinions), len(r.Opinions)); err != nil {
		return err
	}
	for i, o := range r.Opinions {
		field := check.At("opinions", i)
		if o.ID != "" || len(o.Proposals) > 0 {
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
		o.ID = fmt.Sprintf("o%d", len(a.Opinions)+1)
		a.Opinions = append(a.Opinions, o)
	}
	return nil
}

// Respond records an answer to statements and opinions.
type Respond struct {
	By     string   `json:"by" zh:"回应人" en:"by" field:"id,required"`
	To     []string `json:"to" zh:"所回应的发言和意见" en:"to" field:"id,required"`
	Text   string   `json:"text" zh:"回应" en:"response" field:"text,required"`
	OnSpot bool     `json:"on_spot,omitempty" zh:"当场回应" en:"on the spot"`
}

// Event is "respond".
func (Respond) Event() string { return "respond" }

// Apply adds it.
func (r Respond) Apply(_ *rules.Act, a *Activity) error {
	if err := a.speaker("by", r.By); err != nil {
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
		ID: fmt.Sprintf("r%d", len(a.Responses)+1), By: r.By, To: slices.Clone(r.To), Text: r.Text, OnSpot: r.OnSpot,
	})
	return nil
}

// FileMinutes files the minutes, or replaces them.
type FileMinutes struct {
	Text string `json:"text" zh:"会议纪要" en:"minutes" field:"text,required"`
}

// Event is "file_minutes".
func (FileMinutes) Event() string { return "file_minutes" }

// Apply keeps them. The day of filing stays that of the first.
func (f FileMinutes) Apply(act *rules.Act, a *Activity) error {
	if err := check.Said("text", f.Text); err != nil {
		return err
	}
	filed := act.Today()
	if a.Minutes != nil {
		filed = a.Minutes.Filed
	}
	a.Minutes = &Minutes{Filed: filed, By: act.Actor.ID, Text: f.Text}
	return nil
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
