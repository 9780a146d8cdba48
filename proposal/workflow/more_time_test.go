package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/clock"
)

var (
	asker  = workflow.Actor{ID: "unit", Body: "b", Roles: []string{"unit"}}
	boss   = workflow.Actor{ID: "boss", Body: "b", Roles: []string{"unit", "boss"}}
	ruler  = workflow.Actor{ID: "root", Body: "b", Roles: []string{workflow.Administrator}}
	nobody = workflow.Actor{ID: "else", Body: "b", Roles: []string{"other"}}
)

// granted is a limit that a unit asks to be prolonged and the boss prolongs.
func granted(change func(*lifecycle.Limit)) (func(*lifecycle.Definition), lifecycle.Limit) {
	l := lifecycle.Limit{
		Key: "reply", For: "unit", In: []string{"new"}, Length: "30 days", Cap: "60 days",
		Extend: []string{"boss"}, Ask: []string{"unit"},
	}
	if change != nil {
		change(&l)
	}
	return func(d *lifecycle.Definition) {
		d.Roles = []lifecycle.Role{{Key: "boss"}, {Key: "unit"}, {Key: "other"}}
	}, l
}

func dueOf(t *testing.T, w *wall, c *ticket) string {
	t.Helper()
	c, err := w.Get(context.Background(), c.ID)
	require.NoError(t, err)
	return c.Clocks[0].Due.String()
}

// A unit does not move its own day: one asks, another grants or refuses.
func TestMoreTimeIsAskedForByOneAndGrantedByAnother(t *testing.T) {
	ctx := context.Background()
	declare, limit := granted(nil)
	w := under(t, declare, limit)
	c := opened(t, w.Engine) // due on 3 April
	ask := clock.Ask{Limit: "reply", By: calendar.Days(10), Reason: "现场调研", Papers: []string{"市教函〔2024〕3号"}}

	_, err := w.AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply", Grant: true})
	require.Equal(t, []string{"not_asked"}, refusal(t, err))
	_, err = w.AskTime(ctx, nobody, c.ID, ask)
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = w.AskTime(ctx, asker, c.ID, clock.Ask{Limit: "reply", By: calendar.Days(31), Reason: "x"})
	require.Equal(t, []string{calendar.CodeBeyondCap}, refusal(t, err), "what could not be granted is not asked for")
	_, err = w.AskTime(ctx, asker, c.ID, clock.Ask{Limit: "reply", By: calendar.Days(10)})
	require.Equal(t, []string{"reason", "empty"}, refusal(t, err))

	c, err = w.AskTime(ctx, asker, c.ID, ask)
	require.NoError(t, err)
	require.Equal(t, "2024-04-03", dueOf(t, w, c), "asking moves nothing")
	require.Equal(t, "unit", c.Clocks[0].Request.Actor)
	_, err = w.AnswerTime(ctx, asker, c.ID, clock.Answer{Limit: "reply", Grant: true})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = w.AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply"})
	require.Equal(t, []string{"reason", "empty"}, refusal(t, err))
	c, err = w.AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply", Reason: "理由不足"})
	require.NoError(t, err)
	require.Nil(t, c.Clocks[0].Request)
	require.Equal(t, "2024-04-03", dueOf(t, w, c))

	_, err = w.AskTime(ctx, boss, c.ID, ask)
	require.NoError(t, err)
	_, err = w.AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply", Grant: true})
	require.Equal(t, []string{"same_person"}, refusal(t, err), "two pairs of eyes")
	_, err = w.AskTime(ctx, asker, c.ID, ask)
	require.NoError(t, err)
	c, err = w.AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply", Grant: true, By: calendar.Days(5)})
	require.NoError(t, err)
	require.Equal(t, "2024-04-08", dueOf(t, w, c))
	require.Equal(t, "现场调研", c.Clocks[0].Extensions[0].Reason)
	history, err := w.History(ctx, c.ID)
	require.NoError(t, err)
	require.Contains(t, string(history[1].Action), "市教函〔2024〕3号")
	broken, err := w.Verify(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, broken)
}

