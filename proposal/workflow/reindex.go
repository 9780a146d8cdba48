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
	edited, err := e.misindexed(ctx)
	if err != nil {
		return err
	}
	for r, err := range store.AllRecords(ctx, e.store.Find, store.Query{Kind: e.vocabulary.Kind}) {
		if err != nil {
			return errors.Join(append(unread, fmt.Errorf("workflow: reindex: %w", err))...)
		}
		has, edited := edited[r.ID]
		changed, err := e.reindex(ctx, r, has, edited)
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

// misindexed returns the cases that a store's own index has otherwise than their
// records say, with what it has of each.
func (e *Engine[C, R]) misindexed(ctx context.Context) (map[string][]store.Attr, error) {
	indexed, ok := store.As[store.Indexed](e.store)
	if !ok {
		return nil, nil
	}
	return indexed.Misindexed(ctx, e.vocabulary.Kind) //nolint:wrapcheck // the store says where
}

// reindex writes the attributes of a record anew if they differ, or if the store's own
// index was edited and has others of it. Whoever wrote it in the meantime has written
// them too.
func (e *Engine[C, R]) reindex(ctx context.Context, r store.Record, has []store.Attr, edited bool) (bool, error) {
	c, err := e.openKnown(r)
	if err != nil {
		return false, err
	}
	if _, err := e.machineOf(c.Head()); err != nil { // what it is found by hangs on the definition
		return false, err
	}
	index := e.attributes(c)
	if !edited && slices.Equal(index, store.SortIndex(r.Index)) {
		return false, nil
	}
	was := r.Index
	if edited { // the record says what the index has: then the store knows what to change
		r.Index = has
		if err := e.store.Commit(ctx, store.Change{Record: r, Was: was}); err != nil {
			return true, reindexed(r.ID, err)
		}
		was = has
		r.Revision++
	}
	r.Index = index
	return true, reindexed(r.ID, e.store.Commit(ctx, store.Change{Record: r, Was: was}))
}

// reindexed is what a commit of attributes came to: a conflict is none.
func reindexed(id string, err error) error {
	if err == nil || errors.Is(err, store.ErrConflict) {
		return nil
	}
	return fmt.Errorf("workflow: reindex of %s: %w", id, err)
}
