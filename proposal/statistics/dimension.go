package statistics

import "github.com/tian-go/tian/proposal"

// The dimensions that this package counts by, beside those of
// [proposal.Tally.Add], and what their keys are.
const (
	ByCategoryIn  proposal.Dimension = "category_in" // 类别: scheme@version:key, as it was given
	ByUpper       proposal.Dimension = "upper"       // 类别上级: scheme@version:key of the upper level of the category
	ByTheme       proposal.Dimension = "theme"       // 主题: scheme@version:key, or the word where themes are not coded; one proposal may have several
	ByOrigin      proposal.Dimension = "origin"      // individual (委员个人、联名) or collective (集体)
	ByTiming      proposal.Dimension = "timing"      // a [proposal.Timing]
	ByRefusal     proposal.Dimension = "refusal"     // 不予立案理由: scheme@version:key
	ByMode        proposal.Dimension = "mode"        // a [proposal.Mode]
	ByTier        proposal.Dimension = "tier"        // 重点提案层级: the place's own word
	ByClassIn     proposal.Dimension = "class_in"    // 答复类别: scheme@version:key of required units' current replies
	ByClassAs     proposal.Dimension = "class_as"    // what that counts as: settled, planned, reference
	ByResult      proposal.Dimension = "result"      // 办理结果: scale@version:key, the last on each required unit
	ByAttitude    proposal.Dimension = "attitude"    // 办理态度: the same, on the other axis
	ByResultAs    proposal.Dimension = "result_as"   // what the results count as; of several the worst
	ByAttitudeAs  proposal.Dimension = "attitude_as" // the same, on the other axis
	ByRole        proposal.Dimension = "role"        // items by [proposal.PartRole]
	ByClassOfItem proposal.Dimension = "item_class"  // items by what the class of the reply counts as
	ByResultItem  proposal.Dimension = "item_result" // items by what the last result counts as
	ByExtension   proposal.Dimension = "extended"    // clocks that were extended (延期), by limit
	total         proposal.Dimension = "total"       // keys: Base
	stageSpan                        = "stage."      // of a Span
	ofFiled                          = "filed."      // of a Dimension
	ofLimit                          = "limit."      // of a Dimension; keys: a calendar.Phase, or undated
	ofUnit                           = "unit."       // of a Dimension; keys: units
	ofMember                         = "member."     // of a Dimension; keys: IDs of members
)

// The keys of [ByOrigin].
const (
	Individual = "individual" // 委员提案
	Collective = "collective" // 集体提案
)

// OfFiled is the same dimension over filed proposals only: category, proposer,
// category_in, upper, theme, origin and timing are counted so too.
func OfFiled(d proposal.Dimension) proposal.Dimension { return ofFiled + d }

// Base is a total that figures are divided by, or counted for themselves.
type Base string

// The totals. Those below Merged are of what is handled, by the rule for merged
// proposals.
const (
	Stated   Base = "stated"    // no total: what states the dimension at all
	Drafts   Base = "drafts"    // 草稿, counted nowhere else
	Received Base = "received"  // 收到
	Filed    Base = "filed"     // 立案, by the rule for merged proposals
	Merged   Base = "merged"    // 并案
	NotFiled Base = "not_filed" // 未立案: refused, referred, settled or withdrawn
	Open     Base = "open"      // 审查未定

	Assigned   Base = "assigned"   // 交办: some unit has a part
	Answered   Base = "answered"   // 办复: each required unit has replied
	Heard      Base = "heard"      // 收到反馈: a proposer has given an opinion on a reply
	Again      Base = "again"      // 二次办理: a unit handled it again, after 不满意 or a reopening
	AgainDone  Base = "again_done" // of these: each required unit has replied since
	Key        Base = "key"        // 重点提案
	Supervised Base = "supervised" // 督办
	Visited    Base = "visited"    // of these: with a visit
	Urged      Base = "urged"      // 催办
	Raised     Base = "raised"     // 回头看: a class was raised or changed later

	Contacted  Base = "contacted"    // 沟通: each required unit was in contact with the proposers
	FaceToFace Base = "face_to_face" // 面商: of these, each by a visit or a meeting

	// Promises (承诺事项) that replies made, each counted for itself.
	Promises        Base = "promises"
	PromisesKept    Base = "promises_kept"    // 已落实
	PromisesDropped Base = "promises_dropped" // 未能落实, with a reason
	PromisesLate    Base = "promises_overdue" // 逾期未落实, on the day of the options

	Items         Base = "items"          // 承办件: parts of units that were not relieved
	RequiredItems Base = "required_items" // of these: parts whose unit answers the proposer
	AnsweredItems Base = "answered_items" // of these: with a reply that went out
	HeardItems    Base = "heard_items"    // of these: with an opinion
	Disordered    Base = "disordered"     // 日期矛盾: items of which a reply is dated before the assignment, or an opinion before the reply
)
