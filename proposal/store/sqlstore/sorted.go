package sqlstore

import (
	"context"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// findSorted answers a query of which few records answer the condition at drive,
// in the order of an attribute. The attributes of those few are read and sorted
// here: the index has the values of an attribute, and not those of a record. Only
// the records of the page are then read whole.
func (s *Store) findSorted(ctx context.Context, ask query, q store.Query, drive int) ([]store.Record, error) {
	places, err := s.places(ctx, ask, q, drive)
	if err != nil {
		return nil, s.fail(ctx, "find", err)
	}
	limit := store.Limit(q.Max)
	var found []store.Record
	for len(found) < limit && len(places) > 0 {
		n := min(limit-len(found), len(places))
		page := places[:n]
		places = places[n:]
		records, err := s.records(ctx, ask, q.Kind, page)
		if err != nil {
			return nil, s.fail(ctx, "find", err)
		}
		for _, at := range page { // a record that has moved since is met there by whoever asks again
			if r, ok := records[at.ID]; ok && q.Matches(r) && q.PlaceOf(r) == at {
				found = append(found, r)
			}
		}
	}
	return found, nil
}

// places returns where the records that answer the query stand, in order and
// behind q.After.
func (s *Store) places(ctx context.Context, ask query, q store.Query, drive int) ([]store.Place, error) {
	f := finder{dialect: s.dialect, tables: s.tables}
	m := q.Where[drive]
	f.write("SELECT r.id, r.attrs FROM (SELECT DISTINCT a.id FROM " + s.tables.Attrs + " a WHERE a.kind = ").param(q.Kind)
	f.write(" AND a.name = ").param(m.Attr)
	f.compare("a", m)
	f.write(") f CROSS JOIN " + s.tables.Records + " r WHERE r.kind = ").param(q.Kind)
	f.write(" AND r.id = f.id")
	f.conditions("r", q, drive)
	rows, err := ask(ctx, f.text.String(), f.args...)
	if err != nil {
		return nil, err
	}
	var places []store.Place
	columns := func(r *store.Record, attrs *string) []any { return []any{&r.ID, attrs} }
	err = scanRecords(rows, q.Kind, columns, func(r store.Record) {
		if at := q.PlaceOf(r); q.Matches(r) && (q.After == store.Place{} || q.Compare(at, q.After) > 0) {
			places = append(places, at)
		}
	})
	slices.SortFunc(places, q.Compare)
	return places, err
}

// records returns the records at some places by their IDs.
func (s *Store) records(ctx context.Context, ask query, kind string, at []store.Place) (map[string]store.Record, error) {
	f := finder{dialect: s.dialect, tables: s.tables}
	f.write("SELECT " + recordRow + " FROM " + s.tables.Records + " r WHERE r.kind = ").param(kind)
	f.write(" AND r.id IN (")
	for i, p := range at {
		f.between(i, ", ").param(p.ID)
	}
	f.write(")")
	rows, err := ask(ctx, f.text.String(), f.args...)
	if err != nil {
		return nil, err
	}
	records := make(map[string]store.Record, len(at))
	columns := func(r *store.Record, attrs *string) []any { return []any{&r.ID, &r.Revision, attrs, &r.Data} }
	err = scanRecords(rows, kind, columns, func(r store.Record) { records[r.ID] = r })
	return records, err
}
