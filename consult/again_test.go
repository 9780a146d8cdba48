package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/proposal/calendar"
)

// An item that is returned is late again, and is said to be so each time.
func TestAnItemThatComesBackIsOverdueAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-05-01"))
	for _, round := range []struct{ until, back string }{{"2024-05-10", "2024-05-20"}, {"2024-05-25", "2024-06-20"}, {"2024-06-25", ""}} {
		said := 0
		for ; w.now.Format("2006-01-02") <= round.until; w.now = w.now.AddDate(0, 0, 1) {
			crossed, err := w.svc.Activities.Sweep(w.ctx, w.now)
			require.NoError(t, err)
			for _, x := range crossed {
				if x.Limit == "item" && x.Alarm.Kind == calendar.OverdueAlarm {
					said++
				}
			}
		}
		require.Equal(t, 1, said, round.until)
		if round.back == "" {
			return
		}
		w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
		w.on(round.back).do(office, a, activity.ReturnItem{Item: "i1", Reason: "未落实"})
	}
}
