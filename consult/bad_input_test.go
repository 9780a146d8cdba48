package consult_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

type act = workflow.Action[*activity.Activity, rules.Rules]

// TestBadInputNamesItsPlace: every action says which of its fields is wrong, and
// how, and leaves the activity as it was.
func TestBadInputNamesItsPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := strings.Repeat("长", check.MaxText+1)
	line := strings.Repeat("长", check.MaxName+1)
	one := outcome.Outcome{Kind: rules.OutcomeNote, Title: "信息"}
	people := func(n int) []activity.Participant {
		return slices.Repeat([]activity.Participant{{ID: "x", Kind: rules.Member}}, n)
	}
	for _, c := range []struct {
		state       string
		action      act
		field, code string
	}{
		{"planned", activity.Replan{}, "title", "empty"},
		{"planned", activity.Replan{Title: line}, "title", "too_long"},
		{"planned", activity.Replan{Title: "停\n车"}, "title", "control_character"},
		{"planned", activity.Replan{Title: "停车", Place: line}, "place", "too_long"},
		{"planned", activity.Investigate{}, "found", "empty"},
		{"planned", activity.Investigate{Found: "a\x00b"}, "found", "control_character"},
		{"planned", activity.Investigate{Found: "x", Place: line}, "place", "too_long"},
		{"planned", activity.Investigate{Found: "x", On: date("2099-01-01")}, "on", "future"},
		{"planned", activity.SendMaterials{}, "files", "empty"},
		{"planned", activity.SendMaterials{Files: []string{"a", ""}}, "files[1]", "empty"},
		{"planned", activity.Postpone{}, "reason", "empty"},
		{"planned", activity.Cancel{}, "reason", "empty"},
		{"planned", activity.HandOver{}, "convenor", "empty"},
		{"planned", activity.HandOver{Unit: strings.Repeat("u", check.MaxID+1)}, "unit", "bad_id"},
		{"planned", activity.Invite{}, "participants", "empty"},
		{"planned", activity.Invite{Participants: []activity.Participant{{Kind: rules.Member}}}, "participants[0].id", "bad_id"},
		{"planned", activity.Invite{Participants: []activity.Participant{{ID: "x", Kind: rules.Member, Name: line}}}, "participants[0].name", "too_long"},
		{"planned", activity.Invite{Participants: []activity.Participant{{ID: "x", Kind: rules.Member, Unit: line}}}, "participants[0].unit", "too_long"},
		{"planned", activity.Invite{Participants: people(check.MaxList + 1)}, "participants", "too_many"},
		{"planned", activity.Invite{Participants: people(2)}, "participants[1].id", "duplicate"},
		{"planned", activity.Link{}, "proposal", "bad_id"},
		{"planned", activity.Backfill{On: date("2099-01-01")}, "on", "future"},
		{"planned", activity.Backfill{Account: printed.Account{Parties: []string{""}}}, "account.parties[0]", "empty"},
		{"planned", activity.Backfill{Account: printed.Account{Note: long}}, "account.note", "too_long"},
		{"planned", activity.Backfill{Joined: people(2)}, "joined[1].id", "duplicate"},
		{"planned", activity.Backfill{Outcomes: []outcome.Outcome{{Kind: "poem"}}}, "outcomes[0].kind", "unknown"},
		{"held", activity.Speak{By: "p0"}, "text", "empty"},
		{"held", activity.Speak{By: "p0", Text: long}, "text", "too_long"},
		{"held", activity.Raise{}, "opinions", "empty"},
		{"held", activity.Raise{Opinions: []activity.Opinion{{Text: "x"}, {}}}, "opinions[1].text", "empty"},
		{"held", activity.Raise{Opinions: []activity.Opinion{{ID: "o7", Text: "x"}}}, "opinions[0]", "given"},
		{"held", activity.Raise{Opinions: []activity.Opinion{{By: "ghost", Text: "x"}}}, "opinions[0].by", "unknown"},
		{"held", activity.Respond{By: "ghost", To: []string{"o1"}, Text: "x"}, "by", "unknown"},
		{"held", activity.FileMinutes{}, "text", "empty"},
		{"concluded", activity.AddItems{}, "items", "empty"},
		{"concluded", activity.AddItems{Items: slices.Repeat([]checklist.Task{task("2024-04-30")}, check.MaxList)}, "items", "too_many"},
		{"concluded", activity.Issue{}, "outcome[0].kind", "unknown"},
		{"concluded", activity.Issue{Outcome: outcome.Outcome{ID: "c9", Kind: one.Kind, Title: "x"}}, "outcome[0].id", "given"},
		{"concluded", activity.Issue{Outcome: outcome.Outcome{Kind: one.Kind}}, "outcome[0].title", "empty"},
		{"concluded", activity.Issue{Outcome: outcome.Outcome{Kind: one.Kind, Title: "x", Text: long}}, "outcome[0].text", "too_long"},
		{"concluded", activity.Publish{}, "title", "empty"},
		{"concluded", activity.Publish{Title: "x", Text: long}, "text", "too_long"},
		{"concluded", activity.Withhold{}, "reason", "empty"},
		{"concluded", activity.HandItem{Item: "i1", Reason: "x"}, "to", "no_owner"},
		{"concluded", activity.HandItem{Item: "i1", To: checklist.Owner{Unit: "u"}}, "reason", "empty"},
		{"concluded", activity.ExtendItem{Item: "i1", To: calendar.Date{}, Reason: "x"}, "to", "not_later"},
		{"published", activity.Follow{Kind: "stare", Found: "x"}, "kind", "unknown"},
		{"published", activity.Follow{Kind: rules.Visit}, "found", "empty"},
		{"published", activity.Follow{Kind: rules.Visit, Found: "x", Items: []string{"i7"}}, "items[0]", "unknown"},
		{"published", activity.Follow{Kind: rules.Visit, Found: "x", On: date("2099-01-01")}, "on", "future"},
		{"closed", activity.Reopen{Reason: "x"}, "items", "empty"},
		{"closed", activity.Reopen{Items: []string{"i9"}, Reason: "x"}, "items[0]", "unknown"},
		{"closed", activity.Reopen{Items: []string{"i1", "i1"}, Reason: "x"}, "items[1]", "duplicate"},
		{"closed", activity.Reopen{Items: []string{"i1"}}, "reason", "empty"},
	} {
		w.invalid(office, w.at(c.state), c.action, c.field, c.code)
	}
}

