package main

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// order is one line of bulk work: an act on a case, or the opening of one.
type order struct {
	Case    string          `json:"case"` // empty: a case is opened
	Event   string          `json:"event"`
	Data    json.RawMessage `json:"data"`
	At      time.Time       `json:"at"`      // when it happened, if not now
	Command string          `json:"command"` // names the act, so that asking twice is one effect
}

// outcome is what became of an order.
type outcome struct {
	Case  string                `json:"case,omitempty"`
	State string                `json:"state,omitempty"`
	Error *workflow.Explanation `json:"error,omitempty"`
}

// bulk does many orders, each for itself: an outcome for each, in their order.
func (a *app) bulk(r *http.Request, who proposal.Actor) (any, error) {
	var orders []order
	if err := readJSON(r, &orders); err != nil {
		return nil, err
	}
	outcomes := make([]outcome, len(orders))
	var steps []proposal.Step
	var places []int
	for i, o := range orders {
		step, err := a.step(o)
		if err != nil {
			outcomes[i] = failed(o.Case, err)
			continue
		}
		steps, places = append(steps, step), append(places, i)
	}
	for i, result := range a.svc.Batch(r.Context(), who, steps) {
		if result.Err != nil {
			outcomes[places[i]] = failed(result.ID, result.Err)
			continue
		}
		outcomes[places[i]] = outcome{Case: result.ID, State: result.Case.State}
	}
	return outcomes, nil
}

func (a *app) step(o order) (proposal.Step, error) {
	action, err := a.svc.Decode(o.Event, o.Data)
	if err != nil {
		return proposal.Step{}, err
	}
	step := proposal.Step{ID: o.Case, Action: action}
	if o.Command != "" {
		step.Options = append(step.Options, workflow.Command(o.Command))
	}
	if !o.At.IsZero() {
		step.Options = append(step.Options, workflow.Happened(o.At))
	}
	return step, nil
}

func failed(id string, err error) outcome {
	why := workflow.Explain(err)
	return outcome{Case: id, Error: &why}
}
