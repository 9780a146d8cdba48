package agreement

// Reason says why a statistic is undefined. It is a stable lower-case key;
// English and Chinese give its text.
type Reason string

// The reasons.
const (
	NotMeasured     Reason = "not_measured"
	NoVariation     Reason = "no_variation"
	NoPairableUnits Reason = "no_pairable_units"
	TooFewRaters    Reason = "too_few_raters"
	TooFewUnits     Reason = "too_few_units"
	TooFewValues    Reason = "too_few_values"
	NoObservations  Reason = "no_observations"
	ZeroVariance    Reason = "zero_variance_estimate"
	BeyondTable     Reason = "beyond_random_index_table"
	OutOfRange      Reason = "out_of_range"
)

// English returns the reason as a phrase; an unknown reason returns its key.
func (r Reason) English() string {
	switch r {
	case NotMeasured:
		return "nothing was measured"
	case NoVariation:
		return "all values are the same, so no disagreement was to be expected"
	case NoPairableUnits:
		return "no unit was rated by two raters"
	case TooFewRaters:
		return "fewer than two raters"
	case TooFewUnits:
		return "too few units"
	case TooFewValues:
		return "too few values"
	case NoObservations:
		return "there are no observations"
	case ZeroVariance:
		return "the variance to divide by is estimated as zero"
	case BeyondTable:
		return "the random-index table has no entry for a matrix of this size"
	case OutOfRange:
		return "the result leaves the range of a 64-bit float"
	default:
		return string(r)
	}
}

// Chinese returns the reason as a phrase; an unknown reason returns its key.
func (r Reason) Chinese() string {
	switch r {
	case NotMeasured:
		return "未测算"
	case NoVariation:
		return "所有取值相同，无从期望分歧"
	case NoPairableUnits:
		return "没有任何对象由两名以上评分者评分"
	case TooFewRaters:
		return "评分者不足两名"
	case TooFewUnits:
		return "评价对象过少"
	case TooFewValues:
		return "数值过少"
	case NoObservations:
		return "没有观测"
	case ZeroVariance:
		return "作为分母的方差估计为零"
	case BeyondTable:
		return "随机一致性指标表没有该阶数"
	case OutOfRange:
		return "结果超出 64 位浮点数范围"
	default:
		return string(r)
	}
}
