package appraisal

import (
	"slices"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// The parts of a round that a sight of its definition names, beside those of
// every case. A field is in one part, or nobody sees it.
//
//	plan        what is judged, by which sheet, who is scored
//	course      on which day it was opened, shown, published; why it was cancelled
//	evaluators  who scores; own_seat: the reader's own place among them
//	cards       every card; own_cards: those of the reader
//	facts       the figures; own_facts: those about the reader
//	appeals     the appeals; own_appeals: those of the reader
//	scorings    every outcome with its ledger; own_outcome: that of the reader;
//	            outcomes: all, with the ledger of the reader's own only
//	erasures    requests to erase personal data, and what was decided
//
// While cards are sealed the shipped definition shows nobody "cards", nor a
// history, in which they stand too.
func parts() []workflow.Part[*Round] {
	part := func(key, zh, en string, show func(a workflow.Actor, seen, r *Round)) workflow.Part[*Round] {
		return workflow.Part[*Round]{Key: key, Label: label(zh, en), Show: show}
	}
	return []workflow.Part[*Round]{
		part("plan", "考评方案", "plan", func(_ workflow.Actor, seen, r *Round) {
			seen.Title, seen.From, seen.To, seen.Until = r.Title, r.From, r.To, r.Until
			seen.Rubric, seen.Name, seen.Version, seen.Hash = r.Rubric, r.Name, r.Version, r.Hash
			seen.Ranking, seen.Subjects = r.Ranking, r.Subjects
		}),
		part("course", "进程", "course", func(_ workflow.Actor, seen, r *Round) {
			seen.Opened, seen.Shown, seen.Published, seen.Cancelled = r.Opened, r.Shown, r.Published, r.Cancelled
		}),
		part("evaluators", "评分人", "evaluators", func(_ workflow.Actor, seen, r *Round) { seen.Evaluators = r.Evaluators }),
		part("own_seat", "本人评分席位", "own seat", func(a workflow.Actor, seen, r *Round) {
			if i := r.evaluatorOf(a); i >= 0 && seen.Evaluators == nil {
				seen.Evaluators = []Evaluator{r.Evaluators[i]}
			}
		}),
		part("cards", "评分", "cards", func(_ workflow.Actor, seen, r *Round) { seen.Cards = r.Cards }),
		part("own_cards", "本人评分", "own cards", func(a workflow.Actor, seen, r *Round) {
			if i := r.evaluatorOf(a); i >= 0 && seen.Cards == nil {
				seen.Cards = filter(r.Cards, func(c Card) bool { return c.Ballot.Evaluator == r.Evaluators[i].Key })
			}
		}),
		part("facts", "数据", "facts", func(_ workflow.Actor, seen, r *Round) { seen.Facts = r.Facts }),
		part("own_facts", "本单位数据", "own facts", func(a workflow.Actor, seen, r *Round) {
			if own := r.own(a); seen.Facts == nil {
				seen.Facts = filter(r.Facts, func(f Fact) bool { return own(f.Subject) })
			}
		}),
		part("appeals", "申诉", "appeals", func(_ workflow.Actor, seen, r *Round) { seen.Appeals = r.Appeals }),
		part("own_appeals", "本单位申诉", "own appeals", func(a workflow.Actor, seen, r *Round) {
			if own := r.own(a); seen.Appeals == nil {
				seen.Appeals = filter(r.Appeals, func(p Appeal) bool { return own(p.Subject) })
			}
		}),
		part("scorings", "计分", "scorings", func(_ workflow.Actor, seen, r *Round) { seen.Scorings = r.Scorings }),
		part("outcomes", "考评结果", "outcomes", func(a workflow.Actor, seen, r *Round) {
			if seen.Scorings == nil {
				seen.Scorings = r.outcomes(r.own(a), func(string) bool { return true })
			}
		}),
		part("own_outcome", "本单位结果", "own outcome", func(a workflow.Actor, seen, r *Round) {
			if own := r.own(a); seen.Scorings == nil {
				seen.Scorings = r.outcomes(own, own)
			}
		}),
		erasure.Part[*Round](),
	}
}

// own returns what tells a subject that the actor is or acts for.
func (r *Round) own(a workflow.Actor) func(subject string) bool {
	i := r.subjectOf(a)
	return func(subject string) bool { return i >= 0 && r.Subjects[i].Key == subject }
}

// outcomes returns the scorings with the outcomes of some, and the ledgers of the
// reader's own.
func (r *Round) outcomes(own, visible func(subject string) bool) []Scoring {
	var scorings []Scoring
	for _, s := range r.Scorings {
		s.Outcomes = filter(s.Outcomes, func(o evaluate.Outcome) bool { return visible(o.Subject) })
		for i := range s.Outcomes {
			if !own(s.Outcomes[i].Subject) {
				s.Outcomes[i].Ledger, s.Outcomes[i].Panels = nil, nil
			}
		}
		s.Places = filter(s.Places, func(p evaluate.Place) bool { return visible(p.Subject) })
		if len(s.Outcomes) > 0 {
			scorings = append(scorings, s)
		}
	}
	return scorings
}

func filter[T any](all []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(all), func(x T) bool { return !keep(x) })
}

// attributes are those that index gives.
func attributes() []workflow.Attribute {
	return []workflow.Attribute{{Name: "title", Part: "plan"}, {Name: "year", Part: "plan"}, {Name: "sheet", Part: "plan"}}
}

// lists are those that a desk has:
//
//	mine       of an account: rounds in which it is scored or scores
//	ours       of a unit: the same
//	running    of a body: rounds that are not archived or cancelled
//
// Each is sorted by the last day for cards.
func lists() []workflow.List[*Round] {
	of := func(unit bool) func(*Round) []workflow.Standing {
		return func(r *Round) (standings []workflow.Standing) {
			for _, s := range r.Subjects {
				if s.Unit == unit {
					standings = append(standings, workflow.Standing{Key: s.Key, Sort: r.Until.String()})
				}
			}
			for _, e := range r.Evaluators {
				if e.Unit == unit {
					standings = append(standings, workflow.Standing{Key: e.Key, Sort: r.Until.String()})
				}
			}
			return standings
		}
	}
	return []workflow.List[*Round]{
		{Key: "mine", Label: label("我的考评", "mine"), For: workflow.OfPerson, Stands: of(false)},
		{Key: "ours", Label: label("本单位考评", "ours"), For: workflow.OfUnit, Stands: of(true)},
		{Key: "running", Label: label("进行中", "running"), For: workflow.OfBody, Stands: func(r *Round) []workflow.Standing {
			if !r.Allows("archive", "") && !r.Allows("cancel", "") && !r.Allows("publish", "") && !r.Allows("confirm", "") {
				return nil
			}
			return []workflow.Standing{{Sort: r.Until.String()}}
		}},
	}
}
