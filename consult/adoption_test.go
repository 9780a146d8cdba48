package consult_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A quota is changed from a day on, for platforms, topics and activities alike, in
// every process; the year before is told by the quota of the year before.
func TestAQuotaIsChangedFromADayOn(t *testing.T) {
	ctx := context.Background()
	at := time.Date(2023, 3, 1, 2, 0, 0, 0, time.UTC)
	now := func() time.Time { return at }
	st := memory.New()
	one, err := consult.New(st, workflow.WithNow(now))
	require.NoError(t, err)
	other, err := consult.New(st, workflow.WithNow(now))
	require.NoError(t, err)
	office := consult.Actor{ID: "office", Body: "b", Roles: []string{"office", "committee", workflow.Administrator}}
	p, err := other.Establish(ctx, office, platform.Establish{Name: "城东", Kind: rules.KindStation, Tier: platform.Town, Convenor: "m-1"})
	require.NoError(t, err)

	quota := rules.Default()
	quota.Kinds[0].Quota = rules.Quota{N: 4, Per: rules.PerYear}
	from, err := calendar.NewDate(2024, time.January, 1)
	require.NoError(t, err)
	at = at.AddDate(0, 9, 0)
	_, err = one.AdoptRules(ctx, office, "b", quota, from)
	require.NoError(t, err)
	at = time.Date(2024, 12, 1, 2, 0, 0, 0, time.UTC)
	for _, svc := range []*consult.Service{one, other} {
		for year, want := range map[int]int{2023: 0, 2024: 4} {
			end, err := calendar.NewDate(year, time.December, 31)
			require.NoError(t, err)
			report, err := svc.Ledger(ctx, p.ID, end)
			require.NoError(t, err)
			require.Equal(t, want, report.Compliance.Quota.N, year)
		}
		for _, at := range []func(context.Context, string, time.Time) (rules.Rules, error){svc.Platforms.RulesAt, svc.Topics.RulesAt, svc.Activities.RulesAt} {
			r, err := at(ctx, "b", time.Time{})
			require.NoError(t, err)
			require.Equal(t, quota, r, "whole")
		}
	}
	_, err = one.Topics.Adopt(ctx, office, "b", workflow.Adopt{Rules: []byte(`{}`)})
	var invalid *workflow.InvalidError
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, "elsewhere", invalid.Code)
	lost := rules.Default()
	lost.Forms = lost.Forms[1:]
	_, err = one.AdoptRules(ctx, office, "b", lost, calendar.Date{})
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, "rules.forms lost", invalid.Field+" "+invalid.Code)
	odd := rules.Default()
	odd.Forms = append(odd.Forms, rules.Form{Key: "own", Limits: []string{"nothing"}, Label: lifecycle.Label{ZH: "自定"}})
	_, err = one.AdoptRules(ctx, office, "b", odd, calendar.Date{})
	require.ErrorAs(t, err, &invalid)
	require.Contains(t, invalid.ZH, "没有时限")
}
