package evaluate

import "strconv"

// Ratio is an exact fraction, the factor of [Points.Mul]: a weight of 30 % is
// Ratio{30, 100}, one of three proposers Ratio{1, 3}. A zero Den is refused
// where the ratio is used.
type Ratio struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// String prints "Num/Den" as given, not reduced.
func (r Ratio) String() string {
	return strconv.FormatInt(r.Num, 10) + "/" + strconv.FormatInt(r.Den, 10)
}
