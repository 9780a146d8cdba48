//go:build unix

package campaign

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// customs are rules that an office words in its own way.
type customs struct {
	Greeting string `json:"greeting"`
}

// slip is a case that keeps by which customs each of its acts was done.
type slip struct {
	workflow.Header `json:"-"`
	Heard           []string `json:"heard,omitempty"`
}

func (s *slip) hear(greeting string) { s.Heard = append(s.Heard, greeting) }

// laterSlip is the slip of a later program, which has a field more.
type laterSlip struct {
	workflow.Header `json:"-"`
	Heard           []string `json:"heard,omitempty"`
	Urgent          string   `json:"urgent,omitempty"`
}

func (s *laterSlip) hear(greeting string) {
	s.Heard = append(s.Heard, greeting)
	if s.Body == "c" {
		s.Urgent = "flood"
	}
}

type hearing interface {
	workflow.Case
	hear(greeting string)
}

type jot[C hearing] struct {
	As string `json:"as"`
}

func (j jot[C]) Event() string { return j.As }

func (j jot[C]) Apply(act *workflow.Act[customs], c C) error {
	c.hear(act.Rules.Greeting)
	return nil
}

func slipDefinition(version int) lifecycle.Definition {
	return lifecycle.Definition{
		Name: "slip", Version: version, Initial: "new", Open: []string{"clerk"},
		States: []lifecycle.State{{Key: "new"}, {Key: "done", Final: true}},
		Transitions: []lifecycle.Transition{
			{Event: "note", From: []string{"new"}, To: "new", Roles: []string{"clerk"}},
			{Event: "finish", From: []string{"new"}, To: "done", Roles: []string{"clerk"}},
		},
	}
}

// program is a process with slips of a kind, on a store of its own that leads to a
// database which it shares with others. Its clock is the test's.
type program[C hearing] struct {
	*workflow.Engine[C, customs]
}

func startProgram[C hearing](t *testing.T, p place, now func() time.Time, fresh func() C, guards ...string) program[C] {
	t.Helper()
	tree, err := workflow.NewTree(workflow.Body{ID: "city"}, workflow.Body{ID: "b", Parent: "city"}, workflow.Body{ID: "c", Parent: "city"})
	require.NoError(t, err)
	v := workflow.Vocabulary[C, customs]{
		Kind: "slip", Fresh: fresh, Definitions: []lifecycle.Definition{slipDefinition(1)}, Default: "slip", Roles: []string{"clerk"},
		Guards: make(map[string]workflow.Guard[C, customs]),
	}
	for _, event := range []string{workflow.Opening, "note", "finish"} {
		v.Actions = append(v.Actions, workflow.Describe(jot[C]{As: event}, "记", "note"))
	}
	for _, name := range guards {
		v.Guards[name] = func(*workflow.Act[customs], C) []workflow.Blocker { return nil }
	}
	e, err := workflow.New(mustOpen(t, p), v, workflow.WithTree(tree), workflow.WithNow(now))
	require.NoError(t, err)
	return program[C]{e}
}

func newSlip() *slip           { return new(slip) }
func newLaterSlip() *laterSlip { return new(laterSlip) }

func slipClerk(body string) workflow.Actor {
	return workflow.Actor{ID: "ann", Body: body, Roles: []string{"clerk"}}
}

// director may adopt in every body.
var director = workflow.Actor{ID: "chief", Body: "city", Grants: []workflow.Grant{{Role: workflow.Administrator, Body: "city"}}}

// wall is a clock that the test moves, for all programs.
type wall struct{ at atomic.Pointer[time.Time] }

func newWall() *wall {
	w := new(wall)
	at := time.Date(2024, 3, 4, 8, 0, 0, 0, time.UTC)
	w.at.Store(&at)
	return w
}

func (w *wall) now() time.Time { return *w.at.Load() }

func (w *wall) on(by time.Duration) {
	at := w.now().Add(by)
	w.at.Store(&at)
}

// adoptedRules is what a search through all adoptions goes by.
type adoptedRules struct {
	body, greeting string
	holds          time.Time
}

// greetingAt searches for the rules of a body at a moment: the nearest body's, of
// several the last before it.
func greetingAt(all []adoptedRules, body string, at time.Time) (greeting string) {
	for _, level := range []string{body, "city"} {
		var when time.Time
		for _, a := range all {
			if a.body == level && !a.holds.After(at) && !a.holds.Before(when) {
				greeting, when = a.greeting, a.holds
			}
		}
		if greeting != "" {
			return greeting
		}
	}
	return ""
}

