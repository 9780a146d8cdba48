package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is printed is what is kept in the repository for review, and a file on which
// it was run is one that the command reads.
func TestTheSchemaIsPrintedAsItIsReviewed(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres", "mysql"} {
		kept, err := os.ReadFile(filepath.Join("..", "..", "proposal", "store", engine, "schema", "0001_tables.sql"))
		require.NoError(t, err)
		scripts := answers[[]script](t, "", "schema", "--engine", engine)
		require.Equal(t, script{1, "0001_tables.sql", string(kept)}, scripts[0])
		r := tian(t, "", "schema", "--engine", engine, "--after", "1")
		require.Equal(t, exitAnswered, r.code)
		require.NotContains(t, r.out, string(kept))
	}
	r := tian(t, "", "schema", "--prefix", "office_")
	require.Contains(t, r.out, "CREATE TABLE office_records")
	require.Contains(t, tian(t, "", "schema", "--engine", "postgres", "--schema", "office").out, "CREATE TABLE office.tian_records")

	file := filepath.Join(t.TempDir(), "tian.db")
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), tian(t, "", "schema").out)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	require.Equal(t, exitAnswered, tian(t, "", "list", "--db", file).code)

	for said, args := range map[string][]string{
		"no engine \"oracle\"": {"schema", "--engine", "oracle"},
		"is not an identifier": {"schema", "--prefix", "a b"},
		"mysql has none":       {"schema", "--engine", "mysql", "--schema", "x"},
	} {
		r := tian(t, "", args...)
		require.Equal(t, exitUnusable, r.code)
		require.Contains(t, r.err, said)
	}
}
