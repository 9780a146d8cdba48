package evaluate

import "github.com/tian-go/tian/evaluate/points"

// linear turns a sum of raw marks into points: from + raw·by.
type linear struct {
	from points.Points
	by   points.Ratio // its Den is above 0
}

// of gives the points of raw/n; n is positive.
func (l linear) of(raw, n int64) points.Exact {
	den, ok := timesPositive(l.by.Den, n)
	if !ok {
		x := points.Points(raw).Scaled(l.by.Num, l.by.Den).Scale(1, n)
		return l.from.Exact().Add(x)
	}
	return l.from.Exact().Add(points.Points(raw).Scaled(l.by.Num, den))
}

// share gives share/all of the points of raw/n.
func (l linear) share(share, all points.Points, raw, n int64) points.Exact {
	if share == all {
		return l.of(raw, n)
	}
	part := points.Ratio{Num: int64(share), Den: int64(all)}.Reduced()
	num, ok := timesPositive(int64(points.Points(l.by.Num).Abs()), part.Num)
	den, fits := timesPositive(l.by.Den, part.Den)
	if !ok || !fits {
		return l.of(raw, n).Scale(part.Num, part.Den)
	}
	if l.by.Num < 0 {
		num = -num
	}
	scaled := linear{by: points.Ratio{Num: num, Den: den}.Reduced()}
	return l.from.Scaled(part.Num, part.Den).Add(scaled.of(raw, n))
}

// timesPositive multiplies a ≥ 0 by b > 0 while that fits comfortably.
func timesPositive(a, b int64) (int64, bool) {
	if a > (1<<62)/b {
		return 0, false
	}
	return a * b, true
}
