package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// A consultation is planned for a month before it has a day: it is listed by the
// month, and behind once the month is over.
func TestAMonthIsPlannedBeforeADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	may := w.plan(activity.Plan{Title: "湖滨街道", Platform: w.station.ID, Month: "2024-05"})
	april := w.plan(activity.Plan{Title: "清波街道", Platform: w.station.ID, On: date("2024-04-12"), Month: "2024-04"})
	w.plan(activity.Plan{Title: "未定", Platform: w.station.ID})
	behind := func(on string) (titles []string) {
		found, err := w.svc.Behind(w.ctx, "county", date(on))
		require.NoError(t, err)
		for _, a := range found {
			titles = append(titles, a.Title)
		}
		return titles
	}
	require.Empty(t, behind("2024-04-12"))
	require.Equal(t, []string{"清波街道"}, behind("2024-05-31"))
	require.Equal(t, []string{"清波街道", "湖滨街道"}, behind("2024-06-01"))
	w.do(office, april, activity.Cancel{Reason: "条件变化"})
	require.Equal(t, []string{"湖滨街道"}, behind("2024-06-01"))
	n, err := w.svc.Activities.All().Count(w.ctx, workflow.Query{List: "to_hold", Body: "county"})
	require.NoError(t, err)
	require.EqualValues(t, 2, n)

	may = w.do(office, may, activity.Replan{Title: may.Title, On: date("2024-06-05")})
	require.Equal(t, "2024-05", may.Month, "what was planned stays")
	require.Empty(t, behind("2024-06-05"))
	for _, bad := range []string{"2024-13", "2024", "2024-5", "五月"} {
		w.invalid(office, may, activity.Replan{Title: may.Title, Month: bad}, "month", "bad_month")
	}
}

// Who came late or left early is kept with the time.
func TestWhoCameLateOrLeftEarly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")})
	w.do(convenor, a, activity.Invite{Participants: []activity.Participant{{ID: "m", Kind: rules.Member, Came: "09:00"}, {ID: "n", Kind: rules.Member}}}, activity.Notify{})
	w.on("2024-03-08")
	hold := func(s ...activity.Stay) activity.Hold {
		return activity.Hold{Attended: []string{"m"}, Joined: []activity.Participant{{ID: "r", Kind: rules.Resident, Left: "10:30"}}, Stays: s}
	}
	w.invalid(convenor, a, hold(activity.Stay{ID: "n", Came: "09:20"}), "stays[0].id", "unknown")
	w.invalid(convenor, a, hold(activity.Stay{ID: "m", Came: "9:20"}), "stays[0].came", "bad_time")
	w.invalid(convenor, a, hold(activity.Stay{ID: "m", Left: "24:01"}), "stays[0].left", "bad_time")
	w.invalid(convenor, a, hold(activity.Stay{ID: "m", Came: "10:00", Left: "09:00"}), "stays[0].left", "too_early")
	a = w.do(convenor, a, hold(activity.Stay{ID: "m", Came: "09:20", Left: "11:00"}))
	require.Equal(t, [2]string{"09:20", "11:00"}, [2]string{a.Participant("m").Came, a.Participant("m").Left})
	require.Equal(t, [2]string{"", "10:30"}, [2]string{a.Participant("r").Came, a.Participant("r").Left})
	require.Empty(t, a.Participant("n").Came)
}
