package rubric

import "github.com/tian-go/tian/evaluate/points"

// Rubric (评分表, 考核细则) is a scoring sheet as data: a tree of criteria, what
// counts beside the base, who judges, and what the total means. It is plain
// JSON both ways, versioned, and identified by its content ([Rubric.Hash]);
// evaluate.Compile turns it into a sheet that scores.
type Rubric struct {
	// Name is the stable key of the sheet; Version counts its editions from 1.
	Name    string `json:"name"`
	Version int    `json:"version"`
	Title   Label  `json:"title"`
	// Subject says what is scored: 承办单位, 提案, 委员, 平台.
	Subject Label `json:"subject,omitzero"`
	// Source is where the sheet was published.
	Source string `json:"source,omitempty"`
	// Readings lists what the source leaves open and how this data reads it.
	Readings []string `json:"readings,omitempty"`
	// Incomplete lists what is known to be missing from the source. Only a
	// rubric that says so may have criteria that add up to less than Full.
	Incomplete []string `json:"incomplete,omitempty"`

	// Full is the points of the base (满分): the sum over Criteria. Totals are
	// not clamped to it, nor to 100. It is 0 for a sheet of additions and
	// deductions only.
	Full     points.Points `json:"full"`
	Criteria []Criterion   `json:"criteria,omitempty"`
	// Bonus and Penalty (加分, 扣分) stand outside the base.
	Bonus   *Section `json:"bonus,omitempty"`
	Penalty *Section `json:"penalty,omitempty"`
	// Vetoes (一票否决) are applied after everything is added up.
	Vetoes []Veto `json:"vetoes,omitempty"`
	// Groups are those who fill in ballots.
	Groups []Group `json:"groups,omitempty"`
	// Bands (等次) name ranges of the total.
	Bands []Band `json:"bands,omitempty"`
	// FollowUps are what low totals call for; see Sheet.FollowUps.
	FollowUps []FollowUp `json:"follow_ups,omitempty"`
	// Unread lists facts that cards may carry though no criterion reads them,
	// because one card serves several sheets. Any other fact that is not read
	// is taken for a mistake.
	Unread []string `json:"unread,omitempty"`
	// Round is the one rounding of the sheet.
	Round Round `json:"round,omitzero"`
	// Blind (背靠背) keeps every outcome back until its card is decided.
	Blind bool `json:"blind,omitempty"`
}

// Criterion (评分项) is a node of the tree. With Items it is a heading whose
// score is their sum; without, a leaf that a Rule scores from one source.
type Criterion struct {
	// Key is unique in the rubric: lower-case ASCII, digits and underscores.
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Points is the full mark. Of a heading it is the sum of its items and may
	// be left out.
	Points points.Points `json:"points,omitzero"`
	// Direction says whether more of what is measured is better. It turns a
	// direct mark round and is checked against the tables of the other rules.
	Direction Direction `json:"direction,omitempty"`
	// Required makes a card without this fact undefined instead of 0 points, and
	// a ballot that leaves this place blank a problem whatever its group allows.
	Required bool `json:"required,omitempty"`
	// Fact names the card's fact the rule reads; Groups the ballot groups.
	// A leaf has exactly one of the two.
	Fact   string   `json:"fact,omitempty"`
	Groups []string `json:"groups,omitempty"`
	// Rule scores the leaf; absent means Direct.
	Rule Rule `json:"rule,omitzero"`
	// Floor and Cap bound the score of this node; the difference is a ledger
	// line of its own. A leaf of the base has 0 and Points by default, a leaf of
	// the bonus has floor 0, one of the penalty cap 0.
	Floor *points.Points `json:"floor,omitempty"`
	Cap   *points.Points `json:"cap,omitempty"`
	// Items are the parts of a heading.
	Items []Criterion `json:"items,omitempty"`
	// Incomplete says what the source cuts off here; only then may items add
	// up to less than Points.
	Incomplete string `json:"incomplete,omitempty"`
}

// Direction says which way a criterion is good. The zero value is Benefit.
type Direction string

// The two directions.
const (
	Benefit Direction = "benefit" // more is better (效益型)
	Cost    Direction = "cost"    // less is better (成本型)
)

// Section is what is added to or taken from the base.
type Section struct {
	// Cap bounds the section in all: at most so many points added, or taken.
	// nil is no bound.
	Cap   *points.Points `json:"cap,omitempty"`
	Items []Criterion    `json:"items"`
}

// Rule is how a leaf is scored: exactly one member is set, or none for Direct
// with its defaults. In JSON: {"shortfall":{"target":"100","per_point":"1"}}.
type Rule struct {
	Direct       *Direct       `json:"direct,omitempty"`
	Grade        *Grade        `json:"grade,omitempty"`
	AllOrNothing *AllOrNothing `json:"all_or_nothing,omitempty"`
	PerEvent     *PerEvent     `json:"per_event,omitempty"`
	Shortfall    *Shortfall    `json:"shortfall,omitempty"`
	Steps        *Steps        `json:"steps,omitempty"`
	Lateness     *Lateness     `json:"lateness,omitempty"`
	Rate         *Tallied      `json:"rate,omitempty"`
	Nested       *Nested       `json:"nested,omitempty"`
	Host         *Host         `json:"host,omitempty"`
}

// Round is the one step at which a sheet rounds.
type Round struct {
	// Step is "total" (default: parts stay exact fractions, the total is rounded
	// once) or "line" (every ledger line is rounded, the total is their sum).
	Step string `json:"step,omitempty"`
	// Places is 0 to 4 decimals; absent is 4.
	Places *int `json:"places,omitempty"`
	// Rule is the rounding rule; absent is half_up.
	Rule points.Rounding `json:"rule,omitempty"`
}

// The steps a sheet may round at.
const (
	RoundTotal = "total"
	RoundLine  = "line"
)

// Band (等次) is a half-open range of totals: Min ≤ total < Max. The end of the
// highest band is in it: 优秀 printed as 90–100 holds a total of 100, and one of
// 100.5, which a bonus may give, has no band. An absent Min
// has no lower end; an absent Max ends at the next higher band's Min. A sheet
// printed as "90 and above, 75–89, 60–74" must say what 89.5 is: written with
// its printed ends it has a gap, and Compile says so. Totals below the lowest
// band's Min have no band.
type Band struct {
	Key   string         `json:"key"`
	Label Label          `json:"label,omitzero"`
	Min   *points.Points `json:"min,omitempty"`
	Max   *points.Points `json:"max,omitempty"`
}

// Veto (一票否决) overrides the result when its condition holds.
type Veto struct {
	Key   string    `json:"key"`
	Label Label     `json:"label,omitzero"`
	When  Condition `json:"when"`
	// Effect is "zero": the total becomes 0 by a ledger line; "band": the band is
	// at best Band; "void": the outcome is void.
	Effect string `json:"effect"`
	Band   string `json:"band,omitempty"`
}

// The effects of a veto.
const (
	VetoZero = "zero"
	VetoBand = "band"
	VetoVoid = "void"
)

// Condition is a yes-or-no question about one fact. With neither bound the
// fact is a bool that must be true. With a bound it is a number, or a rate read
// in percent; AtLeast and Below together make a half-open range.
type Condition struct {
	Fact    string         `json:"fact"`
	AtLeast *points.Points `json:"at_least,omitempty"`
	Below   *points.Points `json:"below,omitempty"`
}
