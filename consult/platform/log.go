package platform

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// LogDuty records a day on which a member received residents at the platform:
// once for each member and day.
type LogDuty struct {
	On       calendar.Date `json:"on,omitzero" zh:"日期" en:"date"`                         // zero: today
	By       string        `json:"by,omitempty" zh:"值班委员" en:"member on duty" field:"id"` // "": the actor
	Received int           `json:"received,omitempty" zh:"接待人数" en:"people received"`
	Found    string        `json:"found,omitempty" zh:"情况" en:"findings" field:"text"`
}

// Event is "log_duty".
func (LogDuty) Event() string { return "log_duty" }

// Apply adds it.
func (l LogDuty) Apply(act *rules.Act, p *Platform) error {
	on, err := check.Past(act.Today(), l.On)
	if err != nil {
		return err
	}
	by := l.By
	if by == "" {
		by = act.Actor.ID
	}
	if l.Received < 0 {
		return workflow.Invalid("received", "out_of_range", "接待人数不能为%d", "%d people cannot be received", l.Received)
	}
	if err := check.Text("found", l.Found); err != nil {
		return err
	}
	if slices.ContainsFunc(p.Duties, func(d Duty) bool { return d.On == on && d.By == by }) {
		return workflow.Invalid("on", "duplicate", "%[2]q在%[1]s的值班已登记", "the duty of %[2]q on %[1]s is there already", on, by)
	}
	p.Duties = append(p.Duties, Duty{On: on, By: by, Received: l.Received, Found: l.Found})
	return nil
}

// Inspect records an inspection of the platform (检查台账).
type Inspect struct {
	On    calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Found string        `json:"found" zh:"检查情况" en:"findings" field:"text,required"`
	Score string        `json:"score,omitempty" zh:"评分" en:"score"`
}

// Event is "inspect".
func (Inspect) Event() string { return "inspect" }

// Apply adds it.
func (i Inspect) Apply(act *rules.Act, p *Platform) error {
	on, err := check.Past(act.Today(), i.On)
	if err != nil {
		return err
	}
	if err := check.Said("found", i.Found); err != nil {
		return err
	}
	if err := check.Line("score", i.Score); err != nil {
		return err
	}
	p.Inspections = append(p.Inspections, Inspection{On: on, By: act.Actor.ID, Found: i.Found, Score: i.Score})
	return nil
}

// Quote keeps on a platform what a source says of it: its totals of a time, the
// classes of the topics it collected.
type Quote struct {
	printed.Account
}

// Event is "quote".
func (Quote) Event() string { return "quote" }

// Apply adds it.
func (q Quote) Apply(_ *rules.Act, p *Platform) (err error) {
	p.Accounts, err = printed.Quote(p.Accounts, q.Account)
	return err
}
