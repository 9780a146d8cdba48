package activity

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/internal/convened"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Vocabulary returns what the engine is told of activities.
func Vocabulary() workflow.Vocabulary[*Activity, rules.Rules] {
	return workflow.Vocabulary[*Activity, rules.Rules]{
		Kind: Kind, Fresh: func() *Activity { return new(Activity) },
		Definitions: []lifecycle.Definition{Lifecycle()}, Default: "activity",
		Actions: Actions(), Guards: Guards(), Relations: Relations(), Offices: convened.Platforms, Roles: rules.Roles(), Handles: []string{"convenor", "owner", "co_owner", "asked"}, Runs: []string{"office", "committee"}, Needs: needs(),
		Parts: parts(), Attributes: attributes(), Lists: Lists(), Spelled: check.Unit,
		Dates: []string{consultationDay, itemDue, opinionDue},
		Index: index, Asks: check.Asks, Binds: binds, Rules: rules.Default(), Check: checkRules, Values: rules.Rules.Values, Follow: rules.Follow,
	}
}

// Actions describes every action on an activity, in the order in which it meets them.
func Actions() []workflow.ActionType[*Activity, rules.Rules] {
	return append([]workflow.ActionType[*Activity, rules.Rules]{
		workflow.Describe(planned{}, "计划活动", "plan an activity"),
		workflow.Describe(Replan{}, "修改计划", "change the plan"),
		workflow.Describe(HandOver{}, "变更召集人", "hand over"),
		workflow.Describe(Investigate{}, "调研", "record research"),
		workflow.Describe(Invite{}, "邀请", "invite"),
		workflow.Describe(OpenCall{}, "公开征集参会人员", "call for people to take part"),
		workflow.Describe(Register{}, "报名", "register"),
		workflow.Describe(DrawLots{}, "确定名额", "give out the places"),
		workflow.Describe(Consent{}, "同意参加", "consent"),
		workflow.Describe(Refuse{}, "不能参加", "decline"),
		workflow.Describe(Notify{}, "通知", "give notice"),
		workflow.Describe(SendMaterials{}, "印发材料", "send materials"),
		workflow.Describe(Postpone{}, "延期", "postpone"),
		workflow.Describe(Waive{}, "批准免予时限", "waive a limit"),
		workflow.Describe(Relocate{}, "变更地点", "change the place"),
		workflow.Describe(Cancel{}, "取消", "cancel"),
		workflow.Describe(Hold{}, "召开", "hold"),
		workflow.Describe(SitAgain{}, "续会", "sit again"),
		workflow.Describe(Backfill{}, "补录", "enter after the fact"),
		workflow.Describe(Speak{}, "发言", "record a statement"),
		workflow.Describe(Raise{}, "提出意见", "record opinions"),
		workflow.Describe(Respond{}, "回应", "record a response"),
		workflow.Describe(CorrectAttendance{}, "更正出席情况", "correct the attendance"),
		workflow.Describe(AskUnit{}, "交办意见", "ask a unit"),
		workflow.Describe(AnswerOpinion{}, "意见办理", "answer an opinion"),
		workflow.Describe(HearAnswer{}, "知悉答复", "hear the answer"),
		workflow.Describe(DraftMinutes{}, "起草纪要", "draft the minutes"),
		workflow.Describe(SendMinutes{}, "纪要征求意见", "send the draft round"),
		workflow.Describe(ObjectToMinutes{}, "对纪要提出异议", "object to the draft"),
		workflow.Describe(AnswerObjection{}, "处理异议", "answer an objection"),
		workflow.Describe(FileMinutes{}, "形成纪要", "file the minutes"),
		workflow.Describe(CorrectMinutes{}, "更正纪要", "correct the minutes"),
		workflow.Describe(AddSurvey{}, "登记问卷调查", "add a survey"),
		workflow.Describe(CorrectSurvey{}, "更正问卷", "correct a survey"),
		workflow.Describe(Assess{}, "满意度测评", "record a poll"),
		workflow.Describe(Conclude{}, "形成成果", "conclude"),
		workflow.Describe(Issue{}, "增加成果", "add an outcome"),
		workflow.Describe(AmendOutcome{}, "更正成果", "amend an outcome"),
		workflow.Describe(VoteOutcome{}, "表决", "vote on an outcome"),
		workflow.Describe(SendOutcome{}, "报送", "send an outcome"),
		workflow.Describe(InstructOn{}, "登记批示", "enter an instruction"),
		workflow.Describe(HandleInstruction{}, "批示办理", "handle an instruction"),
		workflow.Describe(TraceOutcome{}, "成果转化", "trace an outcome"),
		workflow.Describe(AddItems{}, "增加清单事项", "add items"),
		workflow.Describe(BeginItem{}, "开始办理", "begin"),
		workflow.Describe(ReportItem{}, "报告进展", "report progress"),
		workflow.Describe(FinishItem{}, "办理完毕", "say it is done"),
		workflow.Describe(GiveUpItem{}, "暂不可行", "say it is not feasible"),
		workflow.Describe(ConfirmItem{}, "办结认定", "confirm"),
		workflow.Describe(ReturnItem{}, "退回再办", "reopen"),
		workflow.Describe(ExtendItem{}, "延长期限", "extend"),
		workflow.Describe(AskItemTime{}, "申请延期", "ask for more time"),
		workflow.Describe(AnswerItemTime{}, "审批延期", "answer the request"),
		workflow.Describe(HandItem{}, "变更责任人", "change the owner"),
		workflow.Describe(FinishStep{}, "完成子项", "finish a step"),
		workflow.Describe(RevisitItem{}, "回访", "revisit"),
		workflow.Describe(AssessItem{}, "群众满意度测评", "poll residents about an item"),
		workflow.Describe(Link{}, "关联提案", "link to a proposal"),
		workflow.Describe(Unlink{}, "解除关联", "unlink"),
		workflow.Describe(Publish{}, "公开", "publish"),
		workflow.Describe(Withhold{}, "不公开", "withhold"),
		workflow.Describe(Follow{}, "跟踪问效", "follow up"),
		workflow.Describe(Close{}, "办结", "close"),
		workflow.Describe(Reopen{}, "重新办理", "reopen"),
	}, erasure.Actions[*Activity, rules.Rules]()...)
}

