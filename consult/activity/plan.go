package activity

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Plan is what an activity begins with; see [Plan.At].
type Plan struct {
	Title     string        `json:"title" zh:"题目" en:"title" field:"required,max=200"`
	Form      string        `json:"form" zh:"协商形式" en:"form" field:"required,from=forms"`
	Platform  string        `json:"platform,omitempty" zh:"平台" en:"platform" field:"id"`  // ID; "": a meeting of the conference itself
	Convenor  string        `json:"convenor,omitempty" zh:"召集人" en:"convenor" field:"id"` // neither: whoever convenes the platform, as it changes;
	Unit      string        `json:"unit,omitempty" zh:"主办单位" en:"unit" field:"id"`        // without one, the actor
	Topics    []string      `json:"topics,omitempty" zh:"议题" en:"topics" field:"id"`      // IDs of topics that have been chosen
	Proposals []string      `json:"proposals,omitempty" zh:"提案" en:"proposals" field:"id"`
	On        calendar.Date `json:"on,omitzero" zh:"日期" en:"date"`                        // zero: not yet settled
	Month     string        `json:"month,omitempty" zh:"计划月份" en:"planned for the month"` // 2026-05; its day comes later
	Place     string        `json:"place,omitempty" zh:"地点" en:"place"`
	Mode      Mode          `json:"mode,omitempty" zh:"协商方式" en:"how people meet"` // "": in a room
}

// At returns the action that opens the activity, given what the platform it names
// is, nil when it names none, and those of its topics that have not been chosen.
func (p Plan) At(platform *Venue, notChosen ...string) workflow.Action[*Activity, rules.Rules] {
	return planned{Plan: p, Venue: platform, NotChosen: notChosen}
}

// planned is a Plan with what its platform and topics were when it was made,
// which the act was decided by.
type planned struct {
	Plan
	Venue     *Venue   `json:"at,omitempty" zh:"当时的平台" en:"platform at the time"`
	NotChosen []string `json:"not_chosen,omitempty" zh:"尚未选定的议题" en:"topics not chosen" field:"id"`
}

// Venue is what the platform an activity is to be held on is at that time.
type Venue struct {
	State    string `json:"state" zh:"状态" en:"state"`                  // what its state means
	Kind     string `json:"kind" zh:"类别" en:"kind" field:"from=kinds"` // of the body's rules
	Convenor string `json:"convenor,omitempty" zh:"召集人" en:"convenor" field:"id"`
	Unit     string `json:"unit,omitempty" zh:"主办单位" en:"unit" field:"id"`
	Member   bool   `json:"member,omitempty" zh:"本平台委员" en:"member of the platform"` // the actor belongs to it
}

// Event is "open".
func (planned) Event() string { return "open" }

// Apply fills the new activity. It denies whoever neither convenes the platform
// nor belongs to it nor has an office, and refuses a platform out of service and
// topics that were not chosen.
func (p planned) Apply(act *rules.Act, a *Activity) error {
	if p.Platform != "" && p.Venue == nil {
		return workflow.Invalid("at", "empty", "没有写明平台当时的情况", "it is not said what the platform is at that time")
	}
	if err := p.permitted(act, a); err != nil {
		return err
	}
	if _, err := act.Rules.UseForm("form", p.Form); err != nil {
		return err
	}
	a.Platform, a.Convenor, a.Unit = p.Platform, p.Convenor, p.Unit
	if p.Venue != nil {
		a.Kind = p.Venue.Kind
		if a.Convenor == "" && a.Unit == "" {
			a.Convenor, a.Unit, a.OfPlatform = p.Venue.Convenor, p.Venue.Unit, true
		}
	}
	if a.Convenor == "" && a.Unit == "" {
		a.Convenor = act.Actor.ID
	}
	a.Form = p.Form
	for i, id := range p.Proposals {
		if err := check.ID(check.At("proposals", i), id); err != nil {
			return err
		}
	}
	if err := check.Len("proposals", 0, len(p.Proposals)); err != nil {
		return err
	}
	a.Topics, a.Proposals = slices.Clone(p.Topics), slices.Clone(p.Proposals)
	return Replan{Title: p.Title, On: p.On, Month: p.Month, Place: p.Place, Mode: p.Mode}.Apply(act, a)
}

