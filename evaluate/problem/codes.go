package problem

// Codes of problems. Those of a rubric come from rubric.Parse and
// evaluate.Compile, those of a card from evaluate.DecodeCards and Sheet.Score.
const (
	Syntax        = "syntax"         // not the JSON of this form: unknown or duplicate field, wrong type
	Key           = "key"            // a key is empty, not lower-case ASCII, or reserved
	Duplicate     = "duplicate"      // a key, ballot or revision appears twice
	Unknown       = "unknown"        // a reference to something that does not exist
	Range         = "range"          // a number outside its allowed range
	Sum           = "sum"            // parts do not add up to their whole
	Empty         = "empty"          // nothing to score
	Rule          = "rule"           // not exactly one rule, or the rule is ill-formed
	Source        = "source"         // no source, two sources, or one the rule cannot read
	Sign          = "sign"           // a bonus that takes or a penalty that gives
	Monotone      = "monotone"       // points fall where the direction says they rise, or the reverse
	BandGap       = "band_gap"       // totals between two bands belong to none
	BandOverlap   = "band_overlap"   // totals belong to two bands
	Rounding      = "rounding"       // no such step, rule or number of places
	Share         = "share"          // several groups judge a criterion and shares are absent
	Host          = "host"           // host function not registered, or it broke its contract
	Depth         = "depth"          // tree or nesting deeper than allowed
	Mark          = "mark"           // a mark the criterion cannot take
	MarkMissing   = "mark_missing"   // a required mark is blank
	Fact          = "fact"           // a fact of the wrong kind for its rule
	NotThisGroup  = "not_this_group" // a mark on a criterion the ballot's group does not judge
	Overflow      = "overflow"       // an exact result does not fit
	BothForms     = "both_forms"     // ballots and aggregates for one group
	NotAggregable = "not_aggregable" // the group's rules need single ballots
	Session       = "session"        // impossible counts of a ballot session
)
