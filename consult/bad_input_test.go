package consult_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

type act = workflow.Action[*consult.Activity, consult.Rules]

// TestBadInputNamesItsPlace: every action says which of its fields is wrong, and
// how, and leaves the activity as it was.
func TestBadInputNamesItsPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := strings.Repeat("长", consult.MaxText+1)
	line := strings.Repeat("长", consult.MaxName+1)
	one := consult.Outcome{Kind: consult.OutcomeNote, Title: "信息"}
	people := func(n int) []consult.Participant {
		return slices.Repeat([]consult.Participant{{ID: "x", Kind: consult.Member}}, n)
	}
	for _, c := range []struct {
		state       string
		action      act
		field, code string
	}{
		{"planned", consult.Replan{}, "title", "empty"},
		{"planned", consult.Replan{Title: line}, "title", "too_long"},
		{"planned", consult.Replan{Title: "停\n车"}, "title", "control_character"},
		{"planned", consult.Replan{Title: "停车", Place: line}, "place", "too_long"},
		{"planned", consult.Investigate{}, "found", "empty"},
		{"planned", consult.Investigate{Found: "a\x00b"}, "found", "control_character"},
		{"planned", consult.Investigate{Found: "x", Place: line}, "place", "too_long"},
		{"planned", consult.Investigate{Found: "x", On: date("2099-01-01")}, "on", "future"},
		{"planned", consult.SendMaterials{}, "files", "empty"},
		{"planned", consult.SendMaterials{Files: []string{"a", ""}}, "files[1]", "empty"},
		{"planned", consult.Postpone{}, "reason", "empty"},
		{"planned", consult.Cancel{}, "reason", "empty"},
		{"planned", consult.HandOver{}, "convenor", "empty"},
		{"planned", consult.HandOver{Unit: strings.Repeat("u", consult.MaxID+1)}, "unit", "bad_id"},
		{"planned", consult.Invite{}, "participants", "empty"},
		{"planned", consult.Invite{Participants: []consult.Participant{{Kind: consult.Member}}}, "participants[0].id", "bad_id"},
		{"planned", consult.Invite{Participants: []consult.Participant{{ID: "x", Kind: consult.Member, Name: line}}}, "participants[0].name", "too_long"},
		{"planned", consult.Invite{Participants: []consult.Participant{{ID: "x", Kind: consult.Member, Unit: line}}}, "participants[0].unit", "too_long"},
		{"planned", consult.Invite{Participants: people(consult.MaxList + 1)}, "participants", "too_many"},
		{"planned", consult.Invite{Participants: people(2)}, "participants[1].id", "duplicate"},
		{"planned", consult.Link{}, "proposal", "bad_id"},
		{"planned", consult.Backfill{On: date("2099-01-01")}, "on", "future"},
		{"planned", consult.Backfill{Account: consult.Account{Parties: []string{""}}}, "account.parties[0]", "empty"},
		{"planned", consult.Backfill{Account: consult.Account{Note: long}}, "account.note", "too_long"},
		{"planned", consult.Backfill{Joined: people(2)}, "joined[1].id", "duplicate"},
		{"planned", consult.Backfill{Outcomes: []consult.Outcome{{Kind: "poem"}}}, "outcomes[0].kind", "unknown"},
		{"held", consult.Speak{By: "p0"}, "text", "empty"},
		{"held", consult.Speak{By: "p0", Text: long}, "text", "too_long"},
		{"held", consult.Raise{}, "opinions", "empty"},
		{"held", consult.Raise{Opinions: []consult.Opinion{{Text: "x"}, {}}}, "opinions[1].text", "empty"},
		{"held", consult.Raise{Opinions: []consult.Opinion{{ID: "o7", Text: "x"}}}, "opinions[0]", "given"},
		{"held", consult.Raise{Opinions: []consult.Opinion{{By: "ghost", Text: "x"}}}, "opinions[0].by", "unknown"},
		{"held", consult.Respond{By: "ghost", To: []string{"o1"}, Text: "x"}, "by", "unknown"},
		{"held", consult.FileMinutes{}, "text", "empty"},
		{"concluded", consult.AddItems{}, "items", "empty"},
		{"concluded", consult.AddItems{Items: slices.Repeat([]consult.Task{task("2024-04-30")}, consult.MaxList)}, "items", "too_many"},
		{"concluded", consult.Issue{}, "outcome[0].kind", "unknown"},
		{"concluded", consult.Issue{Outcome: consult.Outcome{ID: "c9", Kind: one.Kind, Title: "x"}}, "outcome[0].id", "given"},
		{"concluded", consult.Issue{Outcome: consult.Outcome{Kind: one.Kind}}, "outcome[0].title", "empty"},
		{"concluded", consult.Issue{Outcome: consult.Outcome{Kind: one.Kind, Title: "x", Text: long}}, "outcome[0].text", "too_long"},
		{"concluded", consult.Publish{}, "title", "empty"},
		{"concluded", consult.Publish{Title: "x", Text: long}, "text", "too_long"},
		{"concluded", consult.Withhold{}, "reason", "empty"},
		{"concluded", consult.Hand{Item: "i1", Reason: "x"}, "to", "no_owner"},
		{"concluded", consult.Hand{Item: "i1", To: consult.Owner{Unit: "u"}}, "reason", "empty"},
		{"concluded", consult.Extend{Item: "i1", To: calendar.Date{}, Reason: "x"}, "to", "not_later"},
		{"published", consult.Follow{Kind: "stare", Found: "x"}, "kind", "unknown"},
		{"published", consult.Follow{Kind: consult.Visit}, "found", "empty"},
		{"published", consult.Follow{Kind: consult.Visit, Found: "x", Items: []string{"i7"}}, "items[0]", "unknown"},
		{"published", consult.Follow{Kind: consult.Visit, Found: "x", On: date("2099-01-01")}, "on", "future"},
		{"closed", consult.Reopen{Reason: "x"}, "items", "empty"},
		{"closed", consult.Reopen{Items: []string{"i9"}, Reason: "x"}, "items[0]", "unknown"},
		{"closed", consult.Reopen{Items: []string{"i1", "i1"}, Reason: "x"}, "items[1]", "duplicate"},
		{"closed", consult.Reopen{Items: []string{"i1"}}, "reason", "empty"},
	} {
		w.invalid(office, w.at(c.state), c.action, c.field, c.code)
	}
}

