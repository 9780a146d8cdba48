//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// editor runs SQL beside a store, as somebody does who can write to the database.
func editor(t *testing.T, p place) func(text string, args ...any) int64 {
	t.Helper()
	driver := map[string]string{"sqlite": "sqlite", "postgres": "pgx", "mysql": "mysql"}[p.Engine]
	db, err := sql.Open(driver, p.DSN)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return func(text string, args ...any) int64 {
		t.Helper()
		if p.Engine == "postgres" {
			text = strings.ReplaceAll(text, "tian_", p.Schema+".tian_")
			for i := 1; strings.Contains(text, "?"); i++ {
				text = strings.Replace(text, "?", "$"+string(rune('0'+i)), 1)
			}
		}
		result, err := db.ExecContext(context.Background(), text, args...)
		require.NoError(t, err)
		n, err := result.RowsAffected()
		require.NoError(t, err)
		return n
	}
}

// A14 and A18: whatever somebody does by SQL to the rows that cases are found by, to the
// names that are claimed and to the order of the feed, an audit names it; what is derived
// a repair puts right, and says so.
func TestA14WhatIsEditedBySQLIsFoundAndWhatIsDerivedIsRepaired(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, p place) {
		ctx := context.Background()
		st := mustOpen(t, p)
		svc, err := proposal.New(st)
		require.NoError(t, err)
		ids := manyProposals(t, svc)
		var filed []string
		require.NoError(t, svc.Each(ctx, func(p *proposal.Proposal) error {
			if p.State == "assigned" {
				filed = append(filed, p.ID)
			}
			return nil
		}))
		require.GreaterOrEqual(t, len(filed), 2)
		run := editor(t, p)
		clerk := proposal.Actor{ID: "u-1", Body: "xiushan", Unit: "market"}
		listed := func() int64 {
			n, err := svc.As(clerk).Count(ctx, workflow.Query{List: "open_parts"})
			require.NoError(t, err)
			return n
		}
		audit := func() []workflow.Break {
			report, err := svc.Audit(ctx, nil)
			require.NoError(t, err)
			require.Len(t, ids, report.Cases)
			return report.Broken
		}
		before := listed()
		require.Positive(t, before)
		require.Empty(t, audit())
		for name, edit := range map[string]struct {
			sql   string
			args  []any
			found int // breaks; 0: some
		}{
			"the rows of one case":  {sql: "DELETE FROM tian_attrs WHERE kind = 'proposal' AND id = ?", args: []any{filed[0]}, found: 1},
			"a list":                {sql: "DELETE FROM tian_attrs WHERE kind = 'proposal' AND name = 'list.open_parts'"},
			"alarms":                {sql: "DELETE FROM tian_attrs WHERE kind = 'proposal' AND name = 'alarm'"},
			"a row that is added":   {sql: "INSERT INTO tian_attrs (kind, name, value, id) VALUES ('proposal', 'lead', 'nobody', ?)", args: []any{filed[0]}, found: 1},
			"a row of another case": {sql: "UPDATE tian_attrs SET id = ? WHERE kind = 'proposal' AND name = 'alarm' AND id = ?", args: []any{filed[0] + "x", filed[1]}, found: -1},
			"a value":               {sql: "UPDATE tian_attrs SET value = '2999-01-01' WHERE kind = 'proposal' AND name = 'alarm' AND id = ?", args: []any{filed[0]}, found: 1},
		} {
			require.Positive(t, run(edit.sql, edit.args...), name)
			broken := audit()
			require.NotEmpty(t, broken, name)
			for _, b := range broken {
				require.Equal(t, workflow.BreakIndex, b.Reason, name)
			}
			mended, err := svc.Repair(ctx)
			require.NoError(t, err, name)
			if edit.found == -1 { // of a case that is not there, nothing can be derived
				require.Equal(t, []workflow.Break{{ID: filed[1], Reason: workflow.BreakIndex}}, mended, name)
				require.Positive(t, run("DELETE FROM tian_attrs WHERE id = ?", filed[0]+"x"))
			} else {
				require.Equal(t, broken, mended, name)
			}
			if edit.found == 1 {
				require.Equal(t, []workflow.Break{{ID: filed[0], Reason: workflow.BreakIndex}}, mended, name)
			}
			require.Empty(t, audit(), name)
			require.Equal(t, before, listed(), name)
		}

		require.Positive(t, run("DELETE FROM tian_records WHERE kind = 'proposal.claim'"))
		broken := audit()
		require.NotEmpty(t, broken)
		mended, err := svc.Repair(ctx)
		require.NoError(t, err)
		require.Equal(t, broken, mended)
		require.Empty(t, audit())
		require.Positive(t, run("UPDATE tian_records SET kind = 'proposal.claim', id = 'x' WHERE kind = 'proposal.claim' AND id = (SELECT m FROM (SELECT min(id) AS m FROM tian_records WHERE kind = 'proposal.claim') AS c)"))
		require.Len(t, audit(), 2, "a number that is free, and one that is nobody's")
		_, err = svc.Repair(ctx)
		require.NoError(t, err)
		require.Empty(t, audit())

		table := "tian_feed"
		if p.Engine == "sqlite" {
			table = "tian_entries"
		}
		lines, err := st.Feed(ctx, 0, 1000)
		require.NoError(t, err)
		lines = slices.DeleteFunc(lines, func(l store.Line) bool { return l.ID != filed[0] })
		one, two, aside := lines[0].Position, lines[1].Position, uint64(1<<40)
		swap := func() {
			for _, move := range [][2]uint64{{one, aside}, {two, one}, {aside, two}} {
				require.EqualValues(t, 1, run("UPDATE "+table+" SET position = ? WHERE position = ?", move[1], move[0]))
			}
		}
		swap()
		require.Equal(t, []workflow.Break{{ID: filed[0], Seq: 1, Reason: workflow.BreakOrder}}, audit())
		mended, err = svc.Repair(ctx)
		require.NoError(t, err)
		require.Empty(t, mended, "an order is not derived from anything")
		swap()
		require.Empty(t, audit())
	})
}