func (p planned) permitted(act *rules.Act, a *Activity) error {
	var blockers []workflow.Blocker
	if v := p.Venue; v != nil {
		belongs := v.Member || act.Actor.ID == v.Convenor || act.Actor.Unit != "" && act.Actor.Unit == v.Unit
		if !belongs && !slices.Contains(act.Roles, "office") && !slices.Contains(act.Roles, "committee") {
			return &workflow.DeniedError{Actor: act.Actor.ID, Event: act.Event, ID: p.Platform,
				Reason: workflow.Block("other_platform", "不是本平台的召集人或委员", "the actor neither convenes the platform nor belongs to it")}
		}
		if v.State != platformOpen {
			blockers = append(blockers, workflow.Block("platform_not_open", "平台已暂停或撤销", "the platform is "+v.State))
		}
	}
	for _, id := range p.NotChosen {
		blockers = append(blockers, workflow.Block("topic_not_chosen", "议题尚未选定", "the topic "+id+" has not been chosen"))
	}
	if len(blockers) > 0 {
		return &workflow.RefusedError{ID: a.ID, Event: act.Event, State: a.State, Blockers: blockers}
	}
	return nil
}

// Replan replaces title, day, month and place of an activity of which no notice has
// been given, or that has been postponed.
type Replan struct {
	Title string        `json:"title" zh:"题目" en:"title" field:"required,max=200"`
	On    calendar.Date `json:"on,omitzero" zh:"日期" en:"date"`
	Month string        `json:"month,omitempty" zh:"计划月份" en:"planned for the month"` // 2026-05; "": as it was
	Place string        `json:"place,omitempty" zh:"地点" en:"place"`
	Mode  Mode          `json:"mode,omitempty" zh:"协商方式" en:"how people meet"` // "": as it was
}

// Event is "replan".
func (Replan) Event() string { return "replan" }

// Apply replaces them.
func (r Replan) Apply(act *rules.Act, a *Activity) error {
	if err := check.Name("title", r.Title); err != nil {
		return err
	}
	if err := check.Line("place", r.Place); err != nil {
		return err
	}
	if r.Month != "" {
		if _, err := LastOf(r.Month); err != nil {
			return err
		}
		a.Month = r.Month
	}
	if r.Mode != "" {
		if !r.Mode.known() {
			return workflow.Invalid("mode", "unknown", "没有协商方式%q", "there is no mode %q", r.Mode)
		}
		a.Mode = r.Mode
	}
	a.Title, a.Place = r.Title, r.Place
	a.setDay(act, r.On)
	return nil
}

// HandOver gives the activity to another convenor or organising unit.
type HandOver struct {
	Convenor string `json:"convenor,omitempty" zh:"召集人" en:"convenor" field:"id"`
	Unit     string `json:"unit,omitempty" zh:"主办单位" en:"unit" field:"id"`
}

// Event is "hand_over".
func (HandOver) Event() string { return "hand_over" }

// Apply replaces both.
func (h HandOver) Apply(_ *rules.Act, a *Activity) error {
	if h.Convenor == "" && h.Unit == "" {
		return workflow.Invalid("convenor", "empty", "活动须有召集人或主办单位", "an activity has a convenor, or a unit that organises it")
	}
	for _, f := range []struct{ name, id string }{{"convenor", h.Convenor}, {"unit", h.Unit}} {
		if f.id == "" {
			continue
		}
		if err := check.ID(f.name, f.id); err != nil {
			return err
		}
	}
	a.Convenor, a.Unit, a.OfPlatform = h.Convenor, h.Unit, false
	return nil
}

// setDay sets the day of the activity, and with it what counts from it.
func (a *Activity) setDay(act *rules.Act, on calendar.Date) {
	a.On = on
	act.SetDate(consultationDay, on)
}
