package workflow_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// versions makes an engine of two versions of the desk: cases begin on the first.
func versions(t *testing.T, one, two func(*lifecycle.Definition)) (*wall, *memory.Store) {
	t.Helper()
	first, second := desk(), desk()
	first.Name, second.Name, second.Version = "one", "two", 2
	one(&first)
	two(&second)
	v := vocabulary(first)
	other := vocabulary(second)
	for _, a := range other.Actions {
		known := false
		for _, b := range v.Actions {
			known = known || a.Event == b.Event
		}
		if !known {
			v.Actions = append(v.Actions, a)
		}
	}
	v.Roles = append(v.Roles, other.Roles...)
	v.Dates = []string{"closed"}
	v.Definitions = append(v.Definitions, second)
	w := &wall{t: t, now: time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)}
	st := memory.New()
	w.Engine = engine(t, st, v, workflow.WithNow(func() time.Time { return w.now }))
	return w, st
}

var toTwo = workflow.Migration{Name: "two", Version: 2, Reason: "办法修订"}

func (w *wall) migrate(c *ticket, m workflow.Migration) (*ticket, workflow.Carried) {
	w.t.Helper()
	c, err := w.Migrate(context.Background(), ruler, c.ID, m)
	require.NoError(w.t, err)
	history, err := w.History(context.Background(), c.ID)
	require.NoError(w.t, err)
	var note workflow.Carried
	require.NoError(w.t, json.Unmarshal(history[len(history)-1].Note, &note))
	broken, err := w.Verify(context.Background(), c.ID)
	require.NoError(w.t, err)
	require.Empty(w.t, broken)
	return c, note
}

func withLimits(limits ...lifecycle.Limit) func(*lifecycle.Definition) {
	return func(d *lifecycle.Definition) { d.Limits = limits }
}

func inNew(key, length string) lifecycle.Limit {
	return lifecycle.Limit{Key: key, For: "clerk", In: []string{"new"}, Length: length}
}

// A limit that is new to the case starts on the day it would have.
func TestAMigrationStartsLimitsWhoseStartHasPassed(t *testing.T) {
	open := lifecycle.Limit{Key: "open", For: "clerk", In: []string{"open"}, Length: "30 days"}
	noted := lifecycle.Limit{Key: "noted", For: "clerk", Start: []string{"note"}, Stop: []string{"take"}, Length: "5 days"}
	task := lifecycle.Limit{Key: "task", For: "clerk", Each: "task", Start: []string{lifecycle.Begin}, Stop: []string{"make"}, Length: "9 days"}
	w, _ := versions(t, withLimits(), withLimits(open, noted, task))
	c := opened(t, w.Engine)
	w.at("2024-03-06")
	c, err := w.Do(context.Background(), clerk, c.ID, note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error {
		act.Begin("task", "x")
		act.Begin("task", "y")
		return nil
	}})
	require.NoError(t, err)
	c, err = w.Do(context.Background(), clerk, c.ID, note{As: "make", Of: "x"})
	require.NoError(t, err)
	c = w.at("2024-03-08").do(c, "take")
	require.Empty(t, c.Clocks)
	c, said := w.at("2024-03-20").migrate(c, toTwo)
	require.Equal(t, []string{"open", "task/y"}, said.Started, "what take has met is not started")
	require.Equal(t, []string{"2024-04-07", "2024-03-15"}, []string{c.Clocks[0].Due.String(), c.Clocks[1].Due.String()})
	require.Equal(t, "one", said.From.Name)
}

// A renamed limit keeps its day, a dropped one ends and is named, and none goes on
// unseen.
func TestAMigrationCarriesClocksByItsMapping(t *testing.T) {
	w, _ := versions(t, withLimits(inNew("kept", "10 days"), inNew("old", "20 days"), inNew("dropped", "30 days")), withLimits(inNew("kept", "15 days"), inNew("renamed", "20 days")))
	c := opened(t, w.Engine)
	w.at("2024-03-06")
	_, err := w.Migrate(context.Background(), ruler, c.ID, toTwo)
	require.Equal(t, []string{"no_such_limit", "no_such_limit"}, refusal(t, err))
	m := toTwo
	m.Limits = map[string]string{"old": "renamed", "dropped": ""}
	c, said := w.migrate(c, m)
	require.Equal(t, []string{"dropped"}, said.Ended)
	require.Empty(t, said.Started)
	require.Len(t, c.Clocks, 2)
	require.Equal(t, []string{"kept", "2024-03-19", "renamed", "2024-03-24"},
		[]string{c.Clocks[0].Limit, c.Clocks[0].Due.String(), c.Clocks[1].Limit, c.Clocks[1].Due.String()})
}

// A clock that is held by what the new limit knows nothing of would stay paused for
// good.
func TestAMigrationLiftsPausesWhoseCauseIsGone(t *testing.T) {
	held := inNew("kept", "10 days")
	held.Pause, held.Resume = []string{"note"}, []string{"raise"}
	w, _ := versions(t, withLimits(held), withLimits(inNew("kept", "10 days")))
	c := w.do(opened(t, w.Engine), "note")
	require.Equal(t, calendar.CodePaused, c.Clocks[0].Why)
	c, said := w.at("2024-03-09").migrate(c, toTwo)
	require.Equal(t, []string{"kept"}, said.Lifted)
	require.Equal(t, "2024-03-18", c.Clocks[0].Due.String(), "the 5th to the 8th did not count")
}

