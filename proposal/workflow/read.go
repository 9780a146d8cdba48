package workflow

import (
	"context"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

// Get returns the case of that ID.
func (e *Engine[C, R]) Get(ctx context.Context, id string) (C, error) {
	r, err := e.loadRecord(ctx, id)
	if err != nil {
		var none C
		return none, err
	}
	return e.open(r)
}

func (e *Engine[C, R]) loadRecord(ctx context.Context, id string) (store.Record, error) {
	if err := checkID(id); err != nil {
		return store.Record{}, err
	}
	return e.store.Load(ctx, e.vocabulary.Kind, id) //nolint:wrapcheck // the store names the record
}

func checkID(id string) error {
	if id == "" {
		return Invalid("id", "empty", "编号为空", "the ID of a case is not empty")
	}
	return checkWord("id", id, store.MaxKey)
}

// Find returns the cases that answer the conditions, ordered by ID, at most
// limit (0: store.DefaultLimit) and only those after the given ID. A condition
// may compare with any number of values: the IDs of ten thousand bodies.
func (e *Engine[C, R]) Find(ctx context.Context, after string, limit int, where ...store.Match) ([]C, error) {
	records, err := e.find(ctx, store.Query{Kind: e.vocabulary.Kind, Where: where, After: after, Max: limit})
	if err != nil {
		return nil, fmt.Errorf("workflow: find: %w", err)
	}
	cases := make([]C, len(records))
	for i, r := range records {
		if cases[i], err = e.open(r); err != nil {
			return nil, err
		}
	}
	return cases, nil
}

// Each calls do with every case that answers the conditions, page by page,
// until do returns an error. A case that cannot be read, because its record is
// not one of this engine's or its definition is unknown, hides no other: do is
// called with all that can, and the error at the end names each that cannot.
func (e *Engine[C, R]) Each(ctx context.Context, do func(C) error, where ...store.Match) error {
	q := store.Query{Kind: e.vocabulary.Kind, Where: where, Max: store.DefaultLimit}
	for unread := []error(nil); ; {
		records, err := e.find(ctx, q)
		if err != nil {
			return errors.Join(append(unread, fmt.Errorf("workflow: find: %w", err))...)
		}
		for _, r := range records {
			c, err := e.open(r)
			if err != nil {
				unread = append(unread, err)
				continue
			}
			if err := do(c); err != nil {
				return err
			}
		}
		if len(records) < q.Max {
			return errors.Join(unread...)
		}
		q.After = records[len(records)-1].ID
	}
}

// History returns the whole history of a case; that of an unknown one is empty.
func (e *Engine[C, R]) History(ctx context.Context, id string) ([]Entry, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	stored, err := e.store.History(ctx, e.vocabulary.Kind, id, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("workflow: history of %s: %w", id, err)
	}
	entries := make([]Entry, len(stored))
	for i, s := range stored {
		if entries[i], err = DecodeEntry(s); err != nil {
			return nil, err
		}
	}
	return entries, nil
}
