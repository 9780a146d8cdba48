package activity

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Correction (更正) replaced part of the record: what it was stays here, what it is
// now stands in its place.
type Correction struct {
	Of     string          `json:"of"` // attendance, the ID of a survey or outcome, a proposal that was linked
	On     calendar.Date   `json:"on"`
	By     string          `json:"by"`
	Reason string          `json:"reason"`
	Was    json.RawMessage `json:"was"`
}

// corrects notes what part of the record was before it is replaced.
func (a *Activity) corrects(act *rules.Act, of, reason string, was any) error {
	if err := check.Said("reason", reason); err != nil {
		return err
	}
	if err := check.Len("corrections", len(a.Corrections), 1); err != nil {
		return err
	}
	data, err := json.Marshal(was)
	if err != nil {
		return fmt.Errorf("consult: correction of %s: %w", of, err)
	}
	a.Corrections = append(a.Corrections, Correction{Of: of, On: act.Today(), By: act.Actor.ID, Reason: reason, Was: data})
	return nil
}

// CorrectAttendance (更正出席情况) corrects who was there, when the record of it was
// wrong. Whoever the record has speaking was there.
type CorrectAttendance struct {
	Came   []string      `json:"came,omitempty" zh:"到场（漏记）" en:"came after all" field:"id"`
	Absent []string      `json:"absent,omitempty" zh:"未到场（误记）" en:"was not there" field:"id"`
	Joined []Participant `json:"joined,omitempty" zh:"未受邀而到场（漏记）" en:"others who came"`
	Stays  []Stay        `json:"stays,omitempty" zh:"迟到、早退" en:"late or left early"`
	Reason string        `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "correct_attendance".
func (CorrectAttendance) Event() string { return "correct_attendance" }

// Apply corrects it and keeps the list as it was.
func (c CorrectAttendance) Apply(act *rules.Act, a *Activity) error {
	if len(c.Came)+len(c.Absent)+len(c.Joined)+len(c.Stays) == 0 {
		return workflow.Invalid("came", "empty", "没有更正的内容", "nothing is corrected")
	}
	if err := a.corrects(act, "attendance", c.Reason, a.Participants); err != nil {
		return err
	}
	a.Participants = slices.Clone(a.Participants)
	for _, list := range []struct {
		field string
		ids   []string
		came  bool
	}{{"came", c.Came, true}, {"absent", c.Absent, false}} {
		for i, id := range list.ids {
			p := a.Participant(id)
			field := check.At(list.field, i)
			if p == nil {
				return workflow.Invalid(field, "unknown", "%q不在参加人员中", "%q does not take part", id)
			}
			if p.Attended == list.came {
				return workflow.Invalid(field, "unchanged", "%q的记录本就如此", "the record says so of %q already", id)
			}
			if !list.came && a.spoke(id) {
				return workflow.Invalid(field, "spoke", "%q有发言、意见或回应记录", "the record has %q speaking", id)
			}
			p.Attended = list.came
			if !list.came {
				p.Came, p.Left = "", ""
			}
		}
	}
	if err := a.join(act, "joined", c.Joined, true); err != nil {
		return err
	}
	if len(a.Present()) == 0 {
		return workflow.Invalid("absent", "nobody", "活动不能无人到场", "what nobody came to was not held")
	}
	return a.stayed(c.Stays)
}

// spoke reports whether the record has somebody speaking.
func (a *Activity) spoke(id string) bool {
	return slices.ContainsFunc(a.Statements, func(s Statement) bool { return s.By == id }) ||
		slices.ContainsFunc(a.Opinions, func(o Opinion) bool { return o.By == id }) ||
		slices.ContainsFunc(a.Responses, func(r Response) bool { return r.By == id })
}

// CorrectSurvey (更正问卷) replaces a survey that was entered wrongly.
type CorrectSurvey struct {
	Survey survey.Survey `json:"survey" zh:"更正后的问卷" en:"survey as it is" field:"required"` // its ID says which
	Reason string        `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "correct_survey".
func (CorrectSurvey) Event() string { return "correct_survey" }

// Apply replaces it and keeps the one before.
func (c CorrectSurvey) Apply(act *rules.Act, a *Activity) error {
	i := slices.IndexFunc(a.Surveys, func(s survey.Survey) bool { return s.ID == c.Survey.ID })
	if i < 0 {
		return workflow.Invalid("survey.id", "unknown", "没有问卷%q", "there is no survey %q", c.Survey.ID)
	}
	if err := c.Survey.Check("survey."); err != nil {
		return err
	}
	if err := a.corrects(act, c.Survey.ID, c.Reason, a.Surveys[i]); err != nil {
		return err
	}
	a.Surveys[i] = c.Survey.Clone()
	return nil
}

// Unlink (解除关联) takes back a link to a proposal that was made by mistake.
type Unlink struct {
	Opinion  string `json:"opinion,omitempty" zh:"意见" en:"opinion" field:"id"`
	Proposal string `json:"proposal" zh:"提案" en:"proposal" field:"id,required"`
	Reason   string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "unlink".
func (Unlink) Event() string { return "unlink" }

// Apply removes it and keeps that it was there.
func (u Unlink) Apply(act *rules.Act, a *Activity) error {
	list := &a.Proposals
	if u.Opinion != "" {
		o := a.Opinion(u.Opinion)
		if o == nil {
			return workflow.Invalid("opinion", "unknown", "没有意见%q", "there is no opinion %q", u.Opinion)
		}
		list = &o.Proposals
	}
	i := slices.Index(*list, u.Proposal)
	if i < 0 {
		return workflow.Invalid("proposal", "unknown", "没有关联%q", "%q is not linked", u.Proposal)
	}
	if err := a.corrects(act, u.Proposal, u.Reason, Link{Opinion: u.Opinion, Proposal: u.Proposal}); err != nil {
		return err
	}
	*list = slices.Delete(slices.Clone(*list), i, i+1)
	return nil
}

// AmendOutcome (更正成果) replaces what an outcome is called, to whom it went, its
// number and who takes it on, as when another official does.
type AmendOutcome struct {
	Outcome string   `json:"outcome" zh:"成果" en:"outcome" field:"id,required"`
	Title   string   `json:"title" zh:"名称" en:"title" field:"required,max=200"`
	Lead    string   `json:"lead,omitempty" zh:"领办人" en:"lead"`
	To      []string `json:"to,omitempty" zh:"报送对象" en:"to"`
	Number  string   `json:"number,omitempty" zh:"文号" en:"document number"`
	Reason  string   `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "amend_outcome".
func (AmendOutcome) Event() string { return "amend_outcome" }

// Apply replaces them and keeps the outcome as it was.
func (m AmendOutcome) Apply(act *rules.Act, a *Activity) error {
	o, err := a.outcome(m.Outcome)
	if err != nil {
		return err
	}
	if err := a.corrects(act, o.ID, m.Reason, *o); err != nil {
		return err
	}
	o.Title, o.Lead, o.To, o.Number = m.Title, m.Lead, slices.Clone(m.To), m.Number
	kind, _ := act.Rules.Outcome(o.Kind)
	return o.Check("", kind)
}
