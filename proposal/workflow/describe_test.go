package workflow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// visit is an action with fields of every kind.
type visit struct {
	Place  string   `json:"place" zh:"地点" en:"place" field:"required,max=20"`
	Colour string   `json:"colour,omitempty" zh:"颜色" en:"colour" field:"from=colours"`
	Who    []person `json:"who,omitempty" zh:"人员" en:"people"`
	Count  int      `json:"count,omitempty" zh:"人数" en:"count"`
	Kept   string   `json:"-"`
}

type person struct {
	Name string `json:"name" zh:"姓名" en:"name"`
}

func (visit) Event() string { return "note" }

func (v visit) Apply(_ *workflow.Act[manners], t *ticket) error {
	t.Notes = append(t.Notes, v.Place)
	return nil
}

// outing embeds visit, and so has its event.
type outing struct{ visit }

func visiting(t *testing.T) *workflow.Engine[*ticket, manners] {
	t.Helper()
	v := vocabulary(desk())
	v.Values = func(_ manners, list string) []form.Value {
		if list != "colours" {
			return nil
		}
		return []form.Value{{Key: "red"}, {Key: "blue"}}
	}
	return engine(t, memory.New(), v, workflow.WithAction(workflow.Describe(visit{}, "走访", "visit")))
}

func TestAnActionDescribesItsFields(t *testing.T) {
	a := workflow.Describe(visit{}, "走访", "visit")
	require.Equal(t, "note", a.Event)
	require.Equal(t, "走访", a.Label.ZH)
	names := map[string]form.Field{}
	for _, f := range a.Fields {
		names[f.Name] = f
	}
	require.Len(t, names, 4, "a field that is not written is none")
	require.Equal(t, form.Line, names["place"].Type)
	require.True(t, names["place"].Required)
	require.Equal(t, 20, names["place"].Max)
	require.Equal(t, "地点", names["place"].Label.ZH)
	require.Equal(t, form.Key, names["colour"].Type)
	require.Equal(t, "colours", names["colour"].From)
	require.True(t, names["who"].List)
	require.Equal(t, form.Object, names["who"].Type)
	require.Equal(t, "name", names["who"].Fields[0].Name)
	require.Equal(t, form.Number, names["count"].Type)
}

func TestDecodeReadsAnActionStrictly(t *testing.T) {
	e := visiting(t)
	action, err := e.Decode("note", []byte(`{"place":"站前街","who":[{"name":"甲"}],"count":2}`))
	require.NoError(t, err)
	require.Equal(t, visit{Place: "站前街", Who: []person{{"甲"}}, Count: 2}, action)
	for data, where := range map[string]string{
		`{"place":"x","plaze":"y"}`: "plaze",
		`{"place":"x","place":"y"}`: "place",
		`{"who":[{"name":1}]}`:      "who[0].name",
		`{"who":[{"nama":"x"}]}`:    "who[0].nama",
		`{"count":"2"}`:             "count",
		`{"Place":"x"}`:             "Place",
		`[]`:                        "action",
		`{"place":"x"} {}`:          "action",
		`{"place":"x"`:              "action",
		"{\"place\":\"\xff\"}":      "action",
	} {
		_, err := workflow.Describe(visit{}, "", "").Decode([]byte(data))
		require.Equal(t, []string{where, "malformed"}, refusal(t, err), data)
		require.NotEmpty(t, workflow.Explain(err).Message.ZH)
	}
	_, err = e.Decode("takr", nil)
	require.ErrorContains(t, err, `no action fires the event "takr"; did you mean "take"?`)
	_, err = e.Decode("fly", nil)
	require.Equal(t, []string{"event", "unknown"}, refusal(t, err))
	again, err := e.Decode("take", nil)
	require.NoError(t, err)
	require.Equal(t, "take", again.Event())
}

func TestChoicesCarryTheFormOfTheirAction(t *testing.T) {
	v := vocabulary(desk())
	actions := []workflow.ActionType[*ticket, manners]{}
	for _, a := range v.Actions {
		if a.Event != "note" {
			actions = append(actions, a)
		}
	}
	actions = append(actions, workflow.Describe(visit{}, "走访", "visit"))
	v.Actions = actions
	v.Values = func(manners, string) []form.Value { return []form.Value{{Key: "red"}} }
	e := engine(t, memory.New(), v)
	choices, err := e.Choices(context.Background(), clerk, opened(t, e).ID)
	require.NoError(t, err)
	for _, c := range choices {
		if c.Event == "note" {
			require.Len(t, c.Fields, 4)
			require.Equal(t, []form.Value{{Key: "red"}}, c.Fields[1].Values)
			return
		}
	}
	require.Fail(t, "note is not among the choices")
}

