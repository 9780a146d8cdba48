package checklist

import (
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
)

// Standing is how an item stood before a day: a figure as of an earlier day reads
// this and not what became of the item later.
type Standing struct {
	Until    calendar.Date `json:"until"` // the first day on which it no longer stood so
	State    string        `json:"state"` // what its state meant
	Owner    Owner         `json:"owner"`
	Due      calendar.Date `json:"due"`
	Missed   calendar.Date `json:"missed,omitzero"`
	Finished calendar.Date `json:"finished,omitzero"`
	Reason   string        `json:"reason,omitempty"` // why it was not feasible
}

// Keep notes how the item stands, before something changes it on a day. state is
// what its state means. Of several changes on one day only the first is noted:
// a figure is as of the end of a day.
func (i *Item) Keep(state string, today calendar.Date) {
	if n := len(i.Past); n > 0 && !i.Past[n-1].Until.Before(today) || !i.Given.Before(today) {
		return
	}
	i.Past = append(i.Past, Standing{Until: today, State: state, Owner: i.Owner, Due: i.Due, Missed: i.Missed, Finished: i.Finished, Reason: i.Reason})
}

// Owed returns the first due date that the item had, and the last day on which
// it was still to be done, as a text that sorts by the day: "9999" while it is.
func (i Item) Owed(now string) (first calendar.Date, last string) {
	first, last = i.Due, i.Given.String()
	if Awaited(now) {
		last = "9999"
	}
	for _, s := range i.Past {
		if s.Due.Before(first) {
			first = s.Due
		}
		if Awaited(s.State) {
			last = max(last, s.Until.String())
		}
	}
	return first, last
}

// As returns the item as it stood at the end of a day, and what its state meant;
// now is what it means today. It reports false when the item had not been given
// by then. Evidence, progress and the like are as they are today.
func (i Item) As(on calendar.Date, now string) (Item, string, bool) {
	if i.Given.After(on) {
		return i, "", false
	}
	n := slices.IndexFunc(i.Past, func(s Standing) bool { return s.Until.After(on) })
	if n < 0 {
		return i, now, true
	}
	was := i.Past[n]
	i.Owner, i.Due, i.Missed, i.Finished, i.Reason = was.Owner, was.Due, was.Missed, was.Finished, was.Reason
	return i, was.State, true
}
