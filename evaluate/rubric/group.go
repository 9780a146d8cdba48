package rubric

import "github.com/tian-go/tian/evaluate/points"

// Group (测评主体) is a body of evaluators whose ballots are counted together.
type Group struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Kind says who they are; carried for reports, never computed with.
	Kind GroupKind `json:"kind,omitempty"`
	// Share is this group's relative weight wherever several groups judge one
	// criterion: 50, 30 and 20, or 5, 3 and 2. Shares of which one is 10 or more
	// are percentages: over all groups they add up to 100.
	Share points.Points `json:"share,omitzero"`
	// Aggregate makes one figure of many marks; absent is the mean.
	Aggregate Aggregation `json:"aggregate,omitempty"`
	// Drop leaves out the extremes (去掉最高分和最低分).
	Drop *Drop `json:"drop,omitempty"`
	// Quorum is what makes the group's vote valid; nil is any one ballot.
	Quorum *Quorum `json:"quorum,omitempty"`
	// Missing says what happens when the group has no valid figure; absent is
	// MissingVoid.
	Missing MissingPolicy `json:"missing,omitempty"`
	// Blank is how an empty place on a ballot is read: one of the missing
	// kinds, or "" to refuse the card.
	Blank Missing `json:"blank,omitempty"`
}

// GroupKind says who judges.
type GroupKind string

// The kinds of evaluators found in published sheets.
const (
	Organiser  GroupKind = "organiser"   // 组织方, 提案委
	Member     GroupKind = "member"      // 委员, 提案者
	ThirdParty GroupKind = "third_party" // 第三方
	Public     GroupKind = "public"      // 公众, 群众
	SelfRated  GroupKind = "self"        // 单位自评
)

// Aggregation makes one figure of many marks.
type Aggregation string

// The aggregations. All but ModeGrade never fall when a mark on a benefit
// criterion rises.
const (
	Mean   Aggregation = "mean"   // 平均分; the default
	Median Aggregation = "median" // of an even number, the mean of the middle two
	Summed Aggregation = "sum"    // 累计
	// ModeGrade takes the most frequent value (多数等次); of equally frequent
	// ones the lowest.
	ModeGrade Aggregation = "mode_grade"
)

// Drop leaves out the Highest largest and the Lowest smallest before
// aggregating. A group with no mark left over has no figure.
type Drop struct {
	Highest int `json:"highest"`
	Lowest  int `json:"lowest"`
	// By is "criterion" (default: marks of each criterion) or "total" (whole
	// ballots by their points over all criteria; ballots that lack a mark are
	// kept). Equal ballots are dropped in the order of their ids. By total, a
	// higher mark can make a ballot the one that is dropped, and its other marks
	// with it: a total may then fall although a mark has risen.
	By string `json:"by,omitempty"`
}

// What extremes are found by.
const (
	DropByCriterion = "criterion"
	DropByTotal     = "total"
)

// Quorum (法定人数) is when a vote counts. Evaluators who recused themselves on
// everything count neither among those who came nor among those expected.
type Quorum struct {
	// MinBallots is the least number of ballots.
	MinBallots int `json:"min_ballots,omitempty"`
	// MoreThan demands present > MoreThan·expected (实到超过应到半数);
	// AtLeast demands present ≥ AtLeast·expected. The card's session must
	// then give both counts.
	MoreThan *points.Ratio `json:"more_than,omitempty"`
	AtLeast  *points.Ratio `json:"at_least,omitempty"`
}

// MissingPolicy says what becomes of the points a group without a valid figure
// would have given.
type MissingPolicy string

// The policies.
const (
	// MissingVoid voids the outcome: the vote must be held again.
	MissingVoid MissingPolicy = "void"
	// MissingZero counts the group as 0.
	MissingZero MissingPolicy = "zero"
	// MissingProvisional counts 0 for now and marks the outcome provisional.
	MissingProvisional MissingPolicy = "provisional"
	// MissingRedistribute gives the group's share to the other groups of the
	// criterion; when there is none, the criterion's points to the rest of the
	// base in proportion to what it earned.
	MissingRedistribute MissingPolicy = "redistribute"
)

// Missing is why there is no mark. The four are different facts and are never
// counted alike.
type Missing string

// The kinds of missing marks.
const (
	// Abstain (弃权): was there, chose not to mark. Counts for the quorum and
	// in a rate over returned ballots.
	Abstain Missing = "abstain"
	// DontKnow (不了解): was there, cannot tell. Counts like Abstain, but is
	// told apart in the panel.
	DontKnow Missing = "dont_know"
	// Recused (回避): may not judge this subject. Leaves the expected number too.
	Recused Missing = "recused"
	// NotDue (未到期): there is nothing to judge yet. In nobody's base; as a
	// fact it makes the outcome provisional.
	NotDue Missing = "not_due"
)

// Valid reports whether m is one of the kinds.
func (m Missing) Valid() bool {
	return m == Abstain || m == DontKnow || m == Recused || m == NotDue
}
