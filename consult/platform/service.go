package platform

import (
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
)

// Suspend takes a platform out of service for a time, from today on.
type Suspend struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "suspend".
func (Suspend) Event() string { return "suspend" }

// Apply begins the break.
func (s Suspend) Apply(act *rules.Act, p *Platform) error {
	return p.out(act, s.Reason, false)
}

// Shut closes a platform, from today on.
type Shut struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "close".
func (Shut) Event() string { return "close" }

// Apply begins the break.
func (s Shut) Apply(act *rules.Act, p *Platform) error {
	p.back(act)
	return p.out(act, s.Reason, true)
}

// Resume takes a suspended or closed platform into service again, from today on.
type Resume struct{}

// Event is "resume".
func (Resume) Event() string { return "resume" }

// Apply ends the break.
func (Resume) Apply(act *rules.Act, p *Platform) error {
	p.back(act)
	return nil
}

func (p *Platform) out(act *rules.Act, reason string, closed bool) error {
	if err := check.Said("reason", reason); err != nil {
		return err
	}
	p.Breaks = append(p.Breaks, Break{From: act.Today(), Reason: reason, Closed: closed})
	return nil
}

// back ends the break that goes on, if one does, with yesterday. One that began
// today has lasted no day and is gone.
func (p *Platform) back(act *rules.Act) {
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
