package activity

import (
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// RevisitItem (回访) looks at an item after it was confirmed, also when the activity
// has been closed. What has not lasted is opened again by [Reopen].
type RevisitItem struct {
	Item  string        `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	On    calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Found string        `json:"found" zh:"回访情况" en:"findings" field:"text,required"`
	Lasts bool          `json:"lasts" zh:"成效是否保持" en:"it has lasted"`
}

// Event is "revisit_item".
func (RevisitItem) Event() string { return "revisit_item" }

// Instance is the item.
func (r RevisitItem) Instance(workflow.Actor) string { return r.Item }

// Apply keeps what was found.
func (r RevisitItem) Apply(act *rules.Act, a *Activity) error {
	return a.onItem(act, r.Item, func(item *checklist.Item) error {
		on, err := check.Past(act.Today(), r.On)
		if err != nil {
			return err
		}
		return item.Revisited(checklist.Revisit{On: on, By: act.Actor.ID, Found: r.Found, Lasts: r.Lasts})
	})
}

// AssessItem (满意度测评) records a poll of the residents about an item that was said to
// be done or confirmed, also after the activity has been closed.
type AssessItem struct {
	Item string `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	survey.Satisfaction
}

// Event is "assess_item".
func (AssessItem) Event() string { return "assess_item" }

// Instance is the item.
func (s AssessItem) Instance(workflow.Actor) string { return s.Item }

// Apply adds it.
func (s AssessItem) Apply(act *rules.Act, a *Activity) error {
	return a.onItem(act, s.Item, func(item *checklist.Item) error {
		on, err := check.Past(act.Today(), s.On)
		if err != nil {
			return err
		}
		return item.Polled(s.Satisfaction, on, act.Rules.Satisfaction)
	})
}
