package workflow_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

var eve = workflow.Actor{ID: "eve", Body: "b", Unit: "u"}

// heard is what observers of refusals were told.
type heard struct {
	mu       sync.Mutex
	refusals []workflow.Refusal
	errs     []error
}

func (h *heard) option() workflow.Option {
	return workflow.WithRefusalObserver(func(_ context.Context, r workflow.Refusal, err error) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.refusals, h.errs = append(h.refusals, r), append(h.errs, err)
	})
}

// days returns the days on which refusals were kept, as whoever may read them sees them.
func days(t testing.TB, e *tickets, a workflow.Actor) []*workflow.RefusedDay {
	t.Helper()
	page, err := e.Refusals().As(a).Page(context.Background(), workflow.Query{Order: "day"})
	require.NoError(t, err)
	return page.Cases
}

// notes returns the refusals that a day has entries of.
func notes(t testing.TB, e *tickets, day *workflow.RefusedDay) (noted []workflow.Refusal) {
	t.Helper()
	history, err := e.Refusals().History(context.Background(), day.ID)
	require.NoError(t, err)
	require.Equal(t, workflow.Opening, history[0].Event)
	for _, entry := range history[1:] {
		action, err := e.Refusals().ActionOf(entry)
		require.NoError(t, err)
		require.Equal(t, lifecycle.System, entry.Actor)
		r, ok := action.(workflow.Refusal)
		require.True(t, ok)
		noted = append(noted, r)
	}
	return noted
}

// A24: someone tries for hours to act on a case that is not theirs. Observers hear of
// each attempt, and the store keeps who tried what, on which case, why not, when and how
// often; and nothing of what they said.
func TestA24ARefusedActLeavesATraceWithoutWhatItSaid(t *testing.T) {
	o := newOffice(t)
	var told heard
	e := o.process(vocabulary(desk()), workflow.WithRefusals(workflow.RefusalLimits{}), told.option())
	plain := o.process(vocabulary(desk()))
	c := o.open(e)
	try := note{As: "take", Text: "秘密"}
	for minute := range 150 {
		o.go2(fmt.Sprintf("2024-03-04T%02d:%02d:00Z", 9+minute/60, minute%60))
		_, err := e.Do(o.ctx, eve, c.ID, try)
		require.ErrorIs(t, err, workflow.ErrDenied)
		_, same := plain.Do(o.ctx, eve, c.ID, try)
		require.Equal(t, same, err, "the answer is the one that there is without")
	}
	require.NoError(t, e.KeepRefusals(o.ctx))
	at := func(text string) time.Time { return moments(t, text) }
	like := workflow.Refusal{
		Kind: "ticket", Body: "b", Case: c.ID, Attempt: "take", Account: "eve", From: "b", Unit: "u", Code: "denied", Reasons: []string{"no_role"},
		First: at("2024-03-04T09:00:00Z"), Last: at("2024-03-04T09:00:00Z"), Count: 1,
	}
	require.Len(t, told.refusals, 150)
	require.Equal(t, like, told.refusals[0])
	require.Equal(t, 150, countOf(told.errs, nil))

	seen := days(t, e, chief)
	require.Len(t, seen, 1)
	require.Equal(t, []any{"2024-03-04", "b", 150, 4}, []any{seen[0].Day, seen[0].Body, seen[0].Tried, seen[0].Kept})
	require.Equal(t, []workflow.RefusedAccount{{Account: "eve", Tried: 150, Kept: 4}}, seen[0].Accounts)
	noted := notes(t, e, seen[0])
	require.Equal(t, like, noted[0], "the first is written at once")
	hour, next, rest := like, like, like
	hour.First, hour.Last, hour.Count = at("2024-03-04T09:01:00Z"), at("2024-03-04T10:00:00Z"), 60
	next.First, next.Last, next.Count = at("2024-03-04T10:01:00Z"), at("2024-03-04T11:00:00Z"), 60
	rest.First, rest.Last, rest.Count = at("2024-03-04T11:01:00Z"), at("2024-03-04T11:29:00Z"), 29
	require.Equal(t, []workflow.Refusal{hour, next, rest}, noted[1:], "what follows, when its hour has passed")

	for l, err := range store.AllLines(o.ctx, o.store.Feed, 0) {
		require.NoError(t, err)
		require.NotContains(t, string(l.Data), "秘密")
	}
	for _, who := range []workflow.Actor{eve, clerk, {}, {ID: "far", Body: "c", Roles: []string{workflow.Administrator}}} {
		require.Empty(t, days(t, e, who), "%s reads nothing", who.ID)
		_, err := e.Refusals().As(who).History(o.ctx, seen[0].ID)
		require.ErrorIs(t, err, workflow.ErrNotFound)
	}
	for _, who := range []workflow.Actor{eve, chief, {ID: lifecycle.System, Body: "b", Roles: []string{lifecycle.System}}} {
		_, err := e.Refusals().Do(o.ctx, who, seen[0].ID, like)
		require.ErrorIs(t, err, workflow.ErrDenied, "nobody but the engine writes")
	}
	report, err := e.Audit(o.ctx, nil)
	require.NoError(t, err)
	require.Equal(t, workflow.Report{Cases: 1, Entries: 1, Refusals: 1, Broken: []workflow.Break{}}, report)
}

