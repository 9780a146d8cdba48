package topic

import (
	"slices"
	"strconv"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/internal/convened"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Vocabulary returns what the engine is told of topics.
func Vocabulary() workflow.Vocabulary[*Topic, rules.Rules] {
	return workflow.Vocabulary[*Topic, rules.Rules]{
		Kind: Kind, Fresh: func() *Topic { return new(Topic) },
		Definitions: []lifecycle.Definition{Lifecycle()}, Default: "topic",
		Actions: Actions(), Guards: Guards(), Relations: Relations(), Offices: convened.Platforms, Roles: rules.Roles(), Runs: []string{"office", "committee"}, Needs: needs(),
		Parts: parts(), Attributes: attributes(), Lists: Lists(), Spelled: check.Unit,
		Arguments: map[string]func(string) error{"votes": aShare},
		Index:     index, Asks: check.Asks, Rules: rules.Default(), Check: func(field string, r rules.Rules, _ []lifecycle.Definition) error { return r.Check(field) }, Values: rules.Rules.Values, Follow: rules.Follow, RulesOf: rules.AdoptedBy,
	}
}

// Actions describes every action on a topic.
func Actions() []workflow.ActionType[*Topic, rules.Rules] {
	return append([]workflow.ActionType[*Topic, rules.Rules]{
		workflow.Describe(Suggest{}, "提出议题", "raise a topic"),
		workflow.Describe(Rename{}, "修改议题", "rename"),
		workflow.Describe(AddClue{}, "登记线索", "add a clue"),
		workflow.Describe(AddSource{}, "登记来源", "add a source"),
		workflow.Describe(mergeInto{}, "并入其他议题", "merge"),
		workflow.Describe(absorb{}, "合并议题", "absorb"),
		workflow.Describe(unmerge{}, "撤销合并", "undo the merge"),
		workflow.Describe(release{}, "恢复并入的议题", "release"),
		workflow.Describe(Nominate{}, "列为备选", "nominate"),
		workflow.Describe(Screen{}, "议题审查", "screen"),
		workflow.Describe(Poll{}, "票选", "put to the vote"),
		workflow.Describe(Select{}, "选定议题", "select by criteria"),
		workflow.Describe(Elect{}, "票选确定", "select by vote"),
		workflow.Describe(Schedule{}, "列入年度计划", "put into the yearly plan"),
		workflow.Describe(Decline{}, "不予采用", "decline"),
	}, erasure.Actions[*Topic, rules.Rules]()...)
}

// Relations returns the relations that definitions of topics may name as
// roles:
//
//	source    one who raised it or a topic merged into it, or acts for a unit that did
//	convenor  whoever convenes the platform it was raised at now
func Relations() []workflow.Relation[*Topic] {
	return []workflow.Relation[*Topic]{
		{Name: "source", Holds: func(a workflow.Actor, t *Topic, _ string) bool {
			return slices.ContainsFunc(t.raised(), func(s Source) bool { return s.ID != "" && (a.ID == s.ID || a.Unit == s.ID) })
		}, Whom: func(t *Topic) (parties []workflow.Party) {
			for _, s := range t.raised() {
				parties = append(parties, workflow.Party{Person: s.ID}, workflow.Party{Unit: s.ID})
			}
			return parties
		}},
		{Name: "convenor", Holds: func(workflow.Actor, *Topic, string) bool { return false }, Whom: func(t *Topic) []workflow.Party {
			return []workflow.Party{{Office: t.Platform}}
		}},
	}
}

// index is what a topic is found by, beside body, state, stage and
// definition.
func index(t *Topic) []store.Attr {
	attrs := []store.Attr{{Name: "title", Value: check.Found(t.Title)}, {Name: "platform", Value: t.Platform}}
	for _, s := range t.raised() {
		attrs = append(attrs, store.Attr{Name: "source", Value: string(s.Kind)})
		if s.Kind == FromProposal {
			attrs = append(attrs, store.Attr{Name: "proposal", Value: s.ID})
		}
	}
	for _, slot := range t.Carried {
		attrs = append(attrs, store.Attr{Name: "year", Value: strconv.Itoa(slot.Year)})
	}
	if t.Plan != nil {
		attrs = append(attrs, store.Attr{Name: "year", Value: strconv.Itoa(t.Plan.Year)}, store.Attr{Name: "lead", Value: t.Plan.Lead},
			store.Attr{Name: "form", Value: t.Plan.Form})
	}
	return attrs
}

// needs is what the code reads of a definition of topics, by the events that make
// it do so.
func needs() []workflow.Need {
	return []workflow.Need{
		{For: []string{"select", "elect"}, Means: []string{Selected}},
		{For: []string{"schedule"}, Means: []string{Scheduled}},
	}
}