func TestMoreTimeIsAskedForBeforeTheDayAndSoOften(t *testing.T) {
	ctx := context.Background()
	declare, limit := granted(func(l *lifecycle.Limit) { l.AskUntil, l.Times = "10 days", 1 })
	w := under(t, declare, limit)
	c, late := opened(t, w.Engine), opened(t, w.Engine)
	ask := clock.Ask{Limit: "reply", By: calendar.Days(5), Reason: "x"}
	_, err := w.at("2024-03-24").AskTime(ctx, asker, c.ID, ask)
	require.NoError(t, err)
	w.at("2024-03-25")
	_, err = w.AskTime(ctx, asker, late.ID, ask)
	require.Equal(t, []string{"too_late"}, refusal(t, err))
	_, err = w.Extend(ctx, boss, late.ID, clock.Extend{Limit: "reply", By: calendar.Days(5), Reason: "x"})
	require.Equal(t, []string{"too_late"}, refusal(t, err))
	_, err = w.at("2024-04-02").AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply", Grant: true})
	require.NoError(t, err, "asked for in time")
	require.Equal(t, "2024-04-08", dueOf(t, w, c))

	declare, limit = granted(func(l *lifecycle.Limit) { l.Times = 1 })
	w = under(t, declare, limit)
	c = opened(t, w.Engine)
	_, err = w.Extend(ctx, boss, c.ID, clock.Extend{Limit: "reply", By: calendar.Days(5), Reason: "x"})
	require.NoError(t, err)
	_, err = w.AskTime(ctx, asker, c.ID, ask)
	require.Equal(t, []string{"too_often"}, refusal(t, err))
}

// A pause lasts at most so long, and the clock runs again by itself.
func TestAPauseEndsByItself(t *testing.T) {
	ctx := context.Background()
	declare, limit := granted(func(l *lifecycle.Limit) {
		l.LongestPause, l.Pause, l.Resume = "10 days", []string{"wait"}, []string{"go_on"}
	})
	more := func(d *lifecycle.Definition) {
		declare(d)
		for _, event := range limit.Pause {
			d.Transitions = append(d.Transitions,
				lifecycle.Transition{Event: event, From: []string{"new"}, To: "new", Roles: []string{"clerk"}},
				lifecycle.Transition{Event: "go_on", From: []string{"new"}, To: "new", Roles: []string{"clerk"}})
		}
	}
	w := under(t, more, limit)
	c := w.do(opened(t, w.Engine), "wait")
	require.Equal(t, "2024-04-12", dueOf(t, w, c), "the 4th is day 0; the 5th to the 13th do not count")
	for day, phase := range map[string]calendar.Phase{"2024-03-13": calendar.Paused, "2024-03-14": calendar.Running} {
		readings, err := w.Readings(c, w.at(day).now)
		require.NoError(t, err)
		require.Equal(t, phase, readings[0].State.Phase, day)
	}
	w.at("2024-03-20").do(c, "go_on")
	require.Equal(t, "2024-04-12", dueOf(t, w, c), "it ran again already")
	w.do(c, "wait")
	w.at("2024-03-22").do(c, "go_on")
	require.Equal(t, "2024-04-14", dueOf(t, w, c), "two days of the second")

	_, err := w.AskTime(ctx, asker, c.ID, clock.Ask{Limit: "reply", Pause: true, By: calendar.Days(11), Reason: "x"})
	require.Equal(t, []string{"beyond_pause"}, refusal(t, err))
	_, err = w.AskTime(ctx, asker, c.ID, clock.Ask{Limit: "reply", Pause: true, By: calendar.Days(7), Reason: "x"})
	require.NoError(t, err)
	_, err = w.AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply", Grant: true})
	require.NoError(t, err)
	require.Equal(t, "2024-04-21", dueOf(t, w, c))
}

