package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

func closing(late string) lifecycle.Limit {
	return lifecycle.Limit{Key: "consent", For: "clerk", In: []string{"new"}, Length: "5 days", Late: late, Closes: []string{"take"}}
}

// What a rule closes after a day is closed on the day after, swept or not.
func TestALimitBindsAtTheDoor(t *testing.T) {
	ctx := context.Background()
	for late, tc := range map[string]struct {
		refused bool
		marked  []string
		told    int
	}{
		lifecycle.LateRefuse: {refused: true},
		lifecycle.LateMark:   {marked: []string{"consent"}, told: 1},
		lifecycle.LateWarn:   {told: 1},
	} {
		w := under(t, nil, closing(late))
		inTime, c := opened(t, w.Engine), opened(t, w.Engine)
		w.at("2024-03-09 23:59").do(inTime, "take")
		history, err := w.History(ctx, inTime.ID)
		require.NoError(t, err)
		require.Empty(t, history[1].Late, "the due day is in time")

		w.at("2024-03-10 00:01")
		choices, err := w.Choices(ctx, clerk, c.ID)
		require.NoError(t, err)
		for _, choice := range choices {
			if choice.Event == "take" {
				require.Len(t, choice.Late, tc.told, late)
				require.Equal(t, !tc.refused, choice.Allowed, late)
			}
			if choice.Event == "note" {
				require.Empty(t, choice.Late, "not what the limit closes")
			}
		}
		_, err = w.Do(ctx, clerk, c.ID, note{As: "take"})
		if tc.refused {
			require.Equal(t, []string{"too_late"}, refusal(t, err), late)
			require.ErrorContains(t, err, "2024-03-09")
			w.do(c, "note")
			continue
		}
		require.NoError(t, err, late)
		history, err = w.History(ctx, c.ID)
		require.NoError(t, err)
		require.Equal(t, tc.marked, history[1].Late, late)
	}
}

// In time is what happened in time, or what was recorded in time: a rule says which.
func TestInTimeIsByHappeningOrByRecording(t *testing.T) {
	ctx := context.Background()
	for judged, refused := range map[string]bool{"": false, lifecycle.JudgedRecorded: true} {
		limit := closing(lifecycle.LateRefuse)
		limit.Judged = judged
		w := under(t, nil, limit)
		c := opened(t, w.Engine)
		w.at("2024-03-20")
		_, err := w.Do(ctx, clerk, c.ID, note{As: "take"}, workflow.Happened(time.Date(2024, 3, 8, 9, 0, 0, 0, time.UTC)))
		require.Equal(t, refused, err != nil, "judged: %q", judged)
	}
}

// Two hours to sign for what was sent: due is a moment.
func TestALimitInHoursIsDueAtAMoment(t *testing.T) {
	ctx := context.Background()
	sign := lifecycle.Limit{
		Key: "sign", For: "clerk", In: []string{"new"}, Length: "2 hours", Late: lifecycle.LateRefuse, Closes: []string{"note"},
		Extend: []string{"clerk"}, Overdue: []lifecycle.Reaction{{Do: lifecycle.DoUrge, Role: "clerk"}},
	}
	w := under(t, nil, sign)
	c := opened(t, w.Engine) // at nine
	require.Equal(t, "2024-03-04", c.Clocks[0].Due.String())
	require.Equal(t, "11:00", c.Clocks[0].DueAt.UTC().Format("15:04"))

	w.at("2024-03-04 11:00").do(c, "note")
	require.Empty(t, w.sweep(), "the moment itself is in time")
	w.at("2024-03-04 11:01")
	late, err := w.Overdue(ctx, w.now)
	require.NoError(t, err)
	require.Len(t, late, 1)
	require.Equal(t, []any{calendar.Late, calendar.Hour, 1}, []any{late[0].State.Phase, late[0].State.Unit, late[0].State.Late})
	_, err = w.Do(ctx, clerk, c.ID, note{As: "note"})
	require.Equal(t, []string{"too_late"}, refusal(t, err))
	require.ErrorContains(t, err, "2024-03-04 11:00")
	require.Equal(t, []string{"overdue@2024-03-04"}, w.sweep())
	require.Empty(t, w.sweep())

	c = w.do(c, "take")
	readings, err := w.Readings(c, w.now.AddDate(0, 0, 3))
	require.NoError(t, err)
	require.Equal(t, calendar.MetLate, readings[0].State.Phase)
}

