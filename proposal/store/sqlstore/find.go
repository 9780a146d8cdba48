package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/store"
)

// A query is answered from the index in one of three ways, whichever looks at
// the fewest rows. Where some condition is answered by few records, they are
// taken from its index, whatever order the conditions stand in, and sorted by what
// their own rows say.
// Otherwise the records are met in the order asked for, by the attribute's index
// or by ID. Conditions that ask for values are looked up in the index by the
// record; ranges and texts are held against the attributes in the record's own
// row, and the next records are read until the page is full.
func (s *Store) find(ctx context.Context, ask query, q store.Query) ([]store.Record, error) {
	if err := store.CheckQuery(q); err != nil {
		return nil, err
	}
	drive, err := s.fewest(ctx, ask, q)
	if err != nil {
		return nil, s.fail(ctx, "find", err)
	}
	switch {
	case drive == none:
		q = q.ByIndex()
	case q.Order != "":
		return s.findSorted(ctx, ask, q, drive)
	}
	limit := store.Limit(q.Max)
	var found []store.Record
	for {
		text, args := page(s.dialect, s.tables, q, drive)
		rows, err := ask(ctx, text, args...)
		if err != nil {
			return nil, s.fail(ctx, "find", err)
		}
		met, last, answering, err := scanPage(rows, q)
		if err != nil {
			return nil, s.fail(ctx, "find", err)
		}
		found = append(found, answering...)
		if len(found) >= limit || met < limit {
			return found[:min(len(found), limit)], nil
		}
		q.After = last
	}
}

// scanPage reads a page and returns how many rows it has, the place of the last,
// and the records that answer the query and stand there.
func scanPage(rows Rows, q store.Query) (met int, last store.Place, answering []store.Record, err error) {
	var value []byte
	columns := func(r *store.Record, attrs *string) []any {
		return []any{&value, &r.ID, &r.Revision, attrs, &r.Data}
	}
	err = scanRecords(rows, q.Kind, columns, func(r store.Record) {
		met++
		last = store.Place{Value: string(value), ID: r.ID}
		if q.Matches(r) && q.PlaceOf(r) == last {
			answering = append(answering, r)
		}
	})
	return met, last, answering, err
}

// scanRecords calls do with the record of each row, and closes the rows. columns
// says what a row holds of it, and where its attributes stand.
func scanRecords(rows Rows, kind string, columns func(r *store.Record, attrs *string) []any, do func(store.Record)) error {
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	for rows.Next() {
		r := store.Record{Kind: kind}
		var attrs string
		if err := rows.Scan(columns(&r, &attrs)...); err != nil {
			return err
		}
		var err error
		if r.Index, err = decodeAttrs(attrs); err != nil {
			return fmt.Errorf("%s %s: %w", kind, r.ID, err)
		}
		do(r)
	}
	return rows.Err()
}

// few is how many records of a condition are fetched and sorted rather than met
// in order.
const few = 1000

// none: no condition is answered by few records.
const none = -1

// fewest returns the place of the condition that the fewest records answer, if
// they are few. It counts no further than few. Texts that contain another are
// counted only where nothing else is few: that reads the whole index of their
// attribute, which is still much less than the records are.
func (s *Store) fewest(ctx context.Context, ask query, q store.Query) (int, error) {
	var inOrder, texts []int
	for i, m := range q.Where {
		switch {
		case len(m.Any) > 0:
		case m.Op == store.Contains:
			texts = append(texts, i)
		default:
			inOrder = append(inOrder, i)
		}
	}
	best, err := s.fewestOf(ctx, ask, q, inOrder)
	if err != nil || best != none || len(texts) == 0 {
		return best, err
	}
	return s.fewestOf(ctx, ask, q, texts)
}

// fewestOf is fewest among the conditions at some places.
func (s *Store) fewestOf(ctx context.Context, ask query, q store.Query, candidates []int) (int, error) {
	switch {
	case len(candidates) == 0:
		return none, nil
	case len(candidates) == 1 && q.Order == q.Where[candidates[0]].Attr:
		return none, nil // the order's own index it is
	}
	f := finder{dialect: s.dialect, tables: s.tables}
	f.write("SELECT ")
	for i, at := range candidates {
		f.between(i, ", ")
		m := q.Where[at]
		f.write("(SELECT count(*) FROM (SELECT 1 AS one FROM " + f.tables.Attrs + " a WHERE a.kind = ").param(q.Kind)
		f.write(" AND a.name = ").param(m.Attr)
		f.compare("a", m)
		f.write(" LIMIT " + itoa(few+1) + ") f" + itoa(i) + ")")
	}
	rows, err := ask(ctx, f.text.String(), f.args...)
	if err != nil {
		return none, err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	counts := make([]int, len(candidates))
	into := make([]any, len(candidates))
	for i := range counts {
		into[i] = &counts[i]
	}
	if rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return none, err
		}
	}
	best, least := none, few
	for i, n := range counts {
		if n <= least {
			best, least = candidates[i], n
		}
	}
	if best != none && q.Where[best].Attr == q.Order {
		best = none // the order's own index is as short
	}
	return best, rows.Err()
}

