package consult_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/workflow"
)

var errDown = errors.New("the database is down")

// Whichever call of the store fails while a year is added up, the figure is an error and
// never one that is too low.
func TestAFigureIsWholeOrAnError(t *testing.T) {
	t.Parallel()
	w, p, topics := inForce(t)
	held := w.concluded(checklist.Task{What: "划线", Owner: checklist.Owner{Unit: "bureau"}, Due: date("2024-04-30")})
	on := date("2024-12-31")
	fault := 0
	calls := 0
	st := faulty.New(w.store, func(context.Context, faulty.Call) faulty.Fault {
		if calls++; calls == fault {
			return faulty.Fault{Before: errDown}
		}
		return faulty.Fault{}
	})
	svc, err := consult.New(st)
	require.NoError(t, err)
	for name, read := range map[string]func() error{
		"Compliance":   func() error { _, err := svc.Compliance(w.ctx, "county", on); return err },
		"RollUp":       func() error { _, err := svc.RollUp(w.ctx, "county", on); return err },
		"FiguresBy":    func() error { _, err := svc.FiguresBy(w.ctx, "county", on, consult.ByTier); return err },
		"YearOnYear":   func() error { _, err := svc.YearOnYear(w.ctx, "county", on, consult.ByForm); return err },
		"Ledger":       func() error { _, err := svc.Ledger(w.ctx, w.station.ID, on); return err },
		"YearLedger":   func() error { _, err := svc.YearLedger(w.ctx, "county", on); return err },
		"Items":        func() error { _, err := svc.Items(w.ctx, consult.ItemsAsked{Body: "county", On: on}); return err },
		"Overdue":      func() error { _, err := svc.Overdue(w.ctx, "county", on); return err },
		"Behind":       func() error { _, err := svc.Behind(w.ctx, "county", on); return err },
		"YearPlan":     func() error { _, err := svc.YearPlan(w.ctx, "county", 2024); return err },
		"OnTopic":      func() error { _, err := svc.OnTopic(w.ctx, topics[0].ID); return err },
		"PlanProgress": func() error { _, err := svc.PlanProgress(w.ctx, p.ID, on); return err },
		"History":      func() error { _, err := svc.Activities.History(w.ctx, held.ID); return err },
	} {
		for fault = 1; ; fault++ {
			calls = 0
			err := read()
			if calls < fault {
				require.NoError(t, err, name)
				break
			}
			require.ErrorIs(t, err, errDown, "%s, when call %d fails", name, fault)
		}
		require.Greater(t, fault, 1, "%s asks the store", name)
	}
}

// A figure of no day is refused, and so is one of a year that no calendar reaches.
func TestAFigureIsOfADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var never calendar.Date
	for name, read := range map[string]func() error{
		"Compliance": func() error { _, err := w.svc.Compliance(w.ctx, "county", never); return err },
		"RollUp":     func() error { _, err := w.svc.RollUp(w.ctx, "county", never); return err },
		"FiguresBy":  func() error { _, err := w.svc.FiguresBy(w.ctx, "county", never, consult.ByForm); return err },
		"Ledger":     func() error { _, err := w.svc.Ledger(w.ctx, w.station.ID, never); return err },
		"YearLedger": func() error { _, err := w.svc.YearLedger(w.ctx, "county", never); return err },
	} {
		require.ErrorIs(t, read(), workflow.ErrInvalid, name)
	}
}

// Cases of two bodies are not merged, and topics of another body are not consulted on.
func TestNothingIsMergedAcrossBodies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	elsewhere := consult.Actor{ID: "office", Body: "other", Roles: []string{"office"}}
	both := consult.Actor{ID: "office", Body: "county", Roles: []string{"office"}, Grants: []workflow.Grant{{Role: "office", Body: "other"}}}
	theirs, err := w.svc.Establish(w.ctx, elsewhere, platform.Establish{Name: "他站", Kind: rules.KindStation, Tier: platform.Town, Convenor: "m"})
	require.NoError(t, err)
	raised, err := w.svc.Suggest(w.ctx, elsewhere, topic.Suggest{Title: "停车", Source: topic.Source{Kind: topic.FromGovernment}})
	require.NoError(t, err)
	ours := w.topic("停车")
	_, err = w.svc.MergePlatforms(w.ctx, both, w.station.ID, theirs.ID, "合并")
	requireField(t, err, "from", "other_body")
	_, err = w.svc.MergeTopics(w.ctx, both, ours.ID, []string{raised.ID})
	requireField(t, err, "from", "other_body")
	_, err = w.svc.Plan(w.ctx, office, activity.Plan{Title: "停车", Form: rules.FormPlatform, Platform: w.station.ID, Topics: []string{raised.ID}})
	requireField(t, err, "topics[0]", "other_body")
}

func requireField(t *testing.T, err error, field, code string) {
	t.Helper()
	var invalid *workflow.InvalidError
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, [2]string{field, code}, [2]string{invalid.Field, invalid.Code}, invalid.EN)
}

// On a store that keeps its commits to itself all four kinds of cases act, and none of it
// is done; observers hear of it when the host says that it came true.
func TestAllKindsActOnTheHostsStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var heard []string
	svc, err := consult.New(w.store, workflow.WithNow(func() time.Time { return w.now }), workflow.WithObserver(func(_ context.Context, entries []workflow.Entry) {
		for _, e := range entries {
			heard = append(heard, e.Event)
		}
	}))
	require.NoError(t, err)
	dry := dryrun.New(w.store)
	host := svc.On(dry)
	_, err = host.Establish(w.ctx, office, platform.Establish{Name: "新站", Kind: rules.KindStation, Tier: platform.Town, Convenor: "m"})
	require.NoError(t, err)
	_, err = host.Suggest(w.ctx, office, topic.Suggest{Title: "停车", Source: topic.Source{Kind: topic.FromGovernment}})
	require.NoError(t, err)
	_, err = host.Plan(w.ctx, office, activity.Plan{Title: "停车", Form: rules.FormPlatform})
	require.NoError(t, err)
	_, err = host.DraftPlan(w.ctx, office, plan.Draft{Year: 2024, Title: "计划"})
	require.NoError(t, err)
	require.Len(t, dry.Changes(), 5, "four cases, and the year that the plan takes")
	require.Empty(t, heard)
	host.Committed(w.ctx)
	require.Len(t, heard, 4)
}
