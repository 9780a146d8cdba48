// Package proposal is the proposal (提案) itself: who makes it, what becomes of
// it, who handles it and how they answer, and what its proposers think of the
// answer.
//
// [Service] is the front door. A proposal is opened from a [Draft], and from
// then on changes through [Service.Do] only, by an action: [Submit], [File],
// [Assign], [Accept], [Reply], [GiveOpinion] and the others of this package, or
// one of your own. What an action may do to a proposal in which state, and by
// whom, is in the proposal's lifecycle: [Nine] stages, [Seven], or a definition
// of your own.
//
// # Nine stages
//
// 培育 cultivation → 征集 submission → 审查 review → 立案 filing → 交办 assignment →
// 办理 handling → 督办 supervision → 答复 reply → 反馈 feedback. No public text lists
// all links of any place in order; this order is the library's own reading of
// published rules and of 秀山 Xiushan's going from seven links to nine, which
// added the first and the last. Supervision runs beside handling: a proposal
// under an open supervision counts there, the others go from handling to reply.
//
// # The actions, by stage
//
// Every action is a name of this package, which makes it a wide one. In the order
// in which a proposal meets them:
//
//	培育 cultivation   [Draft] [AddClue] [Research] [Confer] [Revise] [Attach] [Detach] [Tag] [Invite] [Consent] [Decline] [Leave]
//	                   [OpenSeconding] [Second] [CloseSeconding] [HandOver]
//	征集 submission    [Submit] [Recall] [Withdraw]
//	审查 review        [Receive] [Recuse] [Recategorise] [Return] [Refuse] [Refer] [Settle] [Reconsider]; [Service.Merge], [Service.Unmerge]
//	立案 filing        [File] [Service.FileNext] [NominateKey] [ConsultOnKey] [MarkKey] [UnmarkKey];
//	                   [MarkPassage] [AllowPassage] [Publish] [Withhold]
//	交办 assignment    [PreAssign] [Assign] [AddUnits] [Object] [RecallObjection] [ApproveObjection] [RefuseObjection] [Transfer] [Succeed]
//	办理 handling      [Accept] [Suspend] [Continue] [LogContact] [Divide] [Reply] [Countersign] [RecallReply] [ReturnReply] [IssueReply]
//	督办 supervision   [Urge] [Supervise] [VisitSite] [Conclude]
//	答复 reply         [GiveOpinion] [Reopen] [Close] [PublishReply] [WithholdReply]
//	反馈 feedback      [KeepPromise] [DropPromise] [Follow] [Evaluate] [Nominate] [GiveHonour]
//	at any time        [AskErasure] [Erase] [RefuseErasure]
//
// The other names are what these keep on a proposal, what [Rules] are made of,
// and what figures count.
//
// # The verbs of an office
//
// What an office expects to be able to do is an action, or has its equivalent:
//
//	转办          [Transfer], by the office; ApproveObjection.To, when a unit asked for it
//	委托          a role granted on the body (Actor.Grants): who acts is named in the journal, never somebody in another's name
//	退回上一步    [Return], [ReturnReply], [ApproveObjection]
//	退回任意环节  [Reopen]; nobody sets a state by hand
//	退回发起人    [Return]
//	加签          [AddUnits], [Invite]; one more check is a state and a line of the definition
//	减签          [Transfer] to nobody, [Leave]
//	附议          [Second], while the draft is open to be seconded
//	移交          [HandOver]; [Succeed], when a unit was merged or renamed
//	撤回          [Recall], [RecallObjection], [RecallReply], until the next has acted; [Service.Unmerge]
//	会签          [Countersign], of units that answer with a lead; every co-unit answers the lead first: the guard co_units_answered
//	或签          one transition for several roles: whoever comes first
//	催办          [Urge], and limits that urge by themselves
//	抄送          a sight of the definition, and the store's feed: to be told is no act
//	区划调整      [workflow.Engine.Relocate], by whoever administers both bodies; the number stays the old body's
//	作废          [Withdraw], [Refuse]; the number stays with the case and is not given again
//
// # Parts
//
// Each unit's part is a small machine of its own, and the proposal's state
// follows from the parts: it is being handled once a unit has accepted, replied
// to once every required unit has answered, and handled again as soon as one of
// them has to (不满意 moves both, always).
//
// # Who acts
//
// [Nine] and [Seven] know these roles, which a host gives in Actor.Roles or, on
// another body and those below it, in Actor.Grants:
//
//	member group organisation party sector   open a proposal, each by its own right
//	committee      提案委: opens, reviews, files, merges, supervises, publishes, closes
//	office         交办机构: assigns, decides objections, extends, issues replies
//	leader         领导: leads supervisions, marks key proposals
//	evaluator      第三方: visits and evaluates
//	administrator  moves running cases to other rules or to a new calendar
//
// The roles proposer, cosigner and unit nobody is given: they follow from the
// case; see [Relations]. Actor.Unit alone makes someone act for a unit. Another
// definition may name any roles it likes.
//
// # Finding
//
// Find, Each, [Service.Figures] and the lists of deadlines
// take conditions on these attributes, of which some occur more than once; a
// name that is none of them matches nothing:
//
//	body state stage definition   as in the header; definition as name@version
//	means       what the state means to the code: its key, unless the definition says otherwise
//	title       in the one spelling: radicals of a PDF, width and case make no difference
//	number      14 for 第14号 and 014 too
//	session     11-1 for 十一届一次会议 too
//	category year   as they are
//	left        each body that it was in before it went to another; see [workflow.Engine.Relocate]
//	numbered_in  the body that gave its number, where it has left that
//	theme       each of those it is tagged with
//	kind        of the proposer, such as member
//	proposer    the ID of whoever proposes, and of everyone invited to co-sign
//	unit        every unit that was not relieved
//	lead        the unit that leads, or is the only one
//	class       of every reply that went out
//	opinion     the result of the last one that counts
//	refusal     the reason
//	key         "yes" for a key proposal
//	clock       "running" while one is
//	due         of every running clock, as 2006-01-02; due.KEY: of the limit KEY
//	undated     why a running clock has no due date
//	alarm       the day of the next alarm
//	opened      when it was opened
//	changed     the day of its last entry
//	part        what the state of a unit's part means
//	published   yes
//	tally       what figures count of it, in one text; see Service.Tallies
//	list        the lists it is on, one attribute for each; ask for them by a Query's List
//	seer        those who see it; a Reader asks by it
//
// # What differs between places
//
// Lifecycles, category schemes, refusal reasons, answer classes and opinion
// scales are data: [Rules], for each body its own, and so is whose opinion is asked
// for and how several make one: [Hearing]. Codes in use cannot be lost:
// a later version of a scheme retires a term or maps it.
//
// # Your own
//
// From outside, without a fork: an action is a struct with Event and Apply, and
// one line that tells [New] of it ([workflow.WithAction]); a state, event, role
// or track is a line in a definition; a guard or relation is a function given to
// [New]; a term of a scheme is a line in [Rules]; data of your own goes into a
// proposal with [Proposal.SetExtra].
//
// A definition of your own may give its states any keys. What the code of this
// package reads of it are the tracks cosign, part and supervision and these
// meanings, which a state has by its key or by "is": draft and filed on the main
// line; invited and consented of co-signers; accepted, suspended, checking,
// answered and released of parts; open of the supervision; unheard of a track
// "hearing", if there is one. [New] says which of
// them a definition lacks. A role of your own is declared in the definition.
//
// # In a program
//
// The JSON of a [Proposal] is its data only; what the engine keeps of it is in
// Proposal.Header. The example "web" shows both to a browser and turns errors
// into answers, the example "mail" sends letters from the store's feed.
package proposal