// page writes a page of a query as SQL; drive is the place of the condition that
// few records answer, or none. With one, q asks for no order but that of IDs.
func page(d Dialect, t Tables, q store.Query, drive int) (text string, args []any) {
	f := finder{dialect: d, tables: t}
	value := "''"
	if q.Order != "" {
		value = "o.value"
	}
	f.write("SELECT " + value + ", " + recordRow + " FROM ")
	switch {
	case drive != none:
		m := q.Where[drive]
		f.write("(SELECT DISTINCT a.id FROM " + t.Attrs + " a WHERE a.kind = ").param(q.Kind)
		f.write(" AND a.name = ").param(m.Attr)
		f.compare("a", m)
		f.write(") f CROSS JOIN " + t.Records + " r WHERE r.kind = ").param(q.Kind)
		f.write(" AND r.id = f.id")
	case q.Order != "":
		f.write(t.Attrs + " o CROSS JOIN " + t.Records + " r WHERE r.kind = o.kind AND r.id = o.id")
	default:
		f.write(t.Records + " r WHERE r.kind = ").param(q.Kind)
	}
	if q.Order != "" {
		f.write(" AND o.kind = ").param(q.Kind)
		f.write(" AND o.name = ").param(q.Order)
		f.answering("o", q)
	}
	f.conditions("r", q, drive)
	f.after(q)
	f.order(q)
	f.write(" LIMIT " + itoa(store.Limit(q.Max)))
	return f.text.String(), f.args
}

type finder struct {
	dialect Dialect
	tables  Tables
	text    strings.Builder
	args    []any
}

func (f *finder) write(text string) *finder {
	f.text.WriteString(text)
	return f
}

// between writes a separator before all but the first.
func (f *finder) between(i int, separator string) *finder {
	if i > 0 {
		f.text.WriteString(separator)
	}
	return f
}

func (f *finder) param(arg any) *finder {
	f.args = append(f.args, arg)
	f.text.WriteString(f.dialect.Param(len(f.args)))
	return f
}

// conditions adds those that ask for values and that the driving condition and
// the order have not answered, each looked up for the record.
func (f *finder) conditions(record string, q store.Query, drive int) {
	for i, m := range q.Where {
		switch {
		case i == drive, m.Attr != "" && m.Attr == q.Order:
		case !looksUp(m):
		case len(m.Any) > 0:
			f.write(" AND (")
			for j, one := range m.Any {
				f.between(j, " OR ")
				f.exists(record, one)
			}
			f.write(")")
		default:
			f.write(" AND ")
			f.exists(record, m)
		}
	}
}

// looksUp reports whether a condition asks for values, which are looked up in the
// index by the record.
func looksUp(m store.Match) bool {
	if len(m.Any) > 0 {
		return !slices.ContainsFunc(m.Any, func(one store.Match) bool { return !looksUp(one) })
	}
	return m.Op == store.Is
}

// exists adds that the record has a value. It counts, where EXISTS would say it
// more plainly: a server may turn that into a join with all records that have the
// value, and read each of them to find the few that are asked about.
func (f *finder) exists(record string, m store.Match) {
	f.write("(SELECT count(*) FROM " + f.tables.Attrs + " a WHERE a.kind = " + record + ".kind AND a.id = " + record + ".id AND a.name = ").param(m.Attr)
	f.compare("a", m)
	f.write(") > 0")
}

// answering adds the conditions on the attribute that orders.
func (f *finder) answering(row string, q store.Query) {
	for _, m := range q.Where {
		if m.Attr == q.Order {
			f.compare(row, m)
		}
	}
}

// after adds that the place is behind that of the page before.
func (f *finder) after(q store.Query) {
	beyond := " > "
	if q.Desc {
		beyond = " < "
	}
	switch {
	case q.After == (store.Place{}):
	case q.Order == "":
		f.write(" AND r.id" + beyond).param(q.After.ID)
	case f.dialect.Tuples():
		f.write(" AND (o.value, o.id)" + beyond + "(").param(q.After.Value).write(", ").param(q.After.ID).write(")")
	default:
		f.write(" AND (o.value" + beyond).param(q.After.Value)
		f.write(" OR o.value = ").param(q.After.Value).write(" AND o.id" + beyond).param(q.After.ID).write(")")
	}
}

func (f *finder) order(q store.Query) {
	columns, desc := []string{"r.id"}, ""
	if q.Order != "" {
		columns = []string{"o.value", "o.id"}
	}
	if q.Desc {
		desc = " DESC"
	}
	f.write(" ORDER BY " + strings.Join(columns, desc+", ") + desc)
}

// compare adds a match's condition on the row's value. A prefix is a range, which the
// index answers; that holds because values compare byte by byte.
func (f *finder) compare(row string, m store.Match) {
	value := row + ".value"
	switch m.Op {
	case store.Is:
		if len(m.Values) == 1 {
			f.write(" AND " + value + " = ").param(m.Values[0])
			return
		}
		f.write(" AND " + value + " IN (")
		for i, v := range m.Values {
			f.between(i, ", ").param(v)
		}
		f.write(")")
	case store.AtLeast:
		f.write(" AND " + value + " >= ").param(m.Values[0])
	case store.Below:
		f.write(" AND " + value + " < ").param(m.Values[0])
	case store.Prefix:
		f.write(" AND " + value + " >= ").param(m.Values[0])
		if end := afterPrefix(m.Values[0]); end != "" {
			f.write(" AND " + value + " < ").param(end)
		}
	case store.Contains:
		f.args = append(f.args, m.Values[0])
		f.write(" AND " + f.dialect.Contains(value, f.dialect.Param(len(f.args))))
	}
}

// afterPrefix returns the least text greater than every text that begins with
// prefix, or "" when there is none. It goes by code points, whose order is the
// order of their bytes, because a half of one is no text to a database.
func afterPrefix(prefix string) string {
	for prefix != "" {
		last, size := utf8.DecodeLastRuneInString(prefix)
		prefix = prefix[:len(prefix)-size]
		switch last {
		case utf8.MaxRune:
			continue
		case 0xD7FF: // the surrogates that follow are no code points of UTF-8
			return prefix + "\uE000"
		}
		return prefix + string(last+1)
	}
	return ""
}