// A24: refusals are kept by every engine as all cases are, and an audit misses one that
// was removed by SQL.
func TestA24ARefusalThatIsRemovedBySQLIsMissed(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, p place) {
		ctx := context.Background()
		svc, err := proposal.New(mustOpen(t, p), workflow.WithRefusals(workflow.RefusalLimits{PerAccount: 3}))
		require.NoError(t, err)
		owner := proposal.Actor{ID: "m-1", Body: "xiushan", Roles: []string{"member"}}
		eve := proposal.Actor{ID: "eve", Body: "xiushan", Roles: []string{"member"}}
		denied := 0
		for range 5 {
			c, err := svc.Open(ctx, owner, proposal.Draft{Title: "关于支持小店经济的提案"})
			require.NoError(t, err)
			for range 2 {
				_, err = svc.Do(ctx, eve, c.ID, proposal.Withdraw{})
				require.ErrorIs(t, err, workflow.ErrDenied)
				denied++
			}
		}
		require.NoError(t, svc.KeepRefusals(ctx))
		days, err := svc.Refusals().As(proposal.Actor{ID: "a", Body: "xiushan", Roles: []string{workflow.Administrator}}).Page(ctx, workflow.Query{})
		require.NoError(t, err)
		require.Equal(t, denied, days.Cases[0].Tried)
		entries, err := svc.Refusals().History(ctx, days.Cases[0].ID)
		require.NoError(t, err)
		inFull := 0
		for _, e := range entries {
			var kept workflow.Refusal
			require.NoError(t, json.Unmarshal(e.Action, &kept))
			if e.Event == kept.Event() && kept.Beyond == "" {
				inFull++
			}
		}
		require.Equal(t, 3, inFull, "the others by their number")
		report, err := svc.Audit(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, report.Broken)
		require.EqualValues(t, 1, editor(t, p)("DELETE FROM tian_entries WHERE kind = 'proposal.refusal' AND seq = 3"))
		report, err = svc.Audit(ctx, nil)
		require.NoError(t, err)
		require.Contains(t, report.Broken, workflow.Break{ID: days.Cases[0].ID, Seq: 4, Reason: workflow.BreakMissing})
	})
}
