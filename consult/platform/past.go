package platform

import (
	"slices"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
)

// Was is what a platform was before it was revised on a day.
type Was struct {
	Until    calendar.Date `json:"until"` // the first day on which it no longer was so
	Name     string        `json:"name"`
	Kind     string        `json:"kind"`
	Tier     Tier          `json:"tier"`
	Place    string        `json:"place,omitempty"`
	Convenor string        `json:"convenor,omitempty"`
	Unit     string        `json:"unit,omitempty"`
	Members  []string      `json:"members,omitempty"`
	Wall     []string      `json:"wall,omitempty"`
	Quota    rules.Quota   `json:"quota,omitzero"`
}

// keep notes what the platform is before it is revised. Of several revisions on
// one day only the first is noted, and none on the day it was opened here, which
// corrects what was entered.
func (p *Platform) keep(act *rules.Act) {
	today := act.Today()
	if n := len(p.Past); n > 0 && !p.Past[n-1].Until.Before(today) {
		return
	}
	opened, err := calendar.DateOf(p.Opened, act.Local().Location())
	if err != nil || !opened.Before(today) {
		return
	}
	p.Past = append(p.Past, Was{
		Until: today, Name: p.Name, Kind: p.Kind, Tier: p.Tier, Place: p.Place, Convenor: p.Convenor, Unit: p.Unit,
		Members: p.Members, Wall: p.Wall, Quota: p.Quota,
	})
}

// As returns the platform as it was at the end of a day, for reading: what it was
// called, its kind, tier, place, people and quota, and the times out of service,
// days of duty and inspections that there had been by then. Its state is that of
// today; [Platform.Open] answers for the day. What is entered later about an
// earlier day counts on that day.
func (p *Platform) As(on calendar.Date) *Platform {
	was := *p
	if n := slices.IndexFunc(p.Past, func(w Was) bool { return w.Until.After(on) }); n >= 0 {
		w := p.Past[n]
		was.Name, was.Kind, was.Tier, was.Place, was.Convenor, was.Unit = w.Name, w.Kind, w.Tier, w.Place, w.Convenor, w.Unit
		was.Members, was.Wall, was.Quota = w.Members, w.Wall, w.Quota
		was.Past = p.Past[:n]
	}
	was.Breaks = nil
	for _, b := range p.Breaks {
		if b.From.After(on) {
			continue
		}
		if !b.To.Before(on) {
			b.To = calendar.Date{} // nobody knew yet when it would end
		}
		was.Breaks = append(was.Breaks, b)
	}
	was.Duties = until(p.Duties, func(d Duty) bool { return d.On.After(on) })
	was.Inspections = until(p.Inspections, func(i Inspection) bool { return i.On.After(on) })
	return &was
}

// until returns a list without what came later; nil for none.
func until[T any](list []T, later func(T) bool) []T {
	list = slices.DeleteFunc(slices.Clone(list), later)
	if len(list) == 0 {
		return nil
	}
	return list
}
