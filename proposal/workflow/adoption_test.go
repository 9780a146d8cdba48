package workflow_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

type tickets = workflow.Engine[*ticket, manners]

// office is a deployment of several processes on one store, with a clock that the
// test moves.
type office struct {
	t     *testing.T
	ctx   context.Context
	store store.Store
	at    atomic.Pointer[time.Time]
	ids   atomic.Int64
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, ctx: context.Background(), store: memory.New()}
	o.go2("2024-03-04T08:00:00Z")
	return o
}

func (o *office) go2(moment string) {
	o.t.Helper()
	at, err := time.Parse(time.RFC3339, moment)
	require.NoError(o.t, err)
	o.at.Store(&at)
}

// process starts a process with a vocabulary of its own.
func (o *office) process(v workflow.Vocabulary[*ticket, manners], options ...workflow.Option) *tickets {
	o.t.Helper()
	return o.on(o.store, v, options...)
}

func (o *office) on(st store.Store, v workflow.Vocabulary[*ticket, manners], options ...workflow.Option) *tickets {
	o.t.Helper()
	return engine(o.t, st, v, append([]workflow.Option{
		workflow.WithNow(func() time.Time { return *o.at.Load() }),
		workflow.WithIDs(func() string { return fmt.Sprintf("id-%05d", o.ids.Add(1)) }),
	}, options...)...)
}

func (o *office) open(e *tickets, options ...workflow.DoOption) *ticket {
	o.t.Helper()
	c, err := e.Open(o.ctx, clerk, "b", note{As: workflow.Opening}, options...)
	require.NoError(o.t, err)
	return c
}

// greeting has an act told by which rules it was done.
func (o *office) greeting(e *tickets, id string, options ...workflow.DoOption) string {
	o.t.Helper()
	var heard string
	_, err := e.Do(o.ctx, clerk, id, note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error {
		heard = act.Rules.Greeting
		return nil
	}}, options...)
	require.NoError(o.t, err)
	return heard
}

func (o *office) rules(greeting, from string) workflow.Adopt {
	return workflow.Adopt{Rules: json.RawMessage(`{"Greeting":"` + greeting + `"}`), From: o.day(from)}
}

func (o *office) day(text string) calendar.Date {
	o.t.Helper()
	if text == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	require.NoError(o.t, err)
	return d
}

// chief adopts.
var chief = workflow.Actor{ID: "chief", Body: "b", Roles: []string{workflow.Administrator}}

// desk2 is a later version of desk.
func desk2() lifecycle.Definition {
	d := desk()
	d.Version = 2
	d.Transitions = append(d.Transitions, lifecycle.Transition{Event: "note", From: []string{"open"}, To: "open", Roles: []string{"clerk"}})
	return d
}

func TestRulesAdoptedInOneProcessHoldInEveryOtherFromTheirDayOn(t *testing.T) {
	o := newOffice(t)
	one, other := o.process(vocabulary(desk())), o.process(vocabulary(desk()))
	id := o.open(other).ID
	require.Empty(t, o.greeting(other, id), "the other has read that nothing is adopted")

	a, err := one.Adopt(o.ctx, chief, "b", o.rules("您好", "2024-03-05"))
	require.NoError(t, err)
	require.Equal(t, "2024-03-05T00:00:00Z", a.Holds.Format(time.RFC3339))
	for moment, want := range map[string]string{
		"2024-03-04T08:00:01Z": "", "2024-03-04T23:59:59Z": "", "2024-03-05T00:00:00Z": "您好", "2024-03-06T09:00:00Z": "您好",
	} {
		for _, e := range []*tickets{one, other, o.process(vocabulary(desk()))} {
			rules, err := e.RulesAt(o.ctx, "b", moments(t, moment))
			require.NoError(t, err)
			require.Equal(t, want, rules.Greeting, moment)
		}
	}
	o.go2("2024-03-04T23:59:59Z")
	require.Empty(t, o.greeting(other, id))
	o.go2("2024-03-05T00:00:00Z")
	require.Equal(t, "您好", o.greeting(other, id))
	require.Equal(t, "您好", other.Rules("b").Greeting)

	// What happened before and is entered now goes by what held then.
	late := o.open(one, workflow.Happened(moments(t, "2024-03-04T09:00:00Z"))).ID
	require.Empty(t, o.greeting(other, late, workflow.Happened(moments(t, "2024-03-04T10:00:00Z"))))
	require.Equal(t, "您好", o.greeting(other, late))
}

