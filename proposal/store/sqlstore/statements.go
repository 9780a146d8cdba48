package sqlstore

import "strings"

// statements holds the texts of one store.
type statements struct {
	dialect Dialect

	load, history, feed string // reading
	command             string // whether a command is in a record's journal

	locked                 manyRows // revision, seq and attributes of records, to be changed
	update                 string   // one record
	insertRecord, replace  manyRows
	insertEntry            manyRows
	insertAttr, deleteAttr manyRows
}

// manyRows is a statement over a number of rows of parameters.
type manyRows struct {
	before, row, between, after string
}

const (
	recordRow = "id, revision, attrs, body"
	entryRow  = "position, kind, id, seq, command, body, hash"
)

func newStatements(d Dialect, t Tables) statements {
	s := statements{
		dialect: d,
		load:    fillParams(d, "SELECT "+recordRow+" FROM "+t.Records+" WHERE kind = ? AND id = ?"),
		history: fillParams(d, "SELECT "+entryRow+" FROM "+t.Entries+
			" WHERE kind = ? AND id = ? AND seq > ? ORDER BY seq LIMIT ?"),
		feed: fillParams(d, "SELECT "+entryRow+" FROM "+t.Entries+
			" WHERE position > ? ORDER BY position LIMIT ?"),
		command: fillParams(d, "SELECT count(*) FROM "+t.Entries+" WHERE kind = ? AND id = ? AND command = ?"),
		update: fillParams(d, "UPDATE "+t.Records+" SET revision = ?, seq = ?, attrs = ?, body = ?"+
			" WHERE kind = ? AND id = ?"),
		locked: manyRows{
			before: "SELECT kind, id, revision, seq, attrs FROM " + t.Records + " WHERE ",
			row:    "(kind = ? AND id = ?)", between: " OR ", after: " ORDER BY kind, id " + d.Locking(),
		},
		insertRecord: manyRows{
			before: "INSERT INTO " + t.Records + " (kind, id, revision, seq, attrs, body) VALUES ",
			row:    "(?, ?, ?, ?, ?, ?)", between: ", ",
		},
		insertEntry: manyRows{
			before: "INSERT INTO " + t.Entries + " (" + entryRow + ") VALUES ",
			row:    "(?, ?, ?, ?, ?, ?, ?)", between: ", ",
		},
		insertAttr: manyRows{
			before: "INSERT INTO " + t.Attrs + " (kind, name, value, id) VALUES ",
			row:    "(?, ?, ?, ?)", between: ", ",
		},
		deleteAttr: manyRows{
			before: "DELETE FROM " + t.Attrs + " WHERE ",
			row:    "(kind = ? AND name = ? AND value = ? AND id = ?)", between: " OR ",
		},
	}
	s.replace = s.insertRecord
	s.replace.after = " " + d.Replace()
	return s
}

func (s statements) reading() []string { return []string{s.load, s.history, s.feed} }

func (s statements) writing() []string {
	shapes := []manyRows{s.locked, s.insertRecord, s.insertEntry, s.insertAttr, s.deleteAttr}
	texts := make([]string, 1, 1+len(shapes))
	texts[0] = s.update
	for _, m := range shapes {
		texts = append(texts, m.text(s.dialect, 1))
	}
	return texts
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
