package sqlstore

import (
	"context"
	"hash/fnv"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// Misindexed implements [store.Indexed]. It reads the index of the kind once and the
// attributes in its records' own rows once, and both again where they differ.
func (s *Store) Misindexed(ctx context.Context, kind string) (map[string][]store.Attr, error) {
	if err := store.CheckKey(kind, "id"); err != nil {
		return nil, err
	}
	sums := make(map[string]uint64)
	if err := s.eachAttr(ctx, kind, func(id string, a store.Attr) { sums[id] += sumOf(a) }); err != nil {
		return nil, err
	}
	suspects := make(map[string]string) // the attributes in the record's row, "" where there is none
	err := s.eachIndex(ctx, kind, func(id, text string) error {
		index, err := decodeAttrs(text)
		sum := sums[id]
		for _, a := range index {
			sum -= sumOf(a)
		}
		if delete(sums, id); sum != 0 {
			suspects[id] = text
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for id := range sums {
		suspects[id] = ""
	}
	return s.misindexed(ctx, kind, suspects)
}

// misindexed looks at suspects again: a record that was written between the two reads
// has only moved.
func (s *Store) misindexed(ctx context.Context, kind string, suspects map[string]string) (map[string][]store.Attr, error) {
	if len(suspects) == 0 {
		return nil, nil
	}
	now := func() (map[string]string, error) {
		texts := make(map[string]string, len(suspects))
		err := s.eachIndex(ctx, kind, func(id, text string) error {
			if _, is := suspects[id]; is {
				texts[id] = text
			}
			return nil
		})
		return texts, err
	}
	before, err := now()
	if err != nil {
		return nil, err
	}
	has := make(map[string][]store.Attr, len(suspects))
	if err := s.eachAttr(ctx, kind, func(id string, a store.Attr) {
		if _, is := suspects[id]; is {
			has[id] = append(has[id], a)
		}
	}); err != nil {
		return nil, err
	}
	after, err := now()
	if err != nil {
		return nil, err
	}
	found := make(map[string][]store.Attr)
	for id := range suspects {
		var want []store.Attr
		if text, there := before[id]; there {
			if want, err = decodeAttrs(text); err != nil {
				return nil, err
			}
		}
		if before[id] == after[id] && !slices.Equal(store.SortIndex(has[id]), store.SortIndex(want)) {
			found[id] = has[id]
		}
	}
	return found, nil
}

// sumOf is what an attribute adds to the sum of those of its record.
func sumOf(a store.Attr) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(a.Name + "\x00" + a.Value)) // it never fails
	return h.Sum64()
}

// eachAttr calls f with every row of the index of a kind.
func (s *Store) eachAttr(ctx context.Context, kind string, f func(id string, a store.Attr)) error {
	rows, err := s.query(ctx, fillParams(s.dialect, "SELECT id, name, value FROM "+s.tables.Attrs+" WHERE kind = ?"), kind)
	if err != nil {
		return s.fail(ctx, "index", err)
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	for rows.Next() {
		var id, name, value string
		if err := rows.Scan(&id, &name, &value); err != nil {
			return s.fail(ctx, "index", err)
		}
		f(id, store.Attr{Name: name, Value: value})
	}
	return s.failed(ctx, rows.Err())
}

// eachIndex calls f with the attributes in the row of every record of a kind.
func (s *Store) eachIndex(ctx context.Context, kind string, f func(id, text string) error) error {
	rows, err := s.query(ctx, fillParams(s.dialect, "SELECT id, attrs FROM "+s.tables.Records+" WHERE kind = ?"), kind)
	if err != nil {
		return s.fail(ctx, "index", err)
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	for rows.Next() {
		var id, text string
		if err := rows.Scan(&id, &text); err != nil {
			return s.fail(ctx, "index", err)
		}
		if err := f(id, text); err != nil {
			return s.fail(ctx, "index", err)
		}
	}
	return s.failed(ctx, rows.Err())
}

// failed is fail, and nil for nil.
func (s *Store) failed(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	return s.fail(ctx, "index", err)
}
