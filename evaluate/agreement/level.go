package agreement

// Level is the level of measurement (测量层次) of marks: what the difference
// of two marks means to [KrippendorffAlpha].
type Level string

// The levels, with the squared difference of marks a and b in each.
const (
	Nominal  Level = "nominal"  // 定类: 0 when a = b, else 1
	Ordinal  Level = "ordinal"  // 定序: the square of the ranks between a and b
	Interval Level = "interval" // 定距: (a − b)²
	Ratio    Level = "ratio"    // 定比: ((a − b)/(a + b))²; marks are not negative
)

func (l Level) check() error {
	switch l {
	case Nominal, Ordinal, Interval, Ratio:
		return nil
	default:
		return invalid(CodeUnknown, "level", "%.40q is not one of nominal, ordinal, interval, ratio", string(l))
	}
}
