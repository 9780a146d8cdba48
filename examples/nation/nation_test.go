package main

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"database/sql"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

// ran runs the command and returns its code and, with code 0 or 1, its summary.
func ran(t *testing.T, args ...string) (int, summary, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), append([]string{"--json"}, args...), &out, &errs)
	var s summary
	if code != exitUnusable {
		require.NoError(t, json.Unmarshal(out.Bytes(), &s), errs.String())
	}
	return code, s, errs.String()
}

func TestAYearInMemory(t *testing.T) {
	for _, commit := range []string{"cases", "acts"} {
		t.Run(commit, func(t *testing.T) {
			code, s, errs := ran(t, "--cases", "61", "--bodies", "40", "--commit", commit)
			require.Equal(t, exitWell, code, errs)
			require.Equal(t, 61, s.Cases)
			require.Equal(t, 61, s.Verified)
			require.Zero(t, s.HistoriesBroken)
			require.Zero(t, s.CountsDiffer)
			require.Greater(t, s.Acts, 61*5)
			require.Positive(t, s.FirstTenthUS)
			require.Positive(t, s.LastTenthUS)
			require.Positive(t, s.HeapMB)
		})
	}
}

func TestItPrintsTheYearForPeople(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, exitWell, run(t.Context(), []string{"--cases", "60", "--bodies", "3"}, &out, &errs), errs.String())
	for _, want := range []string{"received 60 by 3 bodies", "by class", "histories verified: 60 of 60 (all), broken: 0", "different: 0"} {
		require.Contains(t, out.String(), want)
	}
	require.Equal(t, 10, strings.Count(out.String(), " days  "))
}

// failing lets so many commits through, and ends a context with the next.
type failing struct {
	store.Store
	left   int
	cancel context.CancelFunc
}

func (s *failing) Commit(ctx context.Context, changes ...store.Change) error {
	if s.left == 0 {
		s.cancel()
		return ctx.Err()
	}
	s.left--
	return s.Store.Commit(ctx, changes...)
}

func TestAnInterruptedRunGoesOnWhereItWas(t *testing.T) {
	const cases, bodies = 60, 20
	_, whole, _ := ran(t, "--cases", "60", "--bodies", "20")
	for name, each := range map[string]bool{"between commits of cases": false, "inside a case": true} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "nation.db")
			st, err := sqlite.Open(t.Context(), file)
			require.NoError(t, err)
			begun, err := agree(t.Context(), st, terms{Seed: 1, Cases: cases, Bodies: bodies})
			require.NoError(t, err)
			require.False(t, begun)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			where := newCountry(bodies)
			p := &planner{seed: 1, cases: cases, country: where}
			d := &driver{store: &failing{st, len(p.pair(0).steps) + 5, cancel}, seed: 1}
			d.service, err = newService(d, where)
			require.NoError(t, err)
			var acts int
			if each { // the second pair has begun, and is not done
				var first filled
				first, err = fill(ctx, d, p, 1, each, func(int, int) {})
				require.ErrorIs(t, err, context.Canceled)
				acts = first.acts
			} else {
				acts, err = d.together(ctx, []*pair{p.pair(0), p.pair(1), p.pair(2)})
				require.NoError(t, err)
			}
			require.Positive(t, acts)
			require.NoError(t, st.Close())

			code, s, errs := ran(t, "--cases", "60", "--bodies", "20", "--db", file)
			require.Equal(t, exitWell, code, errs)
			require.Equal(t, whole.Acts, acts+s.Acts, "every act has been done once")
			require.Positive(t, s.Acts)

			code, s, errs = ran(t, "--cases", "60", "--bodies", "20", "--db", file, "--commit", "acts")
			require.Equal(t, exitWell, code, errs)
			require.Zero(t, s.Acts, "nothing is left to do")

			code, _, errs = ran(t, "--cases", "60", "--bodies", "20", "--db", file, "--seed", "2")
			require.Equal(t, exitUnusable, code)
			require.Contains(t, errs, "a run with other terms has begun there")
		})
	}
}

