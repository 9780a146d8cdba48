package proposal_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store"
	spelling "github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// inspect looks at what a year has left.
func (c *county) inspect() {
	ctx := context.Background()
	svc := c.plain
	for range 2 { // what is left of the year's alarms, and nothing after that
		c.sweep(0)
		c.sweep(1)
	}
	report, err := svc.Audit(ctx, nil)
	if err != nil || len(report.Broken)+len(report.Gaps) > 0 || report.Cases != len(c.cases) {
		c.wrong("the audit of %d cases: %+v %v", len(c.cases), report, err)
		return
	}
	entries := 0
	numbers := make(map[string]string)
	crossed := make(map[string]int)
	for _, it := range c.cases {
		history, err := svc.History(ctx, it.id)
		p, failed := svc.Get(ctx, it.id)
		if err != nil || failed != nil {
			c.wrong("%s: %v %v", it.id, err, failed)
			return
		}
		entries += len(history)
		c.commands(it.id, history)
		c.alarms(svc, p, history, crossed)
		if p.Number != "" {
			_, number := spelling.Number(p.Number)
			key := p.Body + " " + spelling.SessionKey(p.Session) + " " + number
			if other, taken := numbers[key]; taken {
				c.wrong("%s and %s have the number %s", other, it.id, key)
			}
			numbers[key] = it.id
		}
	}
	for _, x := range c.told {
		if crossed[x] == 0 {
			c.wrong("a sweep returned %s, and it is in no journal", x)
		}
	}
	if entries != report.Entries {
		c.wrong("the feed has %d entries, the journals %d", report.Entries, entries)
	}
	c.figures(svc)
}

// commands holds a history against what was acknowledged, and refused.
func (c *county) commands(id string, history []workflow.Entry) {
	times := make(map[string]int)
	for _, e := range history {
		if times[e.Command]++; e.Command != "" && times[e.Command] > 1 {
			c.wrong("%s is in the journal of %s twice", e.Command, id)
		}
	}
	for _, command := range c.acked[id] {
		if n := times[workflow.CommandKey(command)]; n != 1 {
			c.wrong("%s was acknowledged, and is in the journal of %s %d times", command, id, n)
		}
	}
	for _, command := range c.refused[id] {
		if times[workflow.CommandKey(command)] != 0 {
			c.wrong("%s was refused, and is in the journal of %s", command, id)
		}
	}
}

// alarms holds a history against the clocks: no alarm twice, and none missing for
// what is overdue.
func (c *county) alarms(svc *proposal.Service, p *proposal.Proposal, history []workflow.Entry, crossed map[string]int) {
	overdue := make(map[string]bool)
	for _, e := range history {
		if e.Event != workflow.Crossed {
			continue
		}
		var note []workflow.Crossing
		if err := json.Unmarshal(e.Note, &note); err != nil {
			c.wrong("entry %d of %s: %v", e.Seq, p.ID, err)
		}
		for _, x := range note {
			name := p.ID + " " + alarmOf(x)
			if crossed[name]++; crossed[name] > 1 {
				c.wrong("%s was crossed twice", name)
			}
			if x.Alarm.Kind == calendar.OverdueAlarm {
				overdue[fmt.Sprint(x.Limit, "/", x.Of, " ", x.Due)] = true
			}
		}
	}
	today, err := calendar.DateOf(c.now, svc.Zone(p.Body))
	if err != nil {
		c.wrong("%v", err)
	}
	for _, k := range p.Clocks {
		late := k.Running() && !k.Due.IsZero() && len(k.Held) == 0 && k.Due.Before(today) && k.Why == ""
		if name := fmt.Sprint(k.Limit, "/", k.Of, " ", k.Due); late && !overdue[name] {
			c.wrong("%s of %s has been overdue, and no sweep said so", name, p.ID)
		}
	}
}

// figures holds those of the counties against that of the city, and both against
// a count by hand.
func (c *county) figures(svc *proposal.Service) {
	own, err := svc.Figures(context.Background(), nil)
	if err != nil {
		c.wrong("figures: %v", err)
		return
	}
	city := proposal.RollUp(c.tree, own)["chongqing"]
	if city == nil {
		city = new(proposal.Tally)
	}
	parts := new(proposal.Tally)
	for _, body := range []string{"jiulongpo", "xiushan"} {
		if own[body] != nil {
			parts.Merge(own[body])
		}
	}
	whole, err := json.Marshal(city)
	sum, failed := json.Marshal(parts)
	if err != nil || failed != nil || string(whole) != string(sum) {
		c.wrong("the city has %s, its counties %s: %v %v", whole, sum, err, failed)
	}
	if n := city.Drafts + city.Received; n != int64(len(c.cases)) {
		c.wrong("the figures know %d proposals of %d", n, len(c.cases))
	}
}

