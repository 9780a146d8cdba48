package evaluate

import "math/big"

// Started says how much of a started unit, a percentage point or a day, counts.
type Started string

// The ways to count a started unit.
const (
	// StartedProRata counts the part (按比例); the default for a shortfall.
	StartedProRata Started = "pro_rata"
	// StartedWhole counts it whole (不足一个百分点按一个百分点); the default for lateness.
	StartedWhole Started = "whole"
	// StartedDropped does not count it (不足一个的不计).
	StartedDropped Started = "dropped"
)

func (s Started) check(c *compiler, at string, n *node) {
	switch s {
	case "", StartedProRata, StartedWhole, StartedDropped:
	default:
		c.add(CodeRule, at+".started", n.c.Key, "started %s is not pro_rata, whole or dropped", quoteShort(string(s)))
	}
}

// units brings a positive amount to what of it counts, in whole Points of one
// unit each.
func (s Started) units(x exact) exact {
	if s == StartedProRata {
		return x
	}
	floor := new(big.Int)
	var rest bool
	if x.big == nil {
		floor.SetInt64(x.whole / int64(Point))
		rest = x.whole%int64(Point) != 0 || x.num != 0
	} else {
		q := new(big.Rat).Quo(x.big, big.NewRat(int64(Point), 1))
		floor.Quo(q.Num(), q.Denom())
		rest = !q.IsInt()
	}
	if rest && s == StartedWhole {
		floor.Add(floor, big.NewInt(1))
	}
	if floor.IsInt64() {
		return exactMul(floor.Int64(), int64(Point), 1)
	}
	return exact{big: new(big.Rat).SetInt(floor.Mul(floor, big.NewInt(int64(Point))))}
}