func moments(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return at
}

// An adoption from today holds as soon as every process knows of it, and no process
// obeys before another does.
func TestAnAdoptionFromTodayHoldsAfterTheLag(t *testing.T) {
	o := newOffice(t)
	one, other := o.process(vocabulary(desk())), o.process(vocabulary(desk()))
	id := o.open(other).ID
	a, err := one.Adopt(o.ctx, chief, "b", o.rules("您好", ""))
	require.NoError(t, err)
	require.Equal(t, "2024-03-04T08:01:00Z", a.Holds.Format(time.RFC3339))
	for second := range 120 {
		o.go2(moments(t, "2024-03-04T08:00:00Z").Add(time.Duration(second) * time.Second).Format(time.RFC3339))
		want := ""
		if second >= 60 {
			want = "您好"
		}
		require.Equal(t, want, o.greeting(one, id), second)
		require.Equal(t, want, o.greeting(other, id), second)
	}
}

// finding counts how often adoptions are looked for.
type finding struct {
	store.Store
	times atomic.Int64
}

func (f *finding) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	if q.Kind == "ticket.adoption" {
		f.times.Add(1)
	}
	return f.Store.Find(ctx, q)
}

func TestWhatIsAdoptedCostsNoReadingForEachAct(t *testing.T) {
	o := newOffice(t)
	counted := &finding{Store: o.store}
	e := o.on(counted, vocabulary(desk()))
	id := o.open(e).ID
	for range 100 {
		o.greeting(e, id)
	}
	require.Equal(t, int64(1), counted.times.Load())
	o.go2("2024-03-04T08:00:29Z")
	o.greeting(e, id)
	require.Equal(t, int64(1), counted.times.Load())
	o.go2("2024-03-04T08:00:30Z")
	o.greeting(e, id)
	require.Equal(t, int64(2), counted.times.Load(), "half of the lag has passed")
}

func TestNewCasesGetTheDefinitionAdoptedAndRunningOnesStayOnTheirs(t *testing.T) {
	o := newOffice(t)
	one, other := o.process(vocabulary(desk())), o.process(vocabulary(desk()))
	running := o.open(other)
	d := desk2()
	_, err := one.Adopt(o.ctx, chief, "b", workflow.Adopt{Title: "办件规程（修订）", Definition: &d, From: o.day("2024-03-05")})
	require.NoError(t, err)
	before := o.open(other)
	o.go2("2024-03-05T08:00:00Z")
	after := o.open(other)
	elsewhere, err := other.Open(o.ctx, workflow.Actor{ID: "eve", Body: "c", Roles: []string{"clerk"}}, "c", note{As: workflow.Opening})
	require.NoError(t, err)
	require.Equal(t, []string{"desk@1", "desk@1", "desk@2", "desk@1"},
		[]string{running.Definition.String(), before.Definition.String(), after.Definition.String(), elsewhere.Definition.String()})

	started := o.process(vocabulary(desk()))
	for _, e := range []*tickets{one, other, started} {
		_, err = e.Do(o.ctx, clerk, after.ID, note{As: "note"})
		require.NoError(t, err)
	}
	_, err = started.Do(o.ctx, clerk, after.ID, note{As: "take"})
	require.NoError(t, err)
	_, err = other.Do(o.ctx, clerk, after.ID, note{As: "note"})
	require.NoError(t, err, "which version 2 has while open")
	_, err = other.Do(o.ctx, clerk, running.ID, note{As: "take"})
	require.NoError(t, err)
	_, err = other.Do(o.ctx, clerk, running.ID, note{As: "note"})
	require.ErrorIs(t, err, workflow.ErrRefused, "and version 1 has not")

	// A running case moves by a migration, and only by one.
	moved, err := other.Migrate(o.ctx, chief, running.ID, workflow.Migration{Name: "desk", Version: 2, Reason: "新规程"})
	require.NoError(t, err)
	require.Equal(t, "desk@2", moved.Definition.String())
	_, err = one.Adopt(o.ctx, chief, "b", workflow.Adopt{Use: "desk@1"})
	require.NoError(t, err)
	o.go2("2024-03-05T08:02:00Z")
	require.Equal(t, "desk@1", o.open(other).Definition.String(), "back to the one before")
}

