//go:build go1.25

package proposal_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A host's own loop, on its own clock: in a bubble whose time is fake, an
// invitation made at midnight expires two days later, whoever sweeps.
func TestAHostSweepsByItsOwnClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		week, err := calendar.New(calendar.Spec{Name: "plain week", Complete: true})
		require.NoError(t, err)
		var crossed []string
		svc, err := proposal.New(memory.New(),
			workflow.WithCalendar("", week),
			workflow.WithObserver(func(_ context.Context, entries []workflow.Entry) {
				for _, e := range entries {
					if e.Event == "cross" {
						crossed = append(crossed, e.At.Format("2006-01-02 15:04"))
					}
				}
			}))
		require.NoError(t, err)
		go func() {
			hourly := time.NewTicker(time.Hour)
			defer hourly.Stop()
			for {
				select {
				case <-ctx.Done():
					return
				case now := <-hourly.C:
					_, err := svc.Sweep(ctx, now)
					if err != nil && ctx.Err() == nil {
						t.Error(err)
					}
				}
			}
		}()

		member := proposal.Actor{ID: "m-1", Body: "yinchuan", Roles: []string{"member"}}
		p, err := svc.Open(ctx, member, proposal.Draft{Title: "联名"}) // 2000-01-01 00:00, as every bubble begins
		require.NoError(t, err)
		_, err = svc.Do(ctx, member, p.ID, proposal.Invite{ID: "m-2"})
		require.NoError(t, err)

		time.Sleep(47*time.Hour + time.Minute)
		p, err = svc.Get(ctx, p.ID)
		require.NoError(t, err)
		require.Equal(t, "invited", p.Track("cosign", "m-2"), "the due day itself is in time")
		time.Sleep(time.Hour)
		p, err = svc.Get(ctx, p.ID)
		require.NoError(t, err)
		require.Equal(t, "expired", p.Track("cosign", "m-2"))
		time.Sleep(30 * 24 * time.Hour)
		stop()
		synctest.Wait()
		require.Equal(t, []string{"2000-01-03 00:00"}, crossed)
	})
}

func TestManyMachinesCrossOnce(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, "2024-01-31 10:00")
	const cases = 20
	for range cases {
		d.assigned()
	}
	d.set("2024-06-03 06:00")

	var mu sync.Mutex
	reported := make(map[string]int)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			crossings, err := d.Sweep(ctx, d.now)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			for _, x := range crossings {
				reported[x.ID+x.Limit+x.Of+string(x.Alarm.Kind)+x.Alarm.Colour]++
			}
		})
	}
	wg.Wait()
	for what, n := range reported {
		require.Equal(t, 1, n, what)
	}
	journalled := 0
	require.NoError(t, d.Each(ctx, func(p *proposal.Proposal) error {
		history, err := d.History(ctx, p.ID)
		for _, e := range history {
			if e.Event == "cross" {
				journalled++
			}
		}
		return err
	}))
	require.Equal(t, cases, journalled, "one entry for each case, whoever found it")
}

func TestDeadlinesByUnitAndStage(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, "2024-03-01 10:00")
	p := d.assigned()
	d.do(clerkOf("market"), p.ID, proposal.Accept{})
	d.set("2024-05-24 10:00") // a Friday, a week before the market bureau's reply is due

	soon, err := d.DueWithin(ctx, d.now, 5, store.Match{Attr: "unit", Op: store.Is, Values: []string{"market"}})
	require.NoError(t, err)
	require.Empty(t, only(soon, "reply"))
	soon, err = d.DueWithin(ctx, d.now, 6, store.Match{Attr: "stage", Op: store.Is, Values: []string{"handling"}})
	require.NoError(t, err)
	require.Len(t, soon, 1)
	require.Equal(t, "market", soon[0].Of)
	require.Equal(t, date(t, "2024-06-01"), soon[0].Due)
	require.Equal(t, "yellow", soon[0].State.Colour)

	over, err := d.Overdue(ctx, d.now, store.Match{Attr: "stage", Op: store.Is, Values: []string{"reply"}})
	require.NoError(t, err)
	require.Empty(t, over)
	over, err = d.Overdue(ctx, d.now)
	require.NoError(t, err)
	require.Equal(t, []string{"objection", "co_opinion"}, []string{over[0].Limit, over[1].Limit}, "the longest overdue first")
	require.Equal(t, "banking", over[1].Of)
}
