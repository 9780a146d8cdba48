package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/memory"
)

// A filled store holds what acts would have left: histories that verify, and
// cases on which the next act is done.
func TestAFilledStoreIsWhatActsLeave(t *testing.T) {
	st := memory.New()
	var told []int
	require.NoError(t, fill(t.Context(), st, 1200, func(done int) { told = append(told, done) }))
	require.ElementsMatch(t, []int{told[0], 1200}, told)
	l, err := newLibrary(st)
	require.NoError(t, err)
	report, err := l.service.Audit(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, 1200, report.Cases)
	require.Empty(t, report.Broken)
	page, err := l.service.All().Page(t.Context(), measuredLists()[0].query)
	require.NoError(t, err)
	clerk := proposal.Actor{ID: rareUnit + "-clerk", Body: rareBody, Unit: rareUnit}
	p, err := l.service.Do(t.Context(), clerk, page.Cases[0].ID, proposal.Reply{Text: "已办理"})
	require.NoError(t, err)
	require.Equal(t, "checking", p.PartState(rareUnit))
}

func TestFewCasesMatchEachList(t *testing.T) {
	cases := 500
	if testing.Short() {
		cases = 100
	}
	databases := map[string]string{"": "", "file": filepath.Join(t.TempDir(), "new.db")}
	if dsn := postgresDSN(); dsn != "" {
		databases["postgres"] = dsn
	}
	if dsn := mysqlDSN(); dsn != "" {
		databases["mysql"] = dsn
	}
	for name, dsn := range databases {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			require.Equal(t, exitAnswered, run(t.Context(), []string{"lists", "--cases", strconv.Itoa(cases), "--db", dsn, "--json"}, &out, &errs), errs.String())
			d := json.NewDecoder(&out)
			d.DisallowUnknownFields()
			var results []listResult
			require.NoError(t, d.Decode(&results))
			require.Contains(t, errs.String(), "they are the same")
			want := map[string]int64{"number": 1, "overdue": 25, "due within a week": 25}
			require.Len(t, results, len(measuredLists()))
			for _, r := range results {
				matching, special := want[r.List]
				if !special {
					matching = 50
				}
				require.Equal(t, matching, r.Matching, r.List)
				require.Equal(t, cases, r.Cases)
				require.Positive(t, r.PageMS)
				require.Positive(t, r.CountMS)
			}
		})
	}
	require.NoFileExists(t, databases["file"])
}

func TestAFileThatIsThereIsNotTouched(t *testing.T) {
	file := filepath.Join(t.TempDir(), "year.db")
	require.NoError(t, os.WriteFile(file, []byte("theirs"), 0o600))
	var out, errs bytes.Buffer
	require.Equal(t, exitUnusable, run(t.Context(), []string{"lists", "--db", file}, &out, &errs))
	require.Contains(t, errs.String(), "is there already")
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "theirs", string(content))
}

func TestAFillThatIsInterruptedEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	err := fill(ctx, memory.New(), 5000, func(int) { cancel() })
	require.ErrorIs(t, err, context.Canceled)
}

func TestListsRefuseWhatTheyCannotFill(t *testing.T) {
	for said, args := range map[string][]string{
		"1 or more":          {"lists", "--cases", "0"},
		"no database oracle": {"lists", "--db", "oracle://host/name"},
		"is named mysql://":  {"lists", "--db", "mysql://host"},
		"against: mysql:":    {"lists", "--db", "mysql://nobody@127.0.0.1:1/none"},
		"against: postgres:": {"lists", "--db", "postgres://nobody@127.0.0.1:1/none"},
	} {
		var out, errs bytes.Buffer
		require.Equal(t, exitUnusable, run(t.Context(), args, &out, &errs), said)
		require.Contains(t, errs.String(), said)
	}
}

func TestListsForPeople(t *testing.T) {
	var out bytes.Buffer
	require.Equal(t, exitAnswered, run(t.Context(), []string{"lists", "--cases", "100"}, &out, io.Discard))
	require.Contains(t, out.String(), "due within a week")
	require.Contains(t, out.String(), "page ms")
}
