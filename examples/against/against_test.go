package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func postgresDSN() string { return os.Getenv("TIAN_POSTGRES_DSN") }
func mysqlDSN() string    { return os.Getenv("TIAN_MYSQL_DSN") }

func testConsole(t testing.TB) *console {
	t.Helper()
	return &console{out: io.Discard, err: io.Discard}
}

// testEngines opens those engines that have an address.
func testEngines(t testing.TB) []*engine {
	t.Helper()
	engines, err := testConsole(t).engines(t.Context(), postgresDSN(), mysqlDSN())
	t.Cleanup(func() {
		for _, e := range engines {
			require.NoError(t, e.close(t.Context()))
		}
	})
	require.NoError(t, err)
	return engines
}

// Every way leaves the same behind: where the proposal and the parts are, and a
// row for each act. A queue has the rows only.
func TestEveryWayDoesTheSameWork(t *testing.T) {
	for _, e := range testEngines(t) {
		for _, w := range e.ways {
			t.Run(e.name+"/"+w.name, func(t *testing.T) {
				want := outcome{Status: "closed", Trail: actsAWay, Parts: map[string]string{lead: "answered", banking: "answered", commerce: "answered"}}
				if w.name == "river insert" {
					want = outcome{Trail: actsAWay}
				}
				for number := range 3 {
					id, err := takeOne(t.Context(), w.rival, number+1)
					require.NoError(t, err)
					found, err := w.rival.outcome(t.Context(), id)
					require.NoError(t, err)
					require.Equal(t, want, found)
				}
			})
		}
	}
}

// What a step finds and leaves on the way is the same too.
func TestEveryWayIsAtTheSamePlaceAfterEachAct(t *testing.T) {
	engines := testEngines(t)
	steps := wholeWay(1)
	require.Len(t, steps, actsAWay)
	reference := engines[0].ways[0].rival
	places := make([]outcome, len(steps))
	follow(t, reference, steps, func(i int, o outcome) { places[i] = o })
	for _, e := range engines[1:] {
		for _, w := range e.ways {
			if w.name == "river insert" {
				continue
			}
			t.Run(e.name+"/"+w.name, func(t *testing.T) {
				follow(t, w.rival, steps, func(i int, o outcome) { require.Equal(t, places[i], o, "after act %d, %s", i, steps[i].Event) })
			})
		}
	}
}

func follow(t *testing.T, r rival, steps []step, see func(i int, o outcome)) {
	t.Helper()
	var id string
	var err error
	for i, s := range steps {
		if i == 0 {
			id, err = r.open(t.Context(), s)
		} else {
			err = r.do(t.Context(), id, s)
		}
		require.NoError(t, err)
		o, err := r.outcome(t.Context(), id)
		require.NoError(t, err)
		see(i, o)
	}
}

// The rivals refuse what the library refuses, and leave everything as it was.
func TestEveryWayRefusesTheSame(t *testing.T) {
	steps := wholeWay(1)
	for _, e := range testEngines(t) {
		for _, w := range e.ways {
			if w.name == "river insert" {
				continue
			}
			t.Run(e.name+"/"+w.name, func(t *testing.T) {
				id, err := w.rival.open(t.Context(), steps[0])
				require.NoError(t, err)
				refuses := func(s step) {
					before, err := w.rival.outcome(t.Context(), id)
					require.NoError(t, err)
					require.Error(t, w.rival.do(t.Context(), id, s), s.Event)
					after, err := w.rival.outcome(t.Context(), id)
					require.NoError(t, err)
					require.Equal(t, before, after, s.Event)
				}
				for i, s := range steps[1:] {
					early := steps[len(steps)-1] // closed before there is a reply
					early.At = s.At
					switch {
					case s.Event == "reply" && s.Unit == banking: // the lead, before its co-units
						early = steps[13]
						early.At = s.At
					case s.Event == "issue_reply": // by whoever drafted it
						early = s
						early.By = steps[i].By
					}
					if s.Event != "give_opinion" && s.Event != "close" {
						refuses(early)
					}
					require.NoError(t, w.rival.do(t.Context(), id, s), s.Event)
				}
				again := steps[len(steps)-1]
				refuses(again)
			})
		}
	}
}

