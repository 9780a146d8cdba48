package activity

import (
	"slices"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Vocabulary returns what the engine is told of activities.
func Vocabulary() workflow.Vocabulary[*Activity, rules.Rules] {
	return workflow.Vocabulary[*Activity, rules.Rules]{
		Kind: Kind, Fresh: func() *Activity { return new(Activity) },
		Definitions: []lifecycle.Definition{Lifecycle()}, Default: "activity",
		Actions: Actions(), Guards: Guards(), Relations: Relations(), Roles: rules.Roles(), Needs: needs(),
		Dates: []string{consultationDay, itemDue},
		Index: index, Asks: check.Asks, Binds: binds, Rules: rules.Default(), Check: checkRules, Values: rules.Rules.Values,
	}
}

// Actions describes every action on an activity, in the order in which it meets them.
func Actions() []workflow.ActionType[*Activity, rules.Rules] {
	return []workflow.ActionType[*Activity, rules.Rules]{
		workflow.Describe(planned{}, "计划活动", "plan an activity"),
		workflow.Describe(Replan{}, "修改计划", "change the plan"),
		workflow.Describe(HandOver{}, "变更召集人", "hand over"),
		workflow.Describe(Investigate{}, "调研", "record research"),
		workflow.Describe(Invite{}, "邀请", "invite"),
		workflow.Describe(Consent{}, "同意参加", "consent"),
		workflow.Describe(Refuse{}, "不能参加", "decline"),
		workflow.Describe(Notify{}, "通知", "give notice"),
		workflow.Describe(SendMaterials{}, "印发材料", "send materials"),
		workflow.Describe(Postpone{}, "延期", "postpone"),
		workflow.Describe(Cancel{}, "取消", "cancel"),
		workflow.Describe(Hold{}, "召开", "hold"),
		workflow.Describe(Backfill{}, "补录", "enter after the fact"),
		workflow.Describe(Speak{}, "发言", "record a statement"),
		workflow.Describe(Raise{}, "提出意见", "record opinions"),
		workflow.Describe(Respond{}, "回应", "record a response"),
		workflow.Describe(FileMinutes{}, "形成纪要", "file the minutes"),
		workflow.Describe(AddSurvey{}, "登记问卷调查", "add a survey"),
		workflow.Describe(Assess{}, "满意度测评", "record a poll"),
		workflow.Describe(Conclude{}, "形成成果", "conclude"),
		workflow.Describe(Issue{}, "报送成果", "add an outcome"),
		workflow.Describe(AddItems{}, "增加清单事项", "add items"),
		workflow.Describe(BeginItem{}, "开始办理", "begin"),
		workflow.Describe(ReportItem{}, "报告进展", "report progress"),
		workflow.Describe(FinishItem{}, "办理完毕", "say it is done"),
		workflow.Describe(GiveUpItem{}, "暂不可行", "say it is not feasible"),
		workflow.Describe(ConfirmItem{}, "办结认定", "confirm"),
		workflow.Describe(ReturnItem{}, "退回再办", "reopen"),
		workflow.Describe(ExtendItem{}, "延长期限", "extend"),
		workflow.Describe(HandItem{}, "变更责任人", "change the owner"),
		workflow.Describe(Link{}, "关联提案", "link to a proposal"),
		workflow.Describe(Publish{}, "公开", "publish"),
		workflow.Describe(Withhold{}, "不公开", "withhold"),
		workflow.Describe(Follow{}, "跟踪问效", "follow up"),
		workflow.Describe(Close{}, "办结", "close"),
		workflow.Describe(Reopen{}, "重新办理", "reopen"),
	}
}

// Relations returns the relations that definitions of activities may
// name as roles:
//
//	convenor   the convenor, or anyone who acts for the organising unit
//	invitee    a participant: towards their own invitation only
//	owner      one who owns a checklist item: towards the item if it is theirs,
//	           or their unit's
func Relations() []workflow.Relation[*Activity] {
	return []workflow.Relation[*Activity]{
		{Name: "convenor", Holds: func(a workflow.Actor, c *Activity, _ string) bool {
			return a.ID != "" && a.ID == c.Convenor || a.Unit != "" && a.Unit == c.Unit
		}},
		{Name: "invitee", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			return of == a.ID && c.Participant(of) != nil
		}},
		{Name: "owner", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			item := c.Item(of)
			return item != nil && item.Owner.Is(a)
		}},
	}
}

// binds reports whether a limit binds an activity: one that counts back from its
// day does if the form names it, every other always.
func binds(r rules.Rules, a *Activity, l lifecycle.Limit, _ string) bool {
	if l.Before != consultationDay {
		return true
	}
	form, _ := r.Form(a.Form)
	return slices.Contains(form.Limits, l.Key)
}

// checkRules finds forms that name limits which no definition has.
func checkRules(field string, r rules.Rules, definitions []lifecycle.Definition) error {
	if err := r.Check(field); err != nil {
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
				return workflow.Invalid(check.At(field+".forms", i)+".limits", "unknown", "活动流程没有时限%q", "no lifecycle of activities has a limit %q", l)
			}
		}
	}
	return nil
}

// needs is what the code reads of a definition of activities, by the events and
// guards that make it do so.
func needs() []workflow.Need {
	return []workflow.Need{
		{For: []string{"invite", "consent", "decline"}, Track: invitationTrack, Each: true, Means: []string{declined}},
		{For: []string{"conclude", "add_items", "backfill"}, Track: itemTrack, Each: true, Means: []string{checklist.Open, checklist.Confirmed}},
		{For: []string{"begin_item", "finish_item", "confirm_item", "items_settled"}, Track: itemTrack, Each: true, Means: []string{checklist.Confirmed}},
		{For: []string{"reopen"}, Track: itemTrack, Each: true, Events: []string{"return_item"}},
	}
}
