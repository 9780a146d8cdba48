package evaluate

// linear turns a sum of raw marks into points: from + raw·num/den.
type linear struct {
	from     Points
	num, den int64
}

func (l linear) reduced() linear {
	if g := int64(gcd(Points(l.num).abs(), uint64(l.den))); g > 1 { //nolint:gosec // both are bounded by maxRubricPoints
		l.num, l.den = l.num/g, l.den/g
	}
	return l
}

// of gives the points of raw/n; n is positive.
func (l linear) of(raw, n int64) exact {
	den, ok := timesPositive(l.den, n)
	if !ok {
		x := exactMul(raw, l.num, l.den).scale(1, n)
		return exactOf(l.from).add(x)
	}
	return exactOf(l.from).add(exactMul(raw, l.num, den))
}

// share gives share/all of the points of raw/n.
func (l linear) share(share, all Points, raw, n int64) exact {
	if share == all {
		return l.of(raw, n)
	}
	g := int64(gcd(uint64(share), uint64(all))) //nolint:gosec // shares are positive
	part, whole := int64(share)/g, int64(all)/g
	num, ok := timesPositive(int64(Points(l.num).abs()), part) //nolint:gosec // bounded by maxRubricPoints
	den, fits := timesPositive(l.den, whole)
	if !ok || !fits {
		return l.of(raw, n).scale(part, whole)
	}
	if l.num < 0 {
		num = -num
	}
	scaled := linear{num: num, den: den}.reduced()
	return exactMul(int64(l.from), part, whole).add(scaled.of(raw, n))
}

// timesPositive multiplies a ≥ 0 by b > 0 while that fits comfortably.
func timesPositive(a, b int64) (int64, bool) {
	if a > (1<<62)/b {
		return 0, false
	}
	return a * b, true
}
