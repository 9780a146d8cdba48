package rates

import (
	"math/big"
	"strings"
)

// balance reports whether the i-th figure is what the others of a whole leave of
// 100. The others are its neighbours: figures over the same base and with as
// many decimals, one after the other, all OK but this one, whose counts add up
// to the base and whose printed figures to 100.
func balance(all []RateFinding, i int) bool {
	base, places := all[i].figure.base, all[i].figure.places
	if base.Sign() == 0 {
		return false
	}
	whole := big.NewInt(100 * pow10(places))
	belongs := func(k int) bool {
		f := all[k].figure
		return f.places == places && f.Group == all[i].figure.Group && f.base.Cmp(base) == 0 && (k == i || all[k].OK)
	}
	first := i
	for first > 0 && belongs(first-1) {
		first--
	}
	for ; first <= i; first++ {
		counts, printed := new(big.Int), new(big.Int)
		for k := first; k < len(all) && belongs(k) && counts.Cmp(base) <= 0; k++ {
			counts.Add(counts, all[k].figure.Count)
			printed.Add(printed, units(all[k].figure.plain))
			if k > first && k >= i && counts.Cmp(base) == 0 && printed.Cmp(whole) == 0 {
				return true
			}
		}
	}
	return false
}

// units is a printed figure in units of its last decimal.
func units(plain string) *big.Int {
	n, ok := new(big.Int).SetString(strings.Replace(plain, ".", "", 1), 10)
	if !ok {
		return new(big.Int)
	}
	return n
}
