package platform

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/internal/convened"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Vocabulary returns what the engine is told of platforms.
func Vocabulary() workflow.Vocabulary[*Platform, rules.Rules] {
	return workflow.Vocabulary[*Platform, rules.Rules]{
		Kind: Kind, Fresh: func() *Platform { return new(Platform) },
		Definitions: []lifecycle.Definition{Lifecycle()}, Default: "platform",
		Actions: Actions(), Guards: Guards(), Relations: Relations(), Roles: rules.Roles(), Runs: []string{"office", "committee"},
		Parts: parts(), Attributes: attributes(), Lists: Lists(), Spelled: check.Unit,
		Needs: []workflow.Need{{For: []string{"suspend"}, Means: []string{InService}}},
		Index: index, Asks: check.Asks, Rules: rules.Default(), Check: func(field string, r rules.Rules, _ []lifecycle.Definition) error { return r.Check(field) }, Values: rules.Rules.Values, Follow: rules.Follow, RulesOf: rules.AdoptedBy,
	}
}

// Actions describes every action on a platform.
func Actions() []workflow.ActionType[*Platform, rules.Rules] {
	return append([]workflow.ActionType[*Platform, rules.Rules]{
		workflow.Describe(Establish{}, "设立平台", "establish a platform"),
		workflow.Describe(Revise{}, "变更", "revise"),
		workflow.Describe(Quote{}, "摘录报道", "quote a source"),
		workflow.Describe(LogDuty{}, "登记值班", "log a day of duty"),
		workflow.Describe(Inspect{}, "检查", "inspect"),
		workflow.Describe(Suspend{}, "暂停", "suspend"),
		workflow.Describe(Resume{}, "恢复", "resume"),
		workflow.Describe(Shut{}, "撤销", "close"),
		workflow.Describe(mergeInto{}, "并入其他平台", "merge"),
		workflow.Describe(absorb{}, "合并平台", "absorb"),
	}, erasure.Actions[*Platform, rules.Rules]()...)
}

// Guards returns the guards that definitions of platforms may name:
//
//	four_eyes  whoever asked for an erasure does not decide on it
func Guards() map[string]workflow.Guard[*Platform, rules.Rules] {
	return map[string]workflow.Guard[*Platform, rules.Rules]{"four_eyes": erasure.FourEyes[*Platform, rules.Rules]}
}

// Relations returns the relations that definitions of platforms may name
// as roles:
//
//	convenor  the convenor, or anyone who acts for the unit that runs it
//	resident_member  one of the platform's members
func Relations() []workflow.Relation[*Platform] {
	return []workflow.Relation[*Platform]{
		{Name: "convenor", Holds: func(a workflow.Actor, p *Platform, _ string) bool { return convened.By(p.Convenor, p.Unit, a) }, Whom: func(p *Platform) []workflow.Party {
			return []workflow.Party{{Person: p.Convenor}, {Unit: p.Unit}}
		}},
		{Name: "resident_member", Holds: func(a workflow.Actor, p *Platform, _ string) bool { return slices.Contains(p.Members, a.ID) }, Whom: func(p *Platform) (parties []workflow.Party) {
			for _, m := range p.Members {
				parties = append(parties, workflow.Party{Person: m})
			}
			return parties
		}},
	}
}

// index is what a platform is found by, beside body, state, stage and
// definition.
func index(p *Platform) []store.Attr {
	attrs := make([]store.Attr, 0, 5+len(p.Members))
	attrs = append(attrs,
		store.Attr{Name: "name", Value: check.Found(p.Name)}, store.Attr{Name: "kind", Value: p.Kind}, store.Attr{Name: "tier", Value: string(p.Tier)},
		store.Attr{Name: "convenor", Value: p.Convenor}, store.Attr{Name: "unit", Value: check.Unit(p.Unit)})
	for _, m := range p.Members {
		attrs = append(attrs, store.Attr{Name: "member", Value: m})
	}
	return attrs
}
