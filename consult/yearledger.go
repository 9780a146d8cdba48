package consult

import (
	"context"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// YearLedger (年度台账) is the year of a body and of those below it: every platform, every
// activity on a platform or elsewhere, and every item of the checklists that is of the
// year or still to be done.
type YearLedger struct {
	Body      string        `json:"body"`
	On        calendar.Date `json:"on"`
	Platforms []Compliance  `json:"platforms"`
	Rows      []LedgerRow   `json:"rows"`
	Items     []ItemAt      `json:"items"` // in order of due date
}

// YearLedger returns the ledger of a body and those below it for the year of a day, as
// it stands on that day. Package ledger writes it as a spreadsheet.
func (s *Service) YearLedger(ctx context.Context, body string, on calendar.Date) (*YearLedger, error) {
	if body == "" {
		return nil, workflow.Invalid("body", "empty", "没有写明机构", "it is not said of which body")
	}
	l := &YearLedger{Body: body, On: on}
	var err error
	if l.Platforms, err = s.Compliance(ctx, body, on); err != nil {
		return nil, err
	}
	var activities []*activity.Activity
	err = s.each(ctx, body, s.within(body), func(a *activity.Activity) error {
		activities = append(activities, a)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, a := range activities {
		r, err := s.rowOf(ctx, a, on)
		if err != nil {
			return nil, err
		}
		if r != nil {
			l.Rows = append(l.Rows, *r)
		}
	}
	sortRows(l.Rows)
	items, err := s.Items(ctx, ItemsAsked{Body: body, On: on})
	for _, item := range items {
		if item.Given.Year() == on.Year() || item.Finished.IsZero() || item.Finished.Year() == on.Year() {
			l.Items = append(l.Items, item)
		}
	}
	return l, err
}
