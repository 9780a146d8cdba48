package consult

import (
	"slices"
)

// Account is what a source tells, in its own words, of an activity that was not
// recorded here.
type Account struct {
	Date      string   `json:"date,omitempty"` // as printed: 近日, 去年11月
	Parties   []string `json:"parties,omitempty"`
	Outcomes  []string `json:"outcomes,omitempty"`
	Answered  []string `json:"answered,omitempty"` // units that answered
	FollowUps []string `json:"follow_ups,omitempty"`
	Figures   []Figure `json:"figures,omitempty"`
	Source    string   `json:"source,omitempty"`
	Note      string   `json:"note,omitempty"`
}

func (a Account) check(field string) error {
	for _, list := range []struct {
		name string
		of   []string
	}{{"parties", a.Parties}, {"outcomes", a.Outcomes}, {"answered", a.Answered}, {"follow_ups", a.FollowUps}} {
		if err := checkLen(field+"."+list.name, 0, len(list.of)); err != nil {
			return err
		}
		for i, s := range list.of {
			if err := checkSaid(at(field+"."+list.name, i), s); err != nil {
				return err
			}
		}
	}
	if err := checkLen(field+".figures", 0, len(a.Figures)); err != nil {
		return err
	}
	for _, f := range []struct{ name, text string }{{"date", a.Date}, {"source", a.Source}, {"note", a.Note}} {
		if err := checkText(field+"."+f.name, f.text); err != nil {
			return err
		}
	}
	return nil
}

func (a Account) clone() *Account {
	a.Parties, a.Outcomes, a.Answered = slices.Clone(a.Parties), slices.Clone(a.Outcomes), slices.Clone(a.Answered)
	a.FollowUps, a.Figures = slices.Clone(a.FollowUps), slices.Clone(a.Figures)
	return &a
}

// Quote keeps on a platform what a source tells of it: its totals of a time, the
// classes of the topics it collected.
type Quote struct {
	Account
}

// Event is "quote".
func (Quote) Event() string { return "quote" }

// Apply adds it.
func (q Quote) Apply(_ *Act, p *Platform) error {
	if err := q.check("account"); err != nil {
		return err
	}
	if err := checkLen("accounts", len(p.Accounts), 1); err != nil {
		return err
	}
	p.Accounts = append(p.Accounts, *q.clone())
	return nil
}
