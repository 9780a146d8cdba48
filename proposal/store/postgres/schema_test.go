package postgres_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

func TestManyMayMigrateAtOnce(t *testing.T) {
	ctx := context.Background()
	admin, schema := newSchema(t)
	errs := make(chan error)
	const processes = 8
	for range processes {
		go func() { errs <- postgres.Migrate(ctx, admin, postgres.WithSchema(schema)) }()
	}
	for range processes {
		require.NoError(t, <-errs)
	}
	var versions int
	require.NoError(t, admin.QueryRow("SELECT count(*) FROM "+schema+".tian_schema").Scan(&versions))
	require.Equal(t, 1, versions)
}

func TestOtherSchemasAreRefusedAndLeftAlone(t *testing.T) {
	ctx := context.Background()
	admin, schema := newSchema(t)
	_, err := postgres.Open(ctx, dsn(t), postgres.WithSchema(schema))
	require.ErrorIs(t, err, sqlstore.ErrSchema)
	require.ErrorContains(t, err, "run Migrate first")

	require.NoError(t, postgres.Migrate(ctx, admin, postgres.WithSchema(schema)))
	execute(t, admin, "INSERT INTO "+schema+".tian_schema (version) VALUES (99)")
	for _, opts := range [][]postgres.Option{nil, {postgres.WithMigration()}} {
		_, err = postgres.Open(ctx, dsn(t), append(opts, postgres.WithSchema(schema))...)
		require.ErrorIs(t, err, sqlstore.ErrSchema)
		require.ErrorContains(t, err, "at version 99, this code knows 1")
	}

	for _, name := range []string{"a-b", "a.b", "a; DROP SCHEMA public", `"x"`} {
		_, err = postgres.Open(ctx, dsn(t), postgres.WithSchema(name))
		require.ErrorContains(t, err, "is not an identifier")
	}
}

func TestAConnectionStringThatIsNoneIsAnError(t *testing.T) {
	_, err := postgres.Open(context.Background(), "postgres://[::1")
	require.ErrorContains(t, err, "connection string")
	_, err = postgres.Open(context.Background(), "postgres://nobody@127.0.0.1:1/none?connect_timeout=2")
	require.ErrorContains(t, err, "connect")
}