// Rules that one process adopts, while all of them act, hold in every other from
// their day on and not before: whatever the engine, each act was done by what a
// search through the adoptions says for its moment.
func TestWhatOneProcessAdoptsHoldsInEveryOther(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, p place) {
		t.Parallel()
		ctx := context.Background()
		w := newWall()
		programs := []program[*slip]{startProgram(t, p, w.now, newSlip), startProgram(t, p, w.now, newSlip)}
		working, stop := context.WithCancel(ctx)
		var actors sync.WaitGroup
		defer func() { stop(); actors.Wait() }()
		var acts atomic.Int64
		for i, svc := range programs {
			for _, body := range []string{"b", "c"} {
				actors.Go(func() {
					var id string
					for n := 0; working.Err() == nil; n++ {
						var c *slip
						var err error
						if n%4 == 0 {
							c, err = svc.Open(ctx, slipClerk(body), body, jot[*slip]{As: workflow.Opening})
						} else {
							c, err = svc.Do(ctx, slipClerk(body), id, jot[*slip]{As: "note"})
						}
						if err != nil {
							t.Errorf("process %d in %s: %v", i, body, err)
							return
						}
						id = c.ID
						acts.Add(1)
					}
				})
			}
		}
		rnd := rand.New(rand.NewPCG(3, 9)) // the same adoptions every time
		var all []adoptedRules
		for round := range times(6, 60) {
			// A new day, that is still to come or has begun; who adopts, and where, is by chance.
			from, err := calendar.DateOf(w.now().AddDate(0, 0, rnd.IntN(3)), time.UTC)
			require.NoError(t, err)
			a := adoptedRules{body: []string{"city", "b", "c"}[rnd.IntN(3)], greeting: fmt.Sprint("g", round)}
			adopted, err := programs[rnd.IntN(2)].Adopt(ctx, director, a.body, workflow.Adopt{From: from, Rules: json.RawMessage(`{"greeting":"` + a.greeting + `"}`)})
			require.NoError(t, err)
			a.holds = adopted.Holds
			all = append(all, a)
			for range 3 {
				for seen := acts.Load(); acts.Load() < seen+4 && !t.Failed(); {
					time.Sleep(time.Millisecond)
				}
				w.on(time.Duration(1+rnd.IntN(900)) * time.Minute)
			}
		}
		stop()
		actors.Wait()

		// A process that starts now reads the same.
		later := startProgram(t, p, w.now, newSlip)
		heard := make(map[string]int)
		require.NoError(t, later.Each(ctx, func(c *slip) error {
			history, err := later.History(ctx, c.ID)
			require.NoError(t, err)
			require.Len(t, c.Heard, len(history))
			for i, e := range history {
				require.Equal(t, greetingAt(all, c.Body, e.At), c.Heard[i], "%s, act %d at %s", c.Body, i, e.At)
				heard[c.Heard[i]]++
			}
			return nil
		}))
		require.Greater(t, len(heard), 3, "several rules were gone by: %v", heard)
		for _, svc := range append(programs, later) {
			for _, a := range all {
				for _, at := range []time.Time{a.holds.Add(-time.Second), a.holds} {
					for _, body := range []string{"b", "c"} {
						rules, err := svc.RulesAt(ctx, body, at)
						require.NoError(t, err)
						require.Equal(t, greetingAt(all, body, at), rules.Greeting, "%s at %s", body, at)
					}
				}
			}
		}
		report, err := later.Audit(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, report.Broken)
		require.Equal(t, len(all), report.Adoptions)
	})
}

// Of two processes that adopt one version of a definition at once, in different
// words, the first comes through; new cases begin on it from its day on, in either,
// and running ones stay where they are.
func TestAVersionIsAdoptedOnceByWhoeverComesFirst(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, p place) {
		t.Parallel()
		ctx := context.Background()
		w := newWall()
		programs := []program[*slip]{startProgram(t, p, w.now, newSlip), startProgram(t, p, w.now, newSlip)}
		bodies := []string{"b", "c"}
		running, err := programs[1].Open(ctx, slipClerk("b"), "b", jot[*slip]{As: workflow.Opening})
		require.NoError(t, err)
		for version := 2; version < 2+times(4, 40); version++ {
			before := make(map[string]string)
			for i, svc := range programs {
				c, err := svc.Open(ctx, slipClerk(bodies[i]), bodies[i], jot[*slip]{As: workflow.Opening})
				require.NoError(t, err)
				before[bodies[i]] = c.Definition.String()
			}
			errs := make([]error, len(programs))
			var both sync.WaitGroup
			for i, svc := range programs {
				both.Go(func() {
					d := slipDefinition(version)
					d.Label.ZH = "第" + fmt.Sprint(i) + "处的"
					_, errs[i] = svc.Adopt(ctx, director, bodies[i], workflow.Adopt{Definition: &d})
				})
			}
			both.Wait()
			first, second := 0, 1
			if errs[0] != nil {
				first, second = 1, 0
			}
			require.NoError(t, errs[first])
			require.Equal(t, "taken", refusedFor(errs[second]), "%v", errs[second])
			w.on(time.Hour)
			for _, svc := range programs {
				for i, body := range bodies {
					want := before[body]
					if i == first {
						want = fmt.Sprint("slip@", version)
					}
					c, err := svc.Open(ctx, slipClerk(body), body, jot[*slip]{As: workflow.Opening})
					require.NoError(t, err)
					require.Equal(t, want, c.Definition.String(), body)
				}
			}
		}
		running, err = programs[0].Do(ctx, slipClerk("b"), running.ID, jot[*slip]{As: "note"})
		require.NoError(t, err)
		require.Equal(t, "slip@1", running.Definition.String())
	})
}

