package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADatabaseIsFoundByPathAndByURI(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "the year 2022.db")
	require.Equal(t, exitAnswered, tian(t, "", "import", "--in", sample, "--db", file).code)
	slashed := filepath.ToSlash(filepath.Join(dir, "the%20year%202022.db"))
	for _, name := range []string{file, "file:" + slashed, "file:" + slashed + "?mode=rw", "file://" + slashed + "?immutable=1"} {
		require.Equal(t, 224, answers[struct{ Cases int }](t, "", "audit", "--db", name).Cases, name)
	}
	refuses(t, "there is no file", "", "audit", "--db", "file:"+slashed+"x?mode=rw")
}

func TestAFileOfAnotherProgramIsLeftAsItIs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "people.db")
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	_, err = db.Exec("CREATE TABLE people (name TEXT)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	before, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, args := range [][]string{{"audit"}, {"stats"}, {"show", "1"}} {
		refuses(t, "left as it was: tian import", "", append(args, "--db", file)...)
	}
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, before, after)
}
