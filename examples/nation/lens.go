package main

import (
	"context"
	"errors"

	"github.com/tian-go/tian/proposal/store"
)

// lens is a store of which a sweep sees some proposals only. Each pair lives on
// days of its own: a sweep on one pair's day is not to touch another's clocks.
type lens struct {
	store.Store
	ids []string
}

// Find returns those of the proposals seen that answer the query, in one page
// and in no order.
func (l *lens) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	var found []store.Record
	for _, id := range l.ids {
		r, _, err := l.Load(ctx, q.Kind, id)
		switch {
		case errors.Is(err, store.ErrNotFound):
			continue
		case err != nil:
			return nil, err
		}
		if q.Matches(r) {
			found = append(found, r)
		}
	}
	return found, nil
}

// Unwrap returns the store behind, for [store.As].
func (l *lens) Unwrap() store.Store { return l.Store }