func TestTheTableIsJSON(t *testing.T) {
	cases := "20"
	if testing.Short() {
		cases = "4"
	}
	args := []string{"--cases", cases, "--rounds", "1", "--json"}
	want := map[string]int{"memory": 2, "sqlite": 8}
	if dsn := postgresDSN(); dsn != "" {
		args, want["postgres"] = append(args, "--postgres", dsn), 10
	}
	if dsn := mysqlDSN(); dsn != "" {
		args, want["mysql"] = append(args, "--mysql", dsn), 8
	}
	var out, errs bytes.Buffer
	c := &console{out: &out, err: &errs, writers: []int{1, 2}} // few: a server is shared by the tests of all packages
	require.Equal(t, exitAnswered, c.run(t.Context(), args), errs.String())
	d := json.NewDecoder(&out)
	d.DisallowUnknownFields()
	var results []result
	require.NoError(t, d.Decode(&results))
	found := map[string]int{}
	byHand := map[[2]any]float64{}
	for _, r := range results {
		if r.Way == handWritten {
			byHand[[2]any{r.Engine, r.Writers}] = r.ActsPerSecond
		}
	}
	for _, r := range results {
		found[r.Engine]++
		require.Positive(t, r.ActsPerSecond)
		if r.Engine == "memory" {
			require.Nil(t, r.Ratio)
			require.Equal(t, r.Writers == 1, r.AllocsPerAct > 0 && r.MicrosPerAct > 0)
			continue
		}
		require.InDelta(t, r.ActsPerSecond/byHand[[2]any{r.Engine, r.Writers}], *r.Ratio, 1e-9)
		require.Positive(t, r.BytesPerCase, "%s %s", r.Engine, r.Way)
		require.NotEmpty(t, r.Settings)
	}
	require.Equal(t, want, found)
	require.Equal(t, postgresDSN() == "", strings.Contains(errs.String(), "--postgres"), errs.String())
	require.Equal(t, mysqlDSN() == "", strings.Contains(errs.String(), "--mysql"), errs.String())
}

func TestTheTableForPeopleHasEveryWay(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, exitAnswered, run(t.Context(), []string{"--cases", "2", "--rounds", "1"}, &out, &errs), errs.String())
	for _, word := range []string{"memory", "sqlite", "journal_mode=wal", "tian+groupcommit", handWritten, "gorm", "allocs/act"} {
		require.Contains(t, out.String(), word)
	}
	require.Regexp(t, handWritten+` +1 +\d+ +1\.00`, out.String())
	require.Regexp(t, handWritten+` +8 +\d+ +1\.00`, out.String())
}

func TestNothingIsLeftBehind(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	ctx, cancel := context.WithCancel(t.Context())
	engines, err := testConsole(t).engines(ctx, postgresDSN(), mysqlDSN())
	require.NoError(t, err)
	cancel() // as Ctrl-C does
	_, err = contest{cases: 1, rounds: 1, writers: []int{1}}.run(ctx, engines, io.Discard)
	require.ErrorIs(t, err, context.Canceled)
	for _, e := range engines {
		require.NoError(t, e.close(ctx))
		require.Equal(t, e.name == "memory", len(e.places) == 0)
		for _, place := range e.places {
			require.False(t, isThere(t, e.name, place), place)
		}
	}
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, left)
}

// isThere reports whether a schema, database or folder is there.
func isThere(t *testing.T, engine, place string) bool {
	t.Helper()
	var driver, dsn, ask string
	switch engine {
	case "postgres":
		driver, dsn, ask = "pgx", postgresDSN(), "SELECT count(*) FROM pg_namespace WHERE nspname = $1"
	case "mysql":
		driver, dsn, ask = "mysql", mysqlDSN(), "SELECT count(*) FROM information_schema.schemata WHERE schema_name = ?"
	default:
		_, err := os.Stat(place)
		return err == nil
	}
	db, err := sql.Open(driver, dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	var there int
	require.NoError(t, db.QueryRow(ask, place).Scan(&there))
	return there > 0
}

func TestWhatCannotBeMeasuredIsSaidInOneLine(t *testing.T) {
	for said, args := range map[string][]string{
		"both are 1 or more": {"--cases", "0"},
		"not defined":        {"--case", "1"},
		"is no flag":         {"list"},
		"postgres":           {"--postgres", "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"},
		"mysql":              {"--mysql", "nobody@tcp(127.0.0.1:1)/none"},
	} {
		var out, errs bytes.Buffer
		require.Equal(t, exitUnusable, run(t.Context(), args, &out, &errs), said)
		require.Contains(t, errs.String(), said)
		require.Empty(t, out.String())
	}
}

func TestHelpNamesTheWays(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"lists", "--help"}} {
		var out, errs bytes.Buffer
		require.Equal(t, exitAnswered, run(t.Context(), args, &out, &errs))
		require.Contains(t, errs.String(), "usage: against")
		require.Contains(t, errs.String(), "-cases")
	}
}

func TestAMedianIsOfTheMiddle(t *testing.T) {
	same := func(x float64) float64 { return x }
	require.InDelta(t, 2, median([]float64{9, 1, 2}, same), 0)
	require.InDelta(t, 3, median([]float64{9, 1, 2, 4}, same), 0)
	require.InDelta(t, 0, median(nil, same), 0)
}
