package memory

import (
	"context"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// move takes a record from where its attributes had it to where they have it
// now. Both are sorted.
func (k *kind) move(h *held, id string, before, now []store.Attr) {
	for len(before) > 0 || len(now) > 0 {
		switch order := ahead(before, now); {
		case order == 0:
			before, now = before[1:], now[1:]
		case order < 0:
			k.attrs[before[0].Name].remove(store.Place{Value: before[0].Value, ID: id})
			before = before[1:]
		default:
			k.put(now[0], item{store.Place{Value: now[0].Value, ID: id}, h})
			now = now[1:]
		}
	}
}

// ahead compares the first of two lists; an empty list comes after.
func ahead(a, b []store.Attr) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return store.CompareAttrs(a[0], b[0])
}

// put puts a record where an attribute has it.
func (k *kind) put(a store.Attr, x item) {
	if k.attrs[a.Name] == nil {
		k.attrs[a.Name] = new(list)
	}
	k.attrs[a.Name].put(x)
}

// Find implements [store.Store].
func (s *Store) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if err := store.CheckQuery(q); err != nil {
		return nil, err
	}
	unlock, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	var found []store.Record
	limit := store.Limit(q.Max)
	s.each(q, func(h *held) bool {
		found = append(found, h.record)
		return len(found) < limit
	})
	unlock()
	for i := range found {
		found[i] = cloneRecord(found[i])
	}
	return found, nil
}

// Count implements [store.Counter].
func (s *Store) Count(ctx context.Context, q store.Query, by string) (map[string]int64, error) {
	q.Order, q.After, q.Desc = by, store.Place{}, false
	if err := store.CheckQuery(q); err != nil {
		return nil, err
	}
	unlock, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	counts := make(map[string]int64)
	if by == "" {
		counts[""] = 0
	}
	s.each(q, func(h *held) bool {
		if by == "" {
			counts[""]++
		}
		for _, a := range q.Answering(h.record) {
			counts[a.Value]++
		}
		return true
	})
	return counts, nil
}

// each calls f with the records that answer q, in its order, until f says stop.
func (s *Store) each(q store.Query, f func(*held) bool) {
	k, ok := s.kinds[q.Kind]
	if !ok {
		return
	}
	if some, ok := k.few(q); ok {
		first(q, some, f)
		return
	}
	q = q.ByIndex()
	l := &k.ids
	if q.Order != "" {
		l = k.attrs[q.Order]
	}
	low, high := bounds(q)
	meet := func(x item) bool {
		switch {
		case x.at.Value < low, high != "" && x.at.Value >= high:
			return false
		case x.at == q.After, !q.Matches(x.held.record), q.PlaceOf(x.held.record) != x.at:
			return true
		}
		return f(x.held)
	}
	begin := q.After
	switch {
	case q.Desc && (begin == (store.Place{}) || high != "" && begin.Value >= high):
		l.descend(store.Place{Value: high}, meet)
	case q.Desc:
		l.descend(begin, meet)
	case begin.Value < low:
		l.ascend(store.Place{Value: low}, meet)
	default:
		l.ascend(begin, meet)
	}
}

// bounds returns the first value that the conditions on the order's attribute
// let through, and the first that they no longer do; "" when there is none.
func bounds(q store.Query) (low, high string) {
	for _, m := range q.Where {
		if m.Attr == "" || m.Attr != q.Order {
			continue
		}
		v := m.Values[0]
		if m.Op == store.AtLeast || m.Op == store.Prefix || m.Op == store.Is && len(m.Values) == 1 {
			low = max(low, v)
		}
		if m.Op == store.Is && len(m.Values) == 1 {
			v += "\x00"
		}
		if (m.Op == store.Below || m.Op == store.Is && len(m.Values) == 1) && v != "" && (high == "" || v < high) {
			high = v
		}
	}
	return low, high
}

// first calls f with those of some records that answer q, in its order, until f
// says stop.
func first(q store.Query, some []item, f func(*held) bool) {
	var found []item
	for _, x := range some {
		if !q.Matches(x.held.record) {
			continue
		}
		if x.at = q.PlaceOf(x.held.record); q.After == (store.Place{}) || q.Compare(x.at, q.After) > 0 {
			found = append(found, x)
		}
	}
	slices.SortFunc(found, func(a, b item) int { return q.Compare(a.at, b.at) })
	for i, x := range found {
		if i > 0 && x.at == found[i-1].at {
			continue // met under several values
		}
		if !f(x.held) {
			return
		}
	}
}

// most is how many records of a condition are taken and sorted rather than met
// in order.
const most = 1000

// few returns the records that answer the condition which the fewest answer, if
// they are few.
func (k *kind) few(q store.Query) (best []item, ok bool) {
	for _, m := range q.Where {
		if len(m.Any) > 0 || m.Op == store.Contains {
			continue
		}
		limit := most
		if ok {
			limit = len(best)
		}
		if some, all := k.answering(m, limit); all {
			best, ok = some, true
		}
	}
	return best, ok
}

// answering returns the records that answer a condition, and whether these are
// all: it goes no further than limit.
func (k *kind) answering(m store.Match, limit int) (some []item, all bool) {
	froms := m.Values
	if m.Op == store.Below {
		froms = []string{""}
	}
	all = true
	for _, from := range froms {
		k.attrs[m.Attr].ascend(store.Place{Value: from}, func(x item) bool {
			switch {
			case m.Op == store.Is && x.at.Value != from, m.Op != store.Is && !m.Holds([]store.Attr{{Name: m.Attr, Value: x.at.Value}}):
				return false
			case len(some) >= limit:
				all = false
				return false
			}
			some = append(some, x)
			return true
		})
		if !all {
			return nil, false
		}
	}
	return some, true
}
