package main

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// pairsAtOnce is how many pairs a worker plans at a time, and commits together.
const pairsAtOnce = 128

// filled is what workers did between them.
type filled struct {
	want *counts // what all plans add up to, those done before included
	acts int
}

// fill drives all pairs, by so many workers. When each is set, every act is a
// commit of its own; otherwise pairs of which nothing is there yet are committed
// together. It tells progress of every chunk: how many proposals are through
// with it, and how many acts that took. Beside the counts it keeps nothing of
// what it has done.
func fill(ctx context.Context, d *driver, p *planner, workers int, each bool, progress func(cases, acts int)) (filled, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var next atomic.Int64
	parts := make([]filled, workers)
	errs := make([]error, workers)
	var all sync.WaitGroup
	for i := range workers {
		parts[i].want = newCounts(len(p.country.ids))
		all.Go(func() {
			for {
				first := int(next.Add(pairsAtOnce)) - pairsAtOnce
				if first >= p.pairs() {
					return
				}
				if err := ctx.Err(); err != nil {
					errs[i] = err
					return
				}
				cases, acts, err := chunk(ctx, d, p, first, each, parts[i].want)
				parts[i].acts += acts
				if err != nil {
					errs[i] = err
					cancel()
					return
				}
				progress(cases, acts)
			}
		})
	}
	all.Wait()
	sum := filled{want: newCounts(len(p.country.ids))}
	for _, part := range parts {
		sum.want.merge(part.want)
		sum.acts += part.acts
	}
	return sum, errors.Join(errs...)
}

// chunk drives the pairs from the given one on.
func chunk(ctx context.Context, d *driver, p *planner, first int, each bool, want *counts) (cases, acts int, err error) {
	var fresh []*pair
	for n := first; n < min(first+pairsAtOnce, p.pairs()); n++ {
		made := p.pair(n)
		cases += len(made.facts)
		for _, f := range made.facts {
			want.plan(f)
		}
		ids := d.ids(made)
		from, err := d.begun(ctx, made, ids)
		if err != nil {
			return 0, acts, err
		}
		if from == 0 && !each {
			fresh = append(fresh, made)
			continue
		}
		done, err := d.drive(ctx, d.store, made, ids, from)
		acts += done
		if err != nil {
			return 0, acts, err
		}
	}
	if len(fresh) == 0 {
		return cases, acts, nil
	}
	done, err := d.together(ctx, fresh)
	return cases, acts + done, err
}
