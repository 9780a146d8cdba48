package consult_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// The second, naive count: what happened, written down beside the service as
// plain facts with time.Time, and counted by going through all of it.
type naivePlatform struct {
	id, county string
	since      time.Time
	shut       time.Time // zero: never
	perYear    int       // 0: no quota
	quarterly  bool      // perYear is per quarter instead
	activities []*naiveActivity
}

type naiveActivity struct {
	id, county, platform string
	day                  time.Time
	held                 bool
	people, members      int
	opinions             int
	items                []naiveItem
}

type naiveItem struct {
	owner     string
	due       time.Time
	done      bool
	confirmed bool
	matter    bool
}

// year is a city's year in a service, and beside it.
type year struct {
	testing.TB
	ctx       context.Context
	rand      *rand.Rand
	now       time.Time
	svc       *consult.Service
	counties  []string
	platforms []*naivePlatform
}

func local(month time.Month, day int) time.Time {
	return time.Date(2024, month, day, 9, 0, 0, 0, time.UTC)
}

func civil(t testing.TB, at time.Time) calendar.Date {
	d, err := calendar.DateOf(at, time.UTC)
	require.NoError(t, err)
	return d
}

var cityOffice = consult.Actor{ID: "city", Body: "city", Roles: []string{"office"}, Grants: []workflow.Grant{{Role: "office", Body: "city"}}}

// simulate runs the year 2024 of so many counties, with so many platforms each
// and so many activities on each.
func simulate(t testing.TB, counties, platforms, activities int) *year {
	y := &year{TB: t, ctx: context.Background(), rand: rand.New(rand.NewPCG(6, 2024)), now: local(time.January, 1)}
	bodies := []workflow.Body{{ID: "city"}}
	for c := range counties {
		y.counties = append(y.counties, fmt.Sprintf("county-%02d", c))
		bodies = append(bodies, workflow.Body{ID: y.counties[c], Parent: "city"})
	}
	tree, err := workflow.NewTree(bodies...)
	require.NoError(t, err)
	y.svc, err = consult.New(memory.New(), workflow.WithTree(tree), workflow.WithNow(func() time.Time { return y.now }))
	require.NoError(t, err)
	for _, county := range y.counties {
		for p := range platforms {
			y.establish(county, p)
		}
	}
	for round := range activities {
		y.round(local(time.Month(1+round*12/activities), 3))
	}
	y.now = local(time.December, 20)
	for _, p := range y.platforms {
		if !p.shut.IsZero() {
			y.shut(p)
		}
	}
	return y
}

func (y *year) establish(county string, n int) {
	p := &naivePlatform{county: county, since: local(time.January, 1)}
	quota := rules.Quota{}
	switch n % 4 {
	case 0:
		p.perYear, quota = 4, rules.Quota{N: 4, Per: rules.PerYear}
	case 1:
		p.perYear, p.quarterly, quota = 1, true, rules.Quota{N: 1, Per: rules.PerQuarter}
	case 2:
		p.perYear, quota = 8, rules.Quota{N: 8, Per: rules.PerYear}
	}
	if y.rand.IntN(10) == 0 {
		p.since = local(time.Month(1+y.rand.IntN(6)), 1+y.rand.IntN(28))
	}
	if y.rand.IntN(15) == 0 {
		p.shut = local(time.December, 20)
	}
	made, err := y.svc.EstablishIn(y.ctx, cityOffice, county, platform.Establish{
		Name: fmt.Sprintf("%s/%02d", county, n), Kind: rules.KindStation, Tier: platform.Town, Unit: fmt.Sprintf("%s-unit", county),
		Quota: quota, Since: civil(y, p.since),
	})
	require.NoError(y, err)
	p.id = made.ID
	y.platforms = append(y.platforms, p)
}

func (y *year) shut(p *naivePlatform) {
	_, err := y.svc.Platforms.Do(y.ctx, cityOffice, p.id, platform.Shut{Reason: "合并"})
	require.NoError(y, err)
}

// all does one action for each of the chosen activities, in batches.
func (y *year) all(chosen []*naiveActivity, action func(*naiveActivity) workflow.Action[*activity.Activity, rules.Rules]) {
	steps := make([]workflow.Step[*activity.Activity, rules.Rules], len(chosen))
	for i, a := range chosen {
		steps[i] = workflow.Step[*activity.Activity, rules.Rules]{ID: a.id, Action: action(a)}
	}
	for _, r := range y.svc.Activities.Batch(y.ctx, cityOffice, steps) {
		require.NoError(y, r.Err)
	}
}

