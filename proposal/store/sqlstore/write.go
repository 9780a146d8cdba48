package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// row is what a commit finds in the place of a record.
type row struct {
	revision uint64 // 0: no record
	seq      int64
	attrs    string
}

// errOther says that a record was not as expected.
var errOther = errors.New("a record is at another revision")

// writeAll does the work of a commit inside a transaction, in an order that all
// writers keep: the records, their index, then the entries. A few records that
// come with what their attributes were are written at once, and the database says
// whether they were as expected; otherwise they are locked and read first.
func (s *Store) writeAll(ctx context.Context, in Conn, writes []Write) error {
	t := transaction{Store: s, in: in}
	if len(writes) <= direct && !slices.ContainsFunc(writes, func(w Write) bool { return w.Record.Revision > 0 && w.Was == nil }) {
		if err := t.writeDirectly(ctx, writes); err != nil {
			return err
		}
		return t.writeJournals(ctx, writes)
	}
	rows, err := t.lock(ctx, writes)
	if err != nil {
		return err
	}
	for i, w := range writes {
		if err := w.mismatch(rows[i].revision, rows[i].seq); err != nil {
			return err
		}
	}
	if err := t.writeRecords(ctx, writes, rows); err != nil {
		return err
	}
	for i := range writes {
		if rows[i].revision == 0 || rows[i].attrs == writes[i].Attrs {
			continue
		}
		if writes[i].was, err = decodeAttrs(rows[i].attrs); err != nil {
			return err
		}
	}
	if err := t.writeAttrs(ctx, writes); err != nil {
		return err
	}
	return t.writeJournals(ctx, writes)
}

// direct is how many records are written one by one.
const direct = 4

// writeDirectly writes records and their index without reading them.
func (t transaction) writeDirectly(ctx context.Context, writes []Write) error {
	for _, w := range writes {
		r := &w.Record
		body := notNil(r.Data)
		if r.Revision == 0 {
			if err := store.CheckSeq(*w.Change, 0); err != nil {
				return err
			}
			if err := t.execRows(ctx, t.sql.insertRecord, 6, []any{r.Kind, r.ID, int64(1), max(w.Next(), 0), w.Attrs, body}); err != nil {
				return err
			}
			continue
		}
		n, err := t.in.Exec(ctx, t.sql.replaceAt, number(r.Revision)+1, w.Next(), w.Next(), w.Attrs, body,
			r.Kind, r.ID, number(r.Revision), w.Last(), w.Last())
		if err != nil {
			return err
		}
		if n != 1 {
			return errOther
		}
	}
	return t.writeAttrs(ctx, writes)
}

type transaction struct {
	*Store
	in Conn
}

