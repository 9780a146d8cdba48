package consult_test

import (
	"context"
	"fmt"
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

var (
	office   = consult.Actor{ID: "office", Body: "county", Roles: []string{"office"}}
	convenor = consult.Actor{ID: "convenor", Body: "county", Roles: []string{"member"}}
	stranger = consult.Actor{ID: "stranger", Body: "county", Roles: []string{"member"}}
	bureau   = consult.Actor{ID: "clerk", Body: "county", Unit: "bureau"}
)

// world is a service whose clock the test sets, with one station in it.
type world struct {
	testing.TB
	ctx     context.Context
	now     time.Time
	store   *memory.Store
	svc     *consult.Service
	station *platform.Platform
	planned int // without a title of their own
}

// newWorld begins on Friday 1 March 2024.
func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, store: memory.New(), ctx: context.Background(), now: time.Date(2024, time.March, 1, 2, 0, 0, 0, time.UTC)}
	clock := workflow.WithNow(func() time.Time { return w.now })
	var err error
	w.svc, err = consult.New(w.store, clock)
	require.NoError(t, err)
	w.station, err = w.svc.Establish(w.ctx, office, platform.Establish{
		Name: "站", Kind: rules.KindStation, Tier: platform.Town, Convenor: convenor.ID, Members: []string{"resident"},
		Since: date("2024-01-01"),
	})
	require.NoError(t, err)
	return w
}

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// on moves the clock to a day, at ten in the morning UTC.
func (w *world) on(day string) *world {
	w.now = time.Date(date(day).Year(), 1, 1, 10, 0, 0, 0, time.UTC).AddDate(0, 0, date(day).Sub(date(day[:4]+"-01-01")))
	return w
}

func (w *world) plan(p activity.Plan) *activity.Activity {
	w.Helper()
	if p.Title == "" {
		p.Title = "停车" // the first; what is held twice on a day has two titles
		if w.planned++; w.planned > 1 {
			p.Title = fmt.Sprintf("停车%d", w.planned)
		}
	}
	if p.Form == "" {
		p.Form = rules.FormPlatform
	}
	a, err := w.svc.Plan(w.ctx, convenor, p)
	require.NoError(w, err)
	return a
}

func (w *world) do(actor consult.Actor, a *activity.Activity, actions ...workflow.Action[*activity.Activity, rules.Rules]) *activity.Activity {
	w.Helper()
	for _, action := range actions {
		var err error
		a, err = w.svc.Activities.Do(w.ctx, actor, a.ID, action)
		require.NoError(w, err, action.Event())
	}
	return a
}

// refused does what must be refused, with exactly these blockers, and checks that
// nothing has changed.
func (w *world) refused(actor consult.Actor, a *activity.Activity, action workflow.Action[*activity.Activity, rules.Rules], codes ...string) {
	w.Helper()
	err := w.try(actor, a, action)
	var refused *workflow.RefusedError
	require.ErrorAs(w, err, &refused)
	got := make([]string, len(refused.Blockers))
	for i, b := range refused.Blockers {
		got[i] = b.Code
		require.NotEmpty(w, b.ZH)
		require.NotEmpty(w, b.EN)
	}
	require.Equal(w, codes, got, "%v", err)
}

// try does what must fail, and checks that nothing has changed.
func (w *world) try(actor consult.Actor, a *activity.Activity, action workflow.Action[*activity.Activity, rules.Rules]) error {
	w.Helper()
	before, err := w.svc.Activities.Get(w.ctx, a.ID)
	require.NoError(w, err)
	_, failed := w.svc.Activities.Do(w.ctx, actor, a.ID, action)
	require.Error(w, failed, action.Event())
	after, err := w.svc.Activities.Get(w.ctx, a.ID)
	require.NoError(w, err)
	require.Equal(w, before, after, "a refused act changed something")
	return failed
}

// invalid does what must be refused for its own data, at this place.
func (w *world) invalid(actor consult.Actor, a *activity.Activity, action workflow.Action[*activity.Activity, rules.Rules], field, code string) {
	w.Helper()
	var invalid *workflow.InvalidError
	require.ErrorAs(w, w.try(actor, a, action), &invalid)
	require.Equal(w, [2]string{field, code}, [2]string{invalid.Field, invalid.Code}, invalid.EN)
}

// concluded is a station's activity of 8 March with a checklist of these tasks.
func (w *world) concluded(tasks ...checklist.Task) *activity.Activity {
	w.Helper()
	a := w.on("2024-03-01").plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")})
	w.do(convenor, a, activity.Notify{})
	w.on("2024-03-08").do(convenor, a, activity.Hold{Joined: []activity.Participant{{ID: "m", Kind: rules.Member}, {ID: "r", Kind: rules.Resident}}},
		activity.Raise{Opinions: []activity.Opinion{{Text: "意见"}}}, activity.FileMinutes{Text: "纪要"})
	return w.do(convenor, a, activity.Conclude{Items: tasks})
}

func task(due string) checklist.Task {
	return checklist.Task{What: "清理通道", Owner: checklist.Owner{Unit: "bureau"}, Due: date(due)}
}
