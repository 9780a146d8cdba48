package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
)

// BallotTotal is one current ballot's points over all criteria its group judges
// by marks: what the subject would have if only this ballot counted.
type BallotTotal struct {
	Ballot    string        `json:"ballot"`
	Evaluator string        `json:"evaluator,omitempty"`
	Points    points.Points `json:"points"`
	// Missing is how many of the criteria it does not mark; Points then lacks
	// them and must not be compared with a complete ballot's.
	Missing int `json:"missing,omitempty"`
}

// BallotTotals gives the totals of a group's ballots on a card, in the order of
// their ids, rounded to four places by the sheet's rule. They are the rows of
// Bootstrap and the marks that statistics of raters are computed from: how
// severe someone is, how far a panel agrees. A blind card must be decided.
func (s *Sheet) BallotTotals(card Card, group string) ([]BallotTotal, error) {
	if err := s.compiled(); err != nil {
		return nil, err
	}
	r := s.begin(&card, "")
	r.references()
	r.ballots()
	if err := r.err(); err != nil {
		return nil, err
	}
	if s.rubric.Blind && !card.Decided {
		return nil, &points.UndefinedError{What: "ballots of card " + card.ID, Reason: WhySealed}
	}
	for _, p := range r.panels {
		if p.Key != group {
			continue
		}
		totals := make([]BallotTotal, len(p.ballots))
		for i, b := range p.ballots {
			sum, missing := p.total(i)
			points, err := sum.Round(points.Places, s.round.rule)
			if err != nil {
				return nil, err
			}
			totals[i] = BallotTotal{Ballot: b.ID, Evaluator: b.Evaluator, Points: points, Missing: missing}
		}
		return totals, nil
	}
	return nil, fmt.Errorf("%w: there is no group %s", points.ErrInvalid, quote.Short(group))
}

// total is a ballot's points over the criteria it marks, and how many of the
// criteria it does not mark.
func (p *panel) total(ballot int) (sum points.Exact, missing int) {
	for slot, n := range p.leaves {
		rule, ok := n.rule.(ballotRule)
		if !ok {
			continue // a host's criterion has no marks to add
		}
		raw, why := p.mark(slot, ballot)
		if why != "" {
			missing++
			continue
		}
		sum = sum.Add(rule.linear(n).of(int64(raw), 1))
	}
	return sum, missing
}