// A limit that only an adopted definition has can be asked for as one that is built in,
// as soon as the process knows of it.
func TestCasesAreFoundByALimitThatWasAdopted(t *testing.T) {
	o := newOffice(t)
	one, other := o.process(vocabulary(desk())), o.process(vocabulary(desk()))
	due := workflow.Query{Where: []store.Match{{Attr: "due.answer", Op: store.Below, Values: []string{"9999"}}}}
	_, err := other.All().Page(o.ctx, due)
	require.Equal(t, []string{"where[0]", "unknown_attribute"}, refusal(t, err))
	d := desk2()
	d.Limits = append(d.Limits, lifecycle.Limit{Key: "answer", For: "clerk", In: []string{"new"}, Length: "5 days"})
	_, err = one.Adopt(o.ctx, chief, "b", workflow.Adopt{Definition: &d, From: o.day("2024-03-05")})
	require.NoError(t, err)
	o.go2("2024-03-05T08:00:00Z")
	c := o.open(other)
	require.Equal(t, "desk@2", c.Definition.String())
	page, err := other.All().Page(o.ctx, due)
	require.NoError(t, err)
	require.Len(t, page.Cases, 1)
	require.Equal(t, c.ID, page.Cases[0].ID)
}

func TestADefinitionIsNotUsedBeforeItsDay(t *testing.T) {
	o := newOffice(t)
	e := o.process(vocabulary(desk()))
	c, d := o.open(e), desk2()
	_, err := e.Adopt(o.ctx, chief, "b", workflow.Adopt{Definition: &d, From: o.day("2024-03-05")})
	require.NoError(t, err)
	_, err = e.Migrate(o.ctx, chief, c.ID, workflow.Migration{Name: "desk", Version: 2, Reason: "x"})
	require.Equal(t, []string{"migration", "not_in_force"}, refusal(t, err))
	_, err = e.Adopt(o.ctx, chief, "b", workflow.Adopt{Use: "desk@2", From: o.day("2024-03-06")})
	require.Equal(t, []string{"use", "not_in_force"}, refusal(t, err))
}

