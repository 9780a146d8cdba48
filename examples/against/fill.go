package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// What few of the cases of a full store have.
const (
	rareUnit   = "rare-bureau"
	rareMember = "m-rare"
	rareBody   = "rare-body"
	rareNumber = "1" // of the first case
	rareTitle  = "关于少见之事的提案"
	rareCases  = 50
)

// listDay is the day on which the lists are asked for.
func listDay() time.Time { return time.Date(2024, time.June, 28, 9, 0, 0, 0, time.UTC) }

// chunk is how many cases are made at once, and committed together.
const chunk = 1000

// fill puts so many cases into an empty store. They are made in memory, by the
// library itself, and their records and journals are copied from there: what the
// store holds in the end is what acts would have left, one by one. It says on progress
// how many are there.
func fill(ctx context.Context, st store.Store, cases int, progress func(done int)) error {
	type piece struct {
		cases   int
		changes []store.Change
	}
	made := make(chan piece, 1)
	errs := make([]error, runtime.GOMAXPROCS(0))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // what is made is soon dropped, all at once
	starts := make(chan int)
	go func() {
		defer close(starts)
		for first := 0; first < cases; first += chunk {
			select {
			case starts <- first:
			case <-ctx.Done():
				return
			}
		}
	}()
	var makers sync.WaitGroup
	for i := range errs {
		makers.Go(func() {
			for first := range starts {
				end := min(first+chunk, cases)
				changes, err := makeCases(ctx, first, end, cases)
				if err != nil {
					errs[i] = err
					cancel()
					return
				}
				made <- piece{end - first, changes}
			}
		})
	}
	go func() {
		makers.Wait()
		close(made)
	}()
	var committers sync.WaitGroup
	var mu sync.Mutex
	var failed error
	done := 0
	for range fillers {
		committers.Go(func() {
			for p := range made { // to the end, so that no maker is left waiting
				err := st.Commit(ctx, p.changes...)
				mu.Lock()
				if done += p.cases; err == nil {
					progress(done)
				} else if failed == nil {
					failed = err
					cancel()
				}
				mu.Unlock()
			}
		})
	}
	committers.Wait()
	if err := errors.Join(errors.Join(errs...), failed, ctx.Err()); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	return nil
}

// fillers is how many connections put cases into a store at once.
const fillers = 3

// makeCases makes the cases of these numbers, of so many in all, and returns the
// changes that put them into a store.
func makeCases(ctx context.Context, first, end, all int) ([]store.Change, error) {
	mem := memory.New()
	service, err := proposal.New(mem, workflow.WithNow(listDay))
	if err != nil {
		return nil, err
	}
	every := max(all/rareCases, 1)
	for n := first; n < end; n++ {
		if err := makeCase(ctx, service, n, n%every == every/2, n/every%2 == 0); err != nil {
			return nil, fmt.Errorf("case %d: %w", n, err)
		}
	}
	var changes []store.Change
	for _, kind := range []string{proposal.Kind, proposal.Kind + ".claim"} {
		for after := (store.Place{}); ; {
			records, err := mem.Find(ctx, store.Query{Kind: kind, After: after, Max: chunk})
			if err != nil {
				return nil, err
			}
			for _, r := range records {
				lines, err := mem.History(ctx, kind, r.ID, 0, 0)
				if err != nil {
					return nil, err
				}
				after, r.Revision = store.Place{ID: r.ID}, 0
				changes = append(changes, store.Change{Record: r, Entries: lines})
			}
			if len(records) < chunk {
				break
			}
		}
	}
	return changes, nil
}

// makeCase makes one case. One of five is being handled, the others have been
// submitted; a rare one has all that the lists ask for, and is either overdue or
// due within a week.
func makeCase(ctx context.Context, service *proposal.Service, n int, rare, late bool) error {
	in, who, unit, called := "body-"+strconv.Itoa(n%100), "m-"+strconv.Itoa(n%1000), "unit-"+strconv.Itoa(n%100), title(strconv.Itoa(n))
	began := listDay().AddDate(0, -1, 0)
	if rare {
		in, who, unit, called = rareBody, rareMember, rareUnit, rareTitle+strconv.Itoa(n)
		began = listDay().AddDate(0, -3, 3) // a reply is due in three months
		if late {
			began = listDay().AddDate(0, -4, 0)
		}
	}
	at := workflow.Happened(began)
	as := func(id, role, unit string) proposal.Actor {
		return proposal.Actor{ID: id, Body: in, Unit: unit, Roles: []string{role}}
	}
	member, committee := as(who, "member", ""), as("c-01", "committee", "")
	p, err := service.Open(ctx, member, proposal.Draft{
		Title: called, Text: proposal.Text{Background: wholeWay(n)[0].Text}, Category: category, Session: session,
	}, at)
	if err != nil {
		return err
	}
	id := p.ID
	do := func(by proposal.Actor, action proposal.Action) {
		if err == nil {
			_, err = service.Do(ctx, by, id, action, at)
		}
	}
	do(member, proposal.Submit{})
	if rare || n%5 == 0 {
		do(committee, proposal.File{Number: strconv.Itoa(n + 1)})
		if rare {
			do(committee, proposal.MarkKey{Leader: "主席"})
		}
		do(as("o-01", "office", ""), proposal.Assign{Lead: unit})
		do(as(unit+"-clerk", "", unit), proposal.Accept{})
	}
	return err
}
