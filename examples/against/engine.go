package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
)

// handWritten is the way that the others are held against.
const handWritten = "hand-written"

// connections is how many each way may have to a server: one for each writer.
const connections = 8

// engine is a database with the ways to keep proposals on it, each with tables of
// its own.
type engine struct {
	name     string
	settings []setting // that decide when a commit is on the disk
	ways     []*way
	places   []string                    // the folder, schemas or databases that were made
	remove   func(context.Context) error // removes them
}

// setting is a setting of a database, as it says itself.
type setting struct{ Name, Value string }

// way is a rival at its place on an engine.
type way struct {
	name   string
	rival  rival
	room   *room        // that its tables take; nil: none
	empty  int64        // bytes before the first case
	opened atomic.Int64 // cases
}

// room measures what tables take on a disk.
type room struct {
	compact func(context.Context) error          // gives back what is not used
	analyse func(context.Context) error          // counts anew what statements are planned by; nil: it is not counted
	size    func(context.Context) (int64, error) // bytes of all tables and indexes
}

// add opens a rival on the engine.
func (e *engine) add(ctx context.Context, name string, r *room, open func() (rival, error)) error {
	opened, err := open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w := &way{name: name, rival: opened, room: r}
	e.ways = append(e.ways, w)
	if r == nil {
		return nil
	}
	// Not compacted: PostgreSQL would note that the tables are empty, and plan for
	// empty ones until it analyses them.
	if w.empty, err = r.size(ctx); err != nil {
		return fmt.Errorf("%s: size: %w", name, err)
	}
	return nil
}

// close ends the rivals and removes what they have kept, also when ctx is over.
func (e *engine) close(ctx context.Context) error {
	var err error
	for _, w := range e.ways {
		err = errors.Join(err, w.rival.close())
	}
	if e.remove != nil {
		err = errors.Join(err, e.remove(context.WithoutCancel(ctx)))
	}
	return err
}

// bytesPerCase returns what one case takes on the disk, tables and indexes,
// compacted; 0 where nothing is on a disk.
func (w *way) bytesPerCase(ctx context.Context) (int64, error) {
	if w.room == nil || w.opened.Load() == 0 {
		return 0, nil
	}
	if err := w.room.compact(ctx); err != nil {
		return 0, fmt.Errorf("%s: compact: %w", w.name, err)
	}
	now, err := w.room.size(ctx)
	if err != nil {
		return 0, fmt.Errorf("%s: size: %w", w.name, err)
	}
	return (now - w.empty) / w.opened.Load(), nil
}
