package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReportWritesPageAndSpreadsheet(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := filepath.Join(dir, "cases.db")
	require.Equal(t, exitAnswered, tian(t, "", "demo", "--db", db).code)
	for name, want := range map[string]string{"a.html": "示例市政协提案工作统计报告", "b.xlsx": "PK"} {
		out := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(out, []byte("what was there"), 0o600))
		r := tian(t, "", "report", "--db", db, "--out", out, "--name", "示例市政协")
		require.Equal(t, exitAnswered, r.code, r.err)
		require.Contains(t, r.err, "cases read", "progress is told on standard error")
		data, err := os.ReadFile(out)
		require.NoError(t, err)
		require.Contains(t, string(data), want)
	}
	year := filepath.Join(dir, "year.html")
	require.Equal(t, exitAnswered, tian(t, "", "report", "--db", db, "--out", year, "--year", "2022", "--lang", "en").code)
	data, err := os.ReadFile(year)
	require.NoError(t, err)
	require.Contains(t, string(data), "last period")
	left, err := filepath.Glob(filepath.Join(dir, ".tian-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestReportRefusesWhatItCannotWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := filepath.Join(dir, "cases.db")
	require.Equal(t, exitAnswered, tian(t, "", "demo", "--db", db).code)
	page := filepath.Join(dir, "a.html")
	for want, args := range map[string][]string{
		"ends neither in .html nor in .xlsx": {"--out", filepath.Join(dir, "a.pdf")},
		"neither zh nor en":                  {"--out", page, "--lang", "fr"},
		"no rule for merged proposals":       {"--out", page, "--merging", "both"},
		"--out: ":                            {"--out", filepath.Join(dir, "none", "a.html")},
		"there is no file":                   {"--out", page, "--db", filepath.Join(dir, "none.db")},
	} {
		refuses(t, want, "", append([]string{"report", "--db", db}, args...)...)
		require.NoFileExists(t, page)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".tian-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// The report's own spreadsheet is read by verify, and every cell is right.
func TestVerifyReadsASpreadsheet(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, sheet := filepath.Join(dir, "cases.db"), filepath.Join(dir, "b.xlsx")
	require.Equal(t, exitAnswered, tian(t, "", "demo", "--db", db).code)
	require.Equal(t, exitAnswered, tian(t, "", "report", "--db", db, "--out", sheet).code)
	type verdict struct {
		Sheet      string
		Consistent bool
		Rates      []struct {
			Cell, Label, Exact string
			Rules              []string
			OK                 bool
		}
	}
	verdicts := answers[[]verdict](t, "", "verify", "--in", sheet)
	require.NotEmpty(t, verdicts)
	for _, v := range verdicts {
		require.True(t, v.Consistent, v.Sheet)
	}
	require.Equal(t, "总体情况", verdicts[0].Sheet)
	r := tian(t, "", "verify", "--lang", "zh", "--in", sheet)
	require.Equal(t, exitAnswered, r.code)
	require.Contains(t, r.out, "总体情况 A5\n全部相符。")
	refuses(t, "the workbook cannot be read", "PK\x03\x04", "verify", "--in", "-")
}
