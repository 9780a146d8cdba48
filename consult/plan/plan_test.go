package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	require.NoError(t, err)
	return d
}

var long = strings.Repeat("长", 20_001)

func slot(change func(*plan.Slot)) plan.Slot {
	s := plan.Slot{Topic: "t-2", Title: "养老", Form: rules.FormPlatform}
	change(&s)
	return s
}

// What is wrong in itself names the field, and a plan of two entries, one of them ended,
// stays as it was.
func TestWhatAPlanRefusesChangesNothing(t *testing.T) {
	t.Parallel()
	resolution := func(change func(*plan.Resolution)) plan.Resolution {
		r := plan.Resolution{Of: "主席会议"}
		change(&r)
		return r
	}
	enter := func(change func(*plan.Slot)) workflow.Action[*plan.Plan, rules.Rules] {
		return plan.Enter{Slots: []plan.Slot{slot(change)}}.At()
	}
	added := slot(func(s *plan.Slot) { s.Month = 13 })
	for name, c := range map[string]struct {
		do          workflow.Action[*plan.Plan, rules.Rules]
		field, code string
	}{
		"a year before there were any": {plan.Draft{Year: 1948, Title: "计划"}, "year", "out_of_range"},
		"no title":                     {plan.Draft{Year: 2024}, "title", "empty"},
		"no entries":                   {plan.Enter{}.At(), "slots", "empty"},
		"no topic":                     {enter(func(s *plan.Slot) { s.Topic = "" }), "slots[0].topic", "bad_id"},
		"a topic that is there":        {enter(func(s *plan.Slot) { s.Topic = "t-1" }), "slots[0].topic", "duplicate"},
		"a quarter of another month":   {enter(func(s *plan.Slot) { s.Month, s.Quarter = 5, 1 }), "slots[0].quarter", "out_of_range"},
		"a lead of two lines":          {enter(func(s *plan.Slot) { s.Lead = "甲\n乙" }), "slots[0].lead", "control_character"},
		"a unit without a name":        {enter(func(s *plan.Slot) { s.Units = []string{"甲", ""} }), "slots[0].units[1]", "empty"},
		"too many units":               {enter(func(s *plan.Slot) { s.Units = make([]string, 1001) }), "slots[0].units", "too_many"},
		"removed for no reason":        {plan.Remove{Entry: "e1"}, "reason", "empty"},
		"removed and not there":        {plan.Remove{Entry: "e9", Reason: "调整"}, "entry", "unknown"},
		"removed twice":                {plan.Remove{Entry: "e2", Reason: "调整"}, "entry", "unknown"},
		"sent to nobody":               {plan.Circulate{}, "to", "empty"},
		"sent to too many":             {plan.Circulate{To: make([]string, 1001)}, "to", "too_many"},
		"sent to somebody nameless":    {plan.Circulate{To: []string{"甲", ""}}, "to[1]", "empty"},
		"decided by nobody":            {plan.Endorse{Resolution: resolution(func(r *plan.Resolution) { r.Of = "" })}, "of", "empty"},
		"a number of two lines":        {plan.Approve{Resolution: resolution(func(r *plan.Resolution) { r.Number = "3\n号" })}, "number", "control_character"},
		"remarks without an end":       {plan.Approve{Resolution: resolution(func(r *plan.Resolution) { r.Text = long })}, "text", "too_long"},
		"sent back for no reason":      {plan.Return{Resolution: plan.Resolution{Of: "主席会议"}}, "reason", "empty"},
		"no change asked for":          {plan.AskChange{Reason: "调整"}.At(), "drop", "empty"},
		"a change for no reason":       {plan.AskChange{Drop: "e1"}.At(), "reason", "empty"},
		"a change of what is not there": {
			plan.AskChange{Drop: "e9", Reason: "调整"}.At(), "drop", "unknown",
		},
		"a change that is asked for": {plan.AskChange{Drop: "e1", Reason: "调整"}.At(), "drop", "asked"},
		"a month that is none":       {plan.AskChange{Add: &added, Reason: "调整"}.At(), "add.month", "out_of_range"},
		"no such change":             {plan.DecideChange{Change: "h9", Resolution: plan.Resolution{Of: "主席会议"}}, "change", "unknown"},
		"one's own change":           {plan.DecideChange{Change: "h2", Resolution: plan.Resolution{Of: "主席会议"}}, "change", "own_change"},
		"a change decided by nobody": {plan.DecideChange{Change: "h1", Granted: true}, "of", "empty"},
		"an end without words":       {plan.Conclude{}.At("e1"), "text", "empty"},
		"an end that leaves out one": {plan.Conclude{Text: "完成"}.At(), "undone", "not_explained"},
		"undone and not there":       {plan.Conclude{Text: "完成", Undone: []plan.Undone{{Entry: "e9", Reason: "疫情"}}}.At("e1"), "undone[0].entry", "unknown"},
		"undone and held":            {plan.Conclude{Text: "完成", Undone: []plan.Undone{{Entry: "e1", Reason: "疫情"}}}.At("e1"), "undone[0].entry", "duplicate"},
		"undone for no reason":       {plan.Conclude{Text: "完成", Undone: []plan.Undone{{Entry: "e1"}}}.At(), "undone[0].reason", "empty"},
	} {
		p := &plan.Plan{
			Year: 2024, Title: "计划",
			Entries: []plan.Entry{{ID: "e1", Slot: plan.Slot{Topic: "t-1", Title: "停车"}}, {ID: "e2", Slot: plan.Slot{Topic: "t-0"}, Until: date(t, "2024-03-01")}},
			Changes: []plan.Change{{ID: "h1", By: "m", Drop: "e1", Reason: "调整"}, {ID: "h2", By: "me", Reason: "调整"}},
		}
		before, err := json.Marshal(p)
		require.NoError(t, err)
		act := &rules.Act{Rules: rules.Default()}
		act.Actor.ID = "me"
		var invalid *workflow.InvalidError
		require.ErrorAs(t, c.do.Apply(act, p), &invalid, name)
		require.Equal(t, [2]string{c.field, c.code}, [2]string{invalid.Field, invalid.Code}, "%s: %s", name, invalid.EN)
		after, err := json.Marshal(p)
		require.NoError(t, err)
		require.JSONEq(t, string(before), string(after), name)
	}
}

func TestAPlanKeepsWhatItsHostAdds(t *testing.T) {
	t.Parallel()
	var p plan.Plan
	require.NoError(t, p.SetExtra("acme.budget", 12))
	var budget int
	found, err := p.GetExtra("acme.budget", &budget)
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, 12, budget)
	require.Nil(t, p.Entry("e1"))
}
