package workflow

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// Reindex gives every case the attributes and lists that the engine gives it
// today, as after a list was added or somebody has edited them in the database.
// It may run while others write, and be broken off and begun again. progress, if
// not nil, is called after each case with how many have been looked at and how
// many of them were not as they should be. A record that cannot be read, or that this
// program would not do justice, since it lacks the definition or some field, is left,
// and named by the error at the end.
func (e *Engine[C, R]) Reindex(ctx context.Context, progress func(cases, mended int)) error {
	var unread []error
	cases, mended := 0, 0
	for r, err := range store.AllRecords(ctx, e.store.Find, store.Query{Kind: e.vocabulary.Kind}) {
		if err != nil {
			return errors.Join(append(unread, fmt.Errorf("workflow: reindex: %w", err))...)
		}
		changed, err := e.reindex(ctx, r)
		switch {
		case errors.Is(err, ErrUnreadable), errors.Is(err, ErrBroken), errors.Is(err, ErrNewer), errors.Is(err, ErrDefinition):
			unread = append(unread, err)
		case err != nil:
			return errors.Join(append(unread, err)...)
		case changed:
			mended++
		}
		if cases++; progress != nil {
			progress(cases, mended)
		}
	}
	return errors.Join(unread...)
}

// reindex writes the attributes of a record anew if they differ. Whoever wrote it
// in the meantime has written them too.
func (e *Engine[C, R]) reindex(ctx context.Context, r store.Record) (bool, error) {
	c, err := e.openKnown(r)
	if err != nil {
		return false, err
	}
	if _, err := e.machineOf(c.Head()); err != nil { // what it is found by hangs on the definition
		return false, err
	}
	index := e.attributes(c)
	if slices.Equal(index, store.SortIndex(r.Index)) {
		return false, nil
	}
	was := r.Index
	r.Index = index
	err = e.store.Commit(ctx, store.Change{Record: r, Was: was})
	switch {
	case errors.Is(err, store.ErrConflict):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("workflow: reindex of %s: %w", r.ID, err)
	}
	return true, nil
}
