package storebench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/tian-go/tian/proposal/store"
)

// Raw is the floor under a store of package sqlstore: the rows of [Act] written
// to its tables by hand, with prepared statements on one connection. Nothing is
// asked first and nothing is checked that a store must check.
type Raw struct {
	DB *sql.DB // as durable as the store's; holds cases put there by [Fill]

	// Statements, with their parameters in the order named.
	Update string // of a record by kind and id: revision, seq, attrs, body, kind, id
	Delete string // of an attribute: kind, name, value, id
	Insert string // of an attribute: kind, name, value, id
	Entry  string // of the journal: kind, id, seq, command, body, hash
	Arrive string // of an arrival: kind, id, seq; "": entries get their positions as they are written
}

// writer is a Raw that is prepared.
type writer struct {
	db                                   *sql.DB
	update, remove, add, journal, arrive *sql.Stmt
}

func (r Raw) prepare(b *testing.B) *writer {
	b.Helper()
	r.DB.SetMaxOpenConns(1)
	w := &writer{db: r.DB}
	for text, stmt := range map[string]**sql.Stmt{
		r.Update: &w.update, r.Delete: &w.remove, r.Insert: &w.add, r.Entry: &w.journal, r.Arrive: &w.arrive,
	} {
		if text == "" {
			continue
		}
		var err error
		if *stmt, err = r.DB.PrepareContext(context.Background(), text); err != nil { //nolint:sqlclosecheck // ends with its pool
			b.Fatalf("%v: %s", err, text)
		}
	}
	return w
}

func (w *writer) write(ctx context.Context, changes []store.Change) error {
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for i := range changes {
		if err := w.change(ctx, tx, changes[i]); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

func (w *writer) change(ctx context.Context, tx *sql.Tx, c store.Change) (err error) {
	exec := func(stmt *sql.Stmt, args ...any) {
		if err == nil {
			err = execOne(ctx, tx, stmt, args...)
		}
	}
	r, e, now := c.Record, c.Entries[0], state(c.Record.Revision)
	attrs := `[["category","economy"],["session","14-3"],["state","` + now + `"],["title","关于促进小店经济的提案"],["unit","商务厅"]]`
	exec(w.update, r.Revision+1, e.Seq, attrs, r.Data, r.Kind, r.ID)
	exec(w.remove, r.Kind, "state", state(r.Revision-1), r.ID)
	exec(w.add, r.Kind, "state", now, r.ID)
	exec(w.journal, r.Kind, r.ID, e.Seq, e.Command, e.Data, e.Hash)
	if w.arrive != nil {
		exec(w.arrive, r.Kind, r.ID, e.Seq)
	}
	return err
}

// execOne fails when not exactly one row is written: a floor that writes less
// than the store is none.
func execOne(ctx context.Context, tx *sql.Tx, stmt *sql.Stmt, args ...any) error {
	result, err := tx.StmtContext(ctx, stmt).ExecContext(ctx, args...) //nolint:sqlclosecheck // ends with its transaction
	if err != nil {
		return err
	}
	if rows, err := result.RowsAffected(); err != nil || rows != 1 {
		return errors.Join(err, fmt.Errorf("%d rows were written by hand, not 1, with %v", rows, args[:2]))
	}
	return nil
}
