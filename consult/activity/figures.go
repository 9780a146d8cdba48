package activity

import (
	"slices"
	"time"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/proposal/calendar"
)

// Said counts the opinions, and the responses given on the spot, that had been
// entered by the end of a day.
func (a *Activity) Said(on calendar.Date) (opinions, onSpot int) {
	for _, o := range a.Opinions {
		if !o.Entered.After(on) {
			opinions++
		}
	}
	for _, r := range a.Responses {
		if r.OnSpot && !r.Entered.After(on) {
			onSpot++
		}
	}
	return opinions, onSpot
}

// AnsweredBy reports whether a response to the statement or opinion had been
// entered by the end of a day.
func (a *Activity) AnsweredBy(id string, on calendar.Date) bool {
	return slices.ContainsFunc(a.Responses, func(r Response) bool { return !r.Entered.After(on) && slices.Contains(r.To, id) })
}

// Settled counts the items of the checklist, those confirmed, and the practical
// matters (实事) among the confirmed as done, as they stood at the end of a day.
func (a *Activity) Settled(on calendar.Date) (items, confirmed, matters int) {
	for _, now := range a.Items {
		item, state, given := now.As(on, a.ItemState(now.ID))
		if !given {
			continue
		}
		items++
		if state != checklist.Confirmed {
			continue
		}
		confirmed++
		if item.Practical && item.Continues == "" && item.Reason == "" {
			matters++
		}
	}
	return items, confirmed, matters
}

// DayAsOf returns the day for which the activity was set at the end of a day,
// before what was postponed later; of one that had been held by then, the day it
// was. The zone is that of its body.
func (a *Activity) DayAsOf(on calendar.Date, zone *time.Location) calendar.Date {
	if a.Held && !a.On.After(on) {
		return a.On
	}
	for _, p := range a.Postponed {
		if at, err := calendar.DateOf(p.At, zone); err == nil && at.After(on) {
			return p.From
		}
	}
	return a.On
}

// Spoke (发言情况) is how often and how long one spoke.
type Spoke struct {
	By      string `json:"by"`
	Times   int    `json:"times"`
	Minutes int    `json:"minutes"` // of those statements of which it is known
}

// Speakers returns who spoke, in the order in which they first did.
func (a *Activity) Speakers() []Spoke {
	var list []Spoke
	for _, s := range a.Statements {
		i := slices.IndexFunc(list, func(x Spoke) bool { return x.By == s.By })
		if i < 0 {
			i = len(list)
			list = append(list, Spoke{By: s.By})
		}
		list[i].Times++
		list[i].Minutes += s.Minutes
	}
	return list
}
