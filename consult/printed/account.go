package printed

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
)

// Account is what a source tells, in its own words, of an activity that was not
// recorded here.
type Account struct {
	Date      string   `json:"date,omitempty" zh:"日期" en:"date" field:"text"` // as printed: 近日, 去年11月
	Parties   []string `json:"parties,omitempty" zh:"参加方" en:"parties" field:"text"`
	Outcomes  []string `json:"outcomes,omitempty" zh:"成果" en:"outcomes" field:"text"`
	Answered  []string `json:"answered,omitempty" zh:"已答复单位" en:"units that answered" field:"text"` // units that answered
	FollowUps []string `json:"follow_ups,omitempty" zh:"跟踪问效" en:"follow-ups" field:"text"`
	Figures   []Figure `json:"figures,omitempty" zh:"数字" en:"figures"`
	Source    string   `json:"source,omitempty" zh:"来源" en:"source" field:"text"`
	Note      string   `json:"note,omitempty" zh:"备注" en:"note" field:"text"`
}

// Check finds entries that are empty, and lists and texts that are too long.
func (a Account) Check(field string) error {
	for _, list := range []struct {
		name string
		of   []string
	}{{"parties", a.Parties}, {"outcomes", a.Outcomes}, {"answered", a.Answered}, {"follow_ups", a.FollowUps}} {
		if err := check.Len(field+"."+list.name, 0, len(list.of)); err != nil {
			return err
		}
		for i, s := range list.of {
			if err := check.Said(check.At(field+"."+list.name, i), s); err != nil {
				return err
			}
		}
	}
	if err := check.Len(field+".figures", 0, len(a.Figures)); err != nil {
		return err
	}
	for _, f := range []struct{ name, text string }{{"date", a.Date}, {"source", a.Source}, {"note", a.Note}} {
		if err := check.Text(field+"."+f.name, f.text); err != nil {
			return err
		}
	}
	return nil
}

// Clone returns a copy that shares nothing with a.
func (a Account) Clone() *Account {
	a.Parties, a.Outcomes, a.Answered = slices.Clone(a.Parties), slices.Clone(a.Outcomes), slices.Clone(a.Answered)
	a.FollowUps, a.Figures = slices.Clone(a.FollowUps), slices.Clone(a.Figures)
	return &a
}

// Quote adds what a source tells to what others have told.
func Quote(accounts []Account, a Account) ([]Account, error) {
	if err := a.Check("account"); err != nil {
		return accounts, err
	}
	if err := check.Len("accounts", len(accounts), 1); err != nil {
		return accounts, err
	}
	return append(accounts, *a.Clone()), nil
}