// refusedFor returns the code of the first reason of a refusal, or of what is wrong
// with the request.
func refusedFor(err error) string {
	if refused := (*workflow.RefusedError)(nil); errors.As(err, &refused) {
		return refused.Blockers[0].Code
	}
	if invalid := (*workflow.InvalidError)(nil); errors.As(err, &invalid) {
		return invalid.Code
	}
	return ""
}

// Beside a newer program an older one goes on with what both know. What the newer
// one wrote or adopted and it does not know it leaves alone, and says why; it harms
// nothing while both act.
func TestAnOlderProgramSaysWhatItCannotDoBesideANewerOne(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, p place) {
		t.Parallel()
		ctx := context.Background()
		w := newWall()
		older := startProgram(t, p, w.now, newSlip)
		newer := startProgram(t, p, w.now, newLaterSlip, "fresh")

		both, err := older.Open(ctx, slipClerk("c"), "c", jot[*slip]{As: workflow.Opening})
		require.NoError(t, err)
		unknown, err := newer.Open(ctx, slipClerk("c"), "c", jot[*laterSlip]{As: workflow.Opening})
		require.NoError(t, err)
		d := slipDefinition(2)
		d.Transitions[0].Guards = []string{"fresh"}
		adopted, err := newer.Adopt(ctx, director, "b", workflow.Adopt{Definition: &d})
		require.NoError(t, err)
		w.on(time.Hour)
		pinned, err := newer.Open(ctx, slipClerk("b"), "b", jot[*laterSlip]{As: workflow.Opening})
		require.NoError(t, err)
		require.Equal(t, "slip@2", pinned.Definition.String())

		const rounds = 10
		var acting sync.WaitGroup
		defer acting.Wait()
		acting.Go(func() {
			for range rounds {
				for _, id := range []string{unknown.ID, pinned.ID} {
					body := map[string]string{unknown.ID: "c", pinned.ID: "b"}[id]
					if _, err := newer.Do(ctx, slipClerk(body), id, jot[*laterSlip]{As: "note"}); err != nil {
						t.Errorf("the newer program: %v", err)
					}
				}
			}
		})
		for range rounds {
			_, err = older.Do(ctx, slipClerk("c"), unknown.ID, jot[*slip]{As: "note"})
			require.ErrorIs(t, err, workflow.ErrNewer)
			require.ErrorContains(t, err, `has the field "urgent"`)
			_, err = older.Do(ctx, slipClerk("b"), pinned.ID, jot[*slip]{As: "note"})
			require.ErrorIs(t, err, workflow.ErrDefinition)
			_, err = older.Open(ctx, slipClerk("b"), "b", jot[*slip]{As: workflow.Opening})
			require.ErrorIs(t, err, workflow.ErrDefinition)
			require.ErrorContains(t, err, adopted.ID)
			require.ErrorContains(t, err, `guard "fresh"`)
			_, err = older.Do(ctx, slipClerk("c"), both.ID, jot[*slip]{As: "note"})
			require.NoError(t, err)
		}
		acting.Wait()
		for _, id := range []string{unknown.ID, pinned.ID} {
			c, err := newer.Get(ctx, id)
			require.NoError(t, err)
			require.Len(t, c.Heard, 1+rounds, "every act of the newer program is there")
			require.Equal(t, c.Body == "c", c.Urgent == "flood")
			_, err = older.Get(ctx, id)
			require.NoError(t, err, "and the older one shows it")
		}
		report, err := newer.Audit(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, report.Broken)
	})
}
