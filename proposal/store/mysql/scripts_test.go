package mysql_test

import (
	"context"
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

var update = flag.Bool("update", false, "write the files of the schema anew; a released one never changes")

// The folder schema holds the versions as files to be reviewed. Run as they are,
// they make what Migrate makes, and a store opens on it that makes nothing itself.
func TestTheFilesOfTheSchemaAreWhatMigrateRuns(t *testing.T) {
	ctx := context.Background()
	scripts, err := mysql.Scripts()
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

	db, dsn := newDatabase(t)
	for _, s := range scripts {
		for statement := range strings.SplitSeq(s.SQL, ";\n") { // as a client does, whose driver takes one at a time
			if strings.TrimSpace(statement) != "" {
				execute(t, db, statement)
			}
		}
	}
	migrated, _ := newDatabase(t)
	require.NoError(t, mysql.Migrate(ctx, migrated))
	require.Equal(t, catalogue(t, migrated), catalogue(t, db))
	st, err := mysql.Open(ctx, dsn)
	require.NoError(t, err)
	closeStore(t, st)
	_, err = mysql.Scripts(mysql.WithPrefix("a b"))
	require.ErrorContains(t, err, "is not an identifier")
	named, err := sqlstore.Scripts(mysql.Dialect{}, sqlstore.Tables{})
	require.NoError(t, err)
	require.Equal(t, scripts, named)
}

// catalogue returns what a database holds beside its rows, and its versions.
func catalogue(t *testing.T, db *sql.DB) (all string) {
	t.Helper()
	for _, table := range []string{"schema", "records", "entries", "attrs", "arrivals", "feed", "last"} {
		var name, text string
		require.NoError(t, db.QueryRowContext(context.Background(), "SHOW CREATE TABLE tian_"+table).Scan(&name, &text))
		all += text + "\n"
	}
	var versions string
	require.NoError(t, db.QueryRowContext(context.Background(), "SELECT group_concat(concat(version, coalesce(oldest, 0))) FROM tian_schema").Scan(&versions))
	return all + versions
}