// What was given by mistake is taken back, and both are in the journal.
func TestAnExtensionOrAPauseIsTakenBack(t *testing.T) {
	ctx := context.Background()
	declare, limit := granted(nil)
	w := under(t, declare, limit)
	c := opened(t, w.Engine)
	back := clock.TakeBack{Limit: "reply", What: clock.AnExtension, Reason: "误批"}
	_, err := w.TakeBack(ctx, boss, c.ID, back)
	require.Equal(t, []string{"nothing_given"}, refusal(t, err))
	_, err = w.Extend(ctx, boss, c.ID, clock.Extend{Limit: "reply", By: calendar.Days(10), Reason: "x"})
	require.NoError(t, err)
	_, err = w.TakeBack(ctx, asker, c.ID, back)
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = w.TakeBack(ctx, boss, c.ID, clock.TakeBack{Limit: "reply", What: "both", Reason: "x"})
	require.Equal(t, []string{"what", "unknown"}, refusal(t, err))
	_, err = w.TakeBack(ctx, ruler, c.ID, back)
	require.NoError(t, err)
	require.Equal(t, "2024-04-03", dueOf(t, w, c))

	_, err = w.AskTime(ctx, asker, c.ID, clock.Ask{Limit: "reply", Pause: true, By: calendar.Days(7), Reason: "x"})
	require.NoError(t, err)
	_, err = w.AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply", Grant: true})
	require.NoError(t, err)
	require.Equal(t, "2024-04-09", dueOf(t, w, c))
	c, err = w.TakeBack(ctx, boss, c.ID, clock.TakeBack{Limit: "reply", What: clock.APause, Reason: "误批"})
	require.NoError(t, err)
	require.Equal(t, "2024-04-03", dueOf(t, w, c))
	require.Equal(t, uint64(6), c.Seq)
}

// An extension that comes after the day moves it. Where the rules say so, it does not
// hide that the day was missed: the limit is met late in the end.
func TestAnExtensionAfterTheDayDoesNotHideThatItWasMissed(t *testing.T) {
	ctx := context.Background()
	for missed, want := range map[string]struct {
		missed string
		phase  calendar.Phase
		late   int
	}{
		"": {"", calendar.Met, 0}, lifecycle.MissedStands: {"2024-04-03", calendar.MetLate, 5},
	} {
		declare, limit := granted(func(l *lifecycle.Limit) { l.Missed = missed })
		w := under(t, declare, limit)
		c := opened(t, w.Engine)
		c, err := w.at("2024-04-04").Extend(ctx, boss, c.ID, clock.Extend{Limit: "reply", By: calendar.Days(10), Reason: "x"})
		require.NoError(t, err)
		require.Equal(t, "2024-04-13", c.Clocks[0].Due.String())
		require.Equal(t, want.missed, dateOrNone(c.Clocks[0].Missed), missed)
		readings, err := w.Readings(c, w.at("2024-04-05").now)
		require.NoError(t, err)
		require.Equal(t, calendar.Running, readings[0].State.Phase, "it runs to its new day")

		taken, err := w.TakeBack(ctx, boss, c.ID, clock.TakeBack{Limit: "reply", What: clock.AnExtension, Reason: "x"})
		require.NoError(t, err)
		require.True(t, taken.Clocks[0].Missed.IsZero(), "it is late as it stands")
		_, err = w.Extend(ctx, boss, c.ID, clock.Extend{Limit: "reply", By: calendar.Days(10), Reason: "x"})
		require.NoError(t, err)
		c = w.at("2024-04-08").do(c, "take")
		readings, err = w.Readings(c, w.now)
		require.NoError(t, err)
		require.Equal(t, want.phase, readings[0].State.Phase, "missed: %q", missed)
		require.Equal(t, want.late, readings[0].State.Late)
	}
}

