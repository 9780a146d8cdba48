package storetest

import (
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/tian-go/tian/proposal/store"
)

func raceRules() []rule {
	return []rule{
		{
			name: "of many writers that replace one revision exactly one succeeds",
			mend: "compare and swap in one statement, or lock the row before reading it; deadlocks and serialization failures are tried again, not returned",
			test: func(c *checker) {
				stores := c.handles()
				for round := range uint64(scale(6)) {
					c.oneWins(stores, round, func(w int) store.Change {
						ch := change("a", round)
						ch.Entries[0].Command = fmt.Sprintf("round %d writer %d", round, w)
						return ch
					})
				}
			},
		},
		{
			name: "of many writers that create one record exactly one succeeds",
			mend: "the key of the records decides; map its violation to ErrExists",
			test: func(c *checker) {
				stores := c.handles()
				for round := range scale(6) {
					c.oneWins(stores, 0, func(w int) store.Change {
						ch := change(fmt.Sprintf("r%d", round), 0)
						ch.Entries[0].Command = fmt.Sprintf("writer %d", w)
						return ch
					})
				}
			},
		},
		{
			name: "of many writers with one command at most one succeeds",
			mend: "the unique key over kind, id and command",
			test: func(c *checker) {
				stores := c.handles()
				c.commit(change("a", 0))
				c.oneWins(stores, 1, func(int) store.Change { return change("a", 1) })
			},
		},
		{
			name: "no update is lost",
			mend: "the revision is compared at the moment of writing, not when the transaction begins",
			test: counter,
		},
		{
			name: "commits that cross do not lock each other out",
			mend: "lock the records of a commit in one order, whatever order they come in; try again after a deadlock",
			test: crossing,
		},
	}
}

// scale is the size of a rule about volume.
func scale(n int) int {
	if short() {
		return max(n/3, 1)
	}
	return n
}

// handles returns the store, and the same data opened beside it if possible.
func (c *checker) handles() []store.Store {
	stores := []store.Store{c.Store}
	if c.can.Beside != nil {
		stores = append(stores, c.can.Beside(c.t, c.Store))
	}
	return stores
}

// oneWins lets 16 writers commit at once.
func (c *checker) oneWins(stores []store.Store, revision uint64, attempt func(writer int) store.Change) {
	const writers = 16
	errs := parallel(writers, func(w int) error {
		return stores[w%len(stores)].Commit(c.ctx, attempt(w))
	})
	won := 0
	var winner store.Change
	for w, err := range errs {
		switch {
		case err == nil:
			won, winner = won+1, attempt(w)
		case !errors.Is(err, store.ErrConflict) && !errors.Is(err, store.ErrDuplicate):
			c.fail("a writer that came too late should get ErrConflict, it got: %v", err)
		}
	}
	if won != 1 {
		c.fail("of %d writers over revision %d, %d succeeded", writers, revision, won)
	}
	c.sameRecord(c.load("case", winner.Record.ID), winner.Record)
	h, err := c.History(c.ctx, "case", winner.Record.ID, revision, 0)
	c.ok(err, "history")
	c.sameEntries("case", winner.Record.ID, h, winner.Entries)
}

// parallel runs f n times at once and returns what each said.
func parallel(n int, f func(i int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			errs[i] = f(i)
		}()
	}
	close(start)
	wg.Wait()
	return errs
}

// counter: eight writers add to one record until each has added its part.
func counter(c *checker) {
	const writers = 8
	each := scale(15)
	stores := c.handles()
	first := change("n", 0)
	first.Record.Data = []byte("0")
	c.commit(first)
	for w, err := range parallel(writers, func(w int) error {
		s := stores[w%len(stores)]
		for done := 0; done < each; {
			r, _, err := s.Load(c.ctx, "case", "n")
			if err != nil {
				return err
			}
			n, err := strconv.Atoi(string(r.Data))
			if err != nil {
				return err
			}
			ch := change("n", r.Revision)
			ch.Record.Data = []byte(strconv.Itoa(n + 1))
			ch.Entries[0].Command = fmt.Sprintf("%d-%d", w, done)
			switch err := s.Commit(c.ctx, ch); {
			case err == nil:
				done++
			case !errors.Is(err, store.ErrConflict):
				return err
			}
		}
		return nil
	}) {
		c.ok(err, "writer %d", w)
	}
	want := uint64(writers*each) + 1
	r := c.load("case", "n")
	if r.Revision != want {
		c.fail("%d commits succeeded and the revision is %d", want, r.Revision)
	}
	if string(r.Data) != strconv.Itoa(writers*each) {
		c.fail("%d writers added one each to 0, and it is %s", writers*each, r.Data)
	}
	if h := c.history("case", "n"); uint64(len(h)) != want {
		c.fail("%d commits succeeded and the journal has %d entries", want, len(h))
	}
}

// crossing: commits over the same records in opposite orders.
func crossing(c *checker) {
	ids := []string{"a", "b", "c", "d"}
	for _, id := range ids {
		c.commit(change(id, 0))
	}
	stores := c.handles()
	each := scale(15)
	const writers = 6
	for w, err := range parallel(writers, func(w int) error {
		s := stores[w%len(stores)]
		for done := 0; done < each; {
			var changes []store.Change
			for i := range ids {
				id := ids[i]
				if w%2 == 1 {
					id = ids[len(ids)-1-i]
				}
				r, _, err := s.Load(c.ctx, "case", id)
				if err != nil {
					return err
				}
				ch := change(id, r.Revision, attr("writer", fmt.Sprint(w)))
				ch.Entries[0].Command = fmt.Sprintf("%d-%d", w, done)
				changes = append(changes, ch)
			}
			switch err := s.Commit(c.ctx, changes...); {
			case err == nil:
				done++
			case !errors.Is(err, store.ErrConflict):
				return err
			}
		}
		return nil
	}) {
		c.ok(err, "writer %d", w)
	}
	for _, id := range ids {
		if r := c.load("case", id); r.Revision != uint64(writers*each)+1 {
			c.fail("%d commits changed %q, its revision is %d", writers*each+1, id, r.Revision)
		}
	}
}