func countOf(errs []error, want error) (n int) {
	for _, err := range errs {
		if errors.Is(err, want) {
			n++
		}
	}
	return n
}

// What may not happen now is told with every reason; so are acts of the engine's own,
// openings, acts on several cases, and what is done in bulk, each once.
func TestEveryWayOfActingTellsOfRefusals(t *testing.T) {
	o := newOffice(t)
	var told heard
	e := o.process(vocabulary(desk()), told.option())
	a, b := o.open(e), o.open(e)
	for name, try := range map[string]struct {
		do   func() error
		want []string // event, case, code, reasons
	}{
		"an act":     {func() error { _, err := e.Do(o.ctx, eve, a.ID, note{As: "take"}); return err }, []string{"take", a.ID, "denied", "no_role"}},
		"not now":    {func() error { _, err := e.Do(o.ctx, clerk, a.ID, note{As: "finish"}); return err }, []string{"finish", a.ID, "refused", "wrong_state"}},
		"an opening": {func() error { _, err := e.Open(o.ctx, eve, "b", note{As: "open"}); return err }, []string{"open", "", "denied", "no_role"}},
		"nobody":     {func() error { _, err := e.Do(o.ctx, workflow.Actor{}, a.ID, note{As: "take"}); return err }, []string{"take", a.ID, "denied", "no_actor"}},
		"of another body": {func() error {
			_, err := e.Do(o.ctx, workflow.Actor{ID: "far", Body: "c"}, a.ID, note{As: "take"})
			return err
		}, []string{"take", a.ID, "denied", "other_body"}},
		"a migration": {func() error {
			_, err := e.Migrate(o.ctx, eve, a.ID, workflow.Migration{Name: "desk", Version: 1, Reason: "x"})
			return err
		}, []string{"migrate", a.ID, "denied", "no_role"}},
		"an acceptance": {func() error { _, err := e.Accept(o.ctx, eve, a.ID, "x"); return err }, []string{"accept_record", a.ID, "denied", "no_role"}},
		"a relocation": {func() error {
			_, err := e.Relocate(o.ctx, eve, workflow.Relocation{Cases: []string{a.ID}, To: "c", Reason: "x"})
			return err
		}, []string{"relocate_case", a.ID, "denied", "no_role"}},
		"an adoption": {func() error { _, err := e.Adopt(o.ctx, eve, "b", workflow.Adopt{Use: "desk@1"}); return err }, []string{"open", "", "denied", "no_role"}},
		"a consequence": {func() error {
			_, err := e.Do(o.ctx, clerk, a.ID, note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error { act.Then("raise", ""); return nil }})
			return err
		}, []string{"note", a.ID, "refused", "no_role"}},
		"the second of two": {func() error {
			_, err := e.Together(o.ctx, clerk, []workflow.Step[*ticket, manners]{{ID: a.ID, Action: note{As: "note"}}, {ID: b.ID, Action: note{As: "finish"}}})
			return err
		}, []string{"finish", b.ID, "refused", "wrong_state"}},
		"in bulk": {func() error { return e.DoEach(o.ctx, eve, []string{a.ID}, note{As: "take"})[0].Err }, []string{"take", a.ID, "denied", "no_role"}},
		"a name that is taken": {func() error {
			claim := func(act *workflow.Act[manners], _ *ticket) error { act.Claim("7"); return nil }
			if _, err := e.Do(o.ctx, clerk, b.ID, note{As: "note", apply: claim}); err != nil {
				return err
			}
			_, err := e.Do(o.ctx, clerk, a.ID, note{As: "note", apply: claim})
			return err
		}, []string{"note", a.ID, "refused", "taken"}},
	} {
		told.refusals = nil
		require.Error(t, try.do(), name)
		require.Len(t, told.refusals, 1, name)
		r := told.refusals[0]
		require.Equal(t, try.want, []string{r.Attempt, r.Case, r.Code, strings.Join(r.Reasons, ",")}, name)
	}
	told.refusals = nil
	_, err := e.Do(o.ctx, clerk, "nowhere", note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrNotFound)
	_, err = e.Do(o.ctx, clerk, a.ID, note{As: "take"}, workflow.IfRevision(99))
	require.ErrorIs(t, err, workflow.ErrConflict)
	_, err = e.Choices(o.ctx, eve, a.ID)
	require.NoError(t, err)
	_, err = e.Do(o.ctx, clerk, a.ID, note{As: "take"}, workflow.Command("once"))
	require.NoError(t, err)
	_, err = e.Do(o.ctx, clerk, a.ID, note{As: "take"}, workflow.Command("once"))
	require.NoError(t, err, "done before, not refused")
	require.Empty(t, told.refusals)
}

