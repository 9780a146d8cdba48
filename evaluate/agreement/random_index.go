package agreement

// RandomIndex is a table of the mean consistency index of random reciprocal
// matrices (平均随机一致性指标), by size from 1.
type RandomIndex struct {
	Name   string // the table's source
	Values []float64
}

// SaatyRandomIndex returns Saaty's table of 1980 for sizes 1 to 15. Other
// authors drew other matrices and print other tables, so a ratio must name its
// table. The step back from 1.51 to 1.48 is in the original.
//
// Source: T. L. Saaty, The Analytic Hierarchy Process, McGraw-Hill, 1980.
func SaatyRandomIndex() RandomIndex {
	return RandomIndex{
		Name:   "Saaty 1980",
		Values: []float64{0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59},
	}
}

func (t RandomIndex) ratio(ci float64, n int) Value {
	switch {
	case n <= 2:
		return number(0)
	case n > len(t.Values):
		return undefined(BeyondTable)
	default:
		return number(ci / t.Values[n-1])
	}
}
