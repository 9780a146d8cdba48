package activity

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Waiver (免予时限) says that a limit before one day of the activity need not be
// kept, who decided so and why. It holds for that day only: an activity that moves
// again needs another.
type Waiver struct {
	Limit  string        `json:"limit"`
	For    calendar.Date `json:"for"`
	On     calendar.Date `json:"on"`
	By     string        `json:"by"`
	Reason string        `json:"reason"`
}

// Waive (批准免予时限) lets an activity go on at short notice, as after a
// postponement.
type Waive struct {
	Limit  string `json:"limit" zh:"时限" en:"limit" field:"id,required"` // key of a limit before the day: notice, materials
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "waive".
func (Waive) Event() string { return "waive" }

// Apply keeps the waiver for the day that is set.
func (w Waive) Apply(act *rules.Act, a *Activity) error {
	if a.On.IsZero() {
		return workflow.Invalid("limit", "no_date", "活动日期未定，无从免予时限", "the day of the activity is not settled")
	}
	if !slices.ContainsFunc(a.Clocks, func(c workflow.Clock) bool { return c.Limit == w.Limit && c.Anchor == a.On }) {
		return workflow.Invalid("limit", "unknown", "活动没有会前时限%q", "no limit %q counts from the day of this activity", w.Limit)
	}
	if a.waived(w.Limit) {
		return workflow.Invalid("limit", "duplicate", "时限%q已免予", "the limit %q has been waived already", w.Limit)
	}
	if err := check.Said("reason", w.Reason); err != nil {
		return err
	}
	a.Waivers = append(a.Waivers, Waiver{Limit: w.Limit, For: a.On, On: act.Today(), By: act.Actor.ID, Reason: w.Reason})
	return nil
}

// waived reports whether a limit was waived for the day that is set.
func (a *Activity) waived(limit string) bool {
	return slices.ContainsFunc(a.Waivers, func(w Waiver) bool { return w.Limit == limit && w.For == a.On })
}

// Relocation (变更地点) moved the activity to another place.
type Relocation struct {
	On     calendar.Date `json:"on"`
	By     string        `json:"by"`
	From   string        `json:"from"`
	To     string        `json:"to"`
	Reason string        `json:"reason"`
}

// Relocate changes the place of an activity of which notice was given. The notice
// stands.
type Relocate struct {
	Place  string `json:"place" zh:"地点" en:"place" field:"required,max=200"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "relocate".
func (Relocate) Event() string { return "relocate" }

// Apply keeps both places.
func (r Relocate) Apply(act *rules.Act, a *Activity) error {
	if err := check.Name("place", r.Place); err != nil {
		return err
	}
	if r.Place == a.Place {
		return workflow.Invalid("place", "duplicate", "地点已是%q", "the place is %q already", r.Place)
	}
	if err := check.Said("reason", r.Reason); err != nil {
		return err
	}
	if err := check.Len("relocated", len(a.Relocated), 1); err != nil {
		return err
	}
	a.Relocated = append(a.Relocated, Relocation{On: act.Today(), By: act.Actor.ID, From: a.Place, To: r.Place, Reason: r.Reason})
	a.Place = r.Place
	return nil
}
