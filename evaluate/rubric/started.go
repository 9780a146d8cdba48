package rubric

// Started says how much of a started unit, a percentage point or a day, counts.
type Started string

// The ways to count a started unit.
const (
	// StartedProRata counts the part (按比例); the default for a shortfall.
	StartedProRata Started = "pro_rata"
	// StartedWhole counts it whole (不足一个百分点按一个百分点); the default for lateness.
	StartedWhole Started = "whole"
	// StartedDropped does not count it (不足一个的不计).
	StartedDropped Started = "dropped"
)