// round plans, holds and concludes one activity on every platform.
func (y *year) round(start time.Time) {
	y.now = start
	var all, held []*naiveActivity
	for _, p := range y.platforms {
		a := &naiveActivity{county: p.county, platform: p.id, day: start.AddDate(0, 0, 10), held: y.rand.IntN(8) != 0}
		made, err := y.svc.PlanIn(y.ctx, cityOffice, p.county, activity.Plan{Title: "议题", Form: rules.FormPlatform, Platform: p.id, On: civil(y, a.day)})
		require.NoError(y, err)
		a.id = made.ID
		p.activities = append(p.activities, a)
		if all = append(all, a); a.held {
			held = append(held, a)
		}
	}
	y.all(all, func(a *naiveActivity) workflow.Action[*activity.Activity, rules.Rules] {
		if !a.held {
			return activity.Cancel{Reason: "人员不齐"}
		}
		return activity.Notify{}
	})
	y.now = start.AddDate(0, 0, 10)
	y.all(held, func(a *naiveActivity) workflow.Action[*activity.Activity, rules.Rules] {
		h := activity.Hold{}
		for i := range 2 + y.rand.IntN(4) {
			kind := rules.Resident
			if i%2 == 0 {
				kind = rules.Member
				a.members++
			}
			a.people++
			h.Joined = append(h.Joined, activity.Participant{ID: fmt.Sprint(i), Kind: kind})
		}
		return h
	})
	y.all(held, func(a *naiveActivity) workflow.Action[*activity.Activity, rules.Rules] {
		a.opinions = 1 + y.rand.IntN(3)
		return activity.Raise{Opinions: slices.Repeat([]activity.Opinion{{Text: "意见"}}, a.opinions)}
	})
	y.all(held, func(*naiveActivity) workflow.Action[*activity.Activity, rules.Rules] {
		return activity.FileMinutes{Text: "纪要"}
	})
	y.all(held, func(a *naiveActivity) workflow.Action[*activity.Activity, rules.Rules] {
		var tasks []checklist.Task
		for range 1 + y.rand.IntN(3) {
			i := naiveItem{
				owner: fmt.Sprintf("bureau-%d", y.rand.IntN(5)), due: y.now.AddDate(0, 0, 15+y.rand.IntN(200)), matter: y.rand.IntN(2) == 0,
			}
			a.items = append(a.items, i)
			tasks = append(tasks, checklist.Task{What: "事项", Owner: checklist.Owner{Unit: i.owner}, Due: civil(y, i.due), Practical: i.matter})
		}
		return activity.Conclude{Items: tasks}
	})
	y.now = y.now.AddDate(0, 0, 10)
	for n := range 3 {
		var some []*naiveActivity
		for _, a := range held {
			if n < len(a.items) && y.rand.IntN(3) != 0 {
				some = append(some, a)
			}
		}
		// The unit that runs the platform convenes it, and enters for the owners.
		y.as(some, func(a *naiveActivity) workflow.Action[*activity.Activity, rules.Rules] {
			a.items[n].done = true
			return activity.FinishItem{Item: fmt.Sprintf("i%d", n+1), Evidence: []string{"照片"}}
		})
		y.all(some, func(a *naiveActivity) workflow.Action[*activity.Activity, rules.Rules] {
			a.items[n].confirmed = true
			return activity.ConfirmItem{Item: fmt.Sprintf("i%d", n+1)}
		})
	}
}

// as does it as the unit that convenes, county by county.
func (y *year) as(chosen []*naiveActivity, action func(*naiveActivity) workflow.Action[*activity.Activity, rules.Rules]) {
	for _, county := range y.counties {
		var steps []workflow.Step[*activity.Activity, rules.Rules]
		for _, a := range chosen {
			if a.county == county {
				steps = append(steps, workflow.Step[*activity.Activity, rules.Rules]{ID: a.id, Action: action(a)})
			}
		}
		unit := consult.Actor{ID: "u", Body: county, Unit: county + "-unit"}
		for _, r := range y.svc.Activities.Batch(y.ctx, unit, steps) {
			require.NoError(y, r.Err)
		}
	}
}

