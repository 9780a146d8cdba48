package main

import (
	"context"
	"fmt"
)

// rival is one way to keep proposals. It is safe for concurrent use.
type rival interface {
	// open begins a proposal and returns its ID.
	open(ctx context.Context, s step) (id string, err error)

	// do takes one further step, durably: when it returns, it is on the disk.
	do(ctx context.Context, id string, s step) error

	// outcome returns what is kept of a proposal.
	outcome(ctx context.Context, id string) (outcome, error)

	close() error
}

// outcome is what is kept of a proposal after its acts.
type outcome struct {
	Status string            // where it is
	Parts  map[string]string // where each unit's part is
	Trail  int               // rows that say who did what
}

// next returns where an act leads from a status. It is the table that whoever
// writes this by hand has somewhere too. What else must hold, the acts check on
// the rows of the parts.
func next(event, status string) (string, error) {
	moves := map[string]map[string]string{
		"submit":       {"draft": "submitted"},
		"receive":      {"submitted": "reviewing"},
		"file":         {"reviewing": "filed"},
		"mark_key":     {"filed": "filed", "assigned": "assigned", "handling": "handling"},
		"assign":       {"filed": "assigned"},
		"accept":       {"assigned": "handling", "handling": "handling"},
		"reply":        {"handling": "handling"},
		"issue_reply":  {"handling": "handling"}, // the lead's goes on to replied
		"give_opinion": {"replied": "feedback"},
		"close":        {"replied": "closed", "feedback": "closed"},
	}
	to, ok := moves[event][status]
	if !ok {
		return "", refused{event, status}
	}
	return to, nil
}

// refused is the error of an act that a status does not allow.
type refused struct{ event, status string }

func (r refused) Error() string { return fmt.Sprintf("%s is not possible while %s", r.event, r.status) }