// Four hours of work from Thursday afternoon, before the holidays of May.
func TestWorkingHoursAreThoseOfTheCalendar(t *testing.T) {
	d := desk()
	d.Limits = []lifecycle.Limit{{Key: "sign", For: "clerk", In: []string{"new"}, Length: "4 workhours"}}
	cal, err := china.Calendar().WithHours(shift(t, "09:00-12:00"), shift(t, "13:00-18:00"))
	require.NoError(t, err)
	now := workflow.WithNow(func() time.Time { return time.Date(2024, 4, 30, 8, 30, 0, 0, time.UTC) }) // 16:30 in China
	c := opened(t, engine(t, memory.New(), vocabulary(d), workflow.WithCalendar("", cal), now))
	require.Equal(t, "2024-05-06 11:30", c.Clocks[0].DueAt.Format("2006-01-02 15:04"))
	c = opened(t, engine(t, memory.New(), vocabulary(d), workflow.WithCalendar("", china.Calendar()), now))
	require.Equal(t, calendar.CodeNoHours, c.Clocks[0].Why, "nobody said which hours")
}

func shift(t *testing.T, s string) calendar.Shift {
	t.Helper()
	read, err := calendar.ParseShift(s)
	require.NoError(t, err)
	return read
}

// Three hours in session and a day after; five months in session and three between.
func TestALengthMayHangOnACondition(t *testing.T) {
	limit := lifecycle.Limit{
		Key: "consent", For: "clerk", Start: []string{"note"}, Stop: []string{"take"}, Length: "1 day",
		Lengths: []lifecycle.When{{If: []string{"says:session"}, Length: "3 hours"}, {If: []string{"says:recess"}, Length: "3 months"}},
	}
	d := desk()
	d.Limits = []lifecycle.Limit{limit}
	v := vocabulary(d)
	v.Guards["says"] = func(act *workflow.Act[manners], c *ticket) []workflow.Blocker {
		if len(c.Notes) > 0 && c.Notes[len(c.Notes)-1] == act.Argument {
			return nil
		}
		return []workflow.Blocker{workflow.Block("other", "不是", "it does not")}
	}
	e := engine(t, memory.New(), v)
	for said, due := range map[string]string{"session": "2024-03-04", "recess": "2024-06-04", "": "2024-03-05"} {
		c, err := e.Do(context.Background(), clerk, opened(t, e).ID, note{As: "note", Text: said})
		require.NoError(t, err)
		require.Equal(t, due, c.Clocks[0].Due.String(), said)
		require.Equal(t, said == "session", !c.Clocks[0].DueAt.IsZero())
	}
	d.Limits[0].Lengths[0].If = []string{"unheard_of"}
	_, err := workflow.New(memory.New(), vocabulary(d))
	require.ErrorContains(t, err, "limits[0].lengths[0].if[0]")
}

// Three months from the close of the plenary, whenever the case was assigned; and a
// day that an action names, such as the one by which something was promised.
func TestALimitCountsFromADateThatAnActionSets(t *testing.T) {
	ctx := context.Background()
	for name, tc := range map[string]struct {
		limit lifecycle.Limit
		due   string
		moved string
	}{
		"forward from the close of a session": {lifecycle.Limit{Length: "3 months", From: "closed"}, "2024-06-15", "2024-06-20"},
		"to the promised day":                 {lifecycle.Limit{Length: "0 days", Before: "closed"}, "2024-03-15", "2024-03-20"},
	} {
		tc.limit.Key, tc.limit.For, tc.limit.In = "reply", "clerk", []string{"new"}
		d := desk()
		d.Limits = []lifecycle.Limit{tc.limit}
		v := vocabulary(d)
		v.Dates = []string{"closed"}
		e := engine(t, memory.New(), v)
		set := func(day string) note {
			return note{As: "note", apply: func(act *workflow.Act[manners], _ *ticket) error {
				date, err := calendar.ParseDate(day)
				act.SetDate("closed", date)
				return err
			}}
		}
		c := opened(t, e)
		require.Equal(t, "no_anchor", c.Clocks[0].Why, name)
		for _, day := range []string{"2024-03-15", "2024-03-20"} {
			var err error
			c, err = e.Do(ctx, clerk, c.ID, set(day))
			require.NoError(t, err)
			want := tc.due
			if day == "2024-03-20" {
				want = tc.moved
			}
			require.Equal(t, want, c.Clocks[0].Due.String(), name)
		}
		c, err := e.Do(ctx, clerk, c.ID, note{As: "take"}) // before the date it counts from
		require.NoError(t, err)
		require.False(t, c.Clocks[0].Running())
		require.Equal(t, tc.moved, c.Clocks[0].Due.String(), name)

		d.Limits[0].From, d.Limits[0].Before = "clossed", ""
		v.Definitions = []lifecycle.Definition{d}
		_, err = workflow.New(memory.New(), v)
		require.ErrorContains(t, err, "limits[0].from")
	}
}
