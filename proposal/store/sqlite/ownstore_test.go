package sqlite_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// registry is a store on tables that a city's IT office has had for years:
// matter holds the cases, matter_label what clerks search by, matter_log what
// was done. This database has one writer at a time (SQLite, _txlock=immediate);
// on another, Commit locks the rows that it reads, in a fixed order, and takes
// the log's line numbers last, from a counter row that it locks.
type registry struct{ db *sql.DB }

func (s *registry) Load(ctx context.Context, kind, id string) (store.Record, store.Line, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return store.Record{}, store.Line{}, err
	}
	found, last, err := s.records(ctx, "m.number = ?2", kind, id)
	if err == nil && len(found) == 0 {
		err = &store.RecordError{Kind: kind, ID: id, Err: store.ErrNotFound}
	}
	return append(found, store.Record{})[0], append(last, store.Line{})[0], err
}

// Find reads every case of the kind; with a million, write the conditions as SQL.
func (s *registry) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if err := store.CheckQuery(q); err != nil {
		return nil, err
	}
	found, _, err := s.records(ctx, "true", q.Kind)
	found = slices.DeleteFunc(found, func(r store.Record) bool {
		return !q.Matches(r) || q.After != (store.Place{}) && q.Compare(q.PlaceOf(r), q.After) <= 0
	})
	slices.SortFunc(found, func(a, b store.Record) int { return q.Compare(q.PlaceOf(a), q.PlaceOf(b)) })
	return found[:min(len(found), store.Limit(q.Max))], err
}

func (s *registry) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	if err := store.CheckKey(kind, id); err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = -1 // SQLite's word for all
	}
	return s.entries(ctx, "sort = ?3 AND number = ?4 AND step > ?1 ORDER BY step LIMIT ?2", after, limit, kind, id)
}

func (s *registry) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	return s.entries(ctx, "line > ?1 ORDER BY line LIMIT ?2", after, store.Limit(limit))
}

func (s *registry) Commit(ctx context.Context, changes ...store.Change) error {
	if err := store.Check(changes...); err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	for _, c := range changes {
		if err == nil {
			err = write(ctx, tx, c)
		}
	}
	if err == nil {
		err = tx.Commit()
	} else if tx != nil {
		_ = tx.Rollback() // err says more
	}
	if err != nil && ctx.Err() != nil { // database/sql may speak of the transaction only
		return errors.Join(ctx.Err(), err)
	}
	return err
}

func write(ctx context.Context, tx *sql.Tx, c store.Change) error {
	r, version, last := c.Record, uint64(0), uint64(0)
	err := tx.QueryRowContext(ctx, `SELECT coalesce((SELECT version FROM matter WHERE sort = ?1 AND number = ?2), 0),
		coalesce((SELECT max(step) FROM matter_log WHERE sort = ?1 AND number = ?2), 0)`, r.Kind, r.ID).Scan(&version, &last)
	switch {
	case err != nil:
		return err
	case r.Revision == 0 && version > 0:
		return &store.RecordError{Kind: r.Kind, ID: r.ID, Err: store.ErrExists}
	case r.Revision != version:
		return &store.RecordError{Kind: r.Kind, ID: r.ID, Err: store.ErrConflict}
	}
	exec := func(text string, args ...any) (n int64) {
		var result sql.Result
		if err == nil {
			result, err = tx.ExecContext(ctx, text, append([]any{r.Kind, r.ID}, args...)...)
		}
		if err == nil {
			n, err = result.RowsAffected()
		}
		return n
	}
	exec("INSERT OR REPLACE INTO matter VALUES (?, ?, ?, ?)", version+1, append([]byte{}, r.Data...))
	exec("DELETE FROM matter_label WHERE sort = ? AND number = ?")
	for _, a := range r.Index {
		exec("INSERT OR IGNORE INTO matter_label VALUES (?, ?, ?, ?)", a.Name, a.Value)
	}
	for _, e := range c.Entries {
		if exec(`INSERT INTO matter_log (sort, number, step, act, text, seal) SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?4 = ''
			OR NOT EXISTS (SELECT 1 FROM matter_log WHERE sort = ?1 AND number = ?2 AND act = ?4)`,
			e.Seq, e.Command, append([]byte{}, e.Data...), e.Hash) == 0 && err == nil {
			return &store.RecordError{Kind: r.Kind, ID: r.ID, Command: e.Command, Err: store.ErrDuplicate}
		}
	}
	return errors.Join(err, store.CheckSeq(c, last))
}

// records reads records with the last line of the log of each: one statement,
// so that both are of one moment.
func (s *registry) records(ctx context.Context, where string, args ...any) (found []store.Record, last []store.Line, err error) {
	err = s.each(ctx, `SELECT m.sort, m.number, m.version, m.content, (SELECT json_group_array(json_object('Name', label, 'Value', value))
		FROM matter_label l WHERE l.sort = m.sort AND l.number = m.number), coalesce(g.sort, ''), coalesce(g.number, ''), coalesce(g.step, 0),
		coalesce(g.act, ''), g.text, coalesce(g.seal, '') FROM matter m LEFT JOIN matter_log g ON g.line = (SELECT max(line) FROM matter_log
		WHERE sort = m.sort AND number = m.number) WHERE m.sort = ?1 AND `+where, args, func(rows *sql.Rows) error {
		var r store.Record
		var e store.Line
		var labels []byte
		err := rows.Scan(&r.Kind, &r.ID, &r.Revision, &r.Data, &labels, &e.Kind, &e.ID, &e.Seq, &e.Command, &e.Data, &e.Hash)
		found, last = append(found, r), append(last, e)
		return errors.Join(err, json.Unmarshal(labels, &found[len(found)-1].Index))
	})
	return found, last, err
}

func (s *registry) entries(ctx context.Context, where string, after uint64, args ...any) (found []store.Line, err error) {
	args = append([]any{int64(min(after, store.MaxNumber))}, args...)
	err = s.each(ctx, "SELECT line, sort, number, step, act, text, seal FROM matter_log WHERE "+where, args, func(rows *sql.Rows) error {
		var e store.Line
		err := rows.Scan(&e.Position, &e.Kind, &e.ID, &e.Seq, &e.Command, &e.Data, &e.Hash)
		found = append(found, e)
		return err
	})
	return found, err
}

func (s *registry) each(ctx context.Context, text string, args []any, read func(*sql.Rows) error) error {
	rows, err := s.db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // its error is in rows.Err
	for err == nil && rows.Next() {
		err = read(rows)
	}
	return errors.Join(err, rows.Err())
}
