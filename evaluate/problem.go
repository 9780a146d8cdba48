package evaluate

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a rubric or a card. Code is stable; Text is
// for people. All problems of an input are told together.
type Problem struct {
	Code string `json:"code"`
	// Where is the place in the input, e.g. "criteria[2].rule.steps" or
	// "ballots[0].marks.topic".
	Where string `json:"where"`
	// Card is the card's id; empty for rubrics.
	Card string `json:"card,omitempty"`
	// Criterion is the key of the criterion concerned, if there is one.
	Criterion string `json:"criterion,omitempty"`
	Text      string `json:"text"`
}

func (p Problem) String() string {
	var b strings.Builder
	if p.Card != "" {
		fmt.Fprintf(&b, "card %s: ", p.Card)
	}
	if p.Criterion != "" {
		fmt.Fprintf(&b, "criterion %s: ", p.Criterion)
	}
	if p.Where != "" {
		fmt.Fprintf(&b, "%s: ", p.Where)
	}
	fmt.Fprintf(&b, "%s (%s)", p.Text, p.Code)
	return b.String()
}

// Problems is the error that carries them; never empty when it is returned as
// one. It is ErrInvalid.
type Problems []Problem

// Error gives the first problem and how many more there are; range over the
// value for all of them.
func (ps Problems) Error() string {
	switch len(ps) {
	case 0:
		return ErrInvalid.Error()
	case 1:
		return ErrInvalid.Error() + ": " + ps[0].String()
	}
	return fmt.Sprintf("%v: %s; and %d more", ErrInvalid, ps[0], len(ps)-1)
}

// Unwrap makes errors.Is(err, ErrInvalid) hold.
func (ps Problems) Unwrap() error { return ErrInvalid }

// Is makes errors.Is(err, ErrOverflow) hold when one of them is an overflow.
func (ps Problems) Is(target error) bool {
	return target == ErrOverflow && slices.ContainsFunc(ps, func(p Problem) bool { return p.Code == CodeOverflow })
}

// Codes of problems. Those of a rubric come from Compile and ParseRubric,
// those of a card from DecodeCards and Sheet.Score.
const (
	CodeSyntax        = "syntax"         // not the JSON of this form: unknown or duplicate field, wrong type
	CodeKey           = "key"            // a key is empty, not lower-case ASCII, or reserved
	CodeDuplicate     = "duplicate"      // a key, ballot or revision appears twice
	CodeUnknown       = "unknown"        // a reference to something that does not exist
	CodeRange         = "range"          // a number outside its allowed range
	CodeSum           = "sum"            // parts do not add up to their whole
	CodeEmpty         = "empty"          // nothing to score
	CodeRule          = "rule"           // not exactly one rule, or the rule is ill-formed
	CodeSource        = "source"         // no source, two sources, or one the rule cannot read
	CodeSign          = "sign"           // a bonus that takes or a penalty that gives
	CodeMonotone      = "monotone"       // points fall where the direction says they rise, or the reverse
	CodeBandGap       = "band_gap"       // totals between two bands belong to none
	CodeBandOverlap   = "band_overlap"   // totals belong to two bands
	CodeRounding      = "rounding"       // no such step, rule or number of places
	CodeShare         = "share"          // several groups judge a criterion and shares are absent
	CodeHost          = "host"           // host function not registered, or it broke its contract
	CodeDepth         = "depth"          // tree or nesting deeper than allowed
	CodeMark          = "mark"           // a mark the criterion cannot take
	CodeMarkMissing   = "mark_missing"   // a required mark is blank
	CodeFact          = "fact"           // a fact of the wrong kind for its rule
	CodeNotThisGroup  = "not_this_group" // a mark on a criterion the ballot's group does not judge
	CodeOverflow      = "overflow"       // an exact result does not fit
	CodeBothForms     = "both_forms"     // ballots and aggregates for one group
	CodeNotAggregable = "not_aggregable" // the group's rules need single ballots
	CodeSession       = "session"        // impossible counts of a ballot session
)

// What an input may not exceed.
const (
	maxProblems     = 200               // after these, the rest of an input is not looked at
	maxTreeDepth    = 8                 // criteria within criteria
	maxNesting      = 4                 // rubrics within rubrics
	maxRubricPoints = 1_000_000 * Point // more is a typing error
	maxLabelLen     = 2000              // bytes
)

// lint collects problems.
type lint struct {
	card     string
	problems Problems
}

func (l *lint) add(code, where, criterion, format string, args ...any) {
	if len(l.problems) > maxProblems {
		return
	}
	p := Problem{Code: code, Where: where, Card: l.card, Criterion: criterion, Text: fmt.Sprintf(format, args...)}
	if len(l.problems) == maxProblems {
		p = Problem{Code: code, Card: l.card, Text: "further problems were not looked for"}
	}
	l.problems = append(l.problems, p)
}

func (l *lint) err() error {
	if len(l.problems) == 0 {
		return nil
	}
	return l.problems
}
