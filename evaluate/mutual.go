package evaluate

import (
	"errors"

	"github.com/tian-go/tian/evaluate/problem"
)

// Mutual (双向评议) is evaluation both ways, back to back (背靠背): units judge the
// quality of proposals, proposers judge how they were handled, and neither side
// sees the other's marks before both have decided. The sheets need not be
// blind themselves.
type Mutual struct {
	Quality  *Sheet // 提案质量, judged by the units
	Handling *Sheet // 办理质量, judged by the proposers
}

// MutualCard has the two sides of one proposal.
type MutualCard struct {
	Quality  Card `json:"quality"`
	Handling Card `json:"handling"`
}

// MutualOutcome has the two results, each on its own sheet: they are not added.
type MutualOutcome struct {
	Quality  Outcome `json:"quality"`
	Handling Outcome `json:"handling"`
}

// Score scores both sides. As long as one card is not decided both outcomes are
// undefined with the reason "sealed", whoever asks. Problems of both sides are
// told together.
func (m Mutual) Score(c MutualCard) (MutualOutcome, error) {
	if m.Quality == nil || m.Handling == nil {
		return MutualOutcome{}, problem.List{{Code: problem.Empty, Text: "mutual evaluation needs two sheets"}}
	}
	quality, errQ := m.Quality.Score(c.Quality)
	handling, errH := m.Handling.Score(c.Handling)
	if errQ != nil || errH != nil {
		var all problem.List
		for _, err := range []error{errQ, errH} {
			var ps problem.List
			if errors.As(err, &ps) {
				all = append(all, ps...)
			}
		}
		return MutualOutcome{}, all
	}
	if !c.Quality.Decided || !c.Handling.Decided {
		quality, handling = quality.sealed(), handling.sealed()
	}
	return MutualOutcome{Quality: quality, Handling: handling}, nil
}

// sealed is the outcome with everything but its identity taken out.
func (o Outcome) sealed() Outcome {
	return Outcome{
		Card: o.Card, Subject: o.Subject, League: o.League,
		Rubric: o.Rubric, Version: o.Version, Hash: o.Hash,
		Status: Undefined, Reasons: []Because{{Code: WhySealed}},
	}
}
