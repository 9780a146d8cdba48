package profiles_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/calendar/china"
	"github.com/tian-go/tian/proposal/calendar/profiles"
)

// The values of the survey's table of time limits, row by row.
func TestEveryValueOfTheSurveyIsThere(t *testing.T) {
	survey := map[profiles.What][]string{
		profiles.Reply:        {"2 months cap 3 months", "3 months +1 month", "3 months cap 6 months", "5 months cap 6 months", "3 months cap 6 months", "08-31"},
		profiles.Objection:    {"5 days", "5 workdays", "7 workdays", "7 days", "10 days"},
		profiles.CoOpinion:    {"1 month", "2 months", "20 days before lead_reply_due"},
		profiles.Rehandling:   {"3 months", "0 days"},
		profiles.Opinion:      {"15 workdays"},
		profiles.FirstContact: {"15 workdays"},
		profiles.Publication:  {"15 days"},
		profiles.Consultation: {"15 workdays before consultation_day", "10 workdays before consultation_day", "7 workdays"},
	}
	got := map[profiles.What][]string{}
	for _, p := range profiles.All() {
		if p.What == profiles.Alerts {
			continue
		}
		text := p.Rule.Length.String()
		if !p.Rule.Cap.IsZero() {
			text += " cap " + p.Rule.Cap.String()
		}
		if !p.Rule.MaxExtension.IsZero() {
			text += " +" + p.Rule.MaxExtension.String()
		}
		if p.Rule.Before != "" {
			text += " before " + p.Rule.Before
		}
		got[p.What] = append(got[p.What], text)
	}
	require.Equal(t, survey, got)
}

func TestProfilesAreCompleteAndHaveTheirOwnKeys(t *testing.T) {
	data, err := os.ReadFile("profiles.json")
	require.NoError(t, err)
	var raw []json.RawMessage
	require.NoError(t, json.Unmarshal(data, &raw))
	all := profiles.All()
	require.Len(t, all, len(raw), "the embedded data parses")

	keys := map[string]bool{}
	for _, p := range all {
		require.Regexp(t, `^[a-z][a-z0-9_]*$`, p.Key)
		require.False(t, keys[p.Key], p.Key)
		keys[p.Key] = true
		require.NotEmpty(t, p.Label.Zh, p.Key)
		require.NotEmpty(t, p.Label.En, p.Key)
		require.NotEmpty(t, p.For, p.Key)
		require.NotEmpty(t, p.Starts, p.Key)
		require.NotEmpty(t, p.Source, p.Key)
		require.NoError(t, p.Rule.Validate(), p.Key)
		found, ok := profiles.Get(p.Key)
		require.True(t, ok)
		require.Equal(t, p, found)
	}
	_, ok := profiles.Get("no_such_limit")
	require.False(t, ok)

	alerts, ok := profiles.Get("alerts_blue_yellow_red")
	require.True(t, ok)
	require.Len(t, alerts.Rule.Warnings, 3)
	alerts.Rule.Warnings[0].Colour = "green"
	again, _ := profiles.Get("alerts_blue_yellow_red")
	require.Equal(t, "blue", again.Rule.Warnings[0].Colour, "each call returns copies of its own")
}

func TestEveryProfileRunsAsAClock(t *testing.T) {
	start, err := calendar.ParseDate("2024-03-15")
	require.NoError(t, err)
	meeting, err := calendar.ParseDate("2024-06-14")
	require.NoError(t, err)
	for _, p := range profiles.All() {
		anchor := calendar.Date{}
		if p.Rule.Before != "" {
			anchor = meeting
		}
		c, err := calendar.StartBefore(p.Rule, start, anchor)
		require.NoError(t, err, p.Key)
		due, trace, err := c.Explain(china.Calendar())
		require.NoError(t, err, p.Key)
		require.False(t, due.Before(start), p.Key)
		require.NotEmpty(t, trace, p.Key)
		_, err = c.Alarms(china.Calendar())
		require.NoError(t, err, p.Key)
	}
}
