package appraisal

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal/workflow"
)

// HandIn (提交评分) hands in the actor's card on a subject, instead of the one
// before.
type HandIn struct {
	Subject string                   `json:"subject" zh:"被考评对象" en:"who is scored" field:"id,required"`
	Marks   map[string]evaluate.Mark `json:"marks,omitempty" zh:"评分" en:"marks"`
	Missing rubric.Missing           `json:"missing,omitempty" zh:"不评分原因" en:"why there are no marks"`
}

// Event is "hand_in".
func (HandIn) Event() string { return "hand_in" }

// Apply keeps the card, if the sheet can read it.
func (h HandIn) Apply(act *Act, r *Round) error {
	i := r.evaluatorOf(act.Actor)
	if i < 0 {
		return workflow.Invalid("evaluator", "unknown", "不是评分人", "no evaluator")
	}
	e := r.Evaluators[i]
	if r.subject(h.Subject) < 0 {
		return noSubject("subject", h.Subject)
	}
	judges, err := r.judges(e)
	if err != nil {
		return err
	}
	if !slices.Contains(judges, h.Subject) || r.own(act.Actor)(h.Subject) && h.Subject != e.Key {
		return workflow.Invalid("subject", "not_judged", "%q不给%q评分", "%q does not score %q", e.Key, h.Subject)
	}
	if err := entries("cards", len(r.Cards)+1, maxCard); err != nil {
		return err
	}
	ballot := evaluate.Ballot{
		ID: fmt.Sprintf("c%d", len(r.Cards)+1), Group: e.Group, Evaluator: e.Key, Missing: h.Missing, Marks: maps.Clone(h.Marks),
	}
	sheet, err := r.Sheet()
	if err != nil {
		return err
	}
	if _, err := sheet.Score(evaluate.Card{ID: h.Subject, Subject: h.Subject, Ballots: []evaluate.Ballot{ballot}}); err != nil {
		return workflow.Invalid("marks", "unusable", "评分有误：%v", "the card cannot be read: %v", err)
	}
	if k := r.card(e.Key, h.Subject); k >= 0 {
		r.Cards[k].Withdrawn = act.Today()
	}
	r.Cards = append(r.Cards, Card{Subject: h.Subject, Ballot: ballot, On: act.Today()})
	return nil
}

// TakeBack (撤回评分) withdraws the actor's card on a subject.
type TakeBack struct {
	Subject string `json:"subject" zh:"被考评对象" en:"who is scored" field:"id,required"`
}

// Event is "take_back".
func (TakeBack) Event() string { return "take_back" }

// Apply notes the day; the card is kept and no longer counts.
func (b TakeBack) Apply(act *Act, r *Round) error {
	i := r.evaluatorOf(act.Actor)
	if i < 0 {
		return workflow.Invalid("evaluator", "unknown", "不是评分人", "no evaluator")
	}
	k := r.card(r.Evaluators[i].Key, b.Subject)
	if k < 0 {
		return workflow.Invalid("subject", "no_card", "没有对%q的评分", "there is no card on %q", b.Subject)
	}
	r.Cards[k].Withdrawn = act.Today()
	return nil
}

// card is the place of the card that counts; -1 for none.
func (r *Round) card(evaluator, subject string) int {
	return slices.IndexFunc(r.Cards, func(c Card) bool {
		return c.Subject == subject && c.Ballot.Evaluator == evaluator && c.counts()
	})
}

func (c Card) counts() bool { return c.Withdrawn.IsZero() && c.Struck == "" }

// Close (截止评分) opens the cards: nothing is handed in or withdrawn any more.
type Close struct{}

// Event is "close".
func (Close) Event() string { return "close" }

// Apply notes the day.
func (Close) Apply(act *Act, r *Round) error {
	r.Opened = act.Today()
	return nil
}
