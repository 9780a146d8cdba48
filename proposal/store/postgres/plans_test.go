package postgres_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/postgres"
)

// G6: just after a load, and before the server has counted anew what it plans
// statements by, it took a find of one among 10⁴ for a join of all with all. What
// a find reads is counted here by the server itself, in the find's own transaction.
func TestG6AFindOfFewReadsFewBeforeTheTablesAreAnalysed(t *testing.T) {
	const (
		kind  = "case"
		cases = 10_000
		much  = 2500 // each condition is counted up to a thousand, to find out which is answered by few
	)
	ctx := context.Background()
	admin, schema := newSchema(t)
	st, err := postgres.Open(ctx, dsn(t), postgres.WithSchema(schema), postgres.WithMigration())
	require.NoError(t, err)
	defer closeStore(t, st)
	for _, table := range []string{"records", "entries", "attrs"} {
		execute(t, admin, "ALTER TABLE "+schema+".tian_"+table+" SET (autovacuum_enabled = false)")
	}
	var changes []store.Change
	for n := range cases {
		id := fmt.Sprintf("%05d", n)
		changes = append(changes, store.Change{Record: store.Record{Kind: kind, ID: id, Index: []store.Attr{
			{Name: "body", Value: "city"}, {Name: "number", Value: id}, {Name: "state", Value: fmt.Sprint(n % 5)},
			{Name: "unit", Value: fmt.Sprintf("unit-%d", n/20)},
		}}})
	}
	for part := range 10 {
		require.NoError(t, st.Commit(ctx, changes[part*cases/10:(part+1)*cases/10]...))
	}
	conn, err := pgx.Connect(ctx, dsn(t))
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(ctx)) }()

	is := func(attr, value string) store.Match {
		return store.Match{Attr: attr, Op: store.Is, Values: []string{value}}
	}
	for name, q := range map[string]store.Query{
		"one of all":             {Where: []store.Match{is("number", "07777")}},
		"one, body first":        {Where: []store.Match{is("body", "city"), is("number", "07777")}},
		"one, body last":         {Where: []store.Match{is("number", "07777"), is("body", "city")}},
		"few, in an order":       {Where: []store.Match{is("body", "city"), is("unit", "unit-7")}, Order: "number"},
		"a range":                {Where: []store.Match{is("state", "3"), {Attr: "number", Op: store.Prefix, Values: []string{"0777"}}}},
		"a page in the order":    {Where: []store.Match{is("body", "city")}, Order: "number", Max: 20},
		"a page far behind":      {Where: []store.Match{is("body", "city")}, Order: "number", Max: 20, After: store.Place{Value: "08000", ID: "08000"}},
		"a page by ID, no order": {Where: []store.Match{is("body", "city")}, Max: 20, After: store.Place{ID: "08000"}},
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := conn.Begin(ctx)
			require.NoError(t, err)
			defer func() { require.NoError(t, tx.Rollback(ctx)) }()
			read := func() (n int) { // rows, and entries of indexes, by this connection so far
				require.NoError(t, tx.QueryRow(ctx, `SELECT sum(pg_stat_get_xact_tuples_returned(oid) + pg_stat_get_xact_tuples_fetched(oid))
					FROM pg_class WHERE relnamespace = $1::regnamespace`, schema).Scan(&n))
				return n
			}
			q.Kind = kind
			before := read()
			found, err := postgres.In(st, tx).Find(ctx, q)
			require.NoError(t, err)
			require.NotEmpty(t, found)
			n := read() - before
			require.Less(t, n, much, "for %d of %d records", len(found), cases)
			require.GreaterOrEqual(t, n, len(found), "something is counted at all")
		})
	}
}
