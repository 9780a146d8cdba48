package consult

import (
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// roles are those that definitions may name, beside relations.
func roles() []string {
	return []string{"office", "committee", "member", "department", "unit", "party", "supervisor", "media"}
}

// PlatformVocabulary returns what the engine is told of platforms.
func PlatformVocabulary() workflow.Vocabulary[*Platform, Rules] {
	return workflow.Vocabulary[*Platform, Rules]{
		Kind: PlatformRecords, Fresh: func() *Platform { return new(Platform) },
		Definitions: []lifecycle.Definition{PlatformLifecycle()}, Default: "platform",
		Actions: PlatformActions(), Guards: map[string]workflow.Guard[*Platform, Rules]{}, Relations: PlatformRelations(), Roles: roles(),
		Needs: []workflow.Need{{For: []string{"suspend"}, Means: []string{platformOpen}}},
		Index: platformIndex, Rules: DefaultRules(), Check: checkRules, Values: valuesOf,
	}
}

// TopicVocabulary returns what the engine is told of topics.
func TopicVocabulary() workflow.Vocabulary[*Topic, Rules] {
	return workflow.Vocabulary[*Topic, Rules]{
		Kind: TopicRecords, Fresh: func() *Topic { return new(Topic) },
		Definitions: []lifecycle.Definition{TopicLifecycle()}, Default: "topic",
		Actions: TopicActions(), Guards: TopicGuards(), Relations: TopicRelations(), Roles: roles(), Needs: topicNeeds(),
		Arguments: map[string]func(string) error{"votes": aShare},
		Index:     topicIndex, Rules: DefaultRules(), Check: checkRules, Values: valuesOf,
	}
}

// ActivityVocabulary returns what the engine is told of activities.
func ActivityVocabulary() workflow.Vocabulary[*Activity, Rules] {
	return workflow.Vocabulary[*Activity, Rules]{
		Kind: ActivityRecords, Fresh: func() *Activity { return new(Activity) },
		Definitions: []lifecycle.Definition{ActivityLifecycle()}, Default: "activity",
		Actions: ActivityActions(), Guards: ActivityGuards(), Relations: ActivityRelations(), Roles: roles(), Needs: activityNeeds(),
		Dates: []string{consultationDay, itemDue},
		Index: activityIndex, Binds: binds, Rules: DefaultRules(), Check: checkActivityRules, Values: valuesOf,
	}
}

// binds reports whether a limit binds an activity: one that counts back from its
// day does if the form names it, every other always.
func binds(rules Rules, a *Activity, l lifecycle.Limit, _ string) bool {
	if l.Before != consultationDay {
		return true
	}
	form, _ := rules.Form(a.Form)
	return slices.Contains(form.Limits, l.Key)
}

func checkRules(field string, r Rules, _ []lifecycle.Definition) error { return r.check(field) }

// checkActivityRules finds forms that name limits which no definition has.
func checkActivityRules(field string, r Rules, definitions []lifecycle.Definition) error {
	if err := r.check(field); err != nil {
		return err
	}
	limits := make(map[string]bool)
	for _, d := range definitions {
		for _, l := range d.Limits {
			limits[l.Key] = true
		}
	}
	for i, f := range r.Forms {
		for _, l := range f.Limits {
			if !limits[l] {
				return workflow.Invalid(at(field+".forms", i)+".limits", "unknown", "活动流程没有时限%q", "no lifecycle of activities has a limit %q", l)
			}
		}
	}
	return nil
}

// valuesOf returns what a field that is a key of a list may be.
func valuesOf(r Rules, list string) []form.Value {
	var values []form.Value
	add := func(key string, label lifecycle.Label, retired bool) {
		if !retired {
			values = append(values, form.Value{Key: key, Label: label})
		}
	}
	terms := map[string]Terms{"participants": r.Participants, "criteria": r.Criteria, "exclusions": r.Exclusions, "follow_ups": r.FollowUps}
	for _, t := range terms[list] {
		add(t.Key, t.Label, t.Retired)
	}
	switch list {
	case "kinds":
		for _, k := range r.Kinds {
			add(k.Key, k.Label, k.Retired)
		}
	case "forms":
		for _, f := range r.Forms {
			add(f.Key, f.Label, f.Retired)
		}
	case "outcomes":
		for _, k := range r.Outcomes {
			add(k.Key, k.Label, k.Retired)
		}
	}
	return values
}

func aShare(argument string) error {
	if _, _, ok := fraction(argument); !ok {
		return workflow.Invalid("votes", "unusable", "票选比例%q有误：应为N/M", "%q is no share: N/M", argument)
	}
	return nil
}