// Relations returns the relations that definitions of activities may
// name as roles:
//
//	convenor   the convenor, or anyone who acts for the organising unit; where it is
//	           the platform's, whoever convenes that now
//	invitee    a participant: towards their own invitation only
//	attendee   a participant who was there
//	giver      who gave an opinion: towards the units asked about it
//	asked      whoever acts for a unit asked about an opinion: towards that request
//	owner      one who owns a checklist item: towards the item if it is theirs,
//	           or their unit's
//	co_owner   one who helps with it, in the same way
func Relations() []workflow.Relation[*Activity] {
	return []workflow.Relation[*Activity]{
		{Name: "convenor", Holds: func(a workflow.Actor, c *Activity, _ string) bool {
			return !c.OfPlatform && convened.By(c.Convenor, c.Unit, a)
		}, Whom: func(c *Activity) []workflow.Party {
			if c.OfPlatform {
				return []workflow.Party{{Office: c.Platform}}
			}
			return []workflow.Party{{Person: c.Convenor}, {Unit: c.Unit}}
		}},
		{Name: "invitee", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			return of == a.ID && c.Participant(of) != nil
		}, Whom: func(c *Activity) (parties []workflow.Party) {
			for _, p := range c.Participants {
				parties = append(parties, workflow.Party{Person: p.ID})
			}
			return parties
		}},
		{Name: attendee, Holds: func(a workflow.Actor, c *Activity, _ string) bool {
			p := c.Participant(a.ID)
			return p != nil && p.Attended
		}, Whom: func(c *Activity) (parties []workflow.Party) {
			for _, p := range c.Participants {
				if p.Attended {
					parties = append(parties, workflow.Party{Person: p.ID})
				}
			}
			return parties
		}},
		{Name: "giver", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			opinion, _, _ := strings.Cut(of, "@")
			o := c.Opinion(opinion)
			return o != nil && o.By != "" && o.By == a.ID
		}, Whom: func(c *Activity) (parties []workflow.Party) {
			for _, o := range c.Opinions {
				parties = append(parties, workflow.Party{Person: o.By})
			}
			return parties
		}},
		{Name: "asked", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			r, err := c.asked(of)
			return err == nil && a.Unit != "" && check.Unit(a.Unit) == check.Unit(r.Unit)
		}, Whom: func(c *Activity) (parties []workflow.Party) {
			for _, o := range c.Opinions {
				for _, r := range o.Asked {
					parties = append(parties, workflow.Party{Unit: r.Unit})
				}
			}
			return parties
		}},
		{Name: "co_owner", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			item := c.Item(of)
			return item != nil && item.Helps(a)
		}, Whom: func(c *Activity) (parties []workflow.Party) {
			for _, item := range c.Items {
				for _, o := range item.With {
					parties = append(parties, workflow.Party{Person: o.Account}, workflow.Party{Unit: o.Unit})
				}
			}
			return parties
		}},
		{Name: "owner", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			item := c.Item(of)
			return item != nil && item.Owner.Is(a)
		}, Whom: func(c *Activity) (parties []workflow.Party) {
			for _, item := range c.Items {
				parties = append(parties, workflow.Party{Person: item.Owner.Account}, workflow.Party{Unit: item.Owner.Unit})
			}
			return parties
		}},
		{Name: "public", Holds: func(_ workflow.Actor, c *Activity, _ string) bool { return c.published() }, Whom: func(c *Activity) []workflow.Party {
			return []workflow.Party{{Anyone: c.published()}}
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