// at returns an activity in a state.
func (w *world) at(state string) *activity.Activity {
	w.Helper()
	a := w.on("2024-03-01").plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-01")})
	for _, step := range []struct {
		state   string
		actions []act
	}{
		{"planned", nil},
		{"held", []act{activity.Notify{}, joined(rules.Member)}},
		{"concluded", []act{activity.FileMinutes{Text: "纪要"}, activity.Conclude{Items: []checklist.Task{task("2024-04-30")}}}},
		{"published", []act{activity.Publish{Title: "清单"}}},
		{"closed", []act{activity.FinishItem{Item: "i1", Evidence: []string{"照片"}}, activity.ConfirmItem{Item: "i1"}, activity.Close{}}},
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
	good := platform.Establish{Name: "台", Kind: rules.KindRoom, Tier: platform.Town, Convenor: "c"}
	for field, spoil := range map[string]func(*platform.Establish){
		"name":       func(e *platform.Establish) { e.Name = " " },
		"kind":       func(e *platform.Establish) { e.Kind = "castle" },
		"tier":       func(e *platform.Establish) { e.Tier = "moon" },
		"place":      func(e *platform.Establish) { e.Place = strings.Repeat("长", check.MaxName+1) },
		"convenor":   func(e *platform.Establish) { e.Convenor = "" },
		"members[1]": func(e *platform.Establish) { e.Members = []string{"m", "m"} },
		"members[0]": func(e *platform.Establish) { e.Members = []string{""} },
		"members":    func(e *platform.Establish) { e.Members = slices.Repeat([]string{"m"}, check.MaxList+1) },
		"wall[0]":    func(e *platform.Establish) { e.Wall = []string{""} },
		"wall":       func(e *platform.Establish) { e.Wall = slices.Repeat([]string{"w"}, check.MaxList+1) },
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
		action workflow.Action[*platform.Platform, rules.Rules]
		field  string
	}{
		{convenor, platform.LogDuty{Received: -1}, "received"}, {convenor, platform.LogDuty{On: date("2099-01-01")}, "on"},
		{office, platform.Inspect{}, "found"}, {office, platform.Suspend{}, "reason"}, {office, platform.Shut{}, "reason"},
		{office, platform.Quote{Account: printed.Account{Outcomes: []string{" "}}}, "account.outcomes[0]"},
	} {
		_, err := w.svc.Platforms.Do(w.ctx, c.actor, w.station.ID, c.action)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid)
		require.Equal(t, c.field, invalid.Field)
	}
	p, err := w.svc.Platforms.Do(w.ctx, office, w.station.ID, platform.Quote{Account: printed.Account{Date: "2021", Figures: printed.ParseFigures("35次;办实事240余件")}})
	require.NoError(t, err)
	require.Equal(t, []printed.Figure{{N: 35, Unit: "次", Text: "35次"}, {What: "办实事", N: 240, Bound: printed.AtLeast, Unit: "件", Text: "办实事240余件"}}, p.Accounts[0].Figures)
}

// TestOwnDataIsKept: under the key it was given, and through the store.
func TestOwnDataIsKept(t *testing.T) {
	t.Parallel()
	var kept string
	for _, c := range []interface {
		SetExtra(key string, value any) error
		GetExtra(key string, value any) (bool, error)
	}{new(activity.Activity), new(platform.Platform), new(topic.Topic)} {
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
	_, err := consult.New(memory.New(), workflow.WithGuard("g", func(*rules.Act, *stranded) []workflow.Blocker { return nil }))
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = consult.New(memory.New(), workflow.WithRelation(workflow.Relation[*stranded]{Name: "r"}))
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = consult.New(memory.New(), nil,
		workflow.WithGuard("g", func(*rules.Act, *platform.Platform) []workflow.Blocker { return nil }),
		workflow.WithGuard("g", func(*rules.Act, *topic.Topic) []workflow.Blocker { return nil }),
		workflow.WithRelation(workflow.Relation[*platform.Platform]{Name: "r", Holds: func(consult.Actor, *platform.Platform, string) bool { return false }}),
		workflow.WithRelation(workflow.Relation[*topic.Topic]{Name: "r", Holds: func(consult.Actor, *topic.Topic, string) bool { return false }}),
		workflow.WithRelation(workflow.Relation[*activity.Activity]{Name: "r", Holds: func(consult.Actor, *activity.Activity, string) bool { return false }}))
	require.NoError(t, err)
	tree, err := workflow.NewTree(workflow.Body{ID: "county"})
	require.NoError(t, err)
	week, err := calendar.New(calendar.Spec{Name: "week", Complete: true})
	require.NoError(t, err)
	for _, o := range []workflow.Option{workflow.WithRules("moon", rules.Default()), workflow.WithCalendar("moon", week)} {
		_, err = consult.New(memory.New(), workflow.WithTree(tree), o)
		require.ErrorIs(t, err, workflow.ErrInvalid)
	}
}
