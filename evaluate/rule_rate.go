package evaluate

import "fmt"

// Tallied (按率计分) earns the share of its points that a rate gives: the
// satisfaction rate of a vote, the settled rate of a year. The input is
// ballots or a tally by choice, or a rate already counted.
type Tallied struct {
	Choices []Choice `json:"choices,omitempty"`
	// Count says what of a choice counts: "strict" only choices of coefficient
	// 1, "lenient" every coefficient above 0 as 1, "coefficients" (default) each
	// by its own.
	Count string `json:"count,omitempty"`
	// Over is the base: "voiced" (default) those who chose, "returned" with
	// those who abstained or did not know, and ballots that the session counts as
	// returned though the card does not have them (废票), "issued" every ballot
	// that went out.
	Over   string `json:"over,omitempty"`
	NoBase NoBase `json:"no_base,omitempty"`
}

// Choice is one answer, such as 满意, 基本满意, 不满意.
type Choice struct {
	Key   string `json:"key"`
	Label Label  `json:"label,omitzero"`
	// Coefficient lies between 0 and 1.
	Coefficient Points `json:"coefficient"`
}

// What of a choice counts, and over which base.
const (
	CountStrict       = "strict"
	CountLenient      = "lenient"
	CountCoefficients = "coefficients"
	OverVoiced        = "voiced"
	OverReturned      = "returned"
	OverIssued        = "issued"
)

func (*Tallied) key() string { return "rate" }

func (t *Tallied) check(c *compiler, at string, n *node) {
	seen := map[string]bool{}
	for i, ch := range t.Choices {
		where := fmt.Sprintf("%s.choices[%d]", at, i)
		if c.checkKey(where+".key", ch.Key) && seen[ch.Key] {
			c.add(CodeDuplicate, where+".key", n.c.Key, "choice %s appears twice", ch.Key)
		}
		seen[ch.Key] = true
		if ch.Coefficient < 0 || ch.Coefficient > Point {
			c.add(CodeRange, where+".coefficient", n.c.Key, "coefficient is %s; it lies between 0 and 1", ch.Coefficient)
		}
	}
	if len(t.Choices) == 0 && len(n.c.Groups) > 0 {
		c.add(CodeEmpty, at+".choices", n.c.Key, "ballots need choices")
	}
	switch t.Count {
	case "", CountStrict, CountLenient, CountCoefficients:
	default:
		c.add(CodeRule, at+".count", n.c.Key, "count %s is not strict, lenient or coefficients", quoteShort(t.Count))
	}
	switch t.Over {
	case "", OverVoiced, OverReturned:
	case OverIssued:
		if len(n.c.Groups) == 0 {
			c.add(CodeSource, at+".over", n.c.Key, "a tally on the card does not know how many ballots were issued")
		}
	default:
		c.add(CodeRule, at+".over", n.c.Key, "over %s is not voiced, returned or issued", quoteShort(t.Over))
	}
	if n.c.Points == 0 {
		c.add(CodeRange, at, n.c.Key, "a rate needs points to take its share of")
	}
	for _, g := range n.groups {
		if gr := c.sheet.groups[g]; t.Over != "" && t.Over != OverVoiced && (gr.Drop != nil || (gr.Aggregate != "" && gr.Aggregate != Mean)) {
			c.add(CodeRule, at+".over", n.c.Key, "group %s drops extremes or takes no mean: only the base voiced has a meaning", gr.Key)
		}
	}
	t.NoBase.check(c, at, n)
}

func (t *Tallied) coefficient(ch *Choice) Points {
	switch {
	case t.Count == CountStrict && ch.Coefficient != Point:
		return 0
	case t.Count == CountLenient && ch.Coefficient > 0:
		return Point
	}
	return ch.Coefficient
}

func (t *Tallied) choice(key string) *Choice {
	for i := range t.Choices {
		if t.Choices[i].Key == key {
			return &t.Choices[i]
		}
	}
	return nil
}

func (t *Tallied) raw(m Mark, _ *node) (Points, string) {
	ch := t.choice(m.Grade())
	if _, hasPoints := m.Points(); ch == nil || hasPoints {
		if m.Grade() == "" {
			return 0, "one of the choices is needed, not points"
		}
		return 0, "there is no choice " + quoteShort(m.Grade())
	}
	return t.coefficient(ch), ""
}

func (t *Tallied) linear(n *node) linear {
	lin := linear{num: int64(n.c.Points), den: int64(Point)}
	if n.negative() {
		lin.num = -lin.num
	}
	return lin.reduced()
}

func (t *Tallied) score(r *run, n *node) (exact, bool) {
	if len(n.c.Groups) > 0 {
		return r.scoreBallots(n, t)
	}
	f, ok := r.measured(n, t.NoBase, rateFact, tallyFact)
	if !ok {
		return r.withoutFact(n)
	}
	if f.kind == rateFact {
		x := exactMul(int64(n.c.Points), f.rate.Count, f.rate.Base)
		return t.line(r, n, r.rateNote(n, t.NoBase), x), true
	}
	good := func(key string) bool {
		return t.choice(key) != nil || Missing(key).valid()
	}
	if !r.tallyKeys(n, f.tally, good) {
		return exact{}, false
	}
	var sum exact
	var base int64
	for i := range t.Choices {
		ch := &t.Choices[i]
		k := f.tally[ch.Key]
		base += k
		sum = sum.add(exactMul(int64(t.coefficient(ch)), k, 1))
	}
	if t.Over == OverReturned {
		base += f.tally[string(Abstain)] + f.tally[string(DontKnow)]
	}
	if base == 0 {
		f, ok := t.NoBase.read(FactRate(Rate{}))
		if !ok {
			return r.undefined(WhyBaseZero, n)
		}
		return t.line(r, n, "0/0, no base, read as "+string(t.NoBase), exactMul(int64(n.c.Points), f.rate.Count, f.rate.Base)), true
	}
	shown, err := sum.round(PointPlaces, HalfUp)
	if err != nil {
		r.overflow(n, err)
		return exact{}, false
	}
	x := sum.scale(int64(n.c.Points), int64(Point)).scale(1, base)
	return t.line(r, n, fmt.Sprintf("%s/%d", shown, base), x), true
}

func (t *Tallied) line(r *run, n *node, rate string, x exact) exact {
	if n.negative() {
		x = x.neg()
	}
	return r.line(n, Line{Rule: t.key(), Fact: n.c.Fact, Note: rate + " × " + n.c.Points.String()}, x)
}
