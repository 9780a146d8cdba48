package workflow_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A case begins with an action that opens, and with no other.
func TestACaseBeginsWithItsOpening(t *testing.T) {
	_, e := store1(t)
	_, err := e.Open(context.Background(), clerk, "b", note{As: "note"})
	require.Equal(t, []string{"action", "not_opening"}, refusal(t, err))
	_, err = e.Open(context.Background(), clerk, "b", nil)
	require.Equal(t, []string{"action", "empty"}, refusal(t, err))
	c := opened(t, e)
	_, err = e.Do(context.Background(), clerk, c.ID, note{As: workflow.Opening})
	require.Equal(t, []string{"unknown_event"}, refusal(t, err))
}

// The header is the engine's alone: an action that writes to it writes nothing.
func TestAnActionCannotTouchTheHeader(t *testing.T) {
	_, e := store1(t)
	c := opened(t, e)
	done, err := e.Do(context.Background(), clerk, c.ID, note{As: "take", apply: func(_ *workflow.Act[manners], c *ticket) error {
		c.State, c.Body, c.ID, c.Seq, c.Revision = "done", "other", "x", 99, 99
		c.Tracks = map[string]string{"flag": "up"}
		return nil
	}})
	require.NoError(t, err)
	require.Equal(t, []any{c.ID, "b", "open", uint64(2), uint64(2)}, []any{done.ID, done.Body, done.State, done.Seq, done.Revision})
	require.Empty(t, done.Tracks)
}

// What an action asks of the engine beside its own event happens with it, in
// one entry, or the whole act does not.
func TestConsequences(t *testing.T) {
	_, e := store1(t)
	ctx := context.Background()
	c := opened(t, e)
	do := func(apply func(act *workflow.Act[manners])) (*ticket, error) {
		return e.Do(ctx, clerk, c.ID, note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error { apply(act); return nil }})
	}
	got, err := do(func(act *workflow.Act[manners]) {
		act.Begin("task", "x")
		act.Begin("task", "y/z")
		act.Begin("flag", "")
	})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"task/x": "given", "task/y/z": "given", "flag": "down"}, got.Tracks)
	require.Equal(t, "given", got.Track("task", "y/z"))

	got, err = do(func(act *workflow.Act[manners]) { act.Begin("task", "x"); act.Then("make", "x") })
	require.NoError(t, err)
	require.Equal(t, "made", got.Track("task", "x"), "what has begun is not begun again")
	history, err := e.History(ctx, c.ID)
	require.NoError(t, err)
	require.Equal(t, []workflow.Move{{Event: "note", From: "new", To: "new"}, {Event: "make", Line: "task/x", From: "given", To: "made"}}, history[2].Moves)

	for name, try := range map[string]struct {
		apply func(act *workflow.Act[manners])
		want  []string
	}{
		"what the machine refuses":     {func(act *workflow.Act[manners]) { act.Then("make", "x") }, []string{"wrong_state"}},
		"what is not the system's":     {func(act *workflow.Act[manners]) { act.Then("raise", "") }, []string{"no_role"}},
		"an instance that is not":      {func(act *workflow.Act[manners]) { act.Then("make", "nobody") }, []string{"no_instance"}},
		"an event that is not":         {func(act *workflow.Act[manners]) { act.Then("fly", "") }, []string{"unknown_event"}},
		"a track that is not":          {func(act *workflow.Act[manners]) { act.Begin("sky", "") }, []string{"action", "unknown_track"}},
		"an instance of a single":      {func(act *workflow.Act[manners]) { act.Begin("flag", "x") }, []string{"action", "unknown_track"}},
		"an instance without its name": {func(act *workflow.Act[manners]) { act.Begin("task", "") }, []string{"action", "unknown_track"}},
	} {
		_, err := do(try.apply)
		require.Equal(t, try.want, refusal(t, err), name)
		now, err := e.Get(ctx, c.ID)
		require.NoError(t, err)
		require.Equal(t, got, now, name)
	}
}

// A claim is taken once, for good, and the refusal names it, however long it is.
func TestClaims(t *testing.T) {
	_, e := store1(t)
	claim := func(id, name string) error {
		_, err := e.Do(context.Background(), clerk, id, note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error { act.Claim(name); return nil }})
		return err
	}
	long := fmt.Sprintf("the number %0200d", 7)
	a, b := opened(t, e), opened(t, e)
	for _, name := range []string{"7", "八号", long} {
		require.NoError(t, claim(a.ID, name))
		err := claim(b.ID, name)
		require.Equal(t, []string{"taken"}, refusal(t, err))
		require.ErrorContains(t, err, name)
		require.Equal(t, []string{"taken"}, refusal(t, claim(a.ID, name)), "not even by the same case")
	}
	now, err := e.Get(context.Background(), b.ID)
	require.NoError(t, err)
	require.EqualValues(t, 1, now.Seq)
}