// naiveQuota counts one platform's quota month by month.
func (p *naivePlatform) naiveQuota(on time.Time) (asks, due, short int) {
	if p.perYear == 0 {
		return 0, 0, 0
	}
	type span struct{ from, to time.Month }
	spans := []span{{1, 12}}
	if p.quarterly {
		spans = []span{{1, 3}, {4, 6}, {7, 9}, {10, 12}}
	}
	for _, s := range spans {
		served, over, held := 0, 0, 0
		for m := s.from; m <= s.to; m++ {
			in := false
			for d := local(m, 1); d.Month() == m; d = d.AddDate(0, 0, 1) {
				known := !p.shut.IsZero() && !p.shut.After(on) // nobody knew before
				if !d.Before(p.since) && (!known || d.Before(p.shut)) {
					in = true
				}
			}
			if !in {
				continue
			}
			served++
			if local(m+1, 1).AddDate(0, 0, -1).Compare(on) <= 0 {
				over++
			}
		}
		for _, a := range p.activities {
			if a.held && a.day.Month() >= s.from && a.day.Month() <= s.to && !a.day.After(on) {
				held++
			}
		}
		ask := int(math.Floor(float64(p.perYear*served)/float64(s.to-s.from+1) + 0.5))
		asks += ask
		d := 0
		if served > 0 {
			d = ask * over / served
		}
		due += d
		if held < d {
			short += d - held
		}
	}
	return asks, due, short
}

func (y *year) naiveFigures(body string, on time.Time) consult.Figures {
	f := consult.Figures{Body: body}
	for _, p := range y.platforms {
		if body != "city" && p.county != body {
			continue
		}
		if !p.since.After(on) && (p.shut.IsZero() || on.Before(p.shut)) {
			f.Platforms++
		}
		asks, due, short := p.naiveQuota(on)
		f.Asks += asks
		f.Due += due
		f.Short += short
		if asks > 0 {
			f.Bound++
			if short == 0 {
				f.Kept++
			}
		}
		for _, a := range p.activities {
			for _, i := range a.items {
				if !i.done && i.due.Before(on) {
					f.Overdue++
				}
			}
			if !a.held || a.day.After(on) {
				continue
			}
			f.Held++
			f.People += a.people
			f.Members += a.members
			f.Opinions += a.opinions
			for _, i := range a.items {
				f.Items++
				if i.confirmed {
					f.Confirmed++
					if i.matter {
						f.Matters++
					}
				}
			}
		}
	}
	return f
}

// TestAYearAgreesWithANaiveCount runs 38 counties with 20 platforms each and 6
// activities on each, as many as a municipality of that size has, and holds the
// quota report, the roll-up and the overdue list against the naive count.
func TestAYearAgreesWithANaiveCount(t *testing.T) {
	t.Parallel()
	counties, platforms := 38, 20
	if testing.Short() || raceDetector {
		counties, platforms = 5, 8
	}
	y := simulate(t, counties, platforms, 6)
	for _, on := range []time.Time{local(time.May, 31), local(time.December, 31)} {
		figures, err := y.svc.RollUp(y.ctx, "city", civil(t, on))
		require.NoError(t, err)
		require.Len(t, figures, counties+1)
		for _, f := range figures {
			require.Equal(t, y.naiveFigures(f.Body, on), f, "%s on %s", f.Body, on)
		}
		require.NotZero(t, figures[0].Short)
		require.NotZero(t, figures[0].Overdue)

		report, err := y.svc.Compliance(y.ctx, "city", civil(t, on))
		require.NoError(t, err)
		require.Len(t, report, counties*platforms)
		byID := make(map[string]consult.Compliance, len(report))
		for _, c := range report {
			byID[c.Platform] = c
		}
		for _, p := range y.platforms {
			asks, due, short := p.naiveQuota(on)
			c := byID[p.id]
			require.Equal(t, [3]int{asks, due, short}, [3]int{c.Asks, c.Due, c.Short}, p.id)
		}

		overdue, err := y.svc.Overdue(y.ctx, y.counties[1], civil(t, on))
		require.NoError(t, err)
		require.Len(t, overdue, y.naiveFigures(y.counties[1], on).Overdue)
		require.True(t, slices.IsSortedFunc(overdue, func(a, b consult.ItemAt) int { return a.Due.Compare(b.Due) }))
	}
	mine := 0
	for _, p := range y.platforms {
		for _, a := range p.activities {
			for _, i := range a.items {
				if i.owner == "bureau-3" && !i.done {
					mine++
				}
			}
		}
	}
	items, err := y.svc.Items(y.ctx, consult.ItemsAsked{Body: "city", Owner: "bureau-3", Awaited: true})
	require.NoError(t, err)
	require.Len(t, items, mine)
}
