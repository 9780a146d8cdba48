package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The language of these tests is English, and no database is named.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{"TIAN_LANG": "en", "TIAN_DB": ""} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// result is what a run of the command left.
type result struct {
	code     int
	out, err string
}

// tian runs the command in this process.
func tian(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(stdin), &out, &errs)
	return result{code, out.String(), errs.String()}
}

// answers runs the command, which must answer in JSON, and decodes the answer.
func answers[T any](t *testing.T, stdin string, args ...string) T {
	t.Helper()
	r := tian(t, stdin, append(args, "--json")...)
	require.NotEqual(t, exitUnusable, r.code, r.err)
	var v T
	require.NoError(t, json.Unmarshal([]byte(r.out), &v), r.out)
	return v
}

// refuses runs the command, which must say in one line why it cannot answer,
// and print nothing else.
func refuses(t *testing.T, want, stdin string, args ...string) {
	t.Helper()
	r := tian(t, stdin, args...)
	require.Equal(t, exitUnusable, r.code, r.out)
	require.Empty(t, r.out)
	require.Equal(t, 1, strings.Count(r.err, "\n"), "one line: %s", r.err)
	require.Contains(t, r.err, want)
}

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// sample is the ledger that ships, as a file.
var sample = filepath.Join("..", "..", "proposal", "ledger", "ledger.csv")

func TestWhatCannotBeUsedIsSaidInOneLine(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.txt")
	require.NoError(t, os.WriteFile(text, []byte("no database\n"), 0o600))
	empty := filepath.Join(dir, "empty.db")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	for want, args := range map[string][]string{
		`unknown command "fly"`:                {"fly"},
		`unknown command "paint"`:              {"lifecycle", "paint"},
		"unknown flag: --what":                 {"audit", "--what"},
		"--db is missing":                      {"audit"},
		"there is no file " + dir:              {"audit", "--db", filepath.Join(dir, "none.db")},
		"not a database":                       {"audit", "--db", text},
		"schema":                               {"stats", "--db", empty},
		`there is no database "oracle://"`:     {"audit", "--db", "oracle://x"},
		"mysql://user:password@host":           {"audit", "--db", "mysql://nothing"},
		"--in is missing":                      {"lifecycle", "lint"},
		"none.csv":                             {"import", "--in", filepath.Join(dir, "none.csv"), "--db", text},
		`text.txt: line 1: the column "title"`: {"import", "--in", text, "--db", filepath.Join(dir, "new.db")},
		"either --db or --in":                  {"stats"},
		`no definition "ten"`:                  {"lifecycle", "draw", "--name", "ten"},
		`"png" is neither`:                     {"lifecycle", "draw", "--format", "png"},
		`"fr" is neither`:                      {"lifecycle", "draw", "--lang", "fr"},
		"either --in or --name":                {"lifecycle", "draw", "--name", "nine", "--in", text},
		"--rubric is missing":                  {"score", "--in", text},
		"cannot both be standard input":        {"score", "--in", "-", "--rubric", "-"},
		"accepts 1 arg":                        {"show", "--db", text},
	} {
		refuses(t, want, "", args...)
	}
	_, err := os.Stat(filepath.Join(dir, "new.db"))
	require.ErrorIs(t, err, os.ErrNotExist, "a file that is no ledger makes no database")
	raw, err := sql.Open("sqlite", empty)
	require.NoError(t, err)
	var tables int
	require.NoError(t, raw.QueryRow("SELECT count(*) FROM sqlite_master").Scan(&tables))
	require.NoError(t, raw.Close())
	require.Zero(t, tables, "reading makes no tables")
}

func TestHelpIsAnAnswer(t *testing.T) {
	for _, args := range [][]string{{}, {"--help"}, {"help", "import"}, {"lifecycle", "walk", "-h"}, {"lifecycle", "--help"}} {
		r := tian(t, "", args...)
		require.Equal(t, exitAnswered, r.code)
		require.Contains(t, r.out, "Usage:")
		require.Empty(t, r.err)
	}
}

func TestTablesLineUpWhereCharactersAreWide(t *testing.T) {
	got := table([][]string{{"类别", "count"}, {"生态文明建设", "4"}, {"a", "12"}})
	require.Equal(t, "类别          count\n生态文明建设      4\na                12\n", got)
	require.Regexp(t, `(?m)^a {11}  {2,}12$`, got)
}
