package evaluate

import (
	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
)

func checkNoBase(c *compiler, at string, n *node, b rubric.NoBase) {
	switch b {
	case "", rubric.NoBaseUndefined, rubric.NoBaseFull, rubric.NoBaseZero:
	default:
		c.add(problem.Rule, at+".no_base", n.c.Key, "no_base %s is not undefined, full or zero", quote.Short(string(b)))
	}
}

// readBase replaces a rate without base by what the policy makes of it; false when
// it stays undefined.
func readBase(b rubric.NoBase, f Fact) (Fact, bool) {
	if f.kind != rateFact || f.rate.Undefined() != points.BaseZero {
		return f, true
	}
	switch b {
	case rubric.NoBaseFull:
		return FactRate(rates.Rate{Count: 1, Base: 1}), true
	case rubric.NoBaseZero:
		return FactRate(rates.Rate{Count: 0, Base: 1}), true
	case "", rubric.NoBaseUndefined:
	}
	return f, false
}
