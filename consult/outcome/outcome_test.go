package outcome_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

const mostEntries = 1000 // of a list

func TestWhatAnOutcomeRefusesChangesNothing(t *testing.T) {
	t.Parallel()
	day, err := calendar.ParseDate("2024-06-05")
	require.NoError(t, err)
	many := make([]string, mostEntries+1)
	instruct := func(i outcome.Instruction) func(*outcome.Outcome) error {
		return func(o *outcome.Outcome) error { return o.Instruct(i) }
	}
	for name, c := range map[string]struct {
		do          func(*outcome.Outcome) error
		field, code string
	}{
		"more votes than there were": {func(o *outcome.Outcome) error { return o.Ballot(outcome.Vote{Eligible: 9, Present: 5, For: 6}) }, "present", "out_of_range"},
		"more there than may vote":   {func(o *outcome.Outcome) error { return o.Ballot(outcome.Vote{Eligible: 4, Present: 5, For: 1}) }, "present", "out_of_range"},
		"sent to nobody":             {func(o *outcome.Outcome) error { o.To = nil; return o.Send(day, "o", nil, "") }, "to", "empty"},
		"sent to somebody nameless":  {func(o *outcome.Outcome) error { return o.Send(day, "o", []string{"县委", ""}, "") }, "to[1]", "empty"},
		"sent to too many":           {func(o *outcome.Outcome) error { return o.Send(day, "o", many, "") }, "to", "too_many"},
		"a number of two lines":      {func(o *outcome.Outcome) error { return o.Send(day, "o", []string{"县委"}, "3\n号") }, "number", "control_character"},
		"a leader without a name":    {instruct(outcome.Instruction{Text: "阅"}), "leader", "empty"},
		"an instruction of no words": {instruct(outcome.Instruction{Leader: "县长"}), "text", "empty"},
		"a unit without a name":      {instruct(outcome.Instruction{Leader: "县长", Text: "阅", Units: []string{""}}), "units[0]", "empty"},
		"no such instruction":        {func(o *outcome.Outcome) error { return o.Handle("d9", day, "已办") }, "instruction", "unknown"},
		"handled twice":              {func(o *outcome.Outcome) error { return o.Handle("d2", day, "已办") }, "instruction", "handled"},
		"handled in no words":        {func(o *outcome.Outcome) error { return o.Handle("d1", day, "") }, "result", "empty"},
		"no such thing to become":    {func(o *outcome.Outcome) error { return o.Trace(outcome.Tracing{How: "framed", Text: "x"}) }, "how", "unknown"},
		"it is not said what became": {func(o *outcome.Outcome) error { return o.Trace(outcome.Tracing{How: outcome.Adopted}) }, "text", "empty"},
	} {
		o := outcome.Outcome{ID: "c1", Title: "建议案", Instructions: []outcome.Instruction{{ID: "d1"}, {ID: "d2", Handled: day}}}
		before, err := json.Marshal(o)
		require.NoError(t, err)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, c.do(&o), &invalid, name)
		require.Equal(t, [2]string{c.field, c.code}, [2]string{invalid.Field, invalid.Code}, "%s: %s", name, invalid.EN)
		after, err := json.Marshal(o)
		require.NoError(t, err)
		require.JSONEq(t, string(before), string(after), name)
	}

	full := outcome.Outcome{
		To: []string{"县委"}, Sent: make([]outcome.Sending, mostEntries),
		Instructions: make([]outcome.Instruction, mostEntries), Became: make([]outcome.Tracing, mostEntries),
	}
	require.ErrorIs(t, full.Send(day, "o", nil, ""), workflow.ErrInvalid)
	require.ErrorIs(t, full.Instruct(outcome.Instruction{Leader: "县长", Text: "阅"}), workflow.ErrInvalid)
	require.ErrorIs(t, full.Trace(outcome.Tracing{How: outcome.Kept, Text: "留存"}), workflow.ErrInvalid)
}