// Automatic transitions follow until none agrees; ones that run in a circle are
// an error and not an endless loop.
func TestAutomaticTransitions(t *testing.T) {
	auto := func(event, from, to string) lifecycle.Transition {
		return lifecycle.Transition{Event: event, From: []string{from}, To: to, Roles: []string{lifecycle.System}, Guards: []string{"always"}, Auto: true}
	}
	d := desk()
	d.Transitions = append(d.Transitions, auto("a", "open", "done"))
	e := engine(t, memory.New(), vocabulary(d))
	c := opened(t, e)
	c, err := e.Do(context.Background(), clerk, c.ID, note{As: "take"})
	require.NoError(t, err)
	require.Equal(t, "done", c.State)

	d.Transitions = append(d.Transitions, auto("b", "done", "open"))
	e = engine(t, memory.New(), vocabulary(d))
	c = opened(t, e)
	_, err = e.Do(context.Background(), clerk, c.ID, note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrInvalid)
	require.ErrorContains(t, err, "circle")
	now, err := e.Get(context.Background(), c.ID)
	require.NoError(t, err)
	require.Equal(t, "new", now.State)
}

// Steps on several cases happen all together or not at all.
func TestTogether(t *testing.T) {
	_, e := store1(t)
	ctx := context.Background()
	a, b := opened(t, e), opened(t, e)
	steps := []workflow.Step[*ticket, manners]{{ID: a.ID, Action: note{As: "take"}}, {ID: b.ID, Action: note{As: "finish"}}}
	_, err := e.Together(ctx, clerk, steps)
	require.Equal(t, []string{"wrong_state"}, refusal(t, err))
	now, err := e.Get(ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, "new", now.State)

	steps[1].Action = note{As: "take"}
	cases, err := e.Together(ctx, clerk, steps)
	require.NoError(t, err)
	require.Equal(t, []string{a.ID, b.ID}, []string{cases[0].ID, cases[1].ID})

	steps[1] = steps[0]
	_, err = e.Together(ctx, clerk, steps)
	require.Equal(t, []string{"steps", "duplicate"}, refusal(t, err))
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	cases, err = e.Together(cancelled, clerk, nil)
	require.NoError(t, err, "nothing asked, nothing done")
	require.Empty(t, cases)
	_, err = e.Together(cancelled, clerk, steps[:1])
	require.ErrorIs(t, err, context.Canceled)
}

// Time does not run backwards in a history, whatever the clocks of machines say,
// and stays within what a calendar knows.
func TestTimeDoesNotRunBackwards(t *testing.T) {
	st, e := store1(t)
	c := opened(t, e)
	behind := engine(t, st, vocabulary(desk()), workflow.WithNow(func() time.Time { return c.Changed.Add(-time.Hour) }),
		workflow.WithIDs(func() string { return "behind" }))
	next, err := behind.Do(context.Background(), clerk, c.ID, note{As: "take"})
	require.NoError(t, err)
	require.Equal(t, c.Changed, next.Changed)

	at := func(when time.Time) error {
		_, err := e.Do(context.Background(), clerk, c.ID, note{As: "finish"}, workflow.Happened(when))
		return err
	}
	require.Equal(t, []string{"at", "too_early"}, refusal(t, at(c.Changed.Add(-time.Second))))
	require.Equal(t, []string{"at", "future"}, refusal(t, at(time.Date(12024, 1, 1, 0, 0, 0, 0, time.UTC))))
	far := engine(t, st, vocabulary(desk()), workflow.WithNow(func() time.Time { return time.Date(12024, 1, 1, 0, 0, 0, 0, time.UTC) }))
	_, err = far.Do(context.Background(), clerk, c.ID, note{As: "finish"})
	require.Equal(t, []string{"at", "out_of_range"}, refusal(t, err))
	beijing := time.FixedZone("CST", 8*3600)
	require.NoError(t, at(time.Date(2024, 3, 5, 8, 0, 0, 0, beijing)))
	history, err := e.History(context.Background(), c.ID)
	require.NoError(t, err)
	require.Equal(t, "2024-03-05T00:00:00Z", history[2].At.Format(time.RFC3339), "journals are UTC")
	require.Equal(t, []string{"open", "done"}, []string{history[2].From(), history[2].To()})
}

