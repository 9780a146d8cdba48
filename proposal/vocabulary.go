package proposal

import (
	"strconv"
	"strings"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// ActionType describes an action on a proposal; see [workflow.ActionType].
type ActionType = workflow.ActionType[*Proposal, Rules]

// Vocabulary returns what the engine is told of proposals.
func Vocabulary() workflow.Vocabulary[*Proposal, Rules] {
	return workflow.Vocabulary[*Proposal, Rules]{
		Kind: Kind, Fresh: func() *Proposal { return new(Proposal) },
		Definitions: []lifecycle.Definition{Nine(), Seven()}, Default: "nine",
		Actions: Actions(), Guards: Guards(), Relations: Relations(), Needs: needs(),
		Arguments: map[string]func(string) error{"cosigners": aNumber, "plenary_only": kindsOfProposers},
		Roles:     []string{"member", "group", "organisation", "party", "sector", "committee", "office", "leader", "evaluator"},
		Bound:     []string{ForAnswering, ForCo, "lead", "proposer"},
		Index:     index, Asks: asks, Instance: (*Proposal).instance, Binds: binds,
		Rules: DefaultRules(), Check: func(field string, r Rules, _ []lifecycle.Definition) error { return r.check(field) }, Values: valuesOf,
	}
}

// Actions describes every action of this package, in the order in which a
// proposal meets them.
func Actions() []ActionType {
	return []ActionType{
		workflow.Describe(Draft{}, "提出", "open a draft"),
		workflow.Describe(Research{}, "调研", "record research"),
		workflow.Describe(Revise{}, "修改", "revise"),
		workflow.Describe(Invite{}, "邀请联名", "invite to co-sign"),
		workflow.Describe(Consent{}, "同意联名", "consent to co-sign"),
		workflow.Describe(Decline{}, "谢绝联名", "decline to co-sign"),
		workflow.Describe(Leave{}, "退出联名", "leave the co-signers"),
		workflow.Describe(Submit{}, "提交", "submit"),
		workflow.Describe(Withdraw{}, "撤案", "withdraw"),

		workflow.Describe(Receive{}, "接收审查", "begin the review"),
		workflow.Describe(Recategorise{}, "改归类别", "correct the category"),
		workflow.Describe(File{}, "立案", "file"),
		workflow.Describe(Refuse{}, "不予立案", "refuse to file"),
		workflow.Describe(Refer{}, "转送", "refer elsewhere"),
		workflow.Describe(Return{}, "退回修改", "return for revision"),
		workflow.Describe(Settle{}, "会间解决", "settle in session"),
		workflow.Describe(Reconsider{}, "复议", "reconsider"),
		workflow.Describe(absorb{}, "接收并案", "take another in").Inner(),
		workflow.Describe(merge{}, "并案", "merge into another").Inner(),
		workflow.Describe(release{}, "归还并案", "give one back").Inner(),
		workflow.Describe(unmerge{}, "撤销并案", "undo the merge").Inner(),
		workflow.Describe(unmerge{Filed: true}, "撤销并案", "undo the merge of a filed one").Inner(),

		workflow.Describe(Assign{}, "交办", "assign"),
		workflow.Describe(AddUnits{}, "增加承办单位", "add units"),
		workflow.Describe(Accept{}, "接收办理", "accept"),
		workflow.Describe(Object{}, "申请退回", "object"),
		workflow.Describe(ApproveObjection{}, "同意退回", "approve the objection"),
		workflow.Describe(RefuseObjection{}, "不同意退回", "refuse the objection"),
		workflow.Describe(Transfer{}, "改派", "move a part elsewhere"),
		workflow.Describe(Suspend{}, "中止办理", "suspend"),
		workflow.Describe(Continue{}, "恢复办理", "continue"),
		workflow.Describe(Reply{}, "拟复", "draft the reply"),
		workflow.Describe(ReturnReply{}, "退回重拟", "return the reply"),
		workflow.Describe(IssueReply{}, "签发答复", "issue the reply"),

		workflow.Describe(MarkKey{}, "列为重点", "make it a key proposal"),
		workflow.Describe(UnmarkKey{}, "取消重点", "make it an ordinary one"),
		workflow.Describe(Supervise{}, "督办", "open a supervision"),
		workflow.Describe(VisitSite{}, "督办调研", "visit"),
		workflow.Describe(Conclude{}, "督办结束", "conclude the supervision"),
		workflow.Describe(Urge{}, "催办", "urge"),

		workflow.Describe(GiveOpinion{}, "评议", "give an opinion"),
		workflow.Describe(Close{}, "办结", "close"),
		workflow.Describe(Reopen{}, "重新办理", "reopen"),
		workflow.Describe(Follow{}, "回头看", "follow up"),
		workflow.Describe(Evaluate{}, "评价", "evaluate"),
		workflow.Describe(GiveHonour{}, "表彰", "honour"),
		workflow.Describe(Publish{}, "公开", "publish"),
		workflow.Describe(Withhold{}, "不公开", "withhold"),
	}
}

// valuesOf returns what a field that is a key of a list may be. An opinion's
// values are those of the first scale.
func valuesOf(r Rules, list string) []form.Value {
	var scheme Scheme
	switch list {
	case "categories":
		scheme = r.Categories.Latest()
	case "refusals":
		scheme = r.Refusals.Latest()
	case "classes":
		scheme = r.Classes.Latest()
	case "opinions":
		scheme, _ = r.scale("")
	}
	var values []form.Value
	for _, t := range scheme.Terms {
		if !t.Retired {
			values = append(values, form.Value{Key: t.Key, Label: t.Label})
		}
	}
	return values
}

func aNumber(argument string) error {
	if n, err := strconv.Atoi(argument); err != nil || n < 0 {
		return workflow.Invalid("cosigners", "unusable", "联名人数应为非负整数，而不是%q", "the number of co-signers is a whole number, not %q", argument)
	}
	return nil
}

func kindsOfProposers(argument string) error {
	for kind := range strings.SplitSeq(argument, ",") {
		if !ProposerKind(kind).known() {
			return workflow.Invalid("plenary_only", "unknown", "没有提案者类别%q", "there is no kind of proposer %q", kind)
		}
	}
	return nil
}
