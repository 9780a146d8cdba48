package consult_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
)

// BenchmarkOverdue lists one bureau's awaited items among 10 counties' year. The
// floor reads every activity and looks at its items, which is what the list
// would cost without attributes.
func BenchmarkOverdue(b *testing.B) {
	y := simulate(b, 10, 10, 6)
	asked := consult.ItemsAsked{Body: "city", Owner: "bureau-3", DueBy: civil(b, local(time.June, 30))}
	var floor float64
	b.Run("floor=read every activity", func(b *testing.B) {
		for b.Loop() {
			found := 0
			require.NoError(b, y.svc.Activities.Each(y.ctx, func(a *activity.Activity) error {
				for _, item := range a.Items {
					if item.Owner.Key() == asked.Owner && a.Awaited(item.ID) && !item.Due.After(asked.DueBy) {
						found++
					}
				}
				return nil
			}))
			require.NotZero(b, found)
		}
		floor = float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	})
	b.Run("items", func(b *testing.B) {
		for b.Loop() {
			items, err := y.svc.Items(y.ctx, asked)
			require.NoError(b, err)
			require.NotEmpty(b, items)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/floor, "x-floor")
	})
}