// Without the option nothing is written, and nobody is kept from reading.
func TestWithoutTheOptionNoRefusalIsKept(t *testing.T) {
	o := newOffice(t)
	e := o.process(vocabulary(desk()))
	c := o.open(e)
	_, err := e.Do(o.ctx, eve, c.ID, note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	require.NoError(t, e.KeepRefusals(o.ctx))
	require.Empty(t, days(t, e, chief))
	lines, err := o.store.Feed(o.ctx, 0, 0)
	require.NoError(t, err)
	require.Len(t, lines, 1)
}

// Whatever is denied, to whomever, on whichever case, when, by how many processes, also
// when the answers of the store are lost: what is kept is as many as were denied, no
// account and no day has more entries than it may, and all of it verifies.
func TestRandomDenialsAreCountedExactlyWithinTheLimits(t *testing.T) {
	for seed := range int64(40) {
		rnd := rand.New(rand.NewSource(seed)) //nolint:gosec // a test that can be repeated
		o := newOffice(t)
		limits := workflow.RefusalLimits{Window: time.Hour, PerAccount: 1 + rnd.Intn(4), PerDay: 3 + rnd.Intn(9)}
		lossy := faulty.New(o.store, func(_ context.Context, c faulty.Call) faulty.Fault {
			fault := faulty.Fault{}
			if c.Method == faulty.Commit && strings.HasSuffix(c.Changes[0].Record.Kind, ".refusal") {
				fault = []faulty.Fault{{Before: errDown}, {After: errDown}, {}, {}, {}, {}, {}, {}, {}}[rnd.Intn(9)]
			}
			return fault
		})
		one := o.on(lossy, vocabulary(desk()), workflow.WithRefusals(limits))
		two := o.on(lossy, vocabulary(desk()), workflow.WithRefusals(limits))
		var ids []string
		for range 3 {
			ids = append(ids, o.open(one).ID)
		}
		at := *o.at.Load()
		denied := make(map[string]int) // by day
		windows := 0
		for range 300 {
			if rnd.Intn(3) == 0 {
				at = at.Add(time.Duration(rnd.Intn(50)) * time.Minute)
				o.at.Store(&at)
				windows++
			}
			e := []*tickets{one, two}[rnd.Intn(2)]
			who := workflow.Actor{ID: fmt.Sprintf("eve%d", rnd.Intn(6)), Body: "b"}
			_, err := e.Do(o.ctx, who, ids[rnd.Intn(3)], note{As: []string{"take", "finish", "raise"}[rnd.Intn(3)]})
			require.ErrorIs(t, err, workflow.ErrDenied, "seed %d", seed)
			denied[at.Format(time.DateOnly)]++
			if rnd.Intn(40) == 0 {
				_, _ = e.Sweep(o.ctx, at)
			}
		}
		for _, e := range []*tickets{one, two} {
			for range 20 {
				if e.KeepRefusals(o.ctx) == nil {
					break
				}
			}
			require.Eventually(t, func() bool { return e.KeepRefusals(o.ctx) == nil }, time.Second, time.Microsecond)
		}
		kept := make(map[string]int)
		for _, day := range days(t, one, chief) {
			noted := notes(t, one, day)
			tried, full := 0, 0
			byAccount := make(map[string]int)
			for _, r := range noted {
				require.False(t, r.Last.Before(r.First))
				tried += r.Count
				if r.Beyond != workflow.BeyondDay {
					full++
				}
				if r.Beyond == "" {
					byAccount[r.Account]++
				}
			}
			kept[day.Day] = tried
			require.Equal(t, tried, day.Tried, "seed %d", seed)
			require.Equal(t, full, day.Kept, "seed %d", seed)
			require.LessOrEqual(t, full, limits.PerDay, "seed %d", seed)
			for who, n := range byAccount {
				require.LessOrEqual(t, n, limits.PerAccount, "seed %d: %s", seed, who)
			}
			require.LessOrEqual(t, len(noted), limits.PerDay+2*(24+2), "seed %d: one more in each window of each process", seed)
			require.Len(t, day.Accounts, len(slices.Compact(slices.Sorted(func(yield func(string) bool) {
				for _, r := range noted {
					if r.Beyond != workflow.BeyondDay && !yield(r.Account) {
						return
					}
				}
			}))), "seed %d", seed)
		}
		require.Equal(t, denied, kept, "seed %d", seed)
		report, err := one.Audit(o.ctx, nil)
		require.NoError(t, err)
		require.Empty(t, report.Broken, "seed %d", seed)
	}
}

// Many at once lose no count.
func TestConcurrentDenialsAreCountedExactly(t *testing.T) {
	o := newOffice(t)
	e := o.process(vocabulary(desk()), workflow.WithRefusals(workflow.RefusalLimits{PerAccount: 3}))
	c := o.open(e)
	var group sync.WaitGroup
	group.Add(8)
	for i := range 8 {
		go func() {
			defer group.Done()
			for j := range 50 {
				_, err := e.Do(o.ctx, workflow.Actor{ID: fmt.Sprintf("eve%d", (i+j)%5), Body: "b"}, c.ID, note{As: []string{"take", "raise", "finish"}[j%3]})
				if !errors.Is(err, workflow.ErrDenied) {
					t.Error(err)
				}
			}
		}()
	}
	group.Wait()
	require.NoError(t, e.KeepRefusals(o.ctx))
	require.Equal(t, 400, days(t, e, chief)[0].Tried)
}

// A refusal that cannot be kept is told, hides nothing, and is kept when the store is
// there again.
func TestAFailureToKeepARefusalIsToldAndHidesNothing(t *testing.T) {
	o := newOffice(t)
	var told heard
	down := true
	st := faulty.New(o.store, func(_ context.Context, c faulty.Call) faulty.Fault {
		if down && c.Method == faulty.Commit && c.Changes[0].Record.Kind == "ticket.refusal" {
			return faulty.Fault{Before: errDown}
		}
		return faulty.Fault{}
	})
	e := o.on(st, vocabulary(desk()), workflow.WithRefusals(workflow.RefusalLimits{PerDay: 2}), told.option())
	c := o.open(e)
	for i := range 5 { // of different likes, more than are tried again one by one
		_, err := e.Do(o.ctx, workflow.Actor{ID: fmt.Sprintf("eve%d", i), Body: "b"}, c.ID, note{As: "take"})
		require.ErrorIs(t, err, workflow.ErrDenied)
	}
	require.Equal(t, 5, countOf(told.errs, errDown))
	require.ErrorIs(t, e.KeepRefusals(o.ctx), errDown)
	_, err := e.Sweep(o.ctx, *o.at.Load())
	require.ErrorIs(t, err, errDown)
	require.Empty(t, days(t, e, chief))
	down = false
	require.NoError(t, e.KeepRefusals(o.ctx))
	require.Equal(t, 5, days(t, e, chief)[0].Tried)
}

// In a transaction of the host's a refusal is counted and nothing is written, whatever
// becomes of it; what is only tried out was not attempted.
func TestARefusalInATransactionOfTheHostsIsKeptBesideIt(t *testing.T) {
	o := newOffice(t)
	var told heard
	e := o.process(vocabulary(desk()), workflow.WithRefusals(workflow.RefusalLimits{}), told.option())
	c := o.open(e)
	trial := e.On(dryrun.New(o.store))
	_, err := trial.Do(o.ctx, eve, c.ID, note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	require.Empty(t, told.refusals)
	require.NoError(t, e.KeepRefusals(o.ctx))
	require.Empty(t, days(t, e, chief))

	inside := e.On(o.store)
	_, err = inside.Do(o.ctx, eve, c.ID, note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	require.Len(t, told.refusals, 1)
	require.Empty(t, days(t, e, chief))
	inside.Committed(o.ctx)
	require.Equal(t, 1, days(t, e, chief)[0].Tried)

	_, err = e.On(o.store).Do(o.ctx, eve, c.ID, note{As: "raise"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = e.Sweep(o.ctx, *o.at.Load())
	require.NoError(t, err)
	require.Equal(t, 2, days(t, e, chief)[0].Tried, "a sweep writes what a transaction that was taken back left")
}

// Who reads refusals is data.
func TestWhoReadsRefusalsIsData(t *testing.T) {
	o := newOffice(t)
	d := workflow.RefusalDefinition()
	d.Name, d.Roles = "watched", []lifecycle.Role{{Key: "inspector"}}
	d.Sight = []lifecycle.Sight{{Who: []string{"inspector"}, Sees: []string{"refusals"}}}
	e := o.process(vocabulary(desk()), workflow.WithRefusals(workflow.RefusalLimits{}),
		workflow.WithDefinition("ticket.refusal", d), workflow.WithUse("ticket.refusal", "", "watched"))
	c := o.open(e)
	_, err := e.Do(o.ctx, eve, c.ID, note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	inspector := workflow.Actor{ID: "ins", Body: "b", Roles: []string{"inspector"}}
	require.Empty(t, days(t, e, chief))
	require.Len(t, days(t, e, inspector), 1)
	_, err = e.Refusals().As(inspector).History(o.ctx, days(t, e, inspector)[0].ID)
	require.ErrorIs(t, err, workflow.ErrDenied)
}

// mangled is a store of which somebody has taken an entry, or changed one.
type mangled struct {
	store.Store
	change func(store.Line) (store.Line, bool)
}

func (m mangled) lines(lines []store.Line, err error) (left []store.Line, _ error) {
	for _, l := range lines {
		if now, stays := m.change(l); stays {
			left = append(left, now)
		}
	}
	return left, err
}

func (m mangled) History(ctx context.Context, kind, id string, after uint64, limit int) ([]store.Line, error) {
	return m.lines(m.Store.History(ctx, kind, id, after, limit))
}

func (m mangled) Feed(ctx context.Context, after uint64, limit int) ([]store.Line, error) {
	return m.lines(m.Store.Feed(ctx, after, limit))
}

func (m mangled) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	found, err := m.Store.Find(ctx, q)
	return slices.DeleteFunc(found, func(r store.Record) bool {
		_, stays := m.change(store.Line{Kind: r.Kind, ID: r.ID})
		return !stays
	}), err
}

// The audit misses a refusal that was removed, one that was edited, and a day that was
// removed whole.
func TestTheAuditMissesARefusalThatWasRemovedOrEdited(t *testing.T) {
	o := newOffice(t)
	e := o.process(vocabulary(desk()), workflow.WithRefusals(workflow.RefusalLimits{}))
	c := o.open(e)
	for _, event := range []string{"take", "raise", "finish"} {
		_, err := e.Do(o.ctx, eve, c.ID, note{As: event})
		require.ErrorIs(t, err, workflow.ErrDenied)
	}
	o.open(e)
	id := days(t, e, chief)[0].ID
	audit := func(change func(store.Line) (store.Line, bool)) workflow.Report {
		report, err := o.on(mangled{o.store, change}, vocabulary(desk())).Audit(o.ctx, nil)
		require.NoError(t, err)
		return report
	}
	require.Empty(t, audit(func(l store.Line) (store.Line, bool) { return l, true }).Broken)
	removed := audit(func(l store.Line) (store.Line, bool) { return l, l.ID != id || l.Seq != 3 })
	require.Equal(t, []workflow.Break{{ID: id, Seq: 4, Reason: workflow.BreakMissing}}, removed.Broken)
	require.Equal(t, []workflow.Gap{{From: 4, To: 4}}, removed.Gaps)
	edited := audit(func(l store.Line) (store.Line, bool) {
		if l.ID == id && l.Seq == 3 {
			l.Data = []byte(strings.Replace(string(l.Data), `"eve"`, `"bob"`, 1))
		}
		return l, true
	})
	require.Equal(t, []workflow.Break{{ID: id, Seq: 3, Reason: workflow.BreakContent}}, edited.Broken)
	whole := audit(func(l store.Line) (store.Line, bool) { return l, l.ID != id })
	require.Equal(t, []workflow.Gap{{From: 2, To: 5}}, whole.Gaps)

	edit(t, o.store, "ticket.refusal", id, `"account":"eve"`, `"account":"bob"`)
	report, err := e.Audit(o.ctx, nil)
	require.NoError(t, err)
	require.Contains(t, report.Broken, workflow.Break{ID: id, Reason: workflow.BreakRecord})
}

// The limits are held to what fits into a record, however accounts are spelled.
func TestTheLimitsOfRefusalsFit(t *testing.T) {
	for _, limits := range []workflow.RefusalLimits{{Window: -1}, {PerAccount: -1}, {PerDay: -1}, {PerDay: 4001}} {
		_, err := workflow.New(memory.New(), vocabulary(desk()), workflow.WithRefusals(limits))
		require.Equal(t, []string{"refusals", "out_of_range"}, refusal(t, err))
	}
	_, err := workflow.New(memory.New(), vocabulary(desk()), workflow.WithRefusalObserver(nil))
	require.ErrorIs(t, err, workflow.ErrInvalid)
	var day workflow.RefusedDay
	for range 4000 {
		day.Accounts = append(day.Accounts, workflow.RefusedAccount{Account: strings.Repeat("<", 256), Tried: 1 << 40, Kept: 4000})
	}
	data, err := json.Marshal(day)
	require.NoError(t, err)
	require.Less(t, len(data), store.MaxBody-64<<10)
}
