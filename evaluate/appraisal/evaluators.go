package appraisal

import (
	"slices"

	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal/workflow"
)

// Invite (邀请评分人) adds evaluators. Each belongs to one group of the sheet.
type Invite struct {
	Evaluators []Evaluator `json:"evaluators" zh:"评分人" en:"evaluators" field:"required"`
}

// Event is "invite".
func (Invite) Event() string { return "invite" }

// Apply adds them. Who is invited already is refused: nobody counts in two groups.
func (v Invite) Apply(act *Act, r *Round) error {
	if len(v.Evaluators) == 0 {
		return workflow.Invalid("evaluators", "empty", "没有评分人", "nobody is invited")
	}
	if err := entries("evaluators", len(r.Evaluators)+len(v.Evaluators), maxList); err != nil {
		return err
	}
	for i, e := range v.Evaluators {
		where := at("evaluators", i)
		if err := id(where+".key", e.Key); err != nil {
			return err
		}
		if slices.ContainsFunc(r.Evaluators, func(x Evaluator) bool { return x.Key == e.Key }) {
			return workflow.Invalid(where+".key", "duplicate", "评分人%q已在名单，一人只计入一组", "%q is an evaluator already: nobody counts in two groups", e.Key)
		}
		if k := r.subject(e.Key); k >= 0 && r.Subjects[k].Unit != e.Unit {
			return workflow.Invalid(where+".unit", "other_kind", "%q不能既是账号又是单位", "%q cannot be an account and a unit in one round", e.Key)
		}
		group, err := r.group(e.Group)
		if err != nil {
			return err
		}
		if group == nil {
			return workflow.Invalid(where+".group", "unknown", "评分表没有评分组%q", "the sheet has no group %q", e.Group)
		}
		for j, key := range e.Judges {
			if r.subject(key) < 0 {
				return noSubject(at(where+".judges", j), key)
			}
			if key == e.Key && group.Kind != rubric.SelfRated {
				return workflow.Invalid(at(where+".judges", j), "own_subject", "%q不能给自己评分", "%q cannot score itself", key)
			}
		}
		r.Evaluators = append(r.Evaluators, Evaluator{Key: e.Key, Unit: e.Unit, Group: e.Group, Judges: slices.Clone(e.Judges), Invited: act.Today()})
	}
	return nil
}

// group returns a group of the sheet; nil when it has none of that key.
func (r *Round) group(key string) (*rubric.Group, error) {
	sheet, err := rubric.Parse(r.Rubric)
	if err != nil {
		return nil, err
	}
	for i := range sheet.Groups {
		if sheet.Groups[i].Key == key {
			return &sheet.Groups[i], nil
		}
	}
	return nil, nil //nolint:nilnil // none
}

// Remind (催交) notes that everybody whose cards are not in was reminded.
type Remind struct{}

// Event is "remind".
func (Remind) Event() string { return "remind" }

// Apply notes the day with each of them.
func (Remind) Apply(act *Act, r *Round) error {
	missing, err := r.Missing()
	if err != nil {
		return err
	}
	if len(missing) == 0 {
		return workflow.Invalid("evaluators", "nobody", "评分均已提交，无须催交", "all cards are in: there is nobody to remind")
	}
	for i := range r.Evaluators {
		if e := &r.Evaluators[i]; slices.ContainsFunc(missing, func(m Missing) bool { return m.Evaluator == e.Key }) {
			e.Reminded = append(e.Reminded, act.Today())
		}
	}
	return nil
}

// Recuse (回避) keeps an evaluator from scoring a subject; an evaluator does so of
// their own, others name whom. A card that was handed in no longer counts.
type Recuse struct {
	Evaluator string `json:"evaluator,omitempty" zh:"评分人" en:"evaluator" field:"id"` // empty: the actor
	Subject   string `json:"subject" zh:"被考评对象" en:"who is scored" field:"id,required"`
	Reason    string `json:"reason" zh:"回避情形" en:"reason" field:"required,from=recusals"`
	Text      string `json:"text,omitempty" zh:"说明" en:"remarks" field:"text"`
}

// Event is "recuse".
func (Recuse) Event() string { return "recuse" }

// Apply notes the recusal.
func (c Recuse) Apply(act *Act, r *Round) error {
	i := r.evaluatorOf(act.Actor)
	if c.Evaluator != "" {
		own := i >= 0 && r.Evaluators[i].Key == c.Evaluator
		i = slices.IndexFunc(r.Evaluators, func(e Evaluator) bool { return e.Key == c.Evaluator })
		if act.Role == "evaluator" && !own {
			return workflow.Invalid("evaluator", "other", "只能为自己申请回避", "an evaluator recuses themselves, not others")
		}
	}
	if i < 0 {
		return workflow.Invalid("evaluator", "unknown", "%q不是评分人", "%q is no evaluator", c.Evaluator)
	}
	if r.subject(c.Subject) < 0 {
		return noSubject("subject", c.Subject)
	}
	if err := act.Rules.use("reason", "recusals", c.Reason); err != nil {
		return err
	}
	if c.Text != "" {
		if err := said("text", c.Text); err != nil {
			return err
		}
	}
	e := &r.Evaluators[i]
	if e.recused(c.Subject) {
		return workflow.Invalid("subject", "duplicate", "已回避%q", "they are recused from %q already", c.Subject)
	}
	e.Recused = append(e.Recused, Recusal{Subject: c.Subject, Reason: c.Reason, Text: c.Text, By: act.Actor.ID, On: act.Today()})
	if k := r.card(e.Key, c.Subject); k >= 0 {
		r.Cards[k].Withdrawn = act.Today()
	}
	return nil
}

func (e Evaluator) recused(subject string) bool {
	return slices.ContainsFunc(e.Recused, func(c Recusal) bool { return c.Subject == subject })
}

// Missing is a card that is not in.
type Missing struct {
	Evaluator string `json:"evaluator"`
	Subject   string `json:"subject"`
}

// Missing returns the cards that are still to come: of every evaluator, on
// everybody they score and are not recused from.
func (r *Round) Missing() ([]Missing, error) {
	var missing []Missing
	for _, e := range r.Evaluators {
		judges, err := r.judges(e)
		if err != nil {
			return nil, err
		}
		for _, s := range judges {
			if r.card(e.Key, s) < 0 {
				missing = append(missing, Missing{e.Key, s})
			}
		}
	}
	return missing, nil
}

// judges returns whom an evaluator scores.
func (r *Round) judges(e Evaluator) ([]string, error) {
	group, err := r.group(e.Group)
	if err != nil {
		return nil, err
	}
	self := group != nil && group.Kind == rubric.SelfRated
	var keys []string
	for _, s := range r.Subjects {
		switch {
		case e.recused(s.Key), len(e.Judges) > 0 && !slices.Contains(e.Judges, s.Key):
		case (s.Key == e.Key) == self || self && len(e.Judges) > 0:
			keys = append(keys, s.Key)
		}
	}
	return keys, nil
}
