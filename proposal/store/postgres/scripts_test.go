package postgres_test

import (
	"context"
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

var update = flag.Bool("update", false, "write the files of the schema anew; a released one never changes")

// The folder schema holds the versions as files to be reviewed. Run as they are,
// they make what Migrate makes, and a store opens on it that makes nothing itself.
func TestTheFilesOfTheSchemaAreWhatMigrateRuns(t *testing.T) {
	ctx := context.Background()
	scripts, err := postgres.Scripts()
	require.NoError(t, err)
	for _, s := range scripts {
		file := filepath.Join("schema", s.Name)
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(s.SQL), 0o600))
		}
		kept, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(kept), s.SQL)
	}
	files, err := filepath.Glob("schema/*")
	require.NoError(t, err)
	require.Len(t, files, len(scripts))

	admin, byHand := newSchema(t)
	_, byMigrate := newSchema(t)
	scripts, err = postgres.Scripts(postgres.WithSchema(byHand))
	require.NoError(t, err)
	for _, s := range scripts {
		execute(t, admin, s.SQL)
	}
	require.NoError(t, postgres.Migrate(ctx, admin, postgres.WithSchema(byMigrate)))
	require.Equal(t, catalogue(t, admin, byMigrate), catalogue(t, admin, byHand))
	st, err := postgres.Open(ctx, dsn(t), postgres.WithSchema(byHand))
	require.NoError(t, err)
	closeStore(t, st)
	_, err = postgres.Scripts(postgres.WithPrefix("a b"))
	require.ErrorContains(t, err, "is not an identifier")
	named, err := sqlstore.Scripts(postgres.Dialect{}, sqlstore.Tables{})
	require.NoError(t, err)
	require.Len(t, named, len(scripts))
}

// catalogue returns what a schema holds beside its rows, and its versions, without
// its name.
func catalogue(t *testing.T, db *sql.DB, schema string) (all string) {
	t.Helper()
	for _, ask := range []string{
		"SELECT concat_ws($$ $$, table_name, column_name, data_type, collation_name, column_default, is_nullable, is_identity) FROM information_schema.columns WHERE table_schema = $1 ORDER BY 1",
		"SELECT indexdef FROM pg_indexes WHERE schemaname = $1 ORDER BY 1",
		"SELECT relname || coalesce(reloptions::text, $$$$) FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = $$r$$ ORDER BY 1",
		"SELECT version || $$ $$ || coalesce(oldest, 0) FROM " + schema + ".tian_schema WHERE $1 <> $$$$ ORDER BY 1",
		"SELECT one || $$ $$ || position FROM " + schema + ".tian_last WHERE $1 <> $$$$",
	} {
		rows, err := db.QueryContext(context.Background(), ask, schema)
		require.NoError(t, err, ask)
		for rows.Next() {
			var one string
			require.NoError(t, rows.Scan(&one))
			all += strings.ReplaceAll(one, schema, "") + "\n"
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close()) //nolint:sqlclosecheck // before the next query
	}
	return all
}
