package activity

import (
	"strconv"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/store"
)

// UndatedYear is the year by which activities are found that were held on a day
// nobody knows.
const UndatedYear = "undated"

// index is what an activity is found by, beside body, state, stage,
// definition and clocks: title, form, platform, convenor, unit, topic, proposal
// (of the activity and of its opinions), year and day (held) of those that were held,
// and of the checklist: owner (every item's), awaits (the owners whose items
// have yet to be done), item_due (the due dates of those).
func index(a *Activity) []store.Attr {
	attrs := []store.Attr{
		{Name: "title", Value: check.Found(a.Title)}, {Name: "form", Value: a.Form}, {Name: "platform", Value: a.Platform},
		{Name: "convenor", Value: a.Convenor}, {Name: "unit", Value: check.Unit(a.Unit)},
	}
	if a.Held {
		attrs = append(attrs, store.Attr{Name: "held", Value: a.On.String()})
		year := UndatedYear
		if !a.On.IsZero() {
			year = strconv.Itoa(a.On.Year())
		}
		attrs = append(attrs, store.Attr{Name: "year", Value: year})
	}
	for _, t := range a.Topics {
		attrs = append(attrs, store.Attr{Name: "topic", Value: t})
	}
	for _, p := range a.Proposals {
		attrs = append(attrs, store.Attr{Name: "proposal", Value: p})
	}
	for _, o := range a.Opinions {
		for _, p := range o.Proposals {
			attrs = append(attrs, store.Attr{Name: "proposal", Value: p})
		}
	}
	for _, item := range a.Items {
		attrs = append(attrs, store.Attr{Name: "owner", Value: item.Owner.Key()})
		if a.Awaited(item.ID) {
			attrs = append(attrs, store.Attr{Name: "awaits", Value: item.Owner.Key()},
				store.Attr{Name: "item_due", Value: item.Due.String()})
		}
	}
	return attrs
}
