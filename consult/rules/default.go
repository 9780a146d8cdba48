package rules

// The kinds of platforms of [Default].
const (
	KindStation  = "station"  // 委员工作站
	KindRoom     = "room"     // 协商议事室
	KindForum    = "forum"    // 委员议事厅, with media
	KindStudio   = "studio"   // 委员工作室
	KindPlatform = "platform" // 渝事好商量, 有事好商量 and the like
)

// The forms of consultation of [Default].
const (
	FormThematic    = "thematic"          // 专题协商, in the standing committee
	FormCounterpart = "counterpart"       // 对口协商
	FormSector      = "sector"            // 界别协商
	FormHandling    = "proposal_handling" // 提案办理协商
	FormPlenary     = "plenary"           // 专题议政, in a plenary or a standing committee on one theme
	FormPlatform    = "platform"          // 平台协商
	FormMicro       = "micro"             // 微协商
	FormOnline      = "online"            // 网络协商
)

// The kinds of participants of [Default].
const (
	Member     = "member"      // 委员
	Department = "department"  // 职能部门
	Interested = "interested"  // 利益相关方
	Resident   = "resident"    // 群众
	Expert     = "expert"      // 专家学者
	Media      = "media"       // 媒体
	ThirdParty = "third_party" // 第三方
	Leader     = "leader"      // 领导
)

// The kinds of outcomes of [Default].
const (
	OutcomeChecklist      = "checklist"      // 协商清单
	OutcomeMinutes        = "minutes"        // 协商纪要
	OutcomeRecommendation = "recommendation" // 建议案, with a named lead (领办人)
	OutcomeReport         = "report"         // 报党委、政府的报告
	OutcomeNote           = "note"           // 社情民意信息
	OutcomeClue           = "clue"           // 提案线索
)

// The kinds of follow-ups of [Default].
const (
	Supervision  = "supervision"   // 民主监督
	MediaRevisit = "media_revisit" // 媒体回访
	Visit        = "visit"         // 委员回访
)

// The criteria of topics of [Default].
const (
	SmallCut = "small_cut" // 小切口
	Ready    = "ready"     // 具备协商条件
	Concern  = "concern"   // 群众关切
)

// Default returns the kinds, forms and lists found in the sources of this
// package.
//
// The formal meetings are bound to the limits "notice" and "materials", in the
// lifecycle shipped 15 and 10 working days before, as in one published rule;
// platforms and online consultations ask for a notice at any time before, for no
// common rule is published. 委员议事厅 asks for the four parties that 江门 Jiangmen seats, 微协商
// for interested parties and residents to be at least half. No kind has a
// quota: that is each place's own.
func Default() Rules {
	ahead := []string{"notice", "materials"}
	return Rules{
		Kinds: []PlatformKind{
			{Key: KindStation, Label: label("委员工作站", "member station")},
			{Key: KindRoom, Label: label("协商议事室", "consultation room")},
			{Key: KindForum, Label: label("委员议事厅", "members' forum"),
				Composition: []string{"parties:member,department,interested,resident"}},
			{Key: KindStudio, Label: label("委员工作室", "members' studio")},
			{Key: KindPlatform, Label: label("协商平台（渝事好商量、有事好商量等）", "consultation platform")},
		},
		Forms: []Form{
			{Key: FormThematic, Label: label("专题协商", "thematic consultation"), Limits: ahead, Research: true},
			{Key: FormCounterpart, Label: label("对口协商", "counterpart consultation"), Limits: ahead},
			{Key: FormSector, Label: label("界别协商", "sector consultation"), Limits: ahead},
			{Key: FormHandling, Label: label("提案办理协商", "consultation on handling a proposal"), Limits: ahead},
			{Key: FormPlenary, Label: label("专题议政", "plenary on one theme"), Limits: ahead, Research: true},
			{Key: FormPlatform, Label: label("平台协商", "platform consultation")},
			{Key: FormMicro, Label: label("微协商", "micro-consultation"), Composition: []string{"interested_half:interested,resident"}},
			{Key: FormOnline, Label: label("网络协商", "online consultation")},
		},
		Participants: Terms{
			{Key: Member, Label: label("委员", "member")},
			{Key: Department, Label: label("职能部门", "department")},
			{Key: Interested, Label: label("利益相关方", "interested party")},
			{Key: Resident, Label: label("群众", "resident")},
			{Key: Expert, Label: label("专家学者", "expert")},
			{Key: Media, Label: label("媒体", "media")},
			{Key: ThirdParty, Label: label("第三方", "third party")},
			{Key: Leader, Label: label("领导", "leader")},
		},
		Criteria: Terms{
			{Key: SmallCut, Label: label("小切口", "small cut")},
			{Key: Ready, Label: label("具备协商条件", "ready for consultation")},
			{Key: Concern, Label: label("群众关切", "what people care about")},
		},
		Exclusions: Terms{
			{Key: "state_secret", Label: label("涉及党和国家秘密", "touches secrets of Party or state")},
			{Key: "forbidden", Label: label("法律法规和政策禁止", "against law or policy")},
			{Key: "litigation", Label: label("已进入诉讼、仲裁程序", "in litigation or arbitration")},
			{Key: "personal", Label: label("个人或亲属问题", "a personal matter")},
			{Key: "accusation", Label: label("举报、控告", "an accusation")},
		},
		Outcomes: []OutcomeKind{
			{Key: OutcomeChecklist, Label: label("协商清单", "checklist")},
			{Key: OutcomeMinutes, Label: label("协商纪要", "minutes")},
			{Key: OutcomeRecommendation, Label: label("建议案", "formal recommendation"), Led: true, Votes: "1/2"},
			{Key: OutcomeReport, Label: label("报党委、政府的报告", "report to Party committee and government")},
			{Key: OutcomeClue, Label: label("提案线索", "clue to a proposal")},
			{Key: OutcomeNote, Label: label("社情民意信息", "social-conditions note")},
		},
		FollowUps: Terms{
			{Key: Supervision, Label: label("民主监督", "supervision")},
			{Key: MediaRevisit, Label: label("媒体回访", "media revisit")},
			{Key: Visit, Label: label("委员回访", "visit")},
		},
		Satisfaction: []Mark{
			{Key: "satisfied", Label: label("满意", "satisfied"), Satisfied: true},
			{Key: "basically_satisfied", Label: label("基本满意", "basically satisfied"), Satisfied: true},
			{Key: "dissatisfied", Label: label("不满意", "dissatisfied")},
		},
	}
}
