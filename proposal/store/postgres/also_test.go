package postgres_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/postgres"
)

// A function of the host's that writes through database/sql cannot take part in a
// transaction of pgx, and is not passed over there in silence.
func TestATransactionOfPgxRefusesWhatCannotTakePart(t *testing.T) {
	ctx := context.Background()
	_, schema := newSchema(t)
	called := 0
	st, err := postgres.Open(ctx, dsn(t), postgres.WithSchema(schema), postgres.WithMigration(),
		postgres.WithAlso(func(context.Context, *sql.Tx, []store.Change) error { called++; return nil }))
	require.NoError(t, err)
	defer closeStore(t, st)
	conn, err := pgx.Connect(ctx, dsn(t))
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(ctx)) }()
	tx, err := conn.Begin(ctx)
	require.NoError(t, err)
	change := store.Change{Record: store.Record{Kind: "case", ID: "a"}}
	require.ErrorContains(t, postgres.In(st, tx).Commit(ctx, change), "another driver")
	require.NoError(t, tx.Commit(ctx))
	_, _, err = st.Load(ctx, "case", "a")
	require.ErrorIs(t, err, store.ErrNotFound)
	require.NoError(t, st.Commit(ctx, change))
	require.Equal(t, 1, called)
}