// What a guard or a reader could not look into is not done.
func TestAnActionThatNobodyRegisteredIsRefused(t *testing.T) {
	ctx := context.Background()
	e := visiting(t)
	c := opened(t, e)
	_, err := e.Do(ctx, clerk, c.ID, outing{visit{Place: "x"}})
	require.Equal(t, []string{"action", "unregistered"}, refusal(t, err))
	_, err = e.Do(ctx, clerk, c.ID, &visit{Place: "x"})
	require.NoError(t, err, "a pointer to a registered action is one")
	_, err = e.Do(ctx, clerk, c.ID, (*visit)(nil))
	require.Equal(t, []string{"action", "empty"}, refusal(t, err))
	_, err = e.Do(ctx, clerk, c.ID, nil)
	require.Equal(t, []string{"action", "empty"}, refusal(t, err))
}

// A client's key may tell more than it should, and the journal is for good.
func TestTheJournalKeepsNoClientsKey(t *testing.T) {
	ctx := context.Background()
	st, e := store1(t)
	const key = "13800138000/1"
	c, err := e.Open(ctx, clerk, "b", note{As: workflow.Opening}, workflow.Command(key))
	require.NoError(t, err)
	again, err := e.Open(ctx, clerk, "b", note{As: workflow.Opening}, workflow.Command(key))
	require.NoError(t, err)
	require.Equal(t, c.ID, again.ID)
	_, err = e.Do(ctx, clerk, c.ID, note{As: "take"}, workflow.Command(key+"0"))
	require.NoError(t, err)
	once, err := e.Do(ctx, clerk, c.ID, note{As: "take"}, workflow.Command(key+"0"))
	require.NoError(t, err, "told as done")
	require.Equal(t, uint64(2), once.Seq)
	_, err = e.Do(ctx, workflow.Actor{ID: "bob", Body: "b", Roles: []string{"clerk"}}, c.ID, note{As: "take"}, workflow.Command(key+"0"))
	require.Equal(t, []string{"command", "reused"}, refusal(t, err))
	require.ErrorContains(t, err, key+"0", "whoever gave it is told which")

	lines, err := st.Feed(ctx, 0, 0)
	require.NoError(t, err)
	require.Len(t, lines, 2)
	for _, l := range lines {
		require.NotContains(t, string(l.Data)+l.Command, key)
		require.NotContains(t, l.ID, key)
	}
	require.Equal(t, workflow.CommandKey(key+"0"), lines[1].Command)
}

// Whatever a caller gives, the engine's own commands are others.
func TestACallerCannotTakeTheEnginesOwnCommands(t *testing.T) {
	ctx := context.Background()
	st, e := store1(t)
	c := opened(t, e)
	own, err := st.Feed(ctx, 0, 0)
	require.NoError(t, err)
	c, err = e.Do(ctx, clerk, c.ID, note{As: "take"}, workflow.Command(own[0].Command))
	require.NoError(t, err)
	require.Equal(t, uint64(2), c.Seq, "an act of its own, not one that was done before")
	given, err := st.Feed(ctx, own[0].Position, 0)
	require.NoError(t, err)
	require.NotEqual(t, own[0].Command, given[0].Command)
}

// Every error says what it is in Chinese and in English.
func TestExplainSpeaksBothLanguages(t *testing.T) {
	for name, err := range map[string]error{
		"not_found": workflow.ErrNotFound, "conflict": workflow.ErrConflict, "definition": workflow.ErrDefinition,
		"unreadable": workflow.ErrUnreadable, "cancelled": context.Canceled, "unavailable": context.DeadlineExceeded,
		"invalid": workflow.Invalid("title", "empty", "题目为空", "the title is empty"),
		"refused": &workflow.RefusedError{Blockers: []workflow.Blocker{workflow.Block("a", "甲", "one"), workflow.Block("b", "乙", "two")}},
		"denied":  &workflow.DeniedError{Reason: workflow.Block("no_role", "没有权限", "no role")},
	} {
		x := workflow.Explain(err)
		if name != "unavailable" {
			require.Equal(t, name, x.Code)
		}
		require.NotEmpty(t, x.Message.ZH, name)
		require.NotEmpty(t, x.Message.EN, name)
	}
	x := workflow.Explain(&workflow.RefusedError{Blockers: []workflow.Blocker{workflow.Block("a", "甲", "one"), workflow.Block("b", "乙", "two")}})
	require.Equal(t, "甲；乙", x.Message.ZH)
	require.Len(t, x.Blockers, 2)
	x = workflow.Explain(workflow.Invalid("title", "empty", "题目为空", "the title is empty"))
	require.Equal(t, "title", x.Field)
}
