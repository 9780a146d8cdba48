package main

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"github.com/tian-go/tian/proposal"
)

// sweepEvery is how often the clocks are looked at; once an hour does for days.
const sweepEvery = 2 * time.Second

// sweep is the job of looking for limits whose day has come.
type sweep struct{}

// Kind names the job.
func (sweep) Kind() string { return "sweep" }

// sweeping has one such job in each period, whichever process puts it down.
func sweeping() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(sweepEvery), func() (river.JobArgs, *river.InsertOpts) {
		return sweep{}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByPeriod: sweepEvery}}
	}, &river.PeriodicJobOpts{RunOnStart: true})
}

type sweeper struct {
	river.WorkerDefaults[sweep]
	service *proposal.Service
}

// Work crosses the alarms that have come. Two of them at once would do no harm: what
// has been crossed is not crossed again.
func (w *sweeper) Work(ctx context.Context, _ *river.Job[sweep]) error {
	_, err := w.service.Sweep(ctx, time.Now())
	return err
}
