package consult

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Statement (发言) is what a participant said.
type Statement struct {
	ID   string `json:"id"` // s1, s2 … within the activity
	By   string `json:"by"` // ID of a participant
	Text string `json:"text"`
}

// Opinion (协商意见) is an opinion or suggestion that came out of the activity.
type Opinion struct {
	ID        string   `json:"id"`           // o1, o2 …
	By        string   `json:"by,omitempty"` // ID of a participant; "": of several
	Text      string   `json:"text"`
	Proposals []string `json:"proposals,omitempty"` // IDs of the proposals, or clues to proposals, that it became
}

// Response (现场回应) is what a department or leader answered.
type Response struct {
	ID     string   `json:"id"` // r1, r2 …
	By     string   `json:"by"` // ID of a participant
	To     []string `json:"to"` // IDs of statements and opinions
	Text   string   `json:"text"`
	OnSpot bool     `json:"on_spot,omitempty"` // 当场: in the activity itself
}

// Minutes (会议纪要) are the minutes of the activity.
type Minutes struct {
	Filed calendar.Date `json:"filed"`
	By    string        `json:"by"`
	Text  string        `json:"text"`
}

// Opinion returns the opinion of that ID, for reading, or nil.
func (a *Activity) Opinion(id string) *Opinion {
	i := slices.IndexFunc(a.Opinions, func(o Opinion) bool { return o.ID == id })
	if i < 0 {
		return nil
	}
	return &a.Opinions[i]
}

// Answered tells whether a response was given to the statement or opinion.
func (a *Activity) Answered(id string) bool {
	return slices.ContainsFunc(a.Responses, func(r Response) bool { return slices.Contains(r.To, id) })
}

// Speak records a statement.
type Speak struct {
	By   string `json:"by"`
	Text string `json:"text"`
}

// Event is "speak".
func (Speak) Event() string { return "speak" }

// Apply adds it.
func (s Speak) Apply(_ *Act, a *Activity) error {
	if err := a.speaker("by", s.By); err != nil {
		return err
	}
	if err := checkSaid("text", s.Text); err != nil {
		return err
	}
	if err := checkLen("statements", len(a.Statements), 1); err != nil {
		return err
	}
	a.Statements = append(a.Statements, Statement{ID: fmt.Sprintf("s%d", len(a.Statements)+1), By: s.By, Text: s.Text})
	return nil
}

// speaker refuses one who was not there.
func (a *Activity) speaker(field, id string) error {
	if p := a.Participant(id); p == nil || !p.Attended {
		return workflow.Invalid(field, "unknown", "%q没有到场", "%q was not there", id)
	}
	return nil
}

// Raise records opinions, in their order.
type Raise struct {
	Opinions []Opinion `json:"opinions"` // their IDs are given here; leave them out
}

// Event is "raise".
func (Raise) Event() string { return "raise" }

// Apply adds them.
func (r Raise) Apply(_ *Act, a *Activity) error {
	if len(r.Opinions) == 0 {
		return workflow.Invalid("opinions", "empty", "没有意见", "there is no opinion")
	}
	if err := checkLen("opinions", len(a.Opinions), len(r.Opinions)); err != nil {
		return err
	}
	for i, o := range r.Opinions {
		field := at("opinions", i)
		if o.ID != "" || len(o.Proposals) > 0 {
			return workflow.Invalid(field, "given", "意见的编号由系统给定，提案另行关联", "the ID of an opinion is given here, and its proposals are linked later")
		}
		if o.By != "" {
			if err := a.speaker(field+".by", o.By); err != nil {
				return err
			}
		}
		if err := checkSaid(field+".text", o.Text); err != nil {
			return err
		}
		o.ID = fmt.Sprintf("o%d", len(a.Opinions)+1)
		a.Opinions = append(a.Opinions, o)
	}
	return nil
}

// Respond records an answer to statements and opinions.
type Respond struct {
	By     string   `json:"by"`
	To     []string `json:"to"`
	Text   string   `json:"text"`
	OnSpot bool     `json:"on_spot,omitempty"`
}

// Event is "respond".
func (Respond) Event() string { return "respond" }

// Apply adds it.
func (r Respond) Apply(_ *Act, a *Activity) error {
	if err := a.speaker("by", r.By); err != nil {
		return err
	}
	if len(r.To) == 0 {
		return workflow.Invalid("to", "empty", "回应须有所指", "a response is to something that was said")
	}
	for i, id := range r.To {
		said := a.Opinion(id) != nil || slices.ContainsFunc(a.Statements, func(s Statement) bool { return s.ID == id })
		if !said {
			return workflow.Invalid(at("to", i), "unknown", "没有发言或意见%q", "there is no statement or opinion %q", id)
		}
	}
	if err := checkSaid("text", r.Text); err != nil {
		return err
	}
	if err := checkLen("responses", len(a.Responses), 1); err != nil {
		return err
	}
	a.Responses = append(a.Responses, Response{
		ID: fmt.Sprintf("r%d", len(a.Responses)+1), By: r.By, To: slices.Clone(r.To), Text: r.Text, OnSpot: r.OnSpot,
	})
	return nil
}

// FileMinutes files the minutes, or replaces them.
type FileMinutes struct {
	Text string `json:"text"`
}

// Event is "file_minutes".
func (FileMinutes) Event() string { return "file_minutes" }

// Apply keeps them. The day of filing stays that of the first.
func (f FileMinutes) Apply(act *Act, a *Activity) error {
	if err := checkSaid("text", f.Text); err != nil {
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
// [OpinionRef] writes it; [Service.OfProposal] finds the way back.
type Link struct {
	Opinion  string `json:"opinion,omitempty"`
	Proposal string `json:"proposal"`
}

// Event is "link".
func (Link) Event() string { return "link" }

// Apply keeps the ID on the opinion or on the activity.
func (l Link) Apply(_ *Act, a *Activity) error {
	if err := checkID("proposal", l.Proposal); err != nil {
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
	if err := checkLen("proposals", len(*list), 1); err != nil {
		return err
	}
	*list = append(*list, l.Proposal)
	return nil
}

// OpinionRef names an opinion outside its activity: the activity's ID, "#" and
// the opinion's.
func OpinionRef(activity, opinion string) string { return activity + "#" + opinion }
