package consult

import "github.com/tian-go/tian/proposal/workflow"

// PlatformActions describes every action on a platform.
func PlatformActions() []workflow.ActionType[*Platform, Rules] {
	return []workflow.ActionType[*Platform, Rules]{
		workflow.Describe(Establish{}, "设立平台", "establish a platform"),
		workflow.Describe(Revise{}, "变更", "revise"),
		workflow.Describe(Quote{}, "摘录报道", "quote a source"),
		workflow.Describe(LogDuty{}, "登记值班", "log a day of duty"),
		workflow.Describe(Inspect{}, "检查", "inspect"),
		workflow.Describe(Suspend{}, "暂停", "suspend"),
		workflow.Describe(Resume{}, "恢复", "resume"),
		workflow.Describe(Shut{}, "撤销", "close"),
	}
}

// TopicActions describes every action on a topic.
func TopicActions() []workflow.ActionType[*Topic, Rules] {
	return []workflow.ActionType[*Topic, Rules]{
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

// ActivityActions describes every action on an activity, in the order in which it meets them.
func ActivityActions() []workflow.ActionType[*Activity, Rules] {
	return []workflow.ActionType[*Activity, Rules]{
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
		workflow.Describe(Begin{}, "开始办理", "begin"),
		workflow.Describe(Report{}, "报告进展", "report progress"),
		workflow.Describe(Finish{}, "办理完毕", "say it is done"),
		workflow.Describe(GiveUp{}, "暂不可行", "say it is not feasible"),
		workflow.Describe(Confirm{}, "办结认定", "confirm"),
		workflow.Describe(Return{}, "退回再办", "reopen"),
		workflow.Describe(Extend{}, "延长期限", "extend"),
		workflow.Describe(Hand{}, "变更责任人", "change the owner"),
		workflow.Describe(Link{}, "关联提案", "link to a proposal"),
		workflow.Describe(Publish{}, "公开", "publish"),
		workflow.Describe(Withhold{}, "不公开", "withhold"),
		workflow.Describe(Follow{}, "跟踪问效", "follow up"),
		workflow.Describe(Close{}, "办结", "close"),
		workflow.Describe(Reopen{}, "重新办理", "reopen"),
	}
}
