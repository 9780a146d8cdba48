package evaluate

import "fmt"

// FollowUp (约谈) is what a total below a mark calls for, in one year or in
// several running.
type FollowUp struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Below is the mark: a total of exactly Below does not call for it.
	Below Points `json:"below"`
	// Running is how many outcomes in a row must be below; absent is 1.
	Running int `json:"running,omitempty"`
}

func (c *compiler) followUps() {
	seen := map[string]bool{}
	for i, f := range c.sheet.rubric.FollowUps {
		at := fmt.Sprintf("follow_ups[%d]", i)
		if c.checkKey(at+".key", f.Key) && seen[f.Key] {
			c.add(CodeDuplicate, at+".key", "", "follow-up %s appears twice", f.Key)
		}
		seen[f.Key] = true
		if f.Running < 0 || f.Running > 100 {
			c.add(CodeRange, at+".running", "", "running is %d; it lies between 1 and 100", f.Running)
		}
	}
}

// FollowUps gives the keys of the rubric's follow-ups that a subject's outcomes
// call for, the latest outcome last. Only final outcomes count: one that is not
// final breaks a row. The outcomes must be of this rubric's name, in any
// version, and of one subject.
func (s *Sheet) FollowUps(outcomes ...Outcome) ([]string, error) {
	if err := s.compiled(); err != nil {
		return nil, err
	}
	for _, o := range outcomes {
		if o.Rubric != s.rubric.Name || o.Subject != outcomes[0].Subject {
			return nil, fmt.Errorf("%w: card %s is of %s and %s; %s and %s are asked about",
				ErrInvalid, o.Card, quoteShort(o.Rubric), quoteShort(o.Subject), s.rubric.Name, quoteShort(outcomes[0].Subject))
		}
	}
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