// lock reads the rows of the records to write, each at its write's place.
func (t transaction) lock(ctx context.Context, writes []Write) ([]row, error) {
	found := make([]row, len(writes))
	places := make(map[[2]string]int, len(writes))
	for i, w := range writes {
		places[[2]string{w.Record.Kind, w.Record.ID}] = i
	}
	for part := range slices.Chunk(writes, t.dialect.Rows()) {
		args := make([]any, 0, 2*len(part))
		for _, w := range part {
			args = append(args, w.Record.Kind, w.Record.ID)
		}
		rows, err := t.in.Query(ctx, t.sql.locked.text(t.dialect, len(part)), args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var kind, id string
			var r row
			if err := rows.Scan(&kind, &id, &r.revision, &r.seq, &r.attrs); err != nil {
				_ = rows.Close() // err says more
				return nil, err
			}
			if at, ours := places[[2]string{kind, id}]; ours {
				found[at] = r
			}
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (t transaction) writeRecords(ctx context.Context, writes []Write, rows []row) error {
	var create, replace []any
	for i, w := range writes {
		r := &w.Record
		seq := max(rows[i].seq, w.Next())
		body := notNil(r.Data)
		switch {
		case r.Revision == 0:
			create = append(create, r.Kind, r.ID, int64(1), seq, w.Attrs, body)
		case t.dialect.Replace() != "":
			replace = append(replace, r.Kind, r.ID, number(r.Revision)+1, seq, w.Attrs, body)
		default:
			if _, err := t.in.Exec(ctx, t.sql.update, number(r.Revision)+1, seq, w.Attrs, body, r.Kind, r.ID); err != nil {
				return err
			}
		}
	}
	if err := t.execRows(ctx, t.sql.replace, 6, replace); err != nil {
		return err
	}
	return t.execRows(ctx, t.sql.insertRecord, 6, create)
}

// writeAttrs writes the rows of the index that differ from those there.
func (t transaction) writeAttrs(ctx context.Context, writes []Write) error {
	var gone, come []indexRow
	for _, w := range writes {
		less, more := w.Differs()
		for _, a := range less {
			gone = append(gone, indexRow{w.Record.Kind, w.Record.ID, a})
		}
		for _, a := range more {
			come = append(come, indexRow{w.Record.Kind, w.Record.ID, a})
		}
	}
	if err := t.execRows(ctx, t.sql.deleteAttr, 4, inOrder(gone)); err != nil {
		return err
	}
	return t.execRows(ctx, t.sql.insertAttr, 4, inOrder(come))
}

// indexRow is a row of the index.
type indexRow struct {
	kind, id string
	store.Attr
}

// inOrder returns rows as the columns of a statement, in the order of the index:
// those of many records lie close together there, and are written page by page.
func inOrder(rows []indexRow) []any {
	slices.SortFunc(rows, func(a, b indexRow) int {
		return cmp.Or(strings.Compare(a.kind, b.kind), store.CompareAttrs(a.Attr, b.Attr), strings.Compare(a.id, b.id))
	})
	args := make([]any, 0, 4*len(rows))
	for _, r := range rows {
		args = append(args, r.kind, r.Name, r.Value, r.id)
	}
	return args
}

// writeJournals replaces the lines that are to be replaced, and writes the new
// ones.
func (t transaction) writeJournals(ctx context.Context, writes []Write) error {
	for _, w := range writes {
		for _, l := range w.Replaced {
			if _, err := t.in.Exec(ctx, t.sql.replaceEntry, notNil(l.Data), w.Record.Kind, w.Record.ID, number(l.Seq)); err != nil {
				return err
			}
		}
	}
	return t.writeEntries(ctx, writes)
}

func (t transaction) writeEntries(ctx context.Context, writes []Write) error {
	entries := Entries(writes)
	rows, arrivals := make([]any, 0, 6*len(entries)), make([]any, 0, 3*len(entries))
	for _, e := range entries {
		rows = append(rows, e.Kind, e.ID, number(e.Seq), sql.NullString{String: e.Command, Valid: e.Command != ""}, notNil(e.Data), e.Hash)
		arrivals = append(arrivals, e.Kind, e.ID, number(e.Seq))
	}
	if err := t.execRows(ctx, t.sql.insertEntry, 6, rows); err != nil || t.dialect.Alone() {
		return err
	}
	return t.execRows(ctx, t.sql.insertArrival, 3, arrivals)
}

// notNil is a body as a column holds it that is NOT NULL.
func notNil(body []byte) []byte {
	if body == nil {
		return []byte{}
	}
	return body
}

// maxBytes is about what one statement carries at the most, unless a single
// row is larger: servers limit the size of a packet.
const maxBytes = 4 << 20

// execRows executes a statement over all rows, cols values each, in as many
// parts as needed.
func (t transaction) execRows(ctx context.Context, m manyRows, cols int, args []any) error {
	for len(args) > 0 {
		n, size := 0, 0
		for n < m.rows(t.dialect) && n*cols < len(args) {
			for _, arg := range args[n*cols : (n+1)*cols] {
				if b, ok := arg.([]byte); ok {
					size += len(b)
				}
			}
			if n > 0 && size > maxBytes {
				break
			}
			n++
		}
		if _, err := t.in.Exec(ctx, m.text(t.dialect, n), args[:n*cols]...); err != nil {
			return err
		}
		args = args[n*cols:]
	}
	return nil
}
