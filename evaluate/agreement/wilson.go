package agreement

import "math"

// ShareInterval is a confidence interval (置信区间) of a share. Both ends are
// defined, or neither is.
type ShareInterval struct {
	Low, High Value // from 0 to 1
}

// Wilson returns Wilson's score interval for the share of x successes in n
// trials at z standard deviations (1.96 for 95 %). There is no continuity
// correction. The interval lies within [0, 1], and is of use for small n and
// for x = 0 or x = n, where the textbook interval has no width.
//
// It is undefined for [NoObservations] when n is 0. A negative count, x above
// n, and z outside (0, 1000] are errors.
//
// Source: E. B. Wilson, Probable inference, the law of succession, and
// statistical inference, JASA 22, 1927; it is method 3 of R. G. Newcombe,
// Statistics in Medicine 17, 1998.
func Wilson(x, n int, z float64) (ShareInterval, error) {
	switch {
	case x < 0:
		return ShareInterval{}, invalid(CodeNegative, "x", "a count may not be negative: %d", x)
	case n < 0:
		return ShareInterval{}, invalid(CodeNegative, "n", "a count may not be negative: %d", n)
	case x > n:
		return ShareInterval{}, invalid(CodeOutOfRange, "x", "%d successes in %d trials", x, n)
	case !(z > 0 && z <= 1000):
		return ShareInterval{}, invalid(CodeOutOfRange, "z", "%v is not above 0 and at most 1000", z)
	case n == 0:
		return ShareInterval{Low: undefined(NoObservations), High: undefined(NoObservations)}, nil
	}
	low := scoreLimit(float64(x), float64(n), z)
	high := 1 - scoreLimit(float64(n-x), float64(n), z)
	return ShareInterval{Low: number(low), High: number(high)}, nil
}

// scoreLimit is the lower root of (n+z²)p² − (2x+z²)p + x²/n. It comes from the
// product of the roots: the difference form cancels when x is small.
func scoreLimit(x, n, z float64) float64 {
	upper := x + z*z/2 + z*math.Sqrt(x*(1-x/n)+z*z/4)
	return x * (x / n) / upper
}

// WilsonConfidence is [Wilson] at a two-sided confidence such as 0.95, which
// is an error outside (0, 1).
func WilsonConfidence(x, n int, confidence float64) (ShareInterval, error) {
	if !(confidence > 0 && confidence < 1) {
		return ShareInterval{}, invalid(CodeOutOfRange, "confidence", "%v is not between 0 and 1", confidence)
	}
	return Wilson(x, n, math.Sqrt2*math.Erfinv(confidence))
}
