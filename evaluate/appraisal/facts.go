package appraisal

import (
	"slices"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/proposal/workflow"
)

// Drawn is a fact as the host drew it from its figures.
type Drawn struct {
	Key    string        `json:"key" zh:"数据项" en:"fact" field:"required"`
	Value  evaluate.Fact `json:"value" zh:"数值" en:"value" field:"required"`
	Cases  []string      `json:"cases,omitempty" zh:"相关案件" en:"cases behind it"`
	Source string        `json:"source,omitempty" zh:"数据来源" en:"source"`
}

// Supply (填报数据) gives facts about a subject. One given again counts instead of
// the one before, which is kept.
type Supply struct {
	Subject string  `json:"subject" zh:"被考评对象" en:"who is scored" field:"id,required"`
	Facts   []Drawn `json:"facts" zh:"数据" en:"facts" field:"required"`
}

// Event is "supply".
func (Supply) Event() string { return "supply" }

// Apply keeps the facts, if the sheet can read them.
func (s Supply) Apply(act *Act, r *Round) error {
	if len(s.Facts) == 0 {
		return workflow.Invalid("facts", "empty", "没有数据", "there are no facts")
	}
	return r.supply(act, s.Subject, "", s.Facts)
}

func (r *Round) supply(act *Act, subject, appeal string, facts []Drawn) error {
	if r.subject(subject) < 0 {
		return noSubject("subject", subject)
	}
	if err := entries("facts", len(r.Facts)+len(facts), maxCard); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, f := range facts {
		if err := id(at("facts", i)+".key", f.Key); err != nil {
			return err
		}
		if seen[f.Key] {
			return workflow.Invalid(at("facts", i)+".key", "duplicate", "数据项%q重复", "the fact %q is there twice", f.Key)
		}
		seen[f.Key] = true
		if err := line(at("facts", i)+".source", f.Source); err != nil {
			return err
		}
		if err := entries(at("facts", i)+".cases", len(f.Cases), maxCard); err != nil {
			return err
		}
		r.Facts = append(r.Facts, Fact{
			Subject: subject, Key: f.Key, Value: f.Value, Cases: slices.Clone(f.Cases), Source: f.Source,
			By: act.Actor.ID, On: act.Today(), Appeal: appeal,
		})
	}
	sheet, err := r.Sheet()
	if err != nil {
		return err
	}
	card := r.CardOf(r.subject(subject))
	card.Ballots = nil
	if _, err := sheet.Score(card); err != nil {
		return workflow.Invalid("facts", "unusable", "数据有误：%v", "the facts cannot be read: %v", err)
	}
	return nil
}

// CardOf returns everything that counts about the i-th subject, as package
// evaluate takes it. Its ID is the round's and the subject's: two rounds on one
// subject are two cards, two scorings of one round are one.
func (r *Round) CardOf(i int) evaluate.Card {
	s := r.Subjects[i]
	card := evaluate.Card{ID: r.cardID(s.Key), Subject: s.Key, League: s.League, Decided: !r.Opened.IsZero(), Facts: map[string]evaluate.Fact{}}
	for _, f := range r.Facts {
		if f.Subject == s.Key {
			card.Facts[f.Key] = f.Value
		}
	}
	for _, c := range r.Cards {
		if c.Subject == s.Key && c.counts() {
			card.Ballots = append(card.Ballots, c.Ballot)
		}
	}
	return card
}

func (r *Round) cardID(subject string) string { return r.ID + "/" + subject }
