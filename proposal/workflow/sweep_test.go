package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
)

// "Weekly, and daily in the last days" is two reminders: each calls for what it
// says itself, and a day on which both fall for both.
func TestEveryReminderDoesItsOwn(t *testing.T) {
	urge := lifecycle.Reaction{Do: lifecycle.DoUrge, Role: "clerk"}
	escalate := lifecycle.Reaction{Do: lifecycle.DoEscalate, Role: "owner"}
	d := desk()
	d.Limits = []lifecycle.Limit{{
		Key: "note", For: "clerk", In: []string{"new"}, Length: "15 days",
		Remind: []lifecycle.Reminder{
			{Every: "5 days", Missed: lifecycle.MissedEach},
			{Every: "7 days", Missed: lifecycle.MissedEach, Do: []lifecycle.Reaction{urge}},
			{Every: "1 day", Within: "2 days", Missed: lifecycle.MissedEach, Do: []lifecycle.Reaction{escalate, urge}},
		},
	}}
	e := engine(t, memory.New(), vocabulary(d))
	opened(t, e) // on 4 March: due on the 19th
	got := make(map[string][]lifecycle.Reaction)
	crossed, err := e.Sweep(context.Background(), time.Date(2024, 3, 19, 12, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	for _, x := range crossed {
		got[x.Alarm.On.String()] = x.Do
	}
	require.Equal(t, map[string][]lifecycle.Reaction{
		"2024-03-09": nil, "2024-03-14": nil, // every five days, which nobody has to do anything about
		"2024-03-11": {urge},
		"2024-03-18": {urge, escalate}, // a week, and the first of the last two days
		"2024-03-19": {escalate, urge}, // every five days as well
	}, got)
}
