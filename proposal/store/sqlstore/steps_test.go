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
	require.Equal(t, []step{
		{statements: []string{"CREATE TABLE office.their_records (a TEXT DEFAULT ';')", "CREATE INDEX their_a ON office.their_records (a)"}},
		{statements: []string{"ALTER TABLE office.their_records ADD x INT"}},
	}, steps)
}

func TestAStepSaysWhichCodeCanUseTheTables(t *testing.T) {
	files := fstest.MapFS{
		"migrations/0001_one.sql":   file("CREATE TABLE a (a INT);\n"),
		"migrations/0002_two.sql":   file("-- oldest: 1\nCREATE INDEX a ON a (a);\n"),
		"migrations/0003_three.sql": file("DROP TABLE a;\n"),
	}
	steps, err := readSteps(scripted{files: files}, Tables{})
	require.NoError(t, err)
	require.Equal(t, []int{0, 1, 0}, []int{steps[0].oldest, steps[1].oldest, steps[2].oldest})

	files["migrations/0002_two.sql"] = file("-- oldest: 3\nCREATE INDEX a ON a (a);\n")
	_, err = readSteps(scripted{files: files}, Tables{})
	require.ErrorContains(t, err, "usable from version 3 on, which is still to come")
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
