package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// contest is how the ways are held against each other.
type contest struct {
	cases   int   // that each way takes their whole way in each round, for each number of writers
	rounds  int   // in which every way takes its turn, in changing order
	writers []int // that work at the same time, each on cases of its own
}

// result is what one way came to, with one number of writers.
type result struct {
	Engine        string   `json:"engine"`
	Writers       int      `json:"writers"`
	Way           string   `json:"way"`
	ActsPerSecond float64  `json:"acts_per_s"` // median of the rounds
	Ratio         *float64 `json:"ratio"`      // to the hand-written way; null on an engine without one

	// Of the disk: one case with its indexes, after all rounds.
	BytesPerCase int64 `json:"bytes_per_case,omitempty"`

	// Of the engine alone, in memory and with one writer: one act.
	MicrosPerAct float64 `json:"us_per_act,omitempty"`
	AllocsPerAct float64 `json:"allocs_per_act,omitempty"`
	HeapPerAct   float64 `json:"heap_bytes_per_act,omitempty"`

	Settings map[string]string `json:"settings,omitempty"` // of the database, that decide when a commit is on the disk
}

// sample is what one way did in one round.
type sample struct{ perSecond, allocs, heap float64 }

// run measures every engine, and names each round on progress as it begins.
func (c contest) run(ctx context.Context, engines []*engine, progress io.Writer) ([]result, error) {
	samples := map[*way]map[int][]sample{}
	for _, e := range engines {
		for _, w := range e.ways {
			samples[w] = map[int][]sample{}
			// Connections and statements are made ready before anything counts.
			if _, err := w.take(ctx, slices.Max(c.writers), slices.Max(c.writers)); err != nil {
				return nil, fmt.Errorf("%s on %s: %w", w.name, e.name, err)
			}
		}
	}
	for round := range c.rounds {
		_, _ = fmt.Fprintf(progress, "round %d of %d\n", round+1, c.rounds)
		for _, e := range engines {
			for _, writers := range c.writers {
				for i := range e.ways {
					w := e.ways[(i+round)%len(e.ways)]
					s, err := w.take(ctx, writers, c.cases)
					if err != nil {
						return nil, fmt.Errorf("%s on %s: %w", w.name, e.name, err)
					}
					samples[w][writers] = append(samples[w][writers], s)
				}
			}
		}
	}
	return c.results(ctx, engines, samples)
}

// take has so many writers take so many cases their whole way.
func (w *way) take(ctx context.Context, writers, cases int) (sample, error) {
	first := w.opened.Add(int64(cases)) - int64(cases)
	var next atomic.Int64
	errs := make([]error, writers)
	var group sync.WaitGroup
	var before, after runtime.MemStats
	runtime.GC() // what the way before has left is not counted
	runtime.ReadMemStats(&before)
	began := time.Now()
	for i := range writers {
		group.Go(func() {
			for errs[i] == nil {
				n := next.Add(1)
				if n > int64(cases) {
					return
				}
				_, errs[i] = takeOne(ctx, w.rival, int(first+n))
			}
		})
	}
	group.Wait()
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	acts := float64(cases * actsAWay)
	return sample{
		acts / took.Seconds(),
		float64(after.Mallocs-before.Mallocs) / acts,
		float64(after.TotalAlloc-before.TotalAlloc) / acts,
	}, errors.Join(errs...)
}

// takeOne takes the case of a number its whole way.
func takeOne(ctx context.Context, r rival, number int) (id string, err error) {
	for _, s := range wholeWay(number) {
		if s.Event == "open" {
			id, err = r.open(ctx, s)
		} else {
			err = r.do(ctx, id, s)
		}
		if err != nil {
			return "", fmt.Errorf("%s of case %d: %w", s.Event, number, err)
		}
	}
	return id, nil
}

func (c contest) results(ctx context.Context, engines []*engine, samples map[*way]map[int][]sample) ([]result, error) {
	var results []result
	for _, e := range engines {
		settings := map[string]string{}
		for _, s := range e.settings {
			settings[s.Name] = s.Value
		}
		sizes := map[*way]int64{}
		for _, w := range e.ways {
			var err error
			if sizes[w], err = w.bytesPerCase(ctx); err != nil {
				return nil, fmt.Errorf("%s: %w", e.name, err)
			}
		}
		for _, writers := range c.writers {
			var byHand float64
			for _, w := range e.ways {
				if w.name == handWritten {
					byHand = median(samples[w][writers], sample.speed)
				}
			}
			for _, w := range e.ways {
				taken := samples[w][writers]
				r := result{
					Engine: e.name, Writers: writers, Way: w.name, ActsPerSecond: median(taken, sample.speed),
					BytesPerCase: sizes[w], Settings: settings,
				}
				if byHand > 0 {
					ratio := r.ActsPerSecond / byHand
					r.Ratio = &ratio
				}
				if w.room == nil && writers == 1 {
					r.MicrosPerAct = 1e6 / r.ActsPerSecond
					r.AllocsPerAct = median(taken, func(s sample) float64 { return s.allocs })
					r.HeapPerAct = median(taken, func(s sample) float64 { return s.heap })
				}
				results = append(results, r)
			}
		}
	}
	return results, nil
}

func (s sample) speed() float64 { return s.perSecond }

// median returns the median of what samples say.
func median[S any](samples []S, says func(S) float64) float64 {
	values := make([]float64, len(samples))
	for i, s := range samples {
		values[i] = says(s)
	}
	slices.Sort(values)
	n := len(values)
	switch {
	case n == 0:
		return 0
	case n%2 == 0:
		return (values[n/2-1] + values[n/2]) / 2
	}
	return values[n/2]
}
