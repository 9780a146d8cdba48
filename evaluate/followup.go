package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
)

func (c *compiler) followUps() {
	seen := map[string]bool{}
	for i, f := range c.sheet.rubric.FollowUps {
		at := fmt.Sprintf("follow_ups[%d]", i)
		if c.checkKey(at+".key", f.Key) && seen[f.Key] {
			c.add(problem.Duplicate, at+".key", "", "follow-up %s appears twice", f.Key)
		}
		seen[f.Key] = true
		if f.Running < 0 || f.Running > 100 {
			c.add(problem.Range, at+".running", "", "running is %d; it lies between 1 and 100", f.Running)
		}
	}
}

// FollowUps gives the keys of the rubric's follow-ups that a subject's outcomes
// call for, the latest outcome last. Only final outcomes count: one that is not
// final breaks a row. Of outcomes of one card, as when it was scored again after an
// appeal, the last alone counts. The outcomes must be of this rubric's name, in any
// version, and of one subject.
func (s *Sheet) FollowUps(outcomes ...Outcome) ([]string, error) {
	if err := s.compiled(); err != nil {
		return nil, err
	}
	for _, o := range outcomes {
		if o.Rubric != s.rubric.Name || o.Subject != outcomes[0].Subject {
			return nil, fmt.Errorf("%w: card %s is of %s and %s; %s and %s are asked about",
				points.ErrInvalid, o.Card, quote.Short(o.Rubric), quote.Short(o.Subject), s.rubric.Name, quote.Short(outcomes[0].Subject))
		}
	}
	var each []Outcome // one for each card
	for _, o := range outcomes {
		if n := len(each); n > 0 && o.Card != "" && each[n-1].Card == o.Card {
			each = each[:n-1]
		}
		each = append(each, o)
	}
	outcomes = each
	var called []string
	for _, f := range s.rubric.FollowUps {
		running := max(1, f.Running)
		if running > len(outcomes) {
			continue
		}
		below := true
		for _, o := range outcomes[len(outcomes)-running:] {
			below = below && o.Status == Final && o.Total < f.Below
		}
		if below {
			called = append(called, f.Key)
		}
	}
	return called, nil
}
