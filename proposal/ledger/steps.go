package ledger

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/ledger/sheet"
)

// step is one act by which a row is taken further.
type step struct {
	name   string // of the command, unique within the row
	action proposal.Action
	at     time.Time // zero: the time of import
}

// filed reports whether the row supports that the proposal was filed; assigned
// and answered go further.
func (r Row) filed() bool {
	switch r.Outcome {
	case OutcomeFile:
		return true
	case "":
		return r.Number != "" || r.Key || r.assigned()
	case OutcomeMerge, OutcomeWithdraw:
		return r.assigned()
	}
	return false
}

func (r Row) assigned() bool {
	return r.LeadUnit != "" || len(r.CoUnits) > 0 || len(r.SeparateUnits) > 0 || !r.Assigned.IsZero() || r.answered()
}

func (r Row) answered() bool {
	return r.Class != "" || r.Opinion != "" || r.Attitude != "" || !r.Replied.IsZero()
}

// unitsNote says what is not printed of the units.
func (r Row) unitsNote() string {
	switch {
	case r.LeadUnit != "" || len(r.SeparateUnits) > 0:
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
	answering := r.SeparateUnits
	if r.LeadUnit != "" {
		answering = append([]string{r.LeadUnit}, answering...)
	}
	return proposal.Assign{Lead: r.LeadUnit, Co: r.CoUnits, Separate: r.SeparateUnits}, answering
}

// steps returns every act after the opening that the row's data supports.
func (r Row) steps() []step {
	submitted, assigned, replied := r.dates()
	steps := []step{{"submit", proposal.Submit{}, submitted}}
	if !r.filed() {
		return append(steps, r.decided(assigned)...)
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
	answer := proposal.Reply{Class: r.Class}
	if r.oneReply() {
		answer.Document, answer.Signer = r.Document, r.Signer
	}
	for i, unit := range answering {
		steps = append(steps,
			step{fmt.Sprintf("accept-%d", i+1), accept{Unit: unit}, replied},
			step{fmt.Sprintf("reply-%d", i+1), reply{Reply: answer, Unit: unit}, replied},
			step{fmt.Sprintf("issue-%d", i+1), proposal.IssueReply{Unit: unit}, replied})
	}
	if r.Opinion == "" {
		return steps
	}
	opinion := proposal.GiveOpinion{Result: r.Opinion, Attitude: r.attitude(), Scale: printed}
	if key, coded := opinionKey(r.Opinion); coded {
		opinion.Result, opinion.Scale = key, proposal.ThreeOpinions().Name
	}
	return append(steps, step{"give_opinion", opinion, time.Time{}})
}

// oneReply reports whether the row has one reply, whose number and signer it prints.
func (r Row) oneReply() bool {
	_, answering := r.assign()
	return r.answered() && len(answering) == 1
}

// attitude is the opinion on the attitude where it is on the scale of that on the
// result, "" elsewhere: a key, or the word as printed.
func (r Row) attitude() string {
	_, codedResult := opinionKey(r.Opinion)
	key, coded := opinionKey(r.Attitude)
	switch {
	case r.Opinion == "" || coded != codedResult:
		return ""
	case coded:
		return key
	}
	return r.Attitude
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
			dates[i] = time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, sheet.Beijing())
		}
	}
	return dates[0], dates[1], dates[2]
}

// decided is what the review came to, other than filing. A proposal that was
// merged stays in review, because into which is not printed, and so does one that waits
// for it.
func (r Row) decided(at time.Time) []step {
	receive := step{"receive", proposal.Receive{}, at}
	switch r.Outcome {
	case OutcomeMerge, OutcomePending:
		return []step{receive}
	case OutcomeSettle:
		return []step{receive, {"settle", proposal.Settle{Text: "（" + NotPrinted + "）"}, at}}
	case OutcomeRefuse:
		return []step{receive, {"refuse", proposal.Refuse{Reason: NotPrinted}, at}}
	case OutcomeRefer:
		return []step{receive, {"refer", proposal.Refer{To: "（" + NotPrinted + "）"}, at}}
	case OutcomeReturn:
		return []step{receive, {"return", proposal.Return{Text: "（" + NotPrinted + "）"}, at}}
	case OutcomeWithdraw:
		return []step{{"withdraw", proposal.Withdraw{}, at}}
	}
	return nil
}