func TestACancelledRunSaysThatItGoesOn(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	file := filepath.Join(t.TempDir(), "nation.db")
	var out, errs bytes.Buffer
	require.Equal(t, exitUnusable, run(ctx, []string{"--cases", "60", "--db", file}, &out, &errs))
	require.Contains(t, errs.String(), "started again with the same flags")
	require.Empty(t, out.String())
}

func TestWhatIsNotAsPlannedIsFound(t *testing.T) {
	const cases, bodies = 60, 20
	file := filepath.Join(t.TempDir(), "nation.db")
	code, _, errs := ran(t, "--cases", "60", "--bodies", "20", "--db", file)
	require.Equal(t, exitWell, code, errs)
	st, err := sqlite.Open(t.Context(), file)
	require.NoError(t, err)
	where := newCountry(bodies)
	d := &driver{store: st, seed: 1}
	d.service, err = newService(d, where)
	require.NoError(t, err)
	p := (&planner{seed: 1, cases: cases, country: where}).pair(0)
	draft, opens := p.steps[0].action.(proposal.Draft)
	require.True(t, opens)
	_, err = d.service.Open(t.Context(), p.steps[0].by, draft)
	require.NoError(t, err)
	r, last, err := st.Load(t.Context(), proposal.Kind, d.ids(p)[0])
	require.NoError(t, err)
	r.Data = bytes.Replace(r.Data, []byte("15-3"), []byte("15-4"), 1)
	require.NoError(t, st.Commit(t.Context(), store.Change{Record: r}))
	require.NotZero(t, last.Seq)
	require.NoError(t, st.Close())

	code, s, errs := ran(t, "--cases", "60", "--bodies", "20", "--db", file)
	require.Equal(t, exitWrong, code, errs)
	require.Equal(t, 1, s.HistoriesBroken)
	require.Equal(t, 2, s.CountsDiffer, errs) // a draft, and its entry
	require.Contains(t, errs, "drafts: 0 planned, 1 counted")
}

func TestTheLongestWaits(t *testing.T) {
	st := memory.New()
	where := newCountry(20)
	d := &driver{store: st, seed: 1}
	var err error
	d.service, err = newService(d, where)
	require.NoError(t, err)
	_, err = fill(t.Context(), d, &planner{seed: 1, cases: 200, country: where}, 2, false, func(int, int) {})
	require.NoError(t, err)
	r, err := read(t.Context(), d.service, 10, func(int) {})
	require.NoError(t, err)
	require.Equal(t, 20, r.verified, "one in ten")
	require.Len(t, r.longest, mostWaits)
	require.Equal(t, r.figures.Days(statistics.ToReply).Most, r.longest[0].days)
	for i, w := range r.longest[1:] {
		require.LessOrEqual(t, w.days, r.longest[i].days)
	}
}

func TestAFileOfAnyNameIsOpened(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"全国 50%?a=b#c.db", "plain.db"} {
		code, _, errs := ran(t, "--cases", "2", "--bodies", "1", "--db", filepath.Join(dir, name))
		require.Equal(t, exitWell, code, errs)
		require.FileExists(t, filepath.Join(dir, name))
	}
	t.Chdir(dir)
	code, s, errs := ran(t, "--cases", "2", "--bodies", "1", "--db", "plain.db")
	require.Equal(t, exitWell, code, errs)
	require.Zero(t, s.Acts)
}

func TestSomebodyElsesDatabaseIsLeftAlone(t *testing.T) {
	st := memory.New()
	d := &driver{store: st}
	var err error
	d.service, err = newService(d, newCountry(1))
	require.NoError(t, err)
	by := proposal.Actor{ID: "m-1", Body: "nation-0001", Roles: []string{"member"}}
	_, err = d.service.Open(t.Context(), by, proposal.Draft{Title: "关于别处的提案"})
	require.NoError(t, err)
	_, err = agree(t.Context(), st, terms{1, 2, 3})
	require.ErrorContains(t, err, "another origin")
}

func TestAPlanFollowsFromSeedAndNumber(t *testing.T) {
	p := &planner{seed: 7, cases: 1000, country: newCountry(100)}
	first := p.pair(3)
	p.pair(4)
	require.Equal(t, first, p.pair(3))
	p.seed = 8
	require.NotEqual(t, first, p.pair(3))
}

