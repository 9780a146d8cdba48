package sqlstore

import (
	"context"
	"database/sql"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// row is what a commit finds in the place of a record.
type row struct {
	revision uint64 // 0: no record
	seq      int64
	attrs    string
}

// writeAll does the work of a commit inside tx, in an order that all writers
// keep: lock the records, write them and their index, then number the entries.
func (s *Store) writeAll(ctx context.Context, tx *sql.Tx, writes []Write) error {
	t := transaction{Store: s, Tx: tx}
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
	if err := t.writeAttrs(ctx, writes, rows); err != nil {
		return err
	}
	return t.writeEntries(ctx, writes)
}

type transaction struct {
	*Store
	*sql.Tx
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
		rows, err := t.query(ctx, t.sql.locked.text(t.dialect, len(part)), args...)
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
		body := r.Data
		if body == nil {
			body = []byte{}
		}
		switch {
		case r.Revision == 0:
			create = append(create, r.Kind, r.ID, int64(1), seq, w.Attrs, body)
		case t.dialect.Replace() != "":
			replace = append(replace, r.Kind, r.ID, number(r.Revision)+1, seq, w.Attrs, body)
		default:
			if err := t.exec(ctx, t.sql.update, number(r.Revision)+1, seq, w.Attrs, body, r.Kind, r.ID); err != nil {
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
func (t transaction) writeAttrs(ctx context.Context, writes []Write, rows []row) error {
	var gone, come []any
	for i, w := range writes {
		var have []store.Attr
		if rows[i].revision > 0 {
			if rows[i].attrs == w.Attrs {
				continue
			}
			var err error
			if have, err = decodeAttrs(rows[i].attrs); err != nil {
				return err
			}
		}
		less, more := diffAttrs(have, w.index)
		for _, a := range less {
			gone = append(gone, w.Record.Kind, a.Name, a.Value, w.Record.ID)
		}
		for _, a := range more {
			come = append(come, w.Record.Kind, a.Name, a.Value, w.Record.ID)
		}
	}
	if err := t.execRows(ctx, t.sql.deleteAttr, 4, gone); err != nil {
		return err
	}
	return t.execRows(ctx, t.sql.insertAttr, 4, come)
}

func (t transaction) writeEntries(ctx context.Context, writes []Write) error {
	total := 0
	for _, w := range writes {
		total += len(w.Entries)
	}
	if total == 0 {
		return nil
	}
	last, err := t.dialect.Advance(ctx, t.Tx, t.tables, total)
	if err != nil {
		return err
	}
	first := last - int64(total) + 1
	args := make([]any, 0, 7*total)
	for i, e := range Entries(writes) {
		position := sql.NullInt64{Int64: first + int64(i), Valid: last > 0}
		body := e.Data
		if body == nil {
			body = []byte{}
		}
		args = append(args, position, e.Kind, e.ID, number(e.Seq),
			sql.NullString{String: e.Command, Valid: e.Command != ""}, body, e.Hash)
	}
	return t.execRows(ctx, t.sql.insertEntry, 7, args)
}

// maxBytes is about what one statement carries at the most, unless a single
// row is larger: servers limit the size of a packet.
const maxBytes = 4 << 20

// execRows executes a statement over all rows, cols values each, in as many
// parts as needed.
func (t transaction) execRows(ctx context.Context, m manyRows, cols int, args []any) error {
	for len(args) > 0 {
		n, size := 0, 0
		for n < t.dialect.Rows() && n*cols < len(args) {
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
		if err := t.exec(ctx, m.text(t.dialect, n), args[:n*cols]...); err != nil {
			return err
		}
		args = args[n*cols:]
	}
	return nil
}

func (t transaction) exec(ctx context.Context, text string, args ...any) error {
	if stmt := t.prepared[text]; stmt != nil {
		_, err := t.StmtContext(ctx, stmt).ExecContext(ctx, args...)
		return err
	}
	_, err := t.ExecContext(ctx, text, args...)
	return err
}

func (t transaction) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if stmt := t.prepared[text]; stmt != nil {
		return t.StmtContext(ctx, stmt).QueryContext(ctx, args...)
	}
	return t.QueryContext(ctx, text, args...)
}
