package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
)

// result is what the library says of all proposals at the end.
type result struct {
	nation   *proposal.Tally
	figures  *statistics.Figures
	entries  int64
	own      map[string]*proposal.Tally
	longest  waits
	verified int
	broken   int // histories
}

// read goes through all proposals once. One in every so many has its history
// verified, by several at the same time.
func read(ctx context.Context, service *proposal.Service, every int, progress func(n int)) (*result, error) {
	options := statistics.OptionsOf(service)
	options.Cases = -1 // lists of cases by unit would grow with their number
	figures, err := statistics.New(options)
	if err != nil {
		return nil, fmt.Errorf("the figures: %w", err)
	}
	res := &result{figures: figures, own: make(map[string]*proposal.Tally)}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ids := make(chan string, 100)
	errs := make([]error, runtime.GOMAXPROCS(0)+1)
	var mu sync.Mutex
	var verifiers sync.WaitGroup
	for i := range len(errs) - 1 {
		verifiers.Go(func() {
			for id := range ids {
				breaks, err := service.Verify(ctx, id)
				if err != nil && errs[i] == nil {
					errs[i] = err
					cancel()
				}
				mu.Lock()
				res.verified++
				if len(breaks) > 0 {
					res.broken++
				}
				mu.Unlock()
			}
		})
	}
	n := 0
	err = service.Each(ctx, func(p *proposal.Proposal) error {
		tally := res.own[p.Body]
		if tally == nil {
			tally = new(proposal.Tally)
			res.own[p.Body] = tally
		}
		tally.Add(p)
		figures.Add(p)
		res.longest.add(p, service.Zone(p.Body))
		res.entries += int64(p.Seq) //nolint:gosec // a number of entries
		if n%every == 0 {
			select {
			case ids <- p.ID:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		n++
		progress(n)
		return nil
	})
	close(ids)
	verifiers.Wait()
	errs[len(errs)-1] = err
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("reading: %w", err)
	}
	return res, nil
}

// rollUp adds up what is below each body; the first of the country is above all.
func (r *result) rollUp(service *proposal.Service, top string) {
	if r.nation = proposal.RollUp(service.Tree(), r.own)[top]; r.nation == nil {
		r.nation = new(proposal.Tally)
	}
}
