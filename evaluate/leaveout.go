package evaluate

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
)

// What LeaveOneOut leaves out.
const (
	LeaveEvaluator = "evaluator"
	LeaveGroup     = "group"
)

// Omission is what changes when one evaluator or one group had not voted.
type Omission struct {
	// Left is the evaluator's name or the group's key.
	Left    string   `json:"left"`
	Changes []Change `json:"changes,omitempty"`
}

// Change is one card whose total, rank or status moves.
type Change struct {
	Card string `json:"card"`
	// Before and After are the outcomes without their ledgers.
	Before Standing `json:"before"`
	After  Standing `json:"after"`
}

// Standing is where a card stands.
type Standing struct {
	Status Status        `json:"status"`
	Total  points.Points `json:"total"`
	Band   string        `json:"band,omitempty"`
	Rank   points.Points `json:"rank"`
}

// LeaveOneOut scores and ranks the cards again without each evaluator, or each
// group, in turn, and tells what moves: whether a result hangs on one voice.
// Without an evaluator the rest of the group counts as it would have, quorum
// included. Without a group its share goes to the others, whatever its policy.
// Anonymous ballots cannot be left out by evaluator. Nested cards are left as
// they are. It costs one scoring of all cards for each one left out. A ranking
// by lot needs lots for every tie that may arise; competition ranks need none.
func (s *Sheet) LeaveOneOut(cards []Card, order Ranking, by string) ([]Omission, error) {
	if err := s.compiled(); err != nil {
		return nil, err
	}
	before, err := s.standings(cards, order, "")
	if err != nil {
		return nil, err
	}
	var left []string
	switch by {
	case LeaveGroup:
		for _, g := range s.groups {
			left = append(left, g.Key)
		}
	case LeaveEvaluator:
		for _, c := range cards {
			for _, b := range c.Ballots {
				if b.Evaluator != "" {
					left = append(left, b.Evaluator)
				}
			}
		}
		slices.Sort(left)
		left = slices.Compact(left)
	default:
		return nil, fmt.Errorf("%w: leave out %s; evaluator and group are possible", points.ErrInvalid, quote.Short(by))
	}
	out := make([]Omission, 0, len(left))
	for _, name := range left {
		fewer, group := cards, name
		if by == LeaveEvaluator {
			fewer, group = without(cards, name), ""
		}
		after, err := s.standings(fewer, order, group)
		if err != nil {
			return nil, fmt.Errorf("without %s: %w", name, err)
		}
		o := Omission{Left: name}
		for i := range cards {
			if before[i] != after[i] {
				o.Changes = append(o.Changes, Change{Card: cards[i].ID, Before: before[i], After: after[i]})
			}
		}
		out = append(out, o)
	}
	return out, nil
}

func (s *Sheet) standings(cards []Card, order Ranking, withoutGroup string) ([]Standing, error) {
	outcomes := make([]Outcome, len(cards))
	for i, c := range cards {
		var err error
		if outcomes[i], err = s.score(c, withoutGroup); err != nil {
			return nil, err
		}
	}
	if _, err := order.Rank(outcomes); err != nil {
		return nil, err
	}
	out := make([]Standing, len(cards))
	for i, o := range outcomes {
		out[i] = Standing{Status: o.Status, Total: o.Total, Band: o.Band, Rank: o.Rank}
	}
	return out, nil
}

// without gives copies of the cards that lack one evaluator's ballots. The
// counts of a session that included him are lowered with them.
func without(cards []Card, evaluator string) []Card {
	out := slices.Clone(cards)
	for i, c := range out {
		groups := map[string]bool{}
		out[i].Ballots = slices.DeleteFunc(slices.Clone(c.Ballots), func(b Ballot) bool {
			if b.Evaluator == evaluator {
				groups[b.Group] = true
			}
			return b.Evaluator == evaluator
		})
		if len(groups) == 0 || c.Sessions == nil {
			continue
		}
		sessions := make(map[string]Session, len(c.Sessions))
		for key, s := range c.Sessions {
			if groups[key] {
				s = Session{less(s.Expected), less(s.Present), less(s.Issued), less(s.Returned)}
			}
			sessions[key] = s
		}
		out[i].Sessions = sessions
	}
	return out
}

func less(n *int64) *int64 {
	if n == nil || *n == 0 {
		return n
	}
	v := *n - 1
	return &v
}
