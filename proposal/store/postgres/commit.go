package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// pipelined is the Dialect of a store whose commits are one round trip: a batch
// of prepared statements that are sent together, and that are one transaction.
type pipelined struct {
	Dialect
	create, replace, gone, come, written, arrived string
}

func newPipelined(t sqlstore.Tables) pipelined {
	p := pipelined{
		create: `INSERT INTO {records} (kind, id, revision, seq, attrs, body) VALUES ($1, $2, 1, $3, $4, $5)`,

		// A record that is not as expected ends the transaction: 1/0.
		replace: `WITH replaced AS (
			UPDATE {records} SET revision = $3 + 1, seq = greatest(seq, $5), attrs = $6, body = $7
			WHERE kind = $1 AND id = $2 AND revision = $3 AND ($4 < 0 OR seq = $4) RETURNING 1
		) SELECT 1 / count(*) FROM replaced`,

		gone: `DELETE FROM {attrs} a USING unnest($3::text[], $4::text[]) AS w (name, value)
			WHERE a.kind = $1 AND a.name = w.name AND a.value = w.value AND a.id = $2`,
		come: `INSERT INTO {attrs} (kind, name, value, id)
			SELECT $1, w.name, w.value, $2 FROM unnest($3::text[], $4::text[]) AS w (name, value) ON CONFLICT DO NOTHING`,

		written: `INSERT INTO {entries} (kind, id, seq, command, body, hash) VALUES ($1, $2, $3, $4, $5, $6)`,
		arrived: `INSERT INTO {arrivals} (kind, id, seq) VALUES ($1, $2, $3)`,
	}
	names := strings.NewReplacer("{records}", t.Records, "{attrs}", t.Attrs, "{entries}", t.Entries, "{arrivals}", t.Arrivals)
	for _, text := range []*string{&p.create, &p.replace, &p.gone, &p.come, &p.written, &p.arrived} {
		*text = names.Replace(*text)
	}
	return p
}

// CommitWrites implements [sqlstore.Committer]. The store has seen to it that every
// write knows what its record's attributes were.
func (p pipelined) CommitWrites(ctx context.Context, db *sql.DB, _ sqlstore.Tables, writes []sqlstore.Write) (ok bool, err error) {
	for _, w := range writes {
		if w.Record.Revision == 0 && w.Last() > 0 {
			return false, nil // there is no journal to go on with
		}
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer func() { _ = conn.Close() }() // only gives the connection back
	err = conn.Raw(func(driver any) error {
		c, ours := driver.(*stdlib.Conn)
		if !ours {
			return fmt.Errorf("the pool's driver is not pgx but %T", driver)
		}
		// Without a BEGIN a batch is one transaction.
		return c.Conn().SendBatch(ctx, p.batch(writes)).Close()
	})
	if unexpected(err) {
		return false, nil
	}
	return err == nil, err
}

// batch returns the statements of a commit, records first: these are what other
// commits wait for, in one order.
func (p pipelined) batch(writes []sqlstore.Write) *pgx.Batch {
	b := new(pgx.Batch)
	for _, w := range writes {
		r := &w.Record
		if r.Revision == 0 {
			b.Queue(p.create, r.Kind, r.ID, max(w.Next(), 0), w.Attrs, notNil(r.Data))
		} else {
			b.Queue(p.replace, r.Kind, r.ID, int64(r.Revision), w.Last(), w.Next(), w.Attrs, notNil(r.Data)) //nolint:gosec // checked before
		}
	}
	for _, w := range writes {
		gone, come := w.Differs()
		if names, values := columns(gone); len(gone) > 0 {
			b.Queue(p.gone, w.Record.Kind, w.Record.ID, names, values)
		}
		if names, values := columns(come); len(come) > 0 {
			b.Queue(p.come, w.Record.Kind, w.Record.ID, names, values)
		}
	}
	for _, e := range sqlstore.Entries(writes) {
		command := sql.NullString{String: e.Command, Valid: e.Command != ""}
		b.Queue(p.written, e.Kind, e.ID, int64(e.Seq), command, notNil(e.Data), e.Hash) //nolint:gosec // checked before
		b.Queue(p.arrived, e.Kind, e.ID, int64(e.Seq))                                  //nolint:gosec // checked before
	}
	return b
}

func columns(attrs []store.Attr) (names, values []string) {
	names, values = make([]string, len(attrs)), make([]string, len(attrs))
	for i, a := range attrs {
		names[i], values[i] = a.Name, a.Value
	}
	return names, values
}

// unexpected reports whether an error is that of a record which was not as
// expected.
func unexpected(err error) bool { return state(err) == "22012" } // division_by_zero

func notNil(body []byte) []byte {
	if body == nil {
		return []byte{}
	}
	return body
}
