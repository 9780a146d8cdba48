package consult

import (
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Establish opens a platform.
type Establish struct {
	Name     string        `json:"name"`
	Kind     string        `json:"kind"`
	Tier     Tier          `json:"tier"`
	Place    string        `json:"place,omitempty"`
	Convenor string        `json:"convenor,omitempty"`
	Unit     string        `json:"unit,omitempty"`
	Members  []string      `json:"members,omitempty"`
	Wall     []string      `json:"wall,omitempty"`
	Quota    Quota         `json:"quota,omitzero"`
	Since    calendar.Date `json:"since,omitzero"` // zero: today
}

// Event is "open".
func (Establish) Event() string { return "open" }

// Apply fills the new platform.
func (e Establish) Apply(act *Act, p *Platform) error {
	if p.Since = e.Since; p.Since.IsZero() {
		p.Since = act.Today()
	}
	return Revise{e.Name, e.Kind, e.Tier, e.Place, e.Convenor, e.Unit, e.Members, e.Wall, e.Quota}.Apply(act, p)
}

// Revise replaces what a platform is: its convenor when they change, its
// members, its rules on the wall.
type Revise struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Tier     Tier     `json:"tier"`
	Place    string   `json:"place,omitempty"`
	Convenor string   `json:"convenor,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Members  []string `json:"members,omitempty"`
	Wall     []string `json:"wall,omitempty"`
	Quota    Quota    `json:"quota,omitzero"`
}

// Event is "revise".
func (Revise) Event() string { return "revise" }

// Apply replaces everything that Revise names.
func (r Revise) Apply(act *Act, p *Platform) error {
	if err := checkName("name", r.Name); err != nil {
		return err
	}
	if r.Kind != p.Kind || p.Kind == "" {
		kind, ok := act.Rules.Kind(r.Kind)
		if err := usable("kind", r.Kind, ok, kind.Retired); err != nil {
			return err
		}
	}
	if !r.Tier.known() {
		return workflow.Invalid("tier", "unknown", "没有层级%q", "there is no tier %q", r.Tier)
	}
	if err := checkLine("place", r.Place); err != nil {
		return err
	}
	if r.Convenor == "" && r.Unit == "" {
		return workflow.Invalid("convenor", "empty", "平台须有召集人或主办单位", "a platform has a convenor, or a unit that runs it")
	}
	if err := checkLen("members", 0, len(r.Members)); err != nil {
		return err
	}
	for i, m := range r.Members {
		if err := checkID(at("members", i), m); err != nil {
			return err
		}
		if slices.Contains(r.Members[:i], m) {
			return workflow.Invalid(at("members", i), "duplicate", "%q重复", "%q is there twice", m)
		}
	}
	if err := checkLen("wall", 0, len(r.Wall)); err != nil {
		return err
	}
	for i, rule := range r.Wall {
		if err := checkSaid(at("wall", i), rule); err != nil {
			return err
		}
	}
	if err := r.Quota.check("quota"); err != nil {
		return err
	}
	p.Name, p.Kind, p.Tier, p.Place, p.Convenor, p.Unit = r.Name, r.Kind, r.Tier, r.Place, r.Convenor, r.Unit
	p.Members, p.Wall, p.Quota = slices.Clone(r.Members), slices.Clone(r.Wall), r.Quota
	return nil
}

// Suspend takes a platform out of service for a time, from today on.
type Suspend struct {
	Reason string `json:"reason"`
}

// Event is "suspend".
func (Suspend) Event() string { return "suspend" }

// Apply begins the break.
func (s Suspend) Apply(act *Act, p *Platform) error {
	return p.out(act, s.Reason, false)
}

// Shut closes a platform, from today on.
type Shut struct {
	Reason string `json:"reason"`
}

// Event is "close".
func (Shut) Event() string { return "close" }

// Apply begins the break.
func (s Shut) Apply(act *Act, p *Platform) error {
	p.back(act)
	return p.out(act, s.Reason, true)
}

// Resume takes a suspended or closed platform into service again, from today on.
type Resume struct{}

// Event is "resume".
func (Resume) Event() string { return "resume" }

// Apply ends the break.
func (Resume) Apply(act *Act, p *Platform) error {
	p.back(act)
	return nil
}

func (p *Platform) out(act *Act, reason string, closed bool) error {
	if err := checkSaid("reason", reason); err != nil {
		return err
	}
	p.Breaks = append(p.Breaks, Break{From: act.Today(), Reason: reason, Closed: closed})
	return nil
}

// back ends the break that goes on, if one does, with yesterday. One that began
// today has lasted no day and is gone.
func (p *Platform) back(act *Act) {
	n := len(p.Breaks)
	if n == 0 || !p.Breaks[n-1].To.IsZero() {
		return
	}
	last := &p.Breaks[n-1]
	yesterday, err := act.Today().AddDays(-1)
	if err != nil || yesterday.Before(last.From) {
		p.Breaks = p.Breaks[:n-1]
		return
	}
	last.To = yesterday
}

// LogDuty records a day on which a member received residents at the platform.
type LogDuty struct {
	On       calendar.Date `json:"on,omitzero"`  // zero: today
	By       string        `json:"by,omitempty"` // "": the actor
	Received int           `json:"received,omitempty"`
	Found    string        `json:"found,omitempty"`
}

// Event is "log_duty".
func (LogDuty) Event() string { return "log_duty" }

// Apply adds it.
func (l LogDuty) Apply(act *Act, p *Platform) error {
	on, err := past(act, l.On)
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
	if err := checkText("found", l.Found); err != nil {
		return err
	}
	p.Duties = append(p.Duties, Duty{On: on, By: by, Received: l.Received, Found: l.Found})
	return nil
}

// Inspect records an inspection of the platform (检查台账).
type Inspect struct {
	On    calendar.Date `json:"on,omitzero"` // zero: today
	Found string        `json:"found"`
	Score string        `json:"score,omitempty"`
}

// Event is "inspect".
func (Inspect) Event() string { return "inspect" }

// Apply adds it.
func (i Inspect) Apply(act *Act, p *Platform) error {
	on, err := past(act, i.On)
	if err != nil {
		return err
	}
	if err := checkSaid("found", i.Found); err != nil {
		return err
	}
	if err := checkLine("score", i.Score); err != nil {
		return err
	}
	p.Inspections = append(p.Inspections, Inspection{On: on, By: act.Actor.ID, Found: i.Found, Score: i.Score})
	return nil
}

// past returns a date that is not in the future; today for none.
func past(act *Act, d calendar.Date) (calendar.Date, error) {
	now := act.Today()
	if d.IsZero() {
		return now, nil
	}
	if d.After(now) {
		return calendar.Date{}, workflow.Invalid("on", "future", "%s晚于今天%s", "%s is after today, %s", d, now)
	}
	return d, nil
}
