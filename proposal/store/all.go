package store

import (
	"context"
	"iter"
)

// AllRecords returns every record that answers q, whatever its Max, in its order
// and page by page. find is the Find of a store, or stands for one. An error comes
// last, with the zero Record.
func AllRecords(ctx context.Context, find func(context.Context, Query) ([]Record, error), q Query) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for q.Max = DefaultLimit; ; {
			page, err := find(ctx, q)
			if err != nil {
				yield(Record{}, err)
				return
			}
			for _, r := range page {
				q.After = q.PlaceOf(r)
				if !yield(r, nil) {
					return
				}
			}
			if len(page) < DefaultLimit {
				return
			}
		}
	}
}

// AllLines returns every entry of a feed after a position, page by page, up to
// what is its end when it comes there. feed is the Feed of a store. An error comes
// last, with the zero Line.
func AllLines(ctx context.Context, feed func(context.Context, uint64, int) ([]Line, error), after uint64) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		for {
			page, err := feed(ctx, after, DefaultLimit)
			if err != nil {
				yield(Line{}, err)
				return
			}
			for _, l := range page {
				after = l.Position
				if !yield(l, nil) {
					return
				}
			}
			if len(page) < DefaultLimit {
				return
			}
		}
	}
}

// CountFound counts what find finds, as [Counter] does, by reading the records.
// counts says which of them are counted; nil: all.
func CountFound(ctx context.Context, find func(context.Context, Query) ([]Record, error), q Query, by string, counts func(Record) bool) (map[string]int64, error) {
	q.Order, q.After, q.Desc = by, Place{}, false
	counted := make(map[string]int64)
	if by == "" {
		counted[""] = 0
	}
	for r, err := range AllRecords(ctx, find, q) {
		switch {
		case err != nil:
			return nil, err
		case counts != nil && !counts(r):
		case by == "":
			counted[""]++
		default:
			for _, a := range q.Answering(r) {
				counted[a.Value]++
			}
		}
	}
	return counted, nil
}