func TestWhatDoesNotHoldAgainstTheVocabularyIsNotAdopted(t *testing.T) {
	o := newOffice(t)
	v := vocabulary(desk())
	v.Check = func(field string, r manners, _ []lifecycle.Definition) error {
		if r.Greeting == "" {
			return workflow.Invalid(field+".Greeting", "empty", "没有问候语", "there is no greeting")
		}
		return nil
	}
	v.Rules = manners{"hello"}
	e := o.process(v)
	bad := desk2()
	bad.Transitions[0].Guards = []string{"nobody_wrote"}
	bad.Transitions[1].Roles = []string{"clark"}
	_, made := workflow.New(memory.New(), vocabulary(desk()), workflow.WithDefinition("ticket", bad))
	_, err := e.Adopt(o.ctx, chief, "b", workflow.Adopt{Definition: &bad})
	var adopted, given *lifecycle.DefinitionError
	require.ErrorAs(t, err, &adopted)
	require.ErrorAs(t, made, &given)
	require.Equal(t, given.Problems, adopted.Problems, "all problems, as New has them")
	require.Len(t, adopted.Problems, 2)
	told := workflow.Explain(err)
	require.Equal(t, "definition", told.Code)
	require.Len(t, told.Blockers, 2)
	require.Contains(t, told.Message.ZH, "clark")

	known, good := desk(), desk2()
	for name, c := range map[string]struct {
		adopt workflow.Adopt
		want  []string
	}{
		"nothing":             {workflow.Adopt{}, []string{"adoption", "not_one"}},
		"two at once":         {workflow.Adopt{Use: "desk@1", Definition: &good}, []string{"adoption", "not_one"}},
		"a day that is past":  {o.rules("x", "2024-03-03"), []string{"from", "past"}},
		"a version there is":  {workflow.Adopt{Definition: &known}, []string{"definition.version", "taken"}},
		"an unknown one":      {workflow.Adopt{Use: "desk@7"}, []string{"use", "unknown"}},
		"no version":          {workflow.Adopt{Use: "desk"}, []string{"use", "malformed"}},
		"a field unheard of":  {workflow.Adopt{Rules: json.RawMessage(`{"Greeting":"x","greetings":"y"}`)}, []string{"rules.greetings", "malformed"}},
		"a wrong type":        {workflow.Adopt{Rules: json.RawMessage(`{"Greeting":7}`)}, []string{"rules.Greeting", "malformed"}},
		"rules that are none": {workflow.Adopt{Rules: json.RawMessage(`{"Greeting":""}`)}, []string{"rules.Greeting", "empty"}},
	} {
		_, err := e.Adopt(o.ctx, chief, "b", c.adopt)
		require.Equal(t, c.want, refusal(t, err), name)
	}
	lines, err := o.store.Feed(o.ctx, 0, 0)
	require.NoError(t, err)
	require.Empty(t, lines, "nothing of it has been recorded")
}

func TestTwoBodiesDoNotAdoptOneVersionInDifferentWords(t *testing.T) {
	o := newOffice(t)
	one, other := o.process(vocabulary(desk())), o.process(vocabulary(desk()))
	_, err := other.Holds(o.ctx, "c")
	require.NoError(t, err)
	d, e := desk2(), desk2()
	e.Label.ZH = "另一个"
	_, err = one.Adopt(o.ctx, chief, "b", workflow.Adopt{Definition: &d})
	require.NoError(t, err)
	_, err = other.Adopt(o.ctx, workflow.Actor{ID: "x", Body: "c", Roles: []string{workflow.Administrator}}, "c", workflow.Adopt{Definition: &e})
	require.Equal(t, []string{"taken"}, refusal(t, err))
}