func TestThePlansHaveThePublishedShares(t *testing.T) {
	const cases = 20000
	where := newCountry(3000)
	p := &planner{seed: 1, cases: cases, country: where}
	c := newCounts(len(where.ids))
	for n := range p.pairs() {
		for _, f := range p.pair(n).facts {
			c.plan(f)
		}
	}
	share := func(name string, of int64) float64 { return 100 * float64(c.of[name]) / float64(of) }
	require.EqualValues(t, cases, c.of["received"])
	require.InDelta(t, 100*5006./5898, share("filed", cases), 1)
	require.InDelta(t, 100*160./5898, share("outcome/merged", cases), 0.5)
	require.InDelta(t, 39.7, share("category/economic", cases), 1)
	require.InDelta(t, 13.2, share("category/ecological", cases), 1)
	collective := c.of["proposer/party"] + c.of["proposer/organisation"] + c.of["proposer/sector"] + c.of["proposer/committee"] + c.of["proposer/group"]
	require.InDelta(t, 9.4, 100*float64(collective)/cases, 1)
}

// Each body has its turn once, and each tier as many proposals as it weighs.
func TestBodiesHaveTheirTurns(t *testing.T) {
	const times = 100_000
	c := newCountry(3000)
	turns := make([]int, len(c.ids))
	last := 0
	for i := range times {
		body, opens, closes := c.at((float64(i) + 0.5) / times)
		require.GreaterOrEqual(t, body, last)
		require.False(t, closes.Before(opens))
		last = body
		turns[body]++
	}
	require.NotContains(t, turns, 0)
	for _, l := range c.levels {
		sum := 0
		for _, n := range turns[l.first : l.first+l.bodies] {
			sum += n
			require.InDelta(t, times*float64(l.weight)/1000/float64(l.bodies), n, 1)
		}
		require.InDelta(t, times*l.weight/1000, sum, 1)
	}
	body, _, _ := c.at(math.Nextafter(1, 0))
	require.Equal(t, len(c.ids)-1, body)
}

func TestSharesAreChosenByWeight(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test
	times := map[string]int{}
	for range 10000 {
		times[pick(r, []share[string]{{"a", 3}, {"never", 0}, {"b", 1}})]++
	}
	require.InDelta(t, 7500, times["a"], 200)
	require.Zero(t, times["never"])
}

func TestFlagsThatCannotBe(t *testing.T) {
	for flags, says := range map[string]string{
		"--cases 0":               "--cases",
		"--bodies -1":             "--bodies",
		"--workers -1":            "--workers",
		"--commit never":          "neither cases nor acts",
		"--verify some":           "neither all nor a number",
		"more":                    "is no flag",
		"--db mysql://root@x/y":   "SQLite file and postgres:// are known",
		"--db /nowhere/at/all.db": "--db",
	} {
		code, _, errs := ran(t, strings.Fields(flags)...)
		require.Equal(t, exitUnusable, code, flags)
		require.Contains(t, errs, says, flags)
	}
}

func TestPostgres(t *testing.T) {
	dsn := os.Getenv("TIAN_POSTGRES_DSN")
	if dsn == "" {
		t.Skip("TIAN_POSTGRES_DSN is not set")
	}
	schema := "nation_test_" + strings.ToLower(crand.Text()[:10])
	t.Cleanup(func() {
		db, err := sql.Open("pgx", dsn)
		require.NoError(t, err)
		_, err = db.Exec("DROP SCHEMA IF EXISTS " + schema + " CASCADE")
		require.NoError(t, err)
		require.NoError(t, db.Close())
	})
	args := []string{"--cases", "60", "--bodies", "20", "--db", dsn, "--schema", schema}
	code, s, errs := ran(t, args...)
	require.Equal(t, exitWell, code, errs)
	require.Positive(t, s.Acts)
	code, s, errs = ran(t, args...)
	require.Equal(t, exitWell, code, errs)
	require.Zero(t, s.Acts)
}
