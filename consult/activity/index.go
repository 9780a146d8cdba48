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
// (of the activity and of its opinions), month it is planned for, planned (the last
// day of one that is still to be held), year and day (held) of those that were held,
// and of the checklist: owner (every item's, with those before), awaits (the owners
// whose items have yet to be done), item_due (the due dates of those), and for
// days gone by item_first (the first due date of every item) and item_owed (the
// last day on which it was still to be done).
func index(a *Activity) []store.Attr {
	attrs := []store.Attr{
		{Name: "title", Value: check.Found(a.Title)}, {Name: "form", Value: a.Form}, {Name: "platform", Value: a.Platform},
		{Name: "convenor", Value: a.Convenor}, {Name: "unit", Value: check.Unit(a.Unit)},
	}
	if planned := a.PlannedBy(); !planned.IsZero() && !a.Held && a.Cancelled == "" {
		attrs = append(attrs, store.Attr{Name: "planned", Value: planned.String()})
	}
	if a.Month != "" {
		attrs = append(attrs, store.Attr{Name: "month", Value: a.Month})
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
		for _, h := range item.Owners {
			attrs = append(attrs, store.Attr{Name: "owner", Value: h.From.Key()})
		}
		first, owed := item.Owed(a.ItemState(item.ID))
		attrs = append(attrs, store.Attr{Name: "item_first", Value: first.String()}, store.Attr{Name: "item_owed", Value: owed})
		if a.Awaited(item.ID) {
			attrs = append(attrs, store.Attr{Name: "awaits", Value: item.Owner.Key()},
				store.Attr{Name: "item_due", Value: item.Due.String()})
		}
	}
	return attrs
}
