package checklist

import (
	"slices"
	"time"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// DoneBy notes who worked on the item: such a one does not decide on it.
func (i *Item) DoneBy(account string) {
	if !slices.Contains(i.Did, account) {
		i.Did = append(i.Did, account)
	}
}

// Begin says that the item is under way.
func (i *Item) Begin(at time.Time) { i.Begun = at }

// Report adds how the item stands.
func (i *Item) Report(at time.Time, by, text string) error {
	if err := check.Said("text", text); err != nil {
		return err
	}
	if err := check.Len("progress", len(i.Progress), 1); err != nil {
		return err
	}
	i.Progress = append(i.Progress, Progress{At: at, By: by, Text: text})
	return nil
}

// Finish says that the item is done, with the evidence: every step of it is.
func (i *Item) Finish(on calendar.Date, evidence []string) error {
	if err := i.stepsDone(); err != nil {
		return err
	}
	if len(evidence) == 0 {
		return workflow.Invalid("evidence", "empty", "办结须有佐证", "an item is done with evidence")
	}
	if err := check.Len("evidence", 0, len(evidence)); err != nil {
		return err
	}
	for n, e := range evidence {
		if err := check.Said(check.At("evidence", n), e); err != nil {
			return err
		}
	}
	i.Finished, i.Evidence, i.Reason = on, slices.Clone(evidence), ""
	return nil
}

// GiveUp says that the item is not feasible, and why.
func (i *Item) GiveUp(on calendar.Date, reason string) error {
	if err := check.Said("reason", reason); err != nil {
		return err
	}
	i.Finished, i.Evidence, i.Reason = on, nil, reason
	return nil
}

// Confirm agrees that the item is done, or not feasible.
func (i *Item) Confirm(at time.Time) { i.Confirmed = at }

// Return has the item worked on again. Its due date stands until it is extended.
func (i *Item) Return(at time.Time, by, reason string) error {
	if err := check.Said("reason", reason); err != nil {
		return err
	}
	i.Reopened = append(i.Reopened, Reopening{At: at, By: by, Reason: reason})
	i.Finished, i.Confirmed = calendar.Date{}, time.Time{}
	return nil
}

// Hand gives the item to another owner.
func (i *Item) Hand(at time.Time, by string, to Owner, reason string) error {
	if err := to.Check("to"); err != nil {
		return err
	}
	if err := check.Said("reason", reason); err != nil {
		return err
	}
	i.Owners = append(i.Owners, Handing{At: at, By: by, From: i.Owner, Reason: reason})
	i.Owner = to
	return nil
}
