package workflow

import (
	"context"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// find answers a query that compares with more values than a store takes at
// once: its longest list is asked piece by piece, and the answers are merged.
func (e *Engine[C, R]) find(ctx context.Context, q store.Query) ([]store.Record, error) {
	q = e.spell(q)
	longest, values := -1, 0
	for i, m := range q.Where {
		values += len(m.Values)
		if m.Op == store.Is && (longest < 0 || len(m.Values) > len(q.Where[longest].Values)) {
			longest = i
		}
	}
	if values <= store.MaxValues || longest < 0 {
		return e.store.Find(ctx, q) //nolint:wrapcheck // the caller says what was asked
	}
	list := q.Where[longest].Values
	room := store.MaxValues - (values - len(list))
	if room < 1 {
		return e.store.Find(ctx, q) //nolint:wrapcheck // the store says that it is too much
	}
	var found []store.Record
	for piece := range slices.Chunk(list, room) {
		part := q
		part.Where = slices.Clone(q.Where)
		part.Where[longest].Values = piece
		records, err := e.store.Find(ctx, part)
		if err != nil {
			return nil, err //nolint:wrapcheck // the caller says what was asked
		}
		found = append(found, records...)
	}
	slices.SortFunc(found, func(a, b store.Record) int { return q.Compare(q.PlaceOf(a), q.PlaceOf(b)) })
	found = slices.CompactFunc(found, func(a, b store.Record) bool { return a.ID == b.ID })
	return found[:min(len(found), store.Limit(q.Max))], nil
}

// spell spells the values of the conditions as the index spells those of a case.
func (e *Engine[C, R]) spell(q store.Query) store.Query {
	asks := e.vocabulary.Asks
	if asks == nil {
		return q
	}
	q.Where = slices.Clone(q.Where)
	for i, m := range q.Where {
		if len(m.Any) == 0 {
			q.Where[i] = asks(m)
			continue
		}
		either := slices.Clone(m.Any)
		for j, one := range either {
			either[j] = asks(one)
		}
		q.Where[i].Any = either
	}
	return q
}
