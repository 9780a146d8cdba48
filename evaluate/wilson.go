package evaluate

import (
	"fmt"
	"math"
)

// Wilson gives the score interval of a proportion (Wilson 1927) without
// continuity correction: the range of true rates that the count does not
// contradict at z standard errors (1.959964 for 95 %, see [Z]). Both ends lie
// in 0..1. Unlike the textbook ±, it keeps its meaning for small bases and for
// rates of 0 % and 100 %.
//
// A rate whose count exceeds its base is not a proportion and is undefined here.
func (r Rate) Wilson(z float64) (low, high float64, err error) {
	if err := r.defined(); err != nil {
		return 0, 0, err
	}
	if r.Count > r.Base {
		return 0, 0, &UndefinedError{What: "interval of rate " + r.Ratio().String(), Reason: CountOver}
	}
	if !(z > 0 && z <= 1000) {
		return 0, 0, fmt.Errorf("%w: z is %v; it lies between 0 and 1000", ErrInvalid, z)
	}
	n, p := float64(r.Base), float64(r.Count)/float64(r.Base)
	zz := z * z / n
	q := float64(r.Base-r.Count) / n
	half := math.Sqrt(zz * (p*q + zz/4))
	// Each end is found as the smaller root of its quadratic, from the product
	// of the roots: subtracting the half width would cancel digits away.
	low, high = 0, 1
	if r.Count > 0 {
		low = p * p / (p + zz/2 + half)
	}
	if r.Count < r.Base {
		high = 1 - q*q/(q+zz/2+half)
	}
	return low, high, nil
}

// Z gives the two-sided normal quantile of a confidence level strictly between
// 0 and 1: Z(0.95) is 1.959964.
func Z(confidence float64) (float64, error) {
	if !(confidence > 0 && confidence < 1) {
		return 0, fmt.Errorf("%w: confidence is %v; it lies between 0 and 1", ErrInvalid, confidence)
	}
	return math.Sqrt2 * math.Erfinv(confidence), nil
}
