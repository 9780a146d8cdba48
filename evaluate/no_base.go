package evaluate

// NoBase says how a rate over nothing is read: a unit that was assigned no
// proposal has no contact rate. The zero value is NoBaseUndefined.
type NoBase string

// The ways to treat a rate without a base.
const (
	NoBaseUndefined NoBase = "undefined" // the outcome is undefined
	NoBaseFull      NoBase = "full"      // as 100 %
	NoBaseZero      NoBase = "zero"      // as 0 %
)

func (b NoBase) check(c *compiler, at string, n *node) {
	switch b {
	case "", NoBaseUndefined, NoBaseFull, NoBaseZero:
	default:
		c.add(CodeRule, at+".no_base", n.c.Key, "no_base %s is not undefined, full or zero", quoteShort(string(b)))
	}
}

// read replaces a rate without base by what the policy makes of it; false when
// it stays undefined.
func (b NoBase) read(f Fact) (Fact, bool) {
	if f.kind != rateFact || f.rate.Undefined() != BaseZero {
		return f, true
	}
	switch b {
	case NoBaseFull:
		return FactRate(Rate{Count: 1, Base: 1}), true
	case NoBaseZero:
		return FactRate(Rate{Count: 0, Base: 1}), true
	case "", NoBaseUndefined:
	}
	return f, false
}