// A year of a county, many times over: see county. TIAN_SEEDS says which years, as
// 2000 (the first so many) or 801-1600; TIAN_SEED plays one of them and tells every
// step.
func TestAYearOfACountyUnderFaults(t *testing.T) {
	t.Parallel()
	first, last := seeds(t, "24")
	if text := os.Getenv("TIAN_SEEDS"); text != "" {
		first, last = seeds(t, text)
	}
	log := func(string, ...any) {}
	if text := os.Getenv("TIAN_SEED"); text != "" {
		first, last = seeds(t, text+"-"+text)
		log = t.Logf
	}
	acts, faults, alarms := make(map[string]int), 0, 0
	for seed := first; seed <= last; seed++ {
		c, err := newCounty(seed, empty(), log)
		require.NoError(t, err)
		c.run(stepsOfAYear)
		require.Empty(t, c.problems, "play it again with TIAN_SEED=%d", seed)
		for what, n := range c.acts {
			acts[what] += n
		}
		faults, alarms = faults+c.faults, alarms+len(c.told)
	}
	years := last - first + 1
	t.Logf("%d years, %d faults, %d alarms told, acts: %v", years, faults, alarms, acts)
	if years >= 24 { // a simulation in which nothing happens finds nothing
		for _, what := range []string{"open", "file", "assign", "reply", "issue_reply", "close", "merge", "unmerge", "extend", "migrate", "recount", "sweep"} {
			require.NotZero(t, acts[what], "%s never happens: %v", what, acts)
		}
		require.NotZero(t, alarms)
	}
}

const stepsOfAYear = 300

// seeds reads which seeds are meant.
func seeds(t *testing.T, text string) (first, last uint64) {
	t.Helper()
	from, to, some := strings.Cut(text, "-")
	if !some {
		from, to = "1", text
	}
	first, err := strconv.ParseUint(from, 10, 64)
	require.NoError(t, err)
	last, err = strconv.ParseUint(to, 10, 64)
	require.NoError(t, err)
	return first, last
}

// The same seed is the same year, entry by entry.
func TestAYearFollowsFromItsSeed(t *testing.T) {
	t.Parallel()
	play := func(seed uint64) string {
		st := empty()
		c, err := newCounty(seed, st, func(string, ...any) {})
		require.NoError(t, err)
		c.run(stepsOfAYear)
		lines, err := st.Feed(context.Background(), 0, store.MaxLimit)
		require.NoError(t, err)
		all := ""
		for _, l := range lines {
			all += l.ID + " " + l.Command + " " + l.Hash + "\n"
		}
		return all
	}
	first := play(5)
	require.Equal(t, first, play(5))
	require.NotEqual(t, first, play(6))
}

// losing acknowledges some commits and does not keep them; deaf finds no alarms.
type (
	losing struct {
		store.Store
		commits *int
	}
	deaf struct{ store.Store }
)

func (f losing) Commit(ctx context.Context, changes ...store.Change) error {
	if *f.commits++; *f.commits%40 == 0 {
		return nil
	}
	return f.Store.Commit(ctx, changes...)
}

func (d deaf) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if q.Order == "alarm" {
		return nil, nil
	}
	return d.Store.Find(ctx, q)
}

// numberless forgets the claims on numbers.
type numberless struct{ store.Store }

func (n numberless) Commit(ctx context.Context, changes ...store.Change) error {
	return n.Store.Commit(ctx, slices.DeleteFunc(slices.Clone(changes), func(c store.Change) bool { return c.Record.Kind != proposal.Kind })...)
}

// The simulation is worth something only if it sees what is wrong.
func TestAYearOnABadStoreIsNoticed(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]func(store.Store) store.Store{
		"loses commits":         func(s store.Store) store.Store { return losing{s, new(int)} },
		"finds no alarms":       func(s store.Store) store.Store { return deaf{s} },
		"gives a number to two": func(s store.Store) store.Store { return numberless{s} },
	} {
		noticed := ""
		for seed := uint64(1); seed <= 10 && noticed == ""; seed++ {
			c, err := newCounty(seed, bad(empty()), func(string, ...any) {})
			require.NoError(t, err)
			c.run(stepsOfAYear)
			if len(c.problems) > 0 {
				noticed = c.problems[0]
			}
		}
		require.NotEmpty(t, noticed, name)
		t.Logf("%s: %s", name, noticed)
	}
}
