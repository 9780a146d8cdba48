package statistics

import (
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Merging (并案口径) is the rule by which proposals that were merged into others
// count. Reports differ in it, and every rate over filed proposals with them.
type Merging string

// The rules in use.
const (
	// Beside counts merged proposals beside the filed: received is filed, merged
	// and not filed together. The national committee reports so. It is the
	// default.
	Beside Merging = "beside"
	// Inside counts them inside the filed, and the handling of the proposal that
	// holds them counts for each of them: every rate is before merging.
	Inside Merging = "inside"
	// After counts them inside the filed, and the handling once: what was
	// assigned is counted after merging. One city filed 1224, assigned 960 and
	// computes every rate of handling on 960.
	After Merging = "after"
)

// DefaultCases is how many cases a figure lists when Options do not say.
const DefaultCases = 20

// MaxCases is the most that a figure can list.
const MaxCases = 1000

// Options say how proposals are counted. The zero Options count by the rule
// [Beside], in UTC, without schemes: nothing is known then of what a class
// counts as.
type Options struct {
	Merging Merging // "": Beside
	Cases   int     // how many cases each figure lists, at most MaxCases; 0: DefaultCases; below 0: none
	Members bool    // count by member too, which keeps two counts for each of them

	// CurrentUnits counts items under the unit that has the part today, by its
	// successions and the body's list of units; else under the name it was given to.
	CurrentUnits bool

	// Rules are those of a body: what its classes and opinions count as.
	Rules func(body string) proposal.Rules
	// Zone is that of a body, whose dates count.
	Zone func(body string) *time.Location
	// Machine is a lifecycle, for the stages that a history went through.
	Machine func(name string, version int) *lifecycle.Machine
	// Today is the day for which running clocks are judged; zero: they are
	// running, and none is overdue.
	Today calendar.Date
}

// OptionsOf returns the options of a service: its rules, zones and lifecycles.
func OptionsOf(s *proposal.Service) Options {
	return Options{Rules: s.Rules, Zone: s.Tree().Zone, Machine: s.Machine}
}

// check completes the options, and refuses those that say nothing clear.
func (o *Options) check() error {
	switch o.Merging {
	case "":
		o.Merging = Beside
	case Beside, Inside, After:
	default:
		return workflow.Invalid("merging", "unknown", "并案口径%q不是beside、inside或after", "%q is no rule for merged proposals: beside, inside or after", string(o.Merging))
	}
	switch {
	case o.Cases == 0:
		o.Cases = DefaultCases
	case o.Cases > MaxCases:
		return workflow.Invalid("cases", "too_many", "每项列出%d件，超过%d件", "%d cases for each figure, more than %d", o.Cases, MaxCases)
	}
	if o.Rules == nil {
		o.Rules = func(string) proposal.Rules { return proposal.Rules{} }
	}
	if o.Zone == nil {
		o.Zone = func(string) *time.Location { return time.UTC }
	}
	if o.Machine == nil {
		o.Machine = func(string, int) *lifecycle.Machine { return nil }
	}
	return nil
}

// Label gives the rule's name as a report prints it.
func (m Merging) Label() lifecycle.Label {
	switch m {
	case Beside:
	case Inside:
		return lifecycle.Label{ZH: "并案计入立案，比率按并案前计算", EN: "merged proposals count as filed; rates are before merging"}
	case After:
		return lifecycle.Label{ZH: "并案计入立案，办理按并案后计算", EN: "merged proposals count as filed; handling is counted after merging"}
	}
	return lifecycle.Label{ZH: "并案与立案并列，不计入立案", EN: "merged proposals count beside the filed"}
}