// at returns an activity in a state.
func (w *world) at(state string) *consult.Activity {
	w.Helper()
	a := w.on("2024-03-01").plan(consult.Plan{Platform: w.station.ID, On: date("2024-03-01")})
	for _, step := range []struct {
		state   string
		actions []act
	}{
		{"planned", nil},
		{"held", []act{consult.Notify{}, joined(consult.Member)}},
		{"concluded", []act{consult.FileMinutes{Text: "纪要"}, consult.Conclude{Items: []consult.Task{task("2024-04-30")}}}},
		{"published", []act{consult.Publish{Title: "清单"}}},
		{"closed", []act{consult.Finish{Item: "i1", Evidence: []string{"照片"}}, consult.Confirm{Item: "i1"}, consult.Close{}}},
	} {
		for _, action := range step.actions {
			a = w.do(map[bool]consult.Actor{true: convenor, false: office}[strings.HasPrefix(action.Event(), "finish")], a, action)
		}
		if step.state == state {
			return a
		}
	}
	require.Fail(w, "no such state", state)
	return nil
}

// TestBadPlatformsAreRefused: on opening, and on everything that is done to one.
func TestBadPlatformsAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := consult.Establish{Name: "台", Kind: consult.KindRoom, Tier: consult.Town, Convenor: "c"}
	for field, spoil := range map[string]func(*consult.Establish){
		"name":       func(e *consult.Establish) { e.Name = " " },
		"kind":       func(e *consult.Establish) { e.Kind = "castle" },
		"tier":       func(e *consult.Establish) { e.Tier = "moon" },
		"place":      func(e *consult.Establish) { e.Place = strings.Repeat("长", consult.MaxName+1) },
		"convenor":   func(e *consult.Establish) { e.Convenor = "" },
		"members[1]": func(e *consult.Establish) { e.Members = []string{"m", "m"} },
		"members[0]": func(e *consult.Establish) { e.Members = []string{""} },
		"members":    func(e *consult.Establish) { e.Members = slices.Repeat([]string{"m"}, consult.MaxList+1) },
		"wall[0]":    func(e *consult.Establish) { e.Wall = []string{""} },
		"wall":       func(e *consult.Establish) { e.Wall = slices.Repeat([]string{"w"}, consult.MaxList+1) },
	} {
		bad := good
		spoil(&bad)
		_, err := w.svc.Establish(w.ctx, office, bad)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid, field)
		require.Equal(t, field, invalid.Field)
	}
	for _, c := range []struct {
		actor  consult.Actor
		action workflow.Action[*consult.Platform, consult.Rules]
		field  string
	}{
		{convenor, consult.LogDuty{Received: -1}, "received"}, {convenor, consult.LogDuty{On: date("2099-01-01")}, "on"},
		{office, consult.Inspect{}, "found"}, {office, consult.Suspend{}, "reason"}, {office, consult.Shut{}, "reason"},
		{office, consult.Quote{Account: consult.Account{Outcomes: []string{" "}}}, "account.outcomes[0]"},
	} {
		_, err := w.svc.Platforms.Do(w.ctx, c.actor, w.station.ID, c.action)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid)
		require.Equal(t, c.field, invalid.Field)
	}
	p, err := w.svc.Platforms.Do(w.ctx, office, w.station.ID, consult.Quote{Account: consult.Account{Date: "2021", Figures: consult.ParseFigures("35次;办实事240余件")}})
	require.NoError(t, err)
	require.Equal(t, []consult.Figure{{N: 35, Unit: "次", Text: "35次"}, {What: "办实事", N: 240, Bound: consult.AtLeast, Unit: "件", Text: "办实事240余件"}}, p.Accounts[0].Figures)
}

