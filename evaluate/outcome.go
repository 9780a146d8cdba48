package evaluate

import (
	"encoding/json"
	"strings"

	"github.com/tian-go/tian/evaluate/points"
)

// Status says what an outcome is worth.
type Status string

// The statuses.
const (
	Final       Status = "final"
	Provisional Status = "provisional" // scored, but something is still to come
	Void        Status = "void"        // a vote is invalid or a veto voids: no total
	Undefined   Status = "undefined"   // a required input is missing, or the card is sealed: no total
)

// Because is one reason for a status other than final.
type Because struct {
	Code string `json:"code"`
	// Where is the criterion's path, the veto's key, the group's key, or
	// "group:path" when one criterion has no figure in a valid vote.
	Where string `json:"where,omitempty"`
}

// The codes of Because.
const (
	WhySealed         = "sealed"          // blind, and not decided yet
	WhyMissingFact    = "missing_fact"    // a required fact is absent
	WhyBaseZero       = "base_zero"       // a required rate has no base
	WhyNotDue         = "not_due"         // a fact is not due yet
	WhyMoreReturned   = "more_returned"   // more ballots came back than went out
	WhyQuorum         = "quorum"          // too few came
	WhyTooFewBallots  = "too_few_ballots" // fewer ballots than the quorum asks
	WhyNoMarks        = "no_marks"        // nobody marked
	WhyNothingLeft    = "nothing_left"    // dropping the extremes left no mark
	WhyVeto           = "veto"            // a veto voids
	WhyVetoUnknown    = "veto_unknown"    // the fact that a veto asks for is not there
	WhyNested         = "nested"          // a nested card is not final
	WhyNothingPresent = "nothing_present" // every group is missing: nothing to redistribute to
	WhyLeftOut        = "left_out"        // LeaveOneOut leaves the group out
	WhyUnknownSession = "session_unknown" // the quorum needs counts that were not given
)

// The parts of a ledger.
const (
	SectionBase     = "base"
	SectionBonus    = "bonus"
	SectionPenalty  = "penalty"
	SectionVeto     = "veto"
	SectionRounding = "rounding"
)

// Rules of ledger lines that no criterion's own rule makes.
const (
	LineCap          = "cap"
	LineFloor        = "floor"
	LineVeto         = "veto"
	LineRounding     = "rounding"
	LineRedistribute = "redistribute"
)

// Line is one entry of the ledger (计分明细).
type Line struct {
	Section string `json:"section"`
	// Criterion is the path of keys from the top, "procedure.contact_rate".
	Criterion string `json:"criterion,omitempty"`
	// Rule is the key of the rule that made the line, or one of the Line… names.
	Rule string `json:"rule"`
	// Fact, or Group with its Ballots, is what the line was made from. Dropped
	// are ballots left out as extremes. Treat the slices as read-only.
	Fact    string   `json:"fact,omitempty"`
	Group   string   `json:"group,omitempty"`
	Ballots []string `json:"ballots,omitempty"`
	Dropped []string `json:"dropped,omitempty"`
	// Points is what the line adds to the total. When the sheet rounds at the
	// total, lines are shown to four places and the rounding line closes the sum.
	Points points.Points `json:"points"`
	// Note is the calculation, e.g. "97/100 is 3 short of 100 %: 5 - 3 × 1".
	Note string `json:"note,omitempty"`
	// Detail has the lines of a nested rubric, which sum to its own total.
	Detail []Line `json:"detail,omitempty"`
}

// Panel reports on one group's vote.
type Panel struct {
	Group string `json:"group"`
	Valid bool   `json:"valid"`
	// Why is the code of Because when not valid.
	Why string `json:"why,omitempty"`
	// Ballots is how many are counted; Superseded lists those revised since.
	Ballots    int      `json:"ballots"`
	Superseded []string `json:"superseded,omitempty"`
	// The missing marks over all criteria, by kind.
	Abstain  int64 `json:"abstain,omitempty"`
	DontKnow int64 `json:"dont_know,omitempty"`
	Recused  int64 `json:"recused,omitempty"`
	NotDue   int64 `json:"not_due,omitempty"`
}

// Outcome (考核结果) is a scored card. When Scored, the points of Ledger sum
// exactly to Total, and Total = Base + Bonus + Penalty + the veto and rounding
// lines.
type Outcome struct {
	Card    string `json:"card"`
	Subject string `json:"subject"`
	League  string `json:"league,omitempty"`
	// Rubric, Version and Hash pin the sheet that was used.
	Rubric  string        `json:"rubric"`
	Version int           `json:"version"`
	Hash    string        `json:"hash"`
	Status  Status        `json:"status"`
	Reasons []Because     `json:"reasons,omitempty"`
	Total   points.Points `json:"total"`
	Base    points.Points `json:"base"`
	Bonus   points.Points `json:"bonus"`
	// Penalty is 0 or below.
	Penalty points.Points `json:"penalty"`
	// Vetoes lists the keys of vetoes that applied.
	Vetoes []string `json:"vetoes,omitempty"`
	Band   string   `json:"band,omitempty"`
	// Rank is set by Ranking.Rank; an average rank may end in .5. 0 is unranked.
	Rank   points.Points `json:"rank,omitzero"`
	Panels []Panel       `json:"panels,omitempty"`
	Ledger []Line        `json:"ledger,omitempty"`
}

// Scored reports whether there is a total at all.
func (o *Outcome) Scored() bool { return o.Status == Final || o.Status == Provisional }

// MarshalJSON leaves the points out of an outcome that has none.
func (o Outcome) MarshalJSON() ([]byte, error) {
	type plain Outcome
	if o.Scored() {
		return json.Marshal(plain(o))
	}
	return json.Marshal(struct {
		plain
		Total   *points.Points `json:"total,omitempty"`
		Base    *points.Points `json:"base,omitempty"`
		Bonus   *points.Points `json:"bonus,omitempty"`
		Penalty *points.Points `json:"penalty,omitempty"`
	}{plain: plain(o)})
}

// Subtotal adds up the ledger lines of a criterion and everything under it; its
// path is written as in Line.Criterion. Rounding at the total is not in it.
func (o *Outcome) Subtotal(path string) (points.Points, error) {
	var sum points.Points
	for i := range o.Ledger {
		if !within(o.Ledger[i].Criterion, path) {
			continue
		}
		var err error
		if sum, err = sum.Add(o.Ledger[i].Points); err != nil {
			return 0, err
		}
	}
	return sum, nil
}

func within(criterion, path string) bool {
	rest, ok := strings.CutPrefix(criterion, path)
	return ok && (rest == "" || rest[0] == '.')
}