// What is due by itself happens with the migration, and not with the next act.
func TestAMigrationFiresWhatIsDue(t *testing.T) {
	w, _ := versions(t, withLimits(), func(d *lifecycle.Definition) {
		d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "by_itself", From: []string{"new"}, To: "open", Roles: []string{lifecycle.System}, Guards: []string{"always"}, Auto: true})
		d.Limits = []lifecycle.Limit{{Key: "open", For: "clerk", In: []string{"open"}, Length: "5 days"}}
	})
	c, _ := w.at("2024-03-06").migrate(opened(t, w.Engine), toTwo)
	require.Equal(t, "open", c.State)
	require.Equal(t, "2024-03-11", c.Clocks[0].Due.String())
}

// Migrating to where the case is already does nothing, and says nothing.
func TestAMigrationWithNothingToDoLeavesNoEntry(t *testing.T) {
	ctx := context.Background()
	w, _ := versions(t, withLimits(), withLimits())
	c, _ := w.migrate(opened(t, w.Engine), toTwo)
	again, err := w.Migrate(ctx, ruler, c.ID, toTwo)
	require.NoError(t, err)
	require.Equal(t, c.Hash, again.Hash)
	_, err = w.Migrate(ctx, clerk, c.ID, toTwo)
	require.ErrorIs(t, err, workflow.ErrDenied, "whoever may not is not told")
	m := toTwo
	m.States = map[string]string{"new": "done"}
	_, err = w.Migrate(ctx, ruler, c.ID, m)
	require.Equal(t, []string{"same_definition"}, refusal(t, err), "no way around the guards")
}

// A dry run over many cases tells what would move, what would not, and why.
func TestAMigrationIsPlanned(t *testing.T) {
	ctx := context.Background()
	w, st := versions(t, withLimits(), func(d *lifecycle.Definition) {
		d.States[1].Key = "begun"
		for i := range d.Transitions {
			if d.Transitions[i].To == "open" {
				d.Transitions[i].To = "begun"
			}
			if d.Transitions[i].From[0] == "open" {
				d.Transitions[i].From = []string{"begun"}
			}
		}
		d.Limits = []lifecycle.Limit{inNew("kept", "10 days")}
	})
	moves, stuck, there, bad := opened(t, w.Engine), opened(t, w.Engine), opened(t, w.Engine), opened(t, w.Engine)
	stuck = w.do(stuck, "take")
	there, _ = w.migrate(there, toTwo)
	r, _, err := st.Load(ctx, "ticket", bad.ID)
	require.NoError(t, err)
	r.Data = bytes.Replace(r.Data, []byte(`{"id":`), []byte(`{"id":[`), 1)
	require.NoError(t, st.Commit(ctx, store.Change{Record: r}))

	plan, err := w.PlanMigration(ctx, ruler, toTwo)
	require.ErrorIs(t, err, workflow.ErrUnreadable, "and hides no other")
	require.Len(t, plan, 3)
	of := map[string]workflow.Planned{}
	for _, p := range plan {
		of[p.ID] = p
	}
	require.True(t, of[moves.ID].Does)
	require.Equal(t, []string{"kept"}, of[moves.ID].Note.Started)
	require.Equal(t, "no_such_state", of[stuck.ID].Blockers[0].Code)
	require.False(t, of[there.ID].Does || of[there.ID].Blockers != nil)

	m := toTwo
	m.States = map[string]string{"open": "begun"}
	plan, err = w.PlanMigration(ctx, ruler, m, store.Match{Attr: "state", Op: store.Is, Values: []string{"open"}})
	require.NoError(t, err)
	require.Equal(t, []bool{true}, []bool{plan[0].Does})
	require.Equal(t, "begun", plan[0].State)
	now, err := w.Get(ctx, stuck.ID)
	require.NoError(t, err)
	require.Equal(t, stuck.Hash, now.Hash, "it was only asked")
	_, err = w.PlanMigration(ctx, clerk, m)
	require.ErrorIs(t, err, workflow.ErrDenied)
	m.Version = 9
	_, err = w.PlanMigration(ctx, ruler, m)
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

// A recount goes on past what cannot be recounted, and reports it at the end.
func TestARecountGoesOnPastABadRecord(t *testing.T) {
	ctx := context.Background()
	d := desk()
	d.Limits = []lifecycle.Limit{inNew("kept", "5 workdays")}
	st := memory.New()
	calendarOf := func(years ...int) workflow.Option {
		spec := calendar.Spec{Name: "own"}
		for _, y := range years {
			spec.Notices = append(spec.Notices, calendar.Notice{Year: y})
		}
		cal, err := calendar.New(spec)
		require.NoError(t, err)
		return workflow.WithCalendar("", cal)
	}
	before := engine(t, st, vocabulary(d), calendarOf(2023))
	var ids []string
	for range 4 {
		ids = append(ids, opened(t, before).ID)
	}
	for i, spoil := range []func([]byte) []byte{
		0: func(data []byte) []byte { return bytes.Replace(data, []byte(`{"id":`), []byte(`{"id":[`), 1) },
		2: func(data []byte) []byte {
			return bytes.Replace(data, []byte(`"state":"new"`), []byte(`"state":"open"`), 1)
		},
	} {
		if spoil == nil {
			continue
		}
		r, _, err := st.Load(ctx, "ticket", ids[i])
		require.NoError(t, err)
		r.Data = spoil(r.Data)
		require.NoError(t, st.Commit(ctx, store.Change{Record: r}))
	}
	after := engine(t, st, vocabulary(d), calendarOf(2023, 2024))
	moved, err := after.Recount(ctx, ruler, "b")
	require.ErrorIs(t, err, workflow.ErrUnreadable)
	require.ErrorIs(t, err, workflow.ErrBroken)
	require.ErrorContains(t, err, "recount of "+ids[2])
	require.Len(t, moved, 2)
	require.Equal(t, []string{ids[1], ids[3]}, []string{moved[0].ID, moved[1].ID})
}