func dateOrNone(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// A pause that begins after the day hides nothing, whether an event brings it or
// somebody grants it: the day stands.
func TestAPauseAfterTheDayHidesNothing(t *testing.T) {
	ctx := context.Background()
	for name, pause := range map[string]func(w *wall, c *ticket) error{
		"by an event": func(w *wall, c *ticket) error {
			_, err := w.Do(ctx, clerk, c.ID, note{As: "wait"})
			return err
		},
		"granted": func(w *wall, c *ticket) error {
			_, err := w.AskTime(ctx, asker, c.ID, clock.Ask{Limit: "reply", Pause: true, By: calendar.Days(7), Reason: "x"})
			if err == nil {
				_, err = w.AnswerTime(ctx, boss, c.ID, clock.Answer{Limit: "reply", Grant: true})
			}
			return err
		},
	} {
		declare, limit := granted(func(l *lifecycle.Limit) { l.Pause, l.Resume = []string{"wait"}, []string{"go_on"} })
		w := under(t, func(d *lifecycle.Definition) {
			declare(d)
			for _, event := range []string{"wait", "go_on"} {
				d.Transitions = append(d.Transitions, lifecycle.Transition{Event: event, From: []string{"new"}, To: "new", Roles: []string{"clerk"}})
			}
		}, limit)
		c := opened(t, w.Engine)
		require.NoError(t, pause(w.at("2024-04-05"), c), name)
		require.Equal(t, "2024-04-03", dueOf(t, w, c), name)
		late, err := w.Overdue(ctx, w.at("2024-04-06").now)
		require.NoError(t, err)
		require.Len(t, late, 1, name)
		c = w.do(c, "take")
		readings, err := w.Readings(c, w.now)
		require.NoError(t, err)
		require.Equal(t, calendar.MetLate, readings[0].State.Phase, name)
	}
}

// A wrong date is corrected by an act that shows both, and the clocks follow.
func TestAWrongDateIsCorrected(t *testing.T) {
	ctx := context.Background()
	w := under(t, nil, lifecycle.Limit{Key: "note", For: "clerk", In: []string{"open"}, Length: "10 days"})
	c := opened(t, w.Engine)
	w.at("2024-03-20")
	c, err := w.Do(ctx, clerk, c.ID, note{As: "take"}, workflow.Happened(time.Date(2024, 3, 21, 8, 0, 0, 0, time.UTC)))
	require.NoError(t, err)
	require.Equal(t, "2024-03-31", dueOf(t, w, c))
	right := time.Date(2024, 3, 12, 8, 0, 0, 0, time.UTC)
	_, err = w.CorrectDate(ctx, clerk, c.ID, clock.Correct{Seq: 2, At: right, Reason: "误录"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	for field, x := range map[string]clock.Correct{
		"seq unknown":  {Seq: 3, At: right, Reason: "x"},
		"at too_early": {Seq: 2, At: right.AddDate(0, -1, 0), Reason: "x"},
		"at future":    {Seq: 2, At: right.AddDate(1, 0, 0), Reason: "x"},
		"at too_late":  {Seq: 1, At: right.AddDate(0, 0, 20), Reason: "x"},
		"reason empty": {Seq: 2, At: right},
		"at empty":     {Seq: 2, Reason: "x"},
	} {
		_, err = w.CorrectDate(ctx, ruler, c.ID, x)
		got := refusal(t, err)
		require.Equal(t, field, got[0]+" "+got[1])
	}
	c, err = w.CorrectDate(ctx, ruler, c.ID, clock.Correct{Seq: 2, At: right, Reason: "误录"})
	require.NoError(t, err)
	require.Equal(t, "2024-03-22", dueOf(t, w, c))
	history, err := w.History(ctx, c.ID)
	require.NoError(t, err)
	require.JSONEq(t, `{"seq":2,"was":"2024-03-21T08:00:00Z","now":"2024-03-12T08:00:00Z"}`, string(history[2].Note))
	require.Equal(t, w.now, history[2].At, "the case is free of the day that was still to come")
	w.do(c, "finish")
	_, err = w.CorrectDate(ctx, ruler, c.ID, clock.Correct{Seq: 1, At: right.AddDate(0, 0, 1), Reason: "x"})
	require.Equal(t, []string{"at", "too_late"}, refusal(t, err), "held against the corrected time")
	broken, err := w.Verify(ctx, c.ID)
	require.NoError(t, err)
	require.Empty(t, broken)
}