func TestWhoAdoptsIsDataAndNobodyByDefault(t *testing.T) {
	o := newOffice(t)
	e := o.process(vocabulary(desk()))
	secretary := workflow.Actor{ID: "sec", Body: "b", Roles: []string{"clerk"}}
	elsewhere := workflow.Actor{ID: "chief", Body: "c", Roles: []string{workflow.Administrator}}
	for _, who := range []workflow.Actor{secretary, elsewhere, {}} {
		_, err := e.Adopt(o.ctx, who, "b", o.rules("x", ""))
		require.ErrorIs(t, err, workflow.ErrDenied)
	}
	a, err := e.Adopt(o.ctx, chief, "b", o.rules("x", "2024-04-01"))
	require.NoError(t, err)
	_, err = e.Adoptions().Do(o.ctx, secretary, a.ID, workflow.WithdrawAdoption{Reason: "x"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = e.Adoptions().As(secretary).Get(o.ctx, a.ID)
	require.ErrorIs(t, err, workflow.ErrNotFound, "nor read by anybody")
	seen, err := e.Adoptions().As(chief).Get(o.ctx, a.ID)
	require.NoError(t, err)
	require.JSONEq(t, `{"Greeting":"x"}`, string(seen.Adopted.Rules))

	// A place where the clerk proposes and the leader approves.
	two := workflow.AdoptionDefinition()
	two.Name, two.Open, two.Initial = "by_two", []string{"clerk"}, "proposed"
	two.Roles = []lifecycle.Role{{Key: "leader"}}
	two.States = append([]lifecycle.State{{Key: "proposed"}}, two.States...)
	two.Transitions = append(two.Transitions, lifecycle.Transition{Event: "approve", From: []string{"proposed"}, To: "adopted", Roles: []string{"leader"}, Guards: []string{"another_person"}})
	two.Transitions = append(two.Transitions, lifecycle.Transition{Event: "withdraw", From: []string{"proposed"}, To: "withdrawn", Roles: []string{"clerk"}, Guards: []string{"not_in_force"}})
	ours := func() *tickets {
		return o.process(vocabulary(desk()), workflow.WithDefinition("ticket.adoption", two), workflow.WithUse("ticket.adoption", "", "by_two"))
	}
	e, other := ours(), ours()
	leading := secretary
	leading.Roles = []string{"clerk", "leader"}
	leader := workflow.Actor{ID: "lead", Body: "b", Roles: []string{"leader"}}
	a, err = e.Adopt(o.ctx, secretary, "b", o.rules("您好", "2024-03-05"))
	require.NoError(t, err)
	require.True(t, a.Holds.IsZero())
	o.go2("2024-03-06T08:00:00Z")
	rules, err := e.RulesAt(o.ctx, "b", *o.at.Load())
	require.NoError(t, err)
	require.Empty(t, rules.Greeting, "nobody has approved it")
	_, err = e.Adoptions().Do(o.ctx, leading, a.ID, workflow.Approve{})
	require.Equal(t, []string{"same_person"}, refusal(t, err))
	unapproved, err := e.Adopt(o.ctx, secretary, "b", o.rules("你好", "2024-03-07"))
	require.NoError(t, err)
	_, err = e.Adoptions().Do(o.ctx, secretary, unapproved.ID, workflow.WithdrawAdoption{Reason: "有误"})
	require.NoError(t, err, "what nobody has approved is not in force, whatever its day")
	a, err = e.Adoptions().Do(o.ctx, leader, a.ID, workflow.Approve{})
	require.NoError(t, err)
	require.Equal(t, "2024-03-06T08:01:00Z", a.Holds.Format(time.RFC3339), "not before it was approved")
	o.go2("2024-03-06T08:01:00Z")
	rules, err = other.RulesAt(o.ctx, "b", *o.at.Load())
	require.NoError(t, err)
	require.Equal(t, "您好", rules.Greeting)
}

func TestAnAdoptionIsWithdrawnBeforeItHoldsAndNotAfter(t *testing.T) {
	o := newOffice(t)
	e := o.process(vocabulary(desk()))
	a, err := e.Adopt(o.ctx, chief, "b", o.rules("x", "2024-03-05"))
	require.NoError(t, err)
	b, err := e.Adopt(o.ctx, chief, "b", o.rules("y", "2024-03-05"))
	require.NoError(t, err)
	withdraw := func(id string) error {
		_, err := e.Adoptions().Do(o.ctx, chief, id, workflow.WithdrawAdoption{Reason: "有误"})
		return err
	}
	_, err = e.Adoptions().Do(o.ctx, chief, a.ID, workflow.WithdrawAdoption{})
	require.Equal(t, []string{"reason", "empty"}, refusal(t, err))
	require.NoError(t, withdraw(b.ID))
	at := moments(t, "2024-03-05T12:00:00Z")
	rules, err := e.RulesAt(o.ctx, "b", at)
	require.NoError(t, err)
	require.Equal(t, "x", rules.Greeting, "of two for one day the later, unless it was withdrawn")
	o.go2("2024-03-04T23:59:30Z")
	require.Equal(t, []string{"in_force"}, refusal(t, withdraw(a.ID)), "too late for every process to know")
	o.go2("2024-03-07T00:00:00Z")
	require.Equal(t, []string{"in_force"}, refusal(t, withdraw(a.ID)))

	d := desk2()
	c, err := e.Adopt(o.ctx, chief, "b", workflow.Adopt{Definition: &d, From: o.day("2024-04-01")})
	require.NoError(t, err)
	require.NoError(t, withdraw(c.ID))
	require.Nil(t, e.Machine("desk", 2))
	o.go2("2024-04-02T00:00:00Z")
	require.Equal(t, "desk@1", o.open(e).Definition.String())
}

func TestWhatHoldsWhenIsListed(t *testing.T) {
	o := newOffice(t)
	tree, err := workflow.NewTree(workflow.Body{ID: "city"}, workflow.Body{ID: "b", Parent: "city"})
	require.NoError(t, err)
	e := o.process(vocabulary(desk()), workflow.WithTree(tree))
	d := desk2()
	chiefOfAll := workflow.Actor{ID: "chief", Body: "city", Grants: []workflow.Grant{{Role: workflow.Administrator, Body: "city"}}}
	adopt := func(body string, a workflow.Adopt) string {
		c, err := e.Adopt(o.ctx, chiefOfAll, body, a)
		require.NoError(t, err)
		return c.ID
	}
	rules := adopt("b", o.rules("y", "2024-03-06"))
	above := adopt("city", o.rules("x", "2024-03-05"))
	definition := adopt("city", workflow.Adopt{Definition: &d, From: o.day("2024-03-07")})
	adopt("city", o.rules("z", "2024-03-08")) // b has its own by then
	list, err := e.Holds(o.ctx, "b")
	require.NoError(t, err)
	day := func(text string) time.Time { return moments(t, text+"T00:00:00Z") }
	require.Equal(t, []workflow.Holding{
		{What: "definition", Name: "desk@1", Until: day("2024-03-07")},
		{What: "definition", Name: "desk@2", Body: "city", From: day("2024-03-07"), Adoption: definition},
		{What: "rules", Until: day("2024-03-05")},
		{What: "rules", Body: "city", From: day("2024-03-05"), Until: day("2024-03-06"), Adoption: above},
		{What: "rules", Body: "b", From: day("2024-03-06"), Adoption: rules},
	}, list)
}

// The nearest body decides, and in it the last adoption before the moment: held
// against a search through all of them.
func TestWhatHoldsAgreesWithASlowSearch(t *testing.T) {
	tree, err := workflow.NewTree(workflow.Body{ID: "p"}, workflow.Body{ID: "c", Parent: "p"}, workflow.Body{ID: "d", Parent: "c"}, workflow.Body{ID: "e", Parent: "c"})
	require.NoError(t, err)
	bodies := []string{"p", "c", "d", "e"}
	chief := workflow.Actor{ID: "chief", Body: "p", Grants: []workflow.Grant{{Role: workflow.Administrator, Body: "p"}}}
	for seed := range int64(20) {
		r := rand.New(rand.NewSource(seed))
		o := newOffice(t)
		options := []workflow.Option{workflow.WithTree(tree), workflow.WithRules("c", manners{"given"})}
		one, other := o.process(vocabulary(desk()), options...), o.process(vocabulary(desk()), options...)
		type adopted struct {
			body, greeting string
			holds          time.Time
			withdrawn      bool
		}
		var all []*adopted
		for i := range 12 {
			now := o.at.Load().Add(time.Duration(r.Intn(40)) * time.Hour)
			o.at.Store(&now)
			from, err := calendar.DateOf(now.AddDate(0, 0, r.Intn(4)), time.UTC)
			require.NoError(t, err)
			a := &adopted{body: bodies[r.Intn(len(bodies))], greeting: fmt.Sprint("g", i)}
			c, err := one.Adopt(o.ctx, chief, a.body, workflow.Adopt{Rules: json.RawMessage(`{"Greeting":"` + a.greeting + `"}`), From: from})
			require.NoError(t, err)
			a.holds = c.Holds
			if r.Intn(4) == 0 {
				_, err := one.Adoptions().Do(o.ctx, chief, c.ID, workflow.WithdrawAdoption{Reason: "x"})
				a.withdrawn = err == nil
			}
			all = append(all, a)
		}
		slow := func(body string, at time.Time) string {
			for _, level := range tree.Path(body) {
				found, when := "", time.Time{}
				for _, a := range all {
					if a.body == level && !a.withdrawn && !a.holds.After(at) && !a.holds.Before(when) {
						found, when = a.greeting, a.holds
					}
				}
				if found != "" {
					return found
				}
				if level == "c" {
					return "given"
				}
			}
			return ""
		}
		for range 200 {
			body, at := bodies[r.Intn(len(bodies))], moments(t, "2024-03-04T00:00:00Z").Add(time.Duration(r.Intn(30*24*60))*time.Minute)
			got, err := other.RulesAt(o.ctx, body, at)
			require.NoError(t, err)
			require.Equal(t, slow(body, at), got.Greeting, "seed %d, %s at %s", seed, body, at)
		}
		o.go2("2024-06-01T00:00:00Z")
	}
}

func TestTheAuditCoversWhatIsAdopted(t *testing.T) {
	o := newOffice(t)
	e := o.process(vocabulary(desk()))
	o.open(e)
	a, err := e.Adopt(o.ctx, chief, "b", o.rules("x", "2024-03-05"))
	require.NoError(t, err)
	report, err := e.Audit(o.ctx, nil)
	require.NoError(t, err)
	require.Equal(t, workflow.Report{Cases: 1, Entries: 1, Adoptions: 1, Broken: []workflow.Break{}}, report)
	entries, err := e.Adoptions().History(o.ctx, a.ID)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	require.Equal(t, "chief", entries[0].Actor)
	require.Equal(t, workflow.Administrator, entries[0].Role)

	edit(t, o.store, "ticket.adoption", a.ID, `"x"`, `"y"`)
	o.go2("2024-03-05T08:00:00Z")
	report, err = e.Audit(o.ctx, nil)
	require.NoError(t, err)
	require.Equal(t, []workflow.Break{{ID: a.ID, Reason: workflow.BreakRecord}}, report.Broken)

	// Nobody goes by what was edited, and no other body is kept from its work.
	for _, e := range []*tickets{e, o.process(vocabulary(desk()))} {
		_, err = e.Open(o.ctx, clerk, "b", note{As: workflow.Opening})
		require.ErrorIs(t, err, workflow.ErrBroken)
		_, err = e.Open(o.ctx, workflow.Actor{ID: "eve", Body: "c", Roles: []string{"clerk"}}, "c", note{As: workflow.Opening})
		require.NoError(t, err)
	}
}

// edit changes a record behind the engine's back.
func edit(t *testing.T, st store.Store, kind, id, from, to string) {
	t.Helper()
	r, _, err := st.Load(context.Background(), kind, id)
	require.NoError(t, err)
	changed := []byte(replaceOnce(string(r.Data), from, to))
	require.NotEqual(t, string(r.Data), string(changed))
	r.Data = changed
	require.NoError(t, st.Commit(context.Background(), store.Change{Record: r, Was: r.Index}))
}

func TestAnAdoptionCanBeTriedWithoutDoingIt(t *testing.T) {
	o := newOffice(t)
	e := o.process(vocabulary(desk()))
	trial := e.On(dryrun.New(o.store))
	_, err := trial.Adopt(o.ctx, chief, "b", o.rules("x", ""))
	require.NoError(t, err)
	_, err = trial.Adopt(o.ctx, chief, "b", workflow.Adopt{Rules: json.RawMessage(`{"greeting":""}`)})
	require.Equal(t, []string{"rules.greeting", "malformed"}, refusal(t, err))
	list, err := e.Holds(o.ctx, "b")
	require.NoError(t, err)
	require.Len(t, list, 2, "the program's own, and nothing else")
}

func TestOneWhoCannotReadAdoptionsDoesNothing(t *testing.T) {
	o := newOffice(t)
	e := o.on(failing{o.store}, vocabulary(desk()))
	_, err := e.Open(o.ctx, clerk, "b", note{As: workflow.Opening})
	require.ErrorIs(t, err, errDown)
}

var errDown = errors.New("down")

type failing struct{ store.Store }

func (failing) Find(context.Context, store.Query) ([]store.Record, error) { return nil, errDown }