// TestPrintedFiguresThatAreNone: dates, names in quotation marks, ranges.
func TestPrintedFiguresThatAreNone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "若干", "力争5月初", "2024年", "攻坚目标“5080”攻坚", "9-11人", "1.5人", "1万2万", "99999999999次", "百姓"} {
		_, ok := consult.ParseFigure(text)
		require.False(t, ok, text)
	}
	require.Equal(t, []consult.Figure{{N: 50, Unit: "户", Text: "50户"}, {N: 140, Unit: "人", Text: "140人"}}, consult.ParseFigures("50户140人"))
}

// TestOwnDataIsKept: under the key it was given, and through the store.
func TestOwnDataIsKept(t *testing.T) {
	t.Parallel()
	var kept string
	for _, c := range []interface {
		SetExtra(key string, value any) error
		GetExtra(key string, value any) (bool, error)
	}{new(consult.Activity), new(consult.Platform), new(consult.Topic)} {
		there, err := c.GetExtra("acme.x", &kept)
		require.NoError(t, err)
		require.False(t, there)
		require.ErrorIs(t, c.SetExtra("acme.x", func() {}), workflow.ErrInvalid)
		require.NoError(t, c.SetExtra("acme.x", "y"))
		there, err = c.GetExtra("acme.x", &kept)
		require.NoError(t, err)
		require.True(t, there)
		require.Equal(t, "y", kept)
		var wrong int
		_, err = c.GetExtra("acme.x", &wrong)
		require.Error(t, err)
	}
}

// stranded is a case that consult does not have.
type stranded struct {
	workflow.Header `json:"-"`
}

// TestOptionsOfAnotherKindAreRefused: a relation of the right kind is a role that
// definitions may name, one of a foreign kind is an error, as is a body that the
// tree does not have.
func TestOptionsOfAnotherKindAreRefused(t *testing.T) {
	t.Parallel()
	_, err := consult.New(memory.New(), workflow.WithGuard("g", func(*consult.Act, *stranded) []workflow.Blocker { return nil }))
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = consult.New(memory.New(), workflow.WithRelation(workflow.Relation[*stranded]{Name: "r"}))
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = consult.New(memory.New(), nil,
		workflow.WithGuard("g", func(*consult.Act, *consult.Platform) []workflow.Blocker { return nil }),
		workflow.WithGuard("g", func(*consult.Act, *consult.Topic) []workflow.Blocker { return nil }),
		workflow.WithRelation(workflow.Relation[*consult.Platform]{Name: "r", Holds: func(consult.Actor, *consult.Platform, string) bool { return false }}),
		workflow.WithRelation(workflow.Relation[*consult.Topic]{Name: "r", Holds: func(consult.Actor, *consult.Topic, string) bool { return false }}),
		workflow.WithRelation(workflow.Relation[*consult.Activity]{Name: "r", Holds: func(consult.Actor, *consult.Activity, string) bool { return false }}))
	require.NoError(t, err)
	tree, err := workflow.NewTree(workflow.Body{ID: "county"})
	require.NoError(t, err)
	week, err := calendar.New(calendar.Spec{Name: "week", Complete: true})
	require.NoError(t, err)
	for _, o := range []workflow.Option{workflow.WithRules("moon", consult.DefaultRules()), workflow.WithCalendar("moon", week)} {
		_, err = consult.New(memory.New(), workflow.WithTree(tree), o)
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
}
