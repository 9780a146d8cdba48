package ledger

import (
	"context"
	"errors"
	"strings"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Reached is how many cases have been in a stage, and how many are.
type Reached struct {
	Stage lifecycle.Stage
	Ever  int // have counted in it at some time
	Now   int
}

// Journey follows every case that was entered from a ledger through its
// history, and tells for each stage, in order, how many came there.
func Journey(ctx context.Context, svc *proposal.Service) ([]Reached, error) {
	d := Definition()
	machine := svc.Machine(d.Name, d.Version)
	if machine == nil {
		return nil, errors.New("ledger: the service was not given the definition of ledgers")
	}
	var journey []Reached
	for _, s := range machine.Stages() {
		journey = append(journey, Reached{Stage: s})
	}
	pinned := workflow.Pin{Name: d.Name, Version: d.Version}
	err := svc.Each(ctx, func(p *proposal.Proposal) error {
		entries, err := svc.History(ctx, p.ID)
		if err != nil {
			return err
		}
		been := Stages(machine, entries)
		for i := range journey {
			if been[journey[i].Stage.Key] {
				journey[i].Ever++
			}
			if p.Stage == journey[i].Stage.Key {
				journey[i].Now++
			}
		}
		return nil
	}, store.Match{Attr: "definition", Op: store.Is, Values: []string{pinned.String()}})
	return journey, err
}

// Stages returns the stages that a history has passed through, by replaying its
// moves.
func Stages(m *lifecycle.Machine, entries []workflow.Entry) map[string]bool {
	been := make(map[string]bool)
	state, tracks := "", make(map[string]string)
	for _, e := range entries {
		for _, move := range e.Moves {
			if track, _, _ := strings.Cut(move.Line, "/"); track != "" {
				tracks[move.Line] = move.To
			} else {
				state = move.To
			}
			been[m.Stage(state, tracks)] = true
		}
	}
	return been
}
