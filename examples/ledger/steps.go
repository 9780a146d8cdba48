package ledger

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
)

// step is one act by which a row is taken further.
type step struct {
	name   string // of the command, unique within the row
	action proposal.Action
	at     time.Time // zero: the time of import
}

// filed reports whether the row supports that the proposal was filed; assigned
// and answered go further.
func (r Row) filed() bool { return r.Number != "" || r.Key || r.assigned() }

func (r Row) assigned() bool {
	return r.LeadUnit != "" || len(r.CoUnits) > 0 || !r.Assigned.IsZero() || r.answered()
}

func (r Row) answered() bool { return r.Class != "" || r.Opinion != "" || !r.Replied.IsZero() }

// unitsNote says what is not printed of the units.
func (r Row) unitsNote() string {
	switch {
	case r.LeadUnit != "":
		return ""
	case len(r.CoUnits) > 0:
		return RolesNotPrinted
	}
	return NoneNotPrinted
}

// assign is the row's assignment, and the units that answer the proposer.
func (r Row) assign() (proposal.Assign, []string) {
	switch r.unitsNote() {
	case RolesNotPrinted:
		return proposal.Assign{Separate: r.CoUnits}, r.CoUnits
	case NoneNotPrinted:
		return proposal.Assign{Lead: UnitNotPrinted}, []string{UnitNotPrinted}
	}
	return proposal.Assign{Lead: r.LeadUnit, Co: r.CoUnits}, []string{r.LeadUnit}
}

// steps returns every act after the opening that the row's data supports.
func (r Row) steps() []step {
	submitted, assigned, replied := r.dates()
	steps := []step{{"submit", proposal.Submit{}, submitted}}
	if !r.filed() {
		return steps
	}
	steps = append(steps, step{"receive", proposal.Receive{}, assigned}, step{"file", proposal.File{Number: r.Number}, assigned})
	if r.Key {
		steps = append(steps, step{"mark_key", proposal.MarkKey{}, assigned})
	}
	if !r.assigned() {
		return steps
	}
	assign, answering := r.assign()
	steps = append(steps, step{"assign", assign, assigned})
	if !r.answered() {
		return steps
	}
	for i, unit := range answering {
		steps = append(steps,
			step{fmt.Sprintf("accept-%d", i+1), accept{Unit: unit}, replied},
			step{fmt.Sprintf("reply-%d", i+1), reply{Reply: proposal.Reply{Class: r.Class}, Unit: unit}, replied},
			step{fmt.Sprintf("issue-%d", i+1), proposal.IssueReply{Unit: unit}, replied})
	}
	if r.Opinion == "" {
		return steps
	}
	opinion := proposal.GiveOpinion{Result: r.Opinion, Scale: printed}
	if key, coded := opinionKey(r.Opinion); coded {
		opinion.Result, opinion.Scale = key, proposal.ThreeOpinions().Name
	}
	return append(steps, step{"give_opinion", opinion, time.Time{}})
}

// dates returns the first printed date by which the proposal must have been
// submitted, assigned and replied to, at noon in Beijing; zero where no date
// tells, and all zero when they contradict each other.
func (r Row) dates() (submitted, assigned, replied time.Time) {
	dates := []time.Time{r.Submitted, r.Assigned, r.Replied}
	var next time.Time
	for i := len(dates) - 1; i >= 0; i-- {
		switch {
		case dates[i].IsZero():
			dates[i] = next
			continue
		case !next.IsZero() && dates[i].After(next):
			return time.Time{}, time.Time{}, time.Time{}
		}
		next = dates[i]
	}
	for i, d := range dates {
		if !d.IsZero() {
			dates[i] = time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, beijing())
		}
	}
	return dates[0], dates[1], dates[2]
}
