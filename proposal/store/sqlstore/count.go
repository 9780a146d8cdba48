package sqlstore

import (
	"context"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// Count implements [store.Counter]. It reads the index only, unless two conditions
// are ranges or texts: then it reads the records.
func (s *Store) Count(ctx context.Context, q store.Query, by string) (map[string]int64, error) {
	return s.count(ctx, s.query, q, by)
}

func (s *Store) count(ctx context.Context, ask query, q store.Query, by string) (map[string]int64, error) {
	q.Order, q.After, q.Desc = by, store.Place{}, false
	if err := store.CheckQuery(q); err != nil {
		return nil, err
	}
	drive, err := s.fewest(ctx, ask, q)
	if err != nil {
		return nil, s.fail(ctx, "count", err)
	}
	drive, ok := countBy(q, drive)
	if !ok {
		find := func(ctx context.Context, q store.Query) ([]store.Record, error) { return s.find(ctx, ask, q) }
		return store.CountFound(ctx, find, q, by, nil)
	}
	text, args := counting(s.dialect, s.tables, q, drive)
	rows, err := ask(ctx, text, args...)
	if err != nil {
		return nil, s.fail(ctx, "count", err)
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	counts := make(map[string]int64)
	for rows.Next() {
		var value []byte
		var n int64
		if err := rows.Scan(&value, &n); err != nil {
			return nil, s.fail(ctx, "count", err)
		}
		counts[string(value)] = n
	}
	if err := rows.Err(); err != nil {
		return nil, s.fail(ctx, "count", err)
	}
	return counts, nil
}

// countBy returns the place of the condition whose index is counted, or none for
// that of the order or of all records; false when the index is not enough.
func countBy(q store.Query, few int) (drive int, ok bool) {
	drive = few
	for i, m := range q.Where {
		switch {
		case i == few, m.Attr != "" && m.Attr == q.Order, looksUp(m):
		case drive != none || len(m.Any) > 0 || q.Order != "":
			return none, false
		default:
			drive = i
		}
	}
	if drive == none && q.Order == "" {
		drive = slices.IndexFunc(q.Where, func(m store.Match) bool { return m.Op == store.Is && len(m.Values) == 1 })
	}
	return drive, true
}

// counting writes the count of a query as SQL: for each value of the attribute
// that would order, or all in one.
func counting(d Dialect, t Tables, q store.Query, drive int) (text string, args []any) {
	f := finder{dialect: d, tables: t}
	switch {
	case q.Order != "":
		f.write("SELECT o.value, count(*) FROM ")
		if drive != none {
			f.among(q, drive)
			f.write(" f CROSS JOIN ")
		}
		f.write(t.Attrs + " o WHERE o.kind = ").param(q.Kind)
		f.write(" AND o.name = ").param(q.Order)
		if drive != none {
			f.write(" AND o.id = f.id")
		}
		f.answering("o", q)
		f.conditions("o", q, drive)
		f.write(" GROUP BY o.value")
	case drive != none:
		f.write("SELECT '', count(*) FROM ")
		f.among(q, drive)
		f.write(" f WHERE 1 = 1")
		f.conditions("f", q, drive)
	default:
		f.write("SELECT '', count(*) FROM " + t.Records + " r WHERE r.kind = ").param(q.Kind)
		f.conditions("r", q, drive)
	}
	return f.text.String(), f.args
}

// among adds the kind and ID of the records that answer a condition, each once.
func (f *finder) among(q store.Query, drive int) {
	m := q.Where[drive]
	distinct := "DISTINCT "
	if m.Op == store.Is && len(m.Values) == 1 {
		distinct = ""
	}
	f.write("(SELECT " + distinct + "a.kind, a.id FROM " + f.tables.Attrs + " a WHERE a.kind = ").param(q.Kind)
	f.write(" AND a.name = ").param(m.Attr)
	f.compare("a", m)
	f.write(")")
}