// Observers are told of what was committed, and of nothing else.
func TestObservers(t *testing.T) {
	var told []string
	st := memory.New()
	e := engine(t, st, vocabulary(desk()), workflow.WithObserver(func(_ context.Context, entries []workflow.Entry) {
		for _, x := range entries {
			told = append(told, x.ID+" "+x.Event)
		}
	}))
	a, b := opened(t, e), opened(t, e)
	_, err := e.Do(context.Background(), clerk, a.ID, note{As: "finish"})
	require.Error(t, err)
	_, err = e.Together(context.Background(), clerk, []workflow.Step[*ticket, manners]{{ID: b.ID, Action: note{As: "take"}}, {ID: a.ID, Action: note{As: "take"}}}, workflow.Command("c"))
	require.NoError(t, err)
	_, err = e.Do(context.Background(), clerk, a.ID, note{As: "take"}, workflow.Command("c"))
	require.NoError(t, err, "repeated, and not told again")
	require.Equal(t, []string{a.ID + " open", b.ID + " open", b.ID + " take", a.ID + " take"}, told)
}

// A relation holds by what is in the case, and only in its own body.
func TestRelationsFollowFromTheCase(t *testing.T) {
	_, e := store1(t)
	c := opened(t, e)
	_, err := e.Do(context.Background(), clerk, c.ID, note{As: "note", Text: "x"})
	require.NoError(t, err)
	owner := workflow.Actor{ID: "", Body: "b"}
	_, err = e.Do(context.Background(), owner, c.ID, note{As: "note"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	c, err = e.Open(context.Background(), clerk, "b", note{As: workflow.Opening, Text: "bob"})
	require.NoError(t, err)
	for body, want := range map[string]error{"b": nil, "c": workflow.ErrDenied} {
		_, err = e.Do(context.Background(), workflow.Actor{ID: "bob", Body: body}, c.ID, note{As: "note"})
		require.ErrorIs(t, err, want)
	}
}

// What may be done on one line does not depend on the lines that were asked
// about before.
func TestChoicesAskEachLineByItself(t *testing.T) {
	v := vocabulary(desk())
	v.Relations = append(v.Relations, workflow.Relation[*ticket]{Name: "whole", Holds: func(_ workflow.Actor, _ *ticket, of string) bool { return of == "" }})
	v.Definitions[0].Tracks[1].Transitions[0].Roles = []string{"whole"}
	e := engine(t, memory.New(), v)
	c := opened(t, e)
	_, err := e.Do(context.Background(), clerk, c.ID, note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error { act.Begin("task", "x"); return nil }})
	require.NoError(t, err)
	choices, err := e.Choices(context.Background(), clerk, c.ID)
	require.NoError(t, err)
	var allowed []string
	for _, x := range choices {
		if x.Allowed {
			allowed = append(allowed, x.Event+" "+x.Instance+" → "+x.To)
		}
	}
	require.Equal(t, []string{"make x → made", "note  → new", "raise  → up", "take  → open"}, allowed)
}

// Codes for transport.
func TestCodes(t *testing.T) {
	for err, want := range map[error]string{
		nil:                          "",
		store.ErrNotFound:            "not_found",
		store.ErrConflict:            "conflict",
		store.ErrInvalid:             "invalid",
		store.ErrClosed:              "unavailable",
		workflow.ErrUnreadable:       "unreadable",
		context.Canceled:             "cancelled",
		context.DeadlineExceeded:     "cancelled",
		&workflow.RefusedError{}:     "refused",
		&workflow.DeniedError{}:      "denied",
		&workflow.InvalidError{}:     "invalid",
		errors.New("disk on fire"):   "unavailable",
		fmt.Errorf("x: %w", errSome): "unavailable",
	} {
		require.Equal(t, want, workflow.Code(err), "%v", err)
	}
}

var errSome = errors.New("some")

func TestTheTreeOfBodies(t *testing.T) {
	beijing := time.FixedZone("CST", 8*3600)
	tree, err := workflow.NewTree(
		workflow.Body{ID: "district", Parent: "city"}, workflow.Body{ID: "province", Zone: beijing},
		workflow.Body{ID: "city", Parent: "province"}, workflow.Body{ID: "other", Parent: "province"},
	)
	require.NoError(t, err)
	require.Equal(t, []string{"district", "city", "province"}, tree.Path("district"))
	require.Equal(t, []string{"district", "city"}, tree.Below("city"))
	require.Equal(t, []string{"district", "province", "city", "other"}, tree.Below("province"))
	require.Equal(t, []string{"nowhere"}, tree.Below("nowhere"))
	require.Equal(t, beijing, tree.Zone("district"))
	require.Equal(t, time.UTC, tree.Zone("nowhere"))
	for _, c := range []struct {
		above, id string
		want      bool
	}{{"province", "district", true}, {"city", "city", true}, {"district", "city", false}, {"other", "district", false}, {"x", "x", true}} {
		require.Equal(t, c.want, tree.Covers(c.above, c.id), "%v", c)
	}
	var none *workflow.Tree
	require.Equal(t, []string{"x"}, none.Path("x"))
	require.Equal(t, []string{"x"}, none.Below("x"))
	require.Equal(t, time.UTC, none.Zone("x"))
}
