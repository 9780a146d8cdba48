package sqlstore

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

type scripted struct {
	Dialect
	files fstest.MapFS
}

func (scripted) Name() string        { return "scripted" }
func (s scripted) Migrations() fs.FS { return s.files }

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestStepsAreReadInOrderWithTheNamesOfTheTables(t *testing.T) {
	tables, err := NewTables("office", "their_")
	require.NoError(t, err)
	steps, err := readSteps(scripted{files: fstest.MapFS{
		"migrations/0002_more.sql": file("ALTER TABLE {table}records ADD x INT;\n"),
		"migrations/0001_one.sql":  file("CREATE TABLE {table}records (a TEXT DEFAULT ';');\nCREATE INDEX {index}a ON {table}records (a);\n\n"),
	}}, tables)
	require.NoError(t, err)
	require.Equal(t, [][]string{
		{"CREATE TABLE office.their_records (a TEXT DEFAULT ';')", "CREATE INDEX their_a ON office.their_records (a)"},
		{"ALTER TABLE office.their_records ADD x INT"},
	}, steps)
}

func TestAGapBetweenStepsIsAnError(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"stands in the place of number 2": {"migrations/0001_a.sql": file("a"), "migrations/0003_b.sql": file("b")},
		"stands in the place of number 1": {"migrations/first.sql": file("a")},
		"no migrations":                   {"0001_a.sql": file("a")},
	} {
		_, err := readSteps(scripted{files: files}, Tables{})
		require.ErrorContains(t, err, name)
	}
}

func TestAStoreNeedsADialectAndADatabase(t *testing.T) {
	_, err := New(context.Background(), Config{})
	require.ErrorContains(t, err, "a store needs a dialect and a database")
}
