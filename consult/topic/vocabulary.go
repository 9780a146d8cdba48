package topic

import (
	"strconv"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Vocabulary returns what the engine is told of topics.
func Vocabulary() workflow.Vocabulary[*Topic, rules.Rules] {
	return workflow.Vocabulary[*Topic, rules.Rules]{
		Kind: Kind, Fresh: func() *Topic { return new(Topic) },
		Definitions: []lifecycle.Definition{Lifecycle()}, Default: "topic",
		Actions: Actions(), Guards: Guards(), Relations: Relations(), Roles: rules.Roles(), Needs: needs(),
		Arguments: map[string]func(string) error{"votes": aShare},
		Index:     index, Asks: check.Asks, Rules: rules.Default(), Check: func(field string, r rules.Rules, _ []lifecycle.Definition) error { return r.Check(field) }, Values: rules.Rules.Values,
	}
}

// Actions describes every action on a topic.
func Actions() []workflow.ActionType[*Topic, rules.Rules] {
	return []workflow.ActionType[*Topic, rules.Rules]{
		workflow.Describe(suggested{}, "提出议题", "raise a topic"),
		workflow.Describe(Rename{}, "修改议题", "rename"),
		workflow.Describe(AddClue{}, "登记线索", "add a clue"),
		workflow.Describe(Nominate{}, "列为备选", "nominate"),
		workflow.Describe(Screen{}, "议题审查", "screen"),
		workflow.Describe(Poll{}, "票选", "put to the vote"),
		workflow.Describe(Select{}, "选定议题", "select by criteria"),
		workflow.Describe(Elect{}, "票选确定", "select by vote"),
		workflow.Describe(Schedule{}, "列入年度计划", "put into the yearly plan"),
		workflow.Describe(Decline{}, "不予采用", "decline"),
	}
}

// Relations returns the relations that definitions of topics may name as
// roles:
//
//	source    who raised it, or whoever acts for the unit that did
//	convenor  of the platform it was raised at
func Relations() []workflow.Relation[*Topic] {
	return []workflow.Relation[*Topic]{
		{Name: "source", Holds: func(a workflow.Actor, t *Topic, _ string) bool {
			return t.Source.ID != "" && (a.ID == t.Source.ID || a.Unit == t.Source.ID)
		}},
		{Name: "convenor", Holds: func(a workflow.Actor, t *Topic, _ string) bool {
			return a.ID != "" && a.ID == t.Convenor || a.Unit != "" && a.Unit == t.Unit
		}},
	}
}

// index is what a topic is found by, beside body, state, stage and
// definition.
func index(t *Topic) []store.Attr {
	attrs := []store.Attr{
		{Name: "title", Value: check.Found(t.Title)}, {Name: "source", Value: string(t.Source.Kind)}, {Name: "platform", Value: t.Platform},
	}
	if t.Source.Kind == FromProposal {
		attrs = append(attrs, store.Attr{Name: "proposal", Value: t.Source.ID})
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
