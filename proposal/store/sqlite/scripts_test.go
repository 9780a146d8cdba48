package sqlite_test

import (
	"context"
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

var update = flag.Bool("update", false, "write the files of the schema anew; a released one never changes")

// The folder schema holds the versions as files to be reviewed. Run as they are,
// they make what Migrate makes, and a store opens on it that makes nothing itself.
func TestTheFilesOfTheSchemaAreWhatMigrateRuns(t *testing.T) {
	ctx := context.Background()
	scripts, err := sqlite.Scripts()
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

	byHand, byMigrate := filepath.Join(t.TempDir(), "hand.db"), filepath.Join(t.TempDir(), "migrate.db")
	db := plain(t, byHand)
	for _, s := range scripts {
		_, err := db.ExecContext(ctx, s.SQL)
		require.NoError(t, err)
	}
	require.NoError(t, sqlite.Migrate(ctx, plain(t, byMigrate)))
	require.Equal(t, catalogue(t, plain(t, byMigrate)), catalogue(t, db))
	st, err := sqlite.Open(ctx, byHand, sqlite.WithoutMigration())
	require.NoError(t, err)
	closeStore(t, st)
	_, err = sqlite.Scripts(sqlite.WithPrefix("a b"))
	require.ErrorContains(t, err, "is not an identifier")
	named, err := sqlstore.Scripts(sqlite.Dialect{}, sqlstore.Tables{})
	require.NoError(t, err)
	require.Equal(t, scripts, named)
}

// catalogue returns what a database holds beside its rows, and its versions.
func catalogue(t *testing.T, db *sql.DB) (all string) {
	t.Helper()
	for _, ask := range []string{"SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name", "SELECT version || coalesce(oldest, 0) FROM tian_schema ORDER BY 1"} {
		rows, err := db.QueryContext(context.Background(), ask)
		require.NoError(t, err)
		for rows.Next() {
			var one string
			require.NoError(t, rows.Scan(&one))
			all += strings.TrimSpace(one) + "\n"
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close()) //nolint:sqlclosecheck // before the next query
	}
	return all
}
