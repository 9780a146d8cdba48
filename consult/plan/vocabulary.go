package plan

import (
	_ "embed"
	"fmt"
	"strconv"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

//go:embed lifecycles/plan.json
var definition []byte

// Lifecycle returns the definition "plan": drafting, circulated, submitted, endorsed,
// in force, concluded.
func Lifecycle() lifecycle.Definition { return lifecycle.Shipped(definition) }

// Vocabulary returns what the engine is told of plans.
func Vocabulary() workflow.Vocabulary[*Plan, rules.Rules] {
	return workflow.Vocabulary[*Plan, rules.Rules]{
		Kind: Kind, Fresh: func() *Plan { return new(Plan) },
		Definitions: []lifecycle.Definition{Lifecycle()}, Default: "plan",
		Actions: Actions(), Guards: Guards(), Roles: rules.Roles(), Runs: []string{"office", "committee"}, Relations: []workflow.Relation[*Plan]{},
		Parts: parts(), Attributes: attributes(), Lists: Lists(), Spelled: check.Unit,
		Needs: []workflow.Need{{For: []string{"approve"}, Means: []string{InForce}}},
		Index: index, Asks: check.Asks, Rules: rules.Default(), Values: rules.Rules.Values,
		Check: func(field string, r rules.Rules, _ []lifecycle.Definition) error { return r.Check(field) },
	}
}

// Actions describes every action on a plan, in the order in which it meets them.
func Actions() []workflow.ActionType[*Plan, rules.Rules] {
	return append([]workflow.ActionType[*Plan, rules.Rules]{
		workflow.Describe(Draft{}, "起草计划", "draft a plan"),
		workflow.Describe(entered{}, "列入计划", "enter into the plan"),
		workflow.Describe(Remove{}, "移出计划", "take out of the plan"),
		workflow.Describe(Circulate{}, "征求意见", "send the draft round"),
		workflow.Describe(Remark{}, "反馈意见", "comment"),
		workflow.Describe(Answer{}, "处理意见", "answer a comment"),
		workflow.Describe(Submit{}, "提请审议", "submit"),
		workflow.Describe(Endorse{}, "主席会议审议通过", "endorse"),
		workflow.Describe(Approve{}, "党委批准", "approve"),
		workflow.Describe(Return{}, "退回修改", "return"),
		workflow.Describe(asked{}, "申请调整", "ask for a change"),
		workflow.Describe(DecideChange{}, "审批调整", "decide on a change"),
		workflow.Describe(concluded{}, "年度总结", "conclude"),
		workflow.Describe(Quote{}, "摘录报道", "quote a source"),
	}, erasure.Actions[*Plan, rules.Rules]()...)
}

// Guards returns the guards that definitions of plans may name:
//
//	entries           there is something in the plan
//	comments_answered every comment on the draft was answered
//	changes_decided   no change waits to be decided on
//	other_hands       the actor did not submit the plan
//	four_eyes         whoever asked for an erasure does not decide on it
func Guards() map[string]workflow.Guard[*Plan, rules.Rules] {
	return map[string]workflow.Guard[*Plan, rules.Rules]{
		"entries": func(_ *rules.Act, p *Plan) []workflow.Blocker {
			if len(p.Now()) > 0 {
				return nil
			}
			return []workflow.Blocker{workflow.Block("no_entries", "计划中没有项目", "there is nothing in the plan")}
		},
		"comments_answered": func(_ *rules.Act, p *Plan) (blockers []workflow.Blocker) {
			for _, c := range p.Comments {
				if c.Answered.IsZero() {
					blockers = append(blockers, workflow.Block("comment_open", "意见"+c.ID+"尚未处理", "the comment "+c.ID+" has not been answered"))
				}
			}
			return blockers
		},
		"changes_decided": func(_ *rules.Act, p *Plan) (blockers []workflow.Blocker) {
			for _, c := range p.Changes {
				if c.Decision == nil {
					blockers = append(blockers, workflow.Block("change_open", "调整申请"+c.ID+"尚未审批", "the change "+c.ID+" has not been decided on"))
				}
			}
			return blockers
		},
		"other_hands": func(act *rules.Act, p *Plan) []workflow.Blocker {
			if p.Submitter == "" || p.Submitter != act.Actor.ID {
				return nil
			}
			return []workflow.Blocker{workflow.Block("own_plan", "提请审议的人不能登记审议结果", "whoever submitted the plan does not decide on it")}
		},
		"four_eyes": erasure.FourEyes[*Plan, rules.Rules],
	}
}

// index is what a plan is found by, beside body, state, stage and definition.
func index(p *Plan) []store.Attr {
	entries := p.Now()
	attrs := make([]store.Attr, 0, 2+len(entries))
	attrs = append(attrs, store.Attr{Name: "title", Value: check.Found(p.Title)}, store.Attr{Name: "year", Value: strconv.Itoa(p.Year)})
	for _, e := range entries {
		attrs = append(attrs, store.Attr{Name: "topic", Value: e.Slot.Topic})
	}
	return attrs
}

// attributes are those that index gives, each with the part whose reader may ask by it.
func attributes() []workflow.Attribute {
	return []workflow.Attribute{{Name: "title", Part: "summary"}, {Name: "year", Part: "summary"}, {Name: "topic", Part: "entries"}}
}

// The parts of a plan that a sight of a definition names, beside those of every case.
// A field is in one part, or nobody sees it.
//
//	summary     its year and title
//	entries     what is planned, and was
//	drafting    to whom the draft went, what they said, who submitted it
//	decisions   who agreed to it
//	changes     what was asked for in the year
//	report      what was held and what was left undone
//	accounts    what sources print of the body's year
//	erasures    requests to erase personal data, and what was decided
//	extra       what users of the library have added
func parts() []workflow.Part[*Plan] {
	part := func(key, zh, en string, show func(seen, p *Plan)) workflow.Part[*Plan] {
		return workflow.Part[*Plan]{Key: key, Label: lifecycle.Label{ZH: zh, EN: en}, Show: func(_ workflow.Actor, seen, p *Plan) { show(seen, p) }}
	}
	return []workflow.Part[*Plan]{
		part("summary", "基本情况", "summary", func(seen, p *Plan) { seen.Year, seen.Title = p.Year, p.Title }),
		part("entries", "计划项目", "entries", func(seen, p *Plan) { seen.Entries = p.Entries }),
		part("drafting", "征求意见", "drafting", func(seen, p *Plan) {
			seen.Rounds, seen.Comments, seen.Submitter = p.Rounds, p.Comments, p.Submitter
		}),
		part("decisions", "审议、批准", "decisions", func(seen, p *Plan) { seen.Decisions = p.Decisions }),
		part("changes", "计划调整", "changes", func(seen, p *Plan) { seen.Changes = p.Changes }),
		part("report", "落实情况", "report", func(seen, p *Plan) { seen.Report = p.Report }),
		part("accounts", "公开报道", "accounts", func(seen, p *Plan) { seen.Accounts = p.Accounts }),
		erasure.Part[*Plan](),
		part("extra", "扩展内容", "additions", func(seen, p *Plan) { seen.Extra = p.Extra }),
	}
}

// Lists returns the lists of plans as people have them, each of a body and by year:
//
//	to_submit   drafted, and could be submitted
//	to_decide   submitted or endorsed, or with a change that waits
//	running     in force
func Lists() []workflow.List[*Plan] {
	list := func(key, zh, en string, there func(*Plan) bool) workflow.List[*Plan] {
		return workflow.List[*Plan]{Key: key, Label: lifecycle.Label{ZH: zh, EN: en}, For: workflow.OfBody, Stands: func(p *Plan) []workflow.Standing {
			if !there(p) {
				return nil
			}
			return []workflow.Standing{{Sort: fmt.Sprintf("%04d", p.Year)}}
		}}
	}
	return []workflow.List[*Plan]{
		list("to_submit", "待提请审议", "to submit", func(p *Plan) bool { return p.Allows("submit", "") }),
		list("to_decide", "待审议、审批", "to decide", func(p *Plan) bool {
			waits := false
			for _, c := range p.Changes {
				waits = waits || c.Decision == nil
			}
			return p.Allows("endorse", "") || p.Allows("approve", "") || waits && p.Allows("decide_change", "")
		}),
		list("running", "执行中", "running", func(p *Plan) bool { return p.Means() == InForce }),
	}
}
