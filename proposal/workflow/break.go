package workflow

// Break is a place where a history is not what was written.
type Break struct {
	ID     string `json:"id"`
	Seq    uint64 `json:"seq"` // of the entry; 0 for the record
	Reason string `json:"reason"`
}

// The reasons of a Break.
const (
	BreakChanged    = "changed"      // the sealed part of the entry is not the one its hash was taken over
	BreakContent    = "content"      // the content of the entry is neither what was written nor what its last erasure left; or the entry records an erasure that does not follow
	BreakUnreadable = "unreadable"   // the entry or the record is not what this engine writes
	BreakMissing    = "missing"      // one or more entries before this one, or after it, are gone
	BreakForeign    = "foreign"      // the entry does not follow from the one before: inserted, reordered, or another case's
	BreakRecord     = "record"       // the record is not the one its last entry left
	BreakNoRecord   = "no_record"    // a journal whose record is gone
	BreakIndex      = "index"        // what the case is found by is not what this engine gives it; Repair and Reindex mend it
	BreakClaim      = "claim"        // a name that the entry claimed is free or another's; or, for the record, a name is kept for a case that never claimed it; Repair mends both
	BreakOrder      = "order"        // the entry stands in the feed after a later one of its case
	BreakAlgorithm  = "no_algorithm" // sealed with an algorithm that this engine was not given, or with an older one after the present one
)
