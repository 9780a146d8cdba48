package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// driver does what plans say.
type driver struct {
	service *proposal.Service
	store   store.Store
	seed    uint64
	resumed bool // proposals may be there already
}

// command names a step of a pair. The same step of the same plan has the same
// name, so that it happens once however often it is asked for.
func (d *driver) command(p *pair, step int) string {
	return strconv.FormatUint(d.seed, 10) + "/" + strconv.Itoa(p.first) + "/" + strconv.Itoa(step)
}

// ids returns the IDs that the proposals of a pair have or will have.
func (d *driver) ids(p *pair) []string {
	ids := make([]string, len(p.facts))
	for i, s := range p.steps {
		if _, opens := s.action.(proposal.Draft); opens {
			ids[s.on] = d.service.OpeningID(p.body, d.command(p, i))
		}
	}
	return ids
}

// begun returns how many steps of a pair have been done.
func (d *driver) begun(ctx context.Context, p *pair, ids []string) (int, error) {
	if !d.resumed {
		return 0, nil
	}
	done := make(map[string]bool)
	for _, id := range ids { // one look is enough for a pair that is done or has not begun
		_, last, err := d.store.Load(ctx, proposal.Kind, id)
		switch {
		case errors.Is(err, store.ErrNotFound):
			continue
		case err != nil:
			return 0, fmt.Errorf("resume: %w", err)
		}
		done[last.Command] = true
	}
	if len(done) == 0 {
		return 0, nil
	}
	if done[workflow.CommandKey(d.command(p, len(p.steps)-1))] {
		return len(p.steps), nil
	}
	for _, id := range ids {
		history, err := d.store.History(ctx, proposal.Kind, id, 0, 0)
		if err != nil {
			return 0, fmt.Errorf("resume: %w", err)
		}
		for _, line := range history {
			done[line.Command] = true
		}
	}
	for i := range slices.Backward(p.steps) {
		if done[workflow.CommandKey(d.command(p, i))] {
			return i + 1, nil
		}
	}
	return 0, nil
}

// drive does the steps of a pair from one on, each an act committed by itself to
// the store given. It returns how many it did, also with an error.
func (d *driver) drive(ctx context.Context, st store.Store, p *pair, ids []string, from int) (int, error) {
	service := d.service.On(&lens{st, ids})
	for i, s := range p.steps[from:] {
		if err := ctx.Err(); err != nil {
			return i, err
		}
		options := []workflow.DoOption{workflow.Command(d.command(p, from+i)), workflow.Happened(s.at)}
		var err error
		id := ids[s.on]
		switch draft, opens := s.action.(proposal.Draft); {
		case opens:
			_, err = service.Open(ctx, s.by, draft, options...)
		case s.sweep:
			_, err = service.Sweep(ctx, s.at)
		case s.merge:
			_, err = service.Merge(ctx, s.by, id, []string{ids[1-s.on]}, options...)
		case s.more != nil:
			_, err = service.Extend(ctx, s.by, id, *s.more, options...)
		default:
			_, err = service.Do(ctx, s.by, id, s.action, options...)
		}
		if err != nil {
			return i, fmt.Errorf("proposal %d, step %d: %w", p.first+s.on, from+i, err)
		}
	}
	return len(p.steps) - from, nil
}

// together does the whole ways of pairs of which nothing has been done, and
// commits them as one: the acts are done one by one on a store that keeps its
// commits to itself, and their records and entries go to the database at once,
// which then has all of these pairs or none.
func (d *driver) together(ctx context.Context, pairs []*pair) (int, error) {
	var all []store.Change
	acts := 0
	for _, p := range pairs {
		kept := dryrun.New(memory.New()) // in front of nothing: the pair is new
		n, err := d.drive(ctx, kept, p, d.ids(p), 0)
		if err != nil {
			return 0, err
		}
		acts += n
		all = append(all, joined(kept.Changes())...)
	}
	if err := d.store.Commit(ctx, all...); err != nil {
		return 0, fmt.Errorf("proposals %d to %d: %w", pairs[0].first, pairs[len(pairs)-1].first+1, err)
	}
	return acts, nil
}

// joined makes one change for each record of what was committed one by one.
func joined(changes []store.Change) []store.Change {
	var out []store.Change
	at := make(map[[2]string]int)
	for _, c := range changes {
		key := [2]string{c.Record.Kind, c.Record.ID}
		i, again := at[key]
		if !again {
			at[key] = len(out)
			out = append(out, c)
			continue
		}
		first := &out[i]
		c.Record.Revision = first.Record.Revision
		first.Record = c.Record
		first.Entries = append(first.Entries, c.Entries...)
	}
	return out
}
