package activity

import (
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Lists returns the lists of activities as people have them. What an activity
// waits for is told by what its definition lets happen next:
//
//	mine         of an account: named as their convenor, when they were planned or later
//	ours         of a unit: named as the one that organises them
//	to_answer    of an account: invited, and has not answered
//	my_items     of an account: items of checklists that are to be done, by the day they are due
//	our_items    of a unit: the same
//	to_answer_opinions  of a unit: opinions it was asked about, by the first day
//	to_hear      of an account: it gave an opinion that a unit has answered since
//	to_hold      of a body: planned, by their day
//	to_confirm   of a body: with an item that waits to be confirmed
//	to_close     of a body: could be closed
func Lists() []workflow.List[*Activity] {
	list := func(key, zh, en string, keeper workflow.Keeper, stands func(*Activity) []workflow.Standing) workflow.List[*Activity] {
		return workflow.List[*Activity]{Key: key, Label: lifecycle.Label{ZH: zh, EN: en}, For: keeper, Stands: stands}
	}
	under := func(key, sort string, there bool) []workflow.Standing {
		if !there {
			return nil
		}
		return []workflow.Standing{{Key: key, Sort: sort}}
	}
	return []workflow.List[*Activity]{
		list("mine", "我召集的活动", "mine", workflow.OfPerson, func(a *Activity) []workflow.Standing { return under(a.Convenor, a.day(), a.Convenor != "") }),
		list("ours", "本单位活动", "ours", workflow.OfUnit, func(a *Activity) []workflow.Standing { return under(a.Unit, a.day(), a.Unit != "") }),
		list("to_answer", "待答复邀请", "to answer", workflow.OfPerson, func(a *Activity) (standings []workflow.Standing) {
			for _, p := range a.Participants {
				if a.Allows("consent", p.ID) && a.Allows("decline", p.ID) && a.TrackMeans(invitationTrack, p.ID) != declined {
					standings = append(standings, workflow.Standing{Key: p.ID, Sort: a.day()})
				}
			}
			return standings
		}),
		list("my_items", "我的清单事项", "my items", workflow.OfPerson, func(a *Activity) []workflow.Standing { return a.awaited(false) }),
		list("our_items", "本单位清单事项", "our items", workflow.OfUnit, func(a *Activity) []workflow.Standing { return a.awaited(true) }),
		list("to_answer_opinions", "待答复意见", "opinions to answer", workflow.OfUnit, func(a *Activity) []workflow.Standing {
			return a.requests("answer_opinion", func(_ Opinion, r Request) (string, string) {
				if !r.Answered.IsZero() {
					return "", ""
				}
				return r.Unit, r.Due.String()
			})
		}),
		list("to_hear", "待知悉答复", "answers to hear", workflow.OfPerson, func(a *Activity) []workflow.Standing {
			return a.requests("hear_answer", func(o Opinion, r Request) (string, string) { return o.By, r.Answered.String() })
		}),
		list("to_hold", "待召开", "to hold", workflow.OfBody, func(a *Activity) []workflow.Standing {
			return under("", a.day(), a.Allows("notify", "") || a.Allows("hold", ""))
		}),
		list("to_confirm", "待办结认定", "to confirm", workflow.OfBody, func(a *Activity) []workflow.Standing {
			for _, item := range a.Items {
				if a.Allows("confirm_item", item.ID) {
					return under("", item.Due.String(), true)
				}
			}
			return nil
		}),
		list("to_close", "待办结", "to close", workflow.OfBody, func(a *Activity) []workflow.Standing { return under("", a.day(), a.Allows("close", "")) }),
	}
}

// awaited returns where the items stand that are to be done: once for each owner,
// by the first day due.
func (a *Activity) awaited(units bool) []workflow.Standing {
	first := make(map[string]string)
	var owners []string
	for _, item := range a.Items {
		owner := item.Owner.Account
		if units {
			owner = item.Owner.Unit
		}
		if owner == "" || !a.Awaited(item.ID) {
			continue
		}
		due, there := first[owner]
		if !there {
			owners, due = append(owners, owner), item.Due.String()
		}
		first[owner] = min(due, item.Due.String())
	}
	standings := make([]workflow.Standing, len(owners))
	for i, owner := range owners {
		standings[i] = workflow.Standing{Key: owner, Sort: first[owner]}
	}
	return standings
}

// requests returns where the units asked about opinions stand that an event can happen
// to: once for each key, by the first day.
func (a *Activity) requests(event string, of func(Opinion, Request) (key, sort string)) (standings []workflow.Standing) {
	for _, o := range a.Opinions {
		for _, r := range o.Asked {
			key, sort := of(o, r)
			if key == "" || !a.Allows(event, asked(o.ID, r.Unit)) {
				continue
			}
			i := slices.IndexFunc(standings, func(s workflow.Standing) bool { return s.Key == key })
			if i < 0 {
				standings = append(standings, workflow.Standing{Key: key, Sort: sort})
				continue
			}
			standings[i].Sort = min(standings[i].Sort, sort)
		}
	}
	return standings
}

// day is the day of the activity as lists are sorted by it, or the last of its
// month; one that has neither comes last.
func (a *Activity) day() string {
	if planned := a.PlannedBy(); !planned.IsZero() {
		return planned.String()
	}
	return "9999-12-31"
}
