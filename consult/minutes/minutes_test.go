package minutes_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/minutes"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

const mostEntries = 1000 // of a list

func TestWhatMinutesRefuseChangesNothing(t *testing.T) {
	t.Parallel()
	day, err := calendar.ParseDate("2024-03-11")
	require.NoError(t, err)
	drafted := func(m *minutes.Minutes) { m.Draft = "草稿" }
	objected := func(m *minutes.Minutes) {
		drafted(m)
		m.Objections = []minutes.Objection{{ID: "b1", Text: "有异议"}, {ID: "b2", Text: "有异议", Answered: day}}
	}
	for name, c := range map[string]struct {
		before      func(*minutes.Minutes)
		do          func(*minutes.Minutes) error
		field, code string
	}{
		"sent without a draft": {func(*minutes.Minutes) {}, func(m *minutes.Minutes) error { return m.Send(day, "o", []string{"m"}) }, "text", "no_draft"},
		"sent too often": {
			func(m *minutes.Minutes) { drafted(m); m.Rounds = make([]minutes.Circulation, mostEntries) },
			func(m *minutes.Minutes) error { return m.Send(day, "o", []string{"m"}) }, "rounds", "too_many",
		},
		"objected to without a draft": {func(*minutes.Minutes) {}, func(m *minutes.Minutes) error { return m.Object(day, "m", "不符") }, "text", "no_draft"},
		"objected to in no words":     {drafted, func(m *minutes.Minutes) error { return m.Object(day, "m", " ") }, "text", "empty"},
		"objected to too often": {
			func(m *minutes.Minutes) { drafted(m); m.Objections = make([]minutes.Objection, mostEntries) },
			func(m *minutes.Minutes) error { return m.Object(day, "m", "不符") }, "objections", "too_many",
		},
		"an objection that is not there": {objected, func(m *minutes.Minutes) error { return m.Answer(day, "b9", true, "已改") }, "objection", "unknown"},
		"answered in no words":           {objected, func(m *minutes.Minutes) error { return m.Answer(day, "b1", true, "") }, "answer", "empty"},
		"answered twice":                 {objected, func(m *minutes.Minutes) error { return m.Answer(day, "b2", true, "已改") }, "objection", "answered"},
		"filed empty":                    {drafted, func(m *minutes.Minutes) error { return m.File(day, "o", "", "") }, "text", "empty"},
		"filed too long":                 {drafted, func(m *minutes.Minutes) error { return m.File(day, "o", strings.Repeat("长", 20_001), "") }, "text", "too_long"},
		"corrected too often": {
			func(m *minutes.Minutes) { m.Filed, m.Versions = day, make([]minutes.Version, mostEntries) },
			func(m *minutes.Minutes) error { return m.File(day, "o", "纪要", "更正") }, "versions", "too_many",
		},
	} {
		var m minutes.Minutes
		c.before(&m)
		before, err := json.Marshal(m)
		require.NoError(t, err)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, c.do(&m), &invalid, name)
		require.Equal(t, [2]string{c.field, c.code}, [2]string{invalid.Field, invalid.Code}, "%s: %s", name, invalid.EN)
		after, err := json.Marshal(m)
		require.NoError(t, err)
		require.JSONEq(t, string(before), string(after), name)
	}
}
