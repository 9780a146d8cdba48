package rates

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/tian-go/tian/evaluate/points"
)

// Rule names how a printed percentage comes about: a points.Rounding, or
// ByLargestRemainder.
type Rule string

// ByLargestRemainder is the rule of figures that were forced to add up to 100;
// see [LargestRemainder].
const ByLargestRemainder Rule = "largest_remainder"

// Verdict is what the figures of a report come to.
type Verdict struct {
	// Name is the report's.
	Name string `json:"-"`
	// Consistent reports whether every sum and every rate is OK.
	Consistent bool          `json:"consistent"`
	Sums       []SumFinding  `json:"sums"`
	Rates      []RateFinding `json:"rates"`
}

// SumFinding is a printed sum beside what its parts add up to.
type SumFinding struct {
	Label string   `json:"label"`
	Got   *big.Int `json:"got"` // the sum of the parts
	OK    bool     `json:"ok"`

	total *big.Int
}

// RateFinding tells where a printed percentage can come from.
type RateFinding struct {
	Label string `json:"label"`
	// Exact is the percentage of count over base to four places, half up; empty
	// when it is undefined.
	Exact string `json:"exact,omitempty"`
	// Rules are those that reproduce the printed figure on its base.
	Rules []Rule `json:"rules"`
	// OK reports whether one of them is a plain rounding.
	OK bool `json:"ok"`
	// Balance reports that the figure is what its neighbours, which are OK, leave
	// of 100: the shares of a whole printed one after the other, of which the
	// last was not computed but taken as the rest (倒挤). Looked for when no
	// rule reproduces the figure; it is told in words, not on the wire.
	Balance bool `json:"-"`
	// OtherBases are looked for when the figure is not OK.
	OtherBases []OtherBase `json:"other_bases"`
	// Reason says why there is no percentage: BaseZero.
	Reason points.Reason `json:"reason,omitempty"`

	figure figure
}

// OtherBase is a total over which the printed figure would be right, and the
// rounding that gives it.
type OtherBase struct {
	Base string `json:"base"` // the total's name
	Rule Rule   `json:"rule"`
}

// Chinese gives the rule's name.
func (r Rule) Chinese() string { return r.in(0) }

// English gives the rule's name.
func (r Rule) English() string { return r.in(1) }

func (r Rule) in(language int) string {
	switch r {
	case Rule(points.HalfUp):
		return [...]string{"四舍五入", "rounded half up"}[language]
	case Rule(points.HalfEven):
		return [...]string{"四舍六入五成双", "rounded half to even"}[language]
	case Rule(points.Truncate):
		return [...]string{"去尾", "truncated"}[language]
	case ByLargestRemainder:
		return [...]string{"凑足100%（最大余额法）", "forced to a sum of 100 % (largest remainder)"}[language]
	}
	return string(r)
}

// Chinese says in a sentence what was found.
func (f SumFinding) Chinese() string {
	if f.OK {
		return fmt.Sprintf("各分项之和为%s，与所印合计相符。", f.Got)
	}
	return fmt.Sprintf("各分项之和为%s，所印合计为%s，两者不符。", f.Got, f.total)
}

// English says in a sentence what was found.
func (f SumFinding) English() string {
	if f.OK {
		return fmt.Sprintf("The parts add up to the printed total, %s.", f.Got)
	}
	return fmt.Sprintf("The parts add up to %s; the printed total is %s.", f.Got, f.total)
}

// Chinese says what was found.
func (f RateFinding) Chinese() string {
	return f.in(Rule.Chinese, "、", wording{
		noBase: "基数为0，比率无意义，所印为%s%%。",
		right:  "%s/%s为%s%%，所印%s%%可由%s得出。",
		forced: "%s/%s为%s%%，所印%s%%不能由取舍得出，仅在%s时成立。",
		wrong:  "%s/%s为%s%%，所印%s%%不能由取舍得出。",
		rest:   "它恰为100%减去其余各项所印之和，系倒挤得出。",
		other:  "以“%s”为基数，按%s可得。",
	})
}

// English says what was found.
func (f RateFinding) English() string {
	return f.in(Rule.English, " or ", wording{
		noBase: "The base is 0 and the rate undefined; %s %% is printed.",
		right:  "%s/%s is %s %%; %s %% is that %s.",
		forced: "%s/%s is %s %%; no rounding prints %s %%, which is only %s.",
		wrong:  "%s/%s is %s %%; no rounding prints %s %%.",
		rest:   " It is what the other printed shares leave of 100 %, not computed from its count.",
		other:  " Over the total “%s” it is right, %s.",
	})
}

// wording has the sentences of a language, as formats.
type wording struct {
	noBase               string // of the printed figure
	right, forced, wrong string // of count, base, exact and printed figure, and of rules but for wrong
	rest                 string // for a balance
	other                string // of the base and the rules
}

func (f RateFinding) in(name func(Rule) string, between string, w wording) string {
	p := f.figure
	var b strings.Builder
	switch {
	case f.Reason != "":
		fmt.Fprintf(&b, w.noBase, p.plain)
	case f.OK:
		fmt.Fprintf(&b, w.right, p.Count, p.base, f.Exact, p.plain, names(f.Rules, between, name))
	case len(f.Rules) > 0:
		fmt.Fprintf(&b, w.forced, p.Count, p.base, f.Exact, p.plain, names(f.Rules, between, name))
	default:
		fmt.Fprintf(&b, w.wrong, p.Count, p.base, f.Exact, p.plain)
	}
	if f.Balance {
		b.WriteString(w.rest)
	}
	for _, o := range f.byBase() {
		fmt.Fprintf(&b, w.other, o.base, names(o.rules, between, name))
	}
	return b.String()
}

// baseRules is another base with all roundings that print the figure over it.
type baseRules struct {
	base  string
	rules []Rule
}

// byBase brings the other bases together by name.
func (f RateFinding) byBase() []baseRules {
	var bases []baseRules
	for _, o := range f.OtherBases {
		if n := len(bases); n == 0 || bases[n-1].base != o.Base {
			bases = append(bases, baseRules{base: o.Base})
		}
		last := &bases[len(bases)-1]
		last.rules = append(last.rules, o.Rule)
	}
	return bases
}

func names(rules []Rule, between string, name func(Rule) string) string {
	all := make([]string, len(rules))
	for i, r := range rules {
		all[i] = name(r)
	}
	return strings.Join(all, between)
}
