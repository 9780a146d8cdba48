package sqlstore

import "strings"

// statements holds the texts of one store.
type statements struct {
	dialect Dialect

	load, history, feed string // reading
	command             string // whether a command is in a record's journal

	locked                 manyRows // revision, seq and attributes of records, to be changed
	update                 string   // one record
	replaceAt              string   // one record, if it is at its revision and its journal at its seq
	insertRecord, replace  manyRows
	insertEntry            manyRows
	replaceEntry           string // the content of one line
	insertArrival          manyRows
	insertAttr, deleteAttr manyRows
}

// manyRows is a statement over a number of rows of parameters.
type manyRows struct {
	before, row, between, after string
	most                        int // rows; 0: as many as the dialect says
}

const (
	recordRow = "r.id, r.revision, r.attrs, r.body"
	entryRow  = "e.kind, e.id, e.seq, e.command, e.body, e.hash"
)

// mostArrivals is how many entries one statement puts down as arrivals: all of a
// commit, so that they stand together in the feed.
const mostArrivals = 5000

func newStatements(d Dialect, t Tables) statements {
	s := statements{
		dialect: d,
		load: fillParams(d, "SELECT "+recordRow+", e.seq, e.command, e.body, e.hash FROM "+t.Records+" r "+lastEntry(d, t)+
			" WHERE r.kind = ? AND r.id = ?"),
		history: fillParams(d, "SELECT 0, "+entryRow+" FROM "+t.Entries+
			" e WHERE e.kind = ? AND e.id = ? AND e.seq > ? ORDER BY e.seq LIMIT ?"),
		feed: fillParams(d, "SELECT f.position, "+entryRow+" FROM "+t.Feed+" f JOIN "+t.Entries+
			" e ON e.kind = f.kind AND e.id = f.id AND e.seq = f.seq WHERE f.position > ? ORDER BY f.position LIMIT ?"),
		command: fillParams(d, "SELECT count(*) FROM "+t.Entries+" WHERE kind = ? AND id = ? AND command = ?"),
		update: fillParams(d, "UPDATE "+t.Records+" SET revision = ?, seq = ?, attrs = ?, body = ?"+
			" WHERE kind = ? AND id = ?"),
		replaceAt: fillParams(d, "UPDATE "+t.Records+" SET revision = ?, seq = CASE WHEN ? > 0 THEN ? ELSE seq END, attrs = ?, body = ?"+
			" WHERE kind = ? AND id = ? AND revision = ? AND (? < 0 OR seq = ?)"),
		replaceEntry: fillParams(d, "UPDATE "+t.Entries+" SET body = ? WHERE kind = ? AND id = ? AND seq = ?"),
		locked: manyRows{
			before: "SELECT kind, id, revision, seq, attrs FROM " + t.Records + " WHERE ",
			row:    "(kind = ? AND id = ?)", between: " OR ", after: " ORDER BY kind, id " + d.Locking(),
		},
		insertRecord: manyRows{
			before: "INSERT INTO " + t.Records + " (kind, id, revision, seq, attrs, body) VALUES ",
			row:    "(?, ?, ?, ?, ?, ?)", between: ", ",
		},
		insertEntry: manyRows{
			before: "INSERT INTO " + t.Entries + " (kind, id, seq, command, body, hash) VALUES ",
			row:    "(?, ?, ?, ?, ?, ?)", between: ", ",
		},
		insertArrival: manyRows{
			before: "INSERT INTO " + t.Arrivals + " (kind, id, seq) VALUES ",
			row:    "(?, ?, ?)", between: ", ", most: mostArrivals,
		},
		insertAttr: manyRows{
			before: "INSERT INTO " + t.Attrs + " (kind, name, value, id) VALUES ",
			row:    "(?, ?, ?, ?)", between: ", ", after: d.IgnoreTaken(),
		},
		deleteAttr: manyRows{
			before: "DELETE FROM " + t.Attrs + " WHERE ",
			row:    "(kind = ? AND name = ? AND value = ? AND id = ?)", between: " OR ",
		},
	}
	if d.Alone() {
		s.feed = fillParams(d, "SELECT e.position, "+entryRow+" FROM "+t.Entries+
			" e WHERE e.position > ? ORDER BY e.position LIMIT ?")
	}
	s.replace = s.insertRecord
	s.replace.after = " " + d.Replace()
	return s
}

// lastEntry joins the last entry e of a record r.
func lastEntry(d Dialect, t Tables) string {
	const entry = " e ON e.kind = r.kind AND e.id = r.id AND e.seq = "
	if p, ok := d.(PlainJoiner); ok && p.PlainJoins() {
		return "LEFT JOIN (SELECT l.kind, l.id, max(l.seq) AS seq FROM " + t.Entries + " l GROUP BY l.kind, l.id) m" +
			" ON m.kind = r.kind AND m.id = r.id LEFT JOIN " + t.Entries + entry + "m.seq"
	}
	return "LEFT JOIN " + t.Entries + entry + "(SELECT max(l.seq) FROM " + t.Entries + " l WHERE l.kind = r.kind AND l.id = r.id)"
}

func (s statements) reading() []string { return []string{s.load, s.history, s.feed} }

func (s statements) writing() []string {
	shapes := []manyRows{s.locked, s.insertRecord, s.insertEntry, s.insertAttr, s.deleteAttr}
	texts := make([]string, 2, 2+len(shapes))
	texts[0], texts[1] = s.update, s.replaceAt
	for _, m := range shapes {
		texts = append(texts, m.text(s.dialect, 1))
	}
	return texts
}

// rows returns how many rows one statement takes at the most.
func (m manyRows) rows(d Dialect) int {
	if m.most > 0 {
		return m.most
	}
	return d.Rows()
}

// text returns the statement for n rows.
func (m manyRows) text(d Dialect, n int) string {
	return fillParams(d, m.before+strings.Repeat(m.row+m.between, n-1)+m.row+m.after)
}

// fillParams replaces each ? by the dialect's parameter.
func fillParams(d Dialect, text string) string {
	if d.Param(1) == "?" {
		return text
	}
	var b strings.Builder
	n := 0
	for _, r := range text {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString(d.Param(n))
	}
	return b.String()
}
