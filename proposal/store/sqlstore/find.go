package sqlstore

import (
	"strings"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/store"
)

// find writes a query as SQL. A condition that asks for one value drives: its
// index lists the records in order of their IDs, so that a page costs what it
// shows, and the other conditions are looked up for each record met. Without
// such a condition the others are answered from their indexes first.
func find(d Dialect, t Tables, q store.Query) (text string, args []any) {
	f := finder{dialect: d, tables: t}
	driver := -1
	for i, m := range q.Where {
		if m.Op == store.Is && len(m.Values) == 1 {
			driver = i
			break
		}
	}
	const columns = "SELECT r.id, r.revision, r.attrs, r.body FROM "
	order := "r.id"
	if driver >= 0 {
		m := q.Where[driver]
		f.write(columns + t.Attrs + " d JOIN " + t.Records + " r ON r.kind = d.kind AND r.id = d.id")
		f.write(" WHERE d.kind = ").param(q.Kind)
		f.write(" AND d.name = ").param(m.Attr)
		f.write(" AND d.value = ").param(m.Values[0])
		f.write(" AND d.id > ").param(q.After)
		order = "d.id"
	} else {
		f.write(columns + t.Records + " r WHERE r.kind = ").param(q.Kind)
		f.write(" AND r.id > ").param(q.After)
	}
	for i, m := range q.Where {
		switch {
		case i == driver:
		case driver >= 0:
			f.write(" AND EXISTS (SELECT 1 FROM " + t.Attrs + " a WHERE a.kind = d.kind AND a.id = d.id AND a.name = ").param(m.Attr)
			f.compare(m)
			f.write(")")
		default:
			f.write(" AND r.id IN (SELECT a.id FROM " + t.Attrs + " a WHERE a.kind = ").param(q.Kind)
			f.write(" AND a.name = ").param(m.Attr)
			f.compare(m)
			f.write(" AND a.id > ").param(q.After)
			f.write(")")
		}
	}
	f.write(" ORDER BY " + order + " LIMIT ").param(store.Limit(q.Max))
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

func (f *finder) param(arg any) {
	f.args = append(f.args, arg)
	f.text.WriteString(f.dialect.Param(len(f.args)))
}

// compare adds a match's condition on a.value. A prefix is a range, which the
// index answers; that holds because values compare byte by byte.
func (f *finder) compare(m store.Match) {
	switch m.Op {
	case store.Is:
		f.write(" AND a.value IN (")
		for i, v := range m.Values {
			if i > 0 {
				f.write(", ")
			}
			f.param(v)
		}
		f.write(")")
	case store.AtLeast:
		f.write(" AND a.value >= ").param(m.Values[0])
	case store.Below:
		f.write(" AND a.value < ").param(m.Values[0])
	case store.Prefix:
		f.write(" AND a.value >= ").param(m.Values[0])
		if end := afterPrefix(m.Values[0]); end != "" {
			f.write(" AND a.value < ").param(end)
		}
	case store.Contains:
		f.args = append(f.args, m.Values[0])
		f.write(" AND " + f.dialect.Contains("a.value", f.dialect.Param(len(f.args))))
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
