package store_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
)

// Whoever comes second gets a conflict, loads what is there now, and decides anew.
func ExampleStore_Commit() {
	ctx := context.Background()
	s := memory.New()
	err := s.Commit(ctx, store.Change{
		Record:  store.Record{Kind: "case", ID: "a", Data: []byte(`{"state":"draft"}`)},
		Entries: []store.Line{{Seq: 1, Command: "open-7f3", Data: []byte(`{"action":"open"}`)}},
	})
	fmt.Println("created:", err)

	clerk, _, err := s.Load(ctx, "case", "a")
	fmt.Println("revision:", clerk.Revision, err)
	fmt.Println("first:", s.Commit(ctx, store.Change{Record: clerk}))
	err = s.Commit(ctx, store.Change{Record: clerk})
	fmt.Println("second:", err, errors.Is(err, store.ErrConflict))
	// Output:
	// created: <nil>
	// revision: 1 <nil>
	// first: <nil>
	// second: store: conflict: case a true
}

// A caller that did not hear the answer sends the same command again. One
// command is one effect.
func ExampleErrDuplicate() {
	ctx := context.Background()
	s := memory.New()
	submit := func() error {
		r, _, err := s.Load(ctx, "case", "a")
		if errors.Is(err, store.ErrNotFound) {
			r = store.Record{Kind: "case", ID: "a"}
		} else if err != nil {
			return err
		}
		return s.Commit(ctx, store.Change{Record: r, Entries: []store.Line{{Seq: r.Revision + 1, Command: "submit-1"}}})
	}
	fmt.Println(submit())
	err := submit()
	fmt.Println(err)
	var refused *store.RecordError
	fmt.Println(errors.As(err, &refused) && errors.Is(err, store.ErrDuplicate), refused.Command)
	// Output:
	// <nil>
	// store: duplicate command: case a, command submit-1
	// true submit-1
}

// Attributes beside a record are what it can be found by; a page begins after the
// place of the last record of the page before.
func ExampleStore_Find() {
	ctx := context.Background()
	s := memory.New()
	for i, due := range []string{"2024-03-01", "2024-09-30", "2024-06-30", "2024-05-31"} {
		err := s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: fmt.Sprint(i), Index: []store.Attr{
			{Name: "state", Value: "handling"}, {Name: "due", Value: due}, {Name: "unit", Value: "商务厅"},
		}}})
		if err != nil {
			fmt.Println(err)
		}
	}
	q := store.Query{Kind: "case", Max: 2, Order: "due", Where: []store.Match{
		{Attr: "state", Op: store.Is, Values: []string{"handling", "supervised"}},
		{Attr: "due", Op: store.Below, Values: []string{"2024-07-01"}},
		{Attr: "unit", Op: store.Contains, Values: []string{"商"}},
	}}
	for {
		page, err := s.Find(ctx, q)
		if err != nil || len(page) == 0 {
			fmt.Println("end", err)
			return
		}
		for _, r := range page {
			fmt.Println(r.ID, r.Index[0].Value)
		}
		q.After = q.PlaceOf(page[len(page)-1])
	}
	// Output:
	// 0 2024-03-01
	// 3 2024-05-31
	// 2 2024-06-30
	// end <nil>
}

// Effects outside a case hang on the feed: a reader goes on from the last
// position it has dealt with, and meets every entry once.
func ExampleStore_Feed() {
	ctx := context.Background()
	s := memory.New()
	for _, id := range []string{"b", "a"} {
		if err := s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: id}, Entries: []store.Line{{Seq: 1, Command: "open"}}}); err != nil {
			fmt.Println(err)
		}
	}
	position := uint64(0)
	for {
		entries, err := s.Feed(ctx, position, 1)
		if err != nil || len(entries) == 0 {
			fmt.Println("nothing new", err)
			return
		}
		for _, e := range entries {
			fmt.Println(e.Position, e.Kind, e.ID, e.Command)
			position = e.Position
		}
	}
	// Output:
	// 1 case b open
	// 2 case a open
	// nothing new <nil>
}
