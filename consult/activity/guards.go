package activity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// Guards returns the guards that definitions of activities may name.
// Those with an argument are written "name:argument"; what stands in
// brackets may be left out.
//
//	dated                 the day of the activity is settled, and has not passed
//	researched            research comes first, where the form asks for it
//	timely:L,L            it is not too late for any of the limits L that the
//	                      form of the activity binds it to, or it was waived
//	met:L,L               each of these limits L has been met, and in time for the
//	                      day of the activity as it is now, or else was waived
//	noticed               a notice was given for the very day of the activity
//	composition           what the form and the kind of platform ask for
//	parties:K,K|K         of each K somebody is there; of K|K, of either
//	interested_half[:K,K] at least half of those there are of the kinds K: interested
//	least:K=N,K|K=N       of each K, or of K|K together, at least N are there
//	share:K|K=N/M         of those there at least N in M are of the kinds K
//	quorum:N/M            of those invited more than N in M came, or had a substitute
//	minuted               the minutes have been filed
//	objections_settled    every objection to the draft of the minutes was answered
//	not_owner             whoever owns an item, helps with it, owned or worked on it
//	                      before, asked for more time or handed it on does not
//	                      decide on it
//	items_settled         every item of the checklist has been confirmed
//	owners_named          the public would read whose each published item is
//	redacted              there is no contact data in what is to be published
//	four_eyes             whoever asked for an erasure does not decide on it
func Guards() map[string]workflow.Guard[*Activity, rules.Rules] {
	return map[string]workflow.Guard[*Activity, rules.Rules]{
		"dated":       dated,
		"researched":  researched,
		"timely":      timely,
		"met":         met,
		"noticed":     noticed,
		"composition": composition,
		"parties":     parties, "quorum": quorum, "least": least, "share": shares,
		"interested_half": interestedHalf,
		"minuted":         minuted, "objections_settled": objectionsSettled,
		"not_owner":     notOwner,
		"items_settled": itemsSettled,
		"redacted":      redacted, "owners_named": ownersNamed,
		"four_eyes": erasure.FourEyes[*Activity, rules.Rules],
	}
}

func dated(act *rules.Act, a *Activity) []workflow.Blocker {
	switch {
	case a.On.IsZero():
		return block("no_date", "活动日期未定", "the day of the activity is not settled")
	case a.On.Before(act.Today()):
		return block("date_passed", "活动日期已过", fmt.Sprintf("the day of the activity, %s, has passed", a.On))
	}
	return nil
}

func researched(act *rules.Act, a *Activity) []workflow.Blocker {
	form, _ := act.Rules.Form(a.Form)
	if form.Research && len(a.Research) == 0 {
		return block("not_researched", "尚未调研", "the form asks for research first, and there has been none")
	}
	return nil
}

// clocks calls do with every clock that a guard's argument names.
func clocks(act *rules.Act, a *Activity, do func(workflow.Clock)) {
	for key := range strings.SplitSeq(act.Argument, ",") {
		for _, c := range a.Clocks {
			if c.Limit == key {
				do(c)
			}
		}
	}
}

func timely(act *rules.Act, a *Activity) []workflow.Blocker {
	var blockers []workflow.Blocker
	clocks(act, a, func(c workflow.Clock) {
		switch {
		case !c.Running(), a.waived(c.Limit):
		case c.Due.IsZero():
			blockers = append(blockers, undated(c))
		case act.Today().After(c.Due):
			blockers = append(blockers, late(c))
		}
	})
	return blockers
}

func met(act *rules.Act, a *Activity) []workflow.Blocker {
	var blockers []workflow.Blocker
	clocks(act, a, func(c workflow.Clock) {
		if !c.Running() { // it is held against the day as it is now
			c.Due, c.Why = act.DueNow(c)
		}
		switch {
		case a.waived(c.Limit) && !c.Running():
		case c.Due.IsZero():
			blockers = append(blockers, undated(c))
		case c.Stopped.After(c.Due): // of one that runs it is no day
			blockers = append(blockers, late(c))
		case c.Running():
			blockers = append(blockers, workflow.Block("not_done."+c.Limit,
				fmt.Sprintf("时限“%s”尚未办结，最迟%s", c.Limit, c.Due), fmt.Sprintf("%s has not been done; it was due by %s", c.Limit, c.Due)))
		}
	})
	return blockers
}

func undated(c workflow.Clock) workflow.Blocker {
	return workflow.Block("undated."+c.Limit, fmt.Sprintf("时限“%s”无法计算（%s）", c.Limit, c.Why),
		fmt.Sprintf("when %s is due cannot be known: %s", c.Limit, c.Why))
}

func late(c workflow.Clock) workflow.Blocker {
	return workflow.Block("late."+c.Limit, fmt.Sprintf("时限“%s”已过，最迟%s", c.Limit, c.Due),
		fmt.Sprintf("%s was due by %s", c.Limit, c.Due))
}

func noticed(_ *rules.Act, a *Activity) []workflow.Blocker {
	if slices.ContainsFunc(a.Notices, func(n Notice) bool { return n.For == a.On }) {
		return nil
	}
	return block("no_notice", "未通知活动日期", fmt.Sprintf("no notice was given for %s", a.On))
}

func minuted(_ *rules.Act, a *Activity) []workflow.Blocker {
	if a.Minutes == nil || a.Minutes.Filed.IsZero() {
		return block("no_minutes", "会议纪要尚未形成", "the minutes have not been filed")
	}
	return nil
}

func notOwner(act *rules.Act, a *Activity) []workflow.Blocker {
	item := a.Item(act.Instance)
	switch {
	case item == nil:
	case item.Owned(act.Actor):
		return block("own_item", "责任人不能认定自己的事项", "whoever owns an item, or owned it, does not decide on it")
	case slices.ContainsFunc(item.Owners, func(h checklist.Handing) bool { return h.By == act.Actor.ID }):
		return block("handed_on", "交办事项的人不能认定办理情况", "whoever handed an item on does not decide on it")
	case slices.Contains(item.Did, act.Actor.ID):
		return block("own_work", "办理事项的人不能认定自己的办理情况", "whoever began an item, reported on it or said what became of it does not decide on it")
	}
	return nil
}

func itemsSettled(_ *rules.Act, a *Activity) []workflow.Blocker {
	var blockers []workflow.Blocker
	for _, item := range a.Items {
		if a.ItemState(item.ID) != checklist.Confirmed {
			blockers = append(blockers, workflow.Block("item_open",
				fmt.Sprintf("清单事项%s“%s”尚未办结认定", item.ID, item.What), fmt.Sprintf("the item %s (%s) has not been confirmed", item.ID, item.What)))
		}
	}
	return blockers
}

func block(code, zh, en string) []workflow.Blocker {
	return []workflow.Blocker{workflow.Block(code, zh, en)}
}
