package consult

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// Guard is asked whether an act on an activity may happen.
type Guard = workflow.Guard[*Activity, Rules]

// ActivityGuards returns the guards that definitions of activities may name.
// Those with an argument are written "name:argument"; what stands in
// brackets may be left out.
//
//	dated                 the day of the activity is settled, and has not passed
//	researched            research comes first, where the form asks for it
//	timely:L,L            it is not too late for any of the limits L that the
//	                      form of the activity binds it to
//	met:L,L               each of these limits L has been met, and in time
//	noticed               a notice was given for the very day of the activity
//	composition           what the form and the kind of platform ask for
//	parties:K,K|K         of each K somebody is there; of K|K, of either
//	interested_half[:K,K] at least half of those there are of the kinds K: interested
//	minuted               the minutes have been filed
//	not_owner             whoever owns an item does not decide on it
//	items_settled         every item of the checklist has been confirmed
//	redacted              there is no contact data in what is to be published
func ActivityGuards() map[string]Guard {
	return map[string]Guard{
		"dated":           dated,
		"researched":      researched,
		"timely":          timely,
		"met":             met,
		"noticed":         noticed,
		"composition":     composition,
		"parties":         parties,
		"interested_half": interestedHalf,
		"minuted":         minuted,
		"not_owner":       notOwner,
		"items_settled":   itemsSettled,
		"redacted":        redacted,
	}
}

func dated(act *Act, a *Activity) []workflow.Blocker {
	switch {
	case a.On.IsZero():
		return block("no_date", "活动日期未定", "the day of the activity is not settled")
	case a.On.Before(act.Today()):
		return block("date_passed", "活动日期已过", fmt.Sprintf("the day of the activity, %s, has passed", a.On))
	}
	return nil
}

func researched(act *Act, a *Activity) []workflow.Blocker {
	form, _ := act.Rules.Form(a.Form)
	if form.Research && len(a.Research) == 0 {
		return block("not_researched", "尚未调研", "the form asks for research first, and there has been none")
	}
	return nil
}

// clocks calls do with every clock that a guard's argument names.
func clocks(act *Act, a *Activity, do func(workflow.Clock)) {
	for key := range strings.SplitSeq(act.Argument, ",") {
		for _, c := range a.Clocks {
			if c.Limit == key {
				do(c)
			}
		}
	}
}

func timely(act *Act, a *Activity) []workflow.Blocker {
	var blockers []workflow.Blocker
	clocks(act, a, func(c workflow.Clock) {
		switch {
		case !c.Running():
		case c.Due.IsZero():
			blockers = append(blockers, undated(c))
		case act.Today().After(c.Due):
			blockers = append(blockers, late(c))
		}
	})
	return blockers
}

func met(act *Act, a *Activity) []workflow.Blocker {
	var blockers []workflow.Blocker
	clocks(act, a, func(c workflow.Clock) {
		switch {
		case c.Due.IsZero():
			blockers = append(blockers, undated(c))
		case !c.Running() && c.Stopped.After(c.Due):
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

func noticed(_ *Act, a *Activity) []workflow.Blocker {
	if slices.ContainsFunc(a.Notices, func(n Notice) bool { return n.For == a.On }) {
		return nil
	}
	return block("no_notice", "未通知活动日期", fmt.Sprintf("no notice was given for %s", a.On))
}

// composition asks the rules of the form and of the kind of platform.
func composition(act *Act, a *Activity) []workflow.Blocker {
	rules := act.Rules
	form, _ := rules.Form(a.Form)
	kind, _ := rules.Kind(a.Kind)
	var blockers []workflow.Blocker
	for _, rule := range slices.Concat(form.Composition, kind.Composition) {
		name, argument, _ := strings.Cut(rule, ":")
		asked := *act
		asked.Argument = argument
		switch name {
		case "parties":
			blockers = append(blockers, parties(&asked, a)...)
		case "interested_half":
			blockers = append(blockers, interestedHalf(&asked, a)...)
		}
	}
	return blockers
}

func parties(act *Act, a *Activity) []workflow.Blocker {
	present := a.present(act)
	var blockers []workflow.Blocker
	for kinds := range strings.SplitSeq(act.Argument, ",") {
		either := strings.Split(kinds, "|")
		if slices.ContainsFunc(either, func(k string) bool { return present[k] > 0 }) {
			continue
		}
		blockers = append(blockers, workflow.Block("party_missing",
			"参加人员中没有"+kindNames(act, either, "zh", "或"), "nobody is there of: "+kindNames(act, either, "en", " or ")))
	}
	return blockers
}

func interestedHalf(act *Act, a *Activity) []workflow.Blocker {
	kinds := []string{Interested}
	if act.Argument != "" {
		kinds = strings.Split(act.Argument, ",")
	}
	interested, all := 0, 0
	for kind, n := range a.present(act) {
		all += n
		if slices.Contains(kinds, kind) {
			interested += n
		}
	}
	if all > 0 && 2*interested >= all {
		return nil
	}
	return block("interested_minority", fmt.Sprintf("参加人员%d人，其中%s%d人，不足一半", all, kindNames(act, kinds, "zh", "、"), interested),
		fmt.Sprintf("of %d who are there, %d are %s: fewer than half", all, interested, kindNames(act, kinds, "en", ", ")))
}

func kindNames(act *Act, keys []string, lang, separator string) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		term, _ := act.Rules.Participants.Term(key)
		names[i] = term.Label.In(lang, key)
	}
	return strings.Join(names, separator)
}

func minuted(_ *Act, a *Activity) []workflow.Blocker {
	if a.Minutes == nil {
		return block("no_minutes", "会议纪要尚未形成", "the minutes have not been filed")
	}
	return nil
}

func notOwner(act *Act, a *Activity) []workflow.Blocker {
	if item := a.Item(act.Instance); item != nil && item.Owner.is(act.Actor) {
		return block("own_item", "责任人不能认定自己的事项", "whoever owns an item does not decide on it")
	}
	return nil
}

func itemsSettled(_ *Act, a *Activity) []workflow.Blocker {
	var blockers []workflow.Blocker
	for _, item := range a.Items {
		if a.ItemState(item.ID) != ItemConfirmed {
			blockers = append(blockers, workflow.Block("item_open",
				fmt.Sprintf("清单事项%s“%s”尚未办结认定", item.ID, item.What), fmt.Sprintf("the item %s (%s) has not been confirmed", item.ID, item.What)))
		}
	}
	return blockers
}
