package checklist_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func at(s string) time.Time {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return day.Add(9 * time.Hour)
}

// invalid requires an error at a field, with a code.
func invalid(t *testing.T, err error, field, code string) {
	t.Helper()
	var invalid *workflow.InvalidError
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, [2]string{field, code}, [2]string{invalid.Field, invalid.Code}, invalid.EN)
}

func item(t *testing.T, change ...func(*checklist.Task)) *checklist.Item {
	t.Helper()
	task := checklist.Task{What: "清理通道", Owner: checklist.Owner{Unit: "bureau"}, Due: date("2024-04-30")}
	for _, c := range change {
		c(&task)
	}
	require.NoError(t, task.Check("item", date("2024-03-08")))
	i := task.Item("i1")
	i.Given = date("2024-03-08")
	return &i
}

func TestATaskSaysWhatWhoseAndByWhen(t *testing.T) {
	t.Parallel()
	good := checklist.Task{What: "清理通道", Owner: checklist.Owner{Unit: "bureau"}, Due: date("2024-04-30")}
	for field, c := range map[string]struct {
		spoil func(*checklist.Task)
		code  string
	}{
		"x.what":         {func(k *checklist.Task) { k.What = "" }, "empty"},
		"x.owner":        {func(k *checklist.Task) { k.Owner = checklist.Owner{} }, "no_owner"},
		"x.due":          {func(k *checklist.Task) { k.Due = date("2024-03-07") }, "too_early"},
		"x.with[0]":      {func(k *checklist.Task) { k.With = []checklist.Owner{{Unit: "bureau"}} }, "duplicate"},
		"x.with[1]":      {func(k *checklist.Task) { k.With = []checklist.Owner{{Unit: "a"}, {Unit: "a"}} }, "duplicate"},
		"x.steps[0].due": {func(k *checklist.Task) { k.Steps = []checklist.Step{{What: "设计", Due: date("2024-05-01")}} }, "too_late"},
		"x.steps[0].id":  {func(k *checklist.Task) { k.Steps = []checklist.Step{{What: "设计", ID: "k1"}} }, "given"},
	} {
		spoiled := good
		c.spoil(&spoiled)
		invalid(t, spoiled.Check("x", date("2024-03-08")), field, c.code)
	}
	require.NoError(t, good.Check("x", date("2024-03-08")))
}

// An item is done when its steps are.
func TestAnItemIsDoneWhenItsStepsAre(t *testing.T) {
	t.Parallel()
	i := item(t, func(k *checklist.Task) {
		k.Steps = []checklist.Step{{What: "设计"}, {What: "施工", Due: date("2024-04-30")}}
	})
	evidence := []string{"照片"}
	err := i.Finish(date("2024-04-20"), evidence)
	invalid(t, err, "item", "steps_open")
	require.ErrorContains(t, err, "k1, k2")
	require.NoError(t, i.FinishStep("k1", "a", date("2024-03-20")))
	invalid(t, i.FinishStep("k1", "a", date("2024-03-21")), "step", "done")
	invalid(t, i.FinishStep("k9", "a", date("2024-03-21")), "step", "unknown")
	invalid(t, i.Finish(date("2024-04-20"), evidence), "item", "steps_open")
	require.NoError(t, i.FinishStep("k2", "b", date("2024-04-19")))
	require.NoError(t, i.Finish(date("2024-04-20"), evidence))
	require.Equal(t, 0, i.Late(date("2025-01-01")))
}

// More time is asked for by one and granted by another; one request at a time.
func TestMoreTimeIsGrantedByAnother(t *testing.T) {
	t.Parallel()
	i := item(t)
	invalid(t, i.Ask(at("2024-04-20"), "clerk", date("2024-04-30"), "雨季"), "to", "not_later")
	invalid(t, i.Ask(at("2024-04-20"), "clerk", date("2024-05-31"), ""), "reason", "empty")
	invalid(t, i.Answer(at("2024-04-20"), date("2024-04-20"), "office", true, "同意"), "item", "not_asked")
	require.NoError(t, i.Ask(at("2024-04-20"), "clerk", date("2024-05-31"), "雨季"))
	invalid(t, i.Ask(at("2024-04-21"), "clerk", date("2024-06-30"), "雨季"), "to", "asked")
	invalid(t, i.Answer(at("2024-04-21"), date("2024-04-21"), "clerk", true, "同意"), "item", "own_request")
	require.NoError(t, i.Answer(at("2024-04-21"), date("2024-04-21"), "office", false, "仍按原期限"))
	require.Equal(t, "2024-04-30", i.Due.String())
	require.NoError(t, i.Ask(at("2024-04-22"), "clerk", date("2024-05-31"), "暴雨红色预警"))
	require.NoError(t, i.Answer(at("2024-05-02"), date("2024-05-02"), "office", true, "同意"))
	require.Equal(t, []string{"2024-05-31", "2024-04-30"}, []string{i.Due.String(), i.Missed.String()}, "granted after the day")
	require.Len(t, i.Extended, 1)
	require.Len(t, i.Asked, 2)
}

// Yellow when the day has passed, red when it passes again.
func TestCards(t *testing.T) {
	t.Parallel()
	i := item(t)
	require.Equal(t, checklist.NoCard, i.Card(date("2024-04-30"), checklist.Open))
	require.Equal(t, checklist.Yellow, i.Card(date("2024-05-01"), checklist.Open))
	require.Equal(t, checklist.NoCard, i.Card(date("2024-05-01"), checklist.Done))
	require.NoError(t, i.Extend(at("2024-05-02"), date("2024-05-02"), "office", date("2024-05-31"), "雨季"))
	require.Equal(t, checklist.NoCard, i.Card(date("2024-05-31"), checklist.UnderWay))
	require.Equal(t, checklist.Red, i.Card(date("2024-06-01"), checklist.UnderWay))
	returned := item(t)
	require.NoError(t, returned.Finish(date("2024-04-20"), []string{"照片"}))
	require.NoError(t, returned.Return(at("2024-04-25"), "office", "只清一半"))
	require.Equal(t, checklist.Red, returned.Card(date("2024-05-01"), checklist.UnderWay))
}

// How an item stood on a day does not hang on what became of it later, whatever
// happens in whatever order: held against a list of what was true at the end of each
// day.
func TestAnItemAsOfADay(t *testing.T) {
	t.Parallel()
	i := item(t)
	state := checklist.Open
	type fact struct {
		state, due, owner string
		late              int
	}
	now := func(on calendar.Date, i checklist.Item, state string) fact {
		return fact{state, i.Due.String(), i.Owner.Key(), i.Late(on)}
	}
	acts := []struct {
		day, to string
		do      func() error
	}{
		{"2024-03-10", checklist.UnderWay, func() error { i.Begin(at("2024-03-10")); return nil }},
		{"2024-05-05", checklist.UnderWay, func() error {
			return i.Extend(at("2024-05-05"), date("2024-05-05"), "office", date("2024-05-31"), "雨季")
		}},
		{"2024-05-10", checklist.UnderWay, func() error { return i.Hand(at("2024-05-10"), "office", checklist.Owner{Unit: "roads"}, "职能") }},
		{"2024-05-10", checklist.Done, func() error { return i.Finish(date("2024-05-10"), []string{"照片"}) }},
		{"2024-06-20", checklist.UnderWay, func() error { return i.Return(at("2024-06-20"), "office", "返工") }},
		{"2024-06-25", checklist.NotFeasible, func() error { return i.GiveUp(date("2024-06-25"), "无用地") }},
	}
	want := make(map[string]fact)
	next := 0
	for d := date("2024-03-08"); d.Before(date("2024-07-10")); {
		for next < len(acts) && acts[next].day == d.String() {
			i.Keep(state, d)
			require.NoError(t, acts[next].do())
			state = acts[next].to
			next++
		}
		want[d.String()] = now(d, *i, state)
		d, _ = d.AddDays(1)
	}
	require.Equal(t, len(acts), next)
	for day, was := range want {
		then, meant, given := i.As(date(day), state)
		require.True(t, given)
		require.Equal(t, was, now(date(day), then, meant), day)
	}
	_, _, given := i.As(date("2024-03-07"), state)
	require.False(t, given)
	first, last := i.Owed(state)
	require.Equal(t, []string{"2024-04-30", "2024-06-25"}, []string{first.String(), last})
}

// Whoever owns an item, owned it or helps with it is not the one to confirm it.
func TestOwners(t *testing.T) {
	t.Parallel()
	i := item(t, func(k *checklist.Task) { k.With = []checklist.Owner{{Unit: "water"}, {Account: "wang"}} })
	is := func(id, unit string) workflow.Actor { return workflow.Actor{ID: id, Unit: unit} }
	require.True(t, i.Owned(is("x", "bureau")))
	require.True(t, i.Owned(is("x", "water")))
	require.True(t, i.Owned(is("wang", "")))
	require.False(t, i.Owned(is("water", "")), "an account is not the unit of its ID")
	require.False(t, i.Owner.Is(is("", "")))
	require.NoError(t, i.Hand(at("2024-03-10"), "office", checklist.Owner{Name: "张主任"}, "调整"))
	require.True(t, i.Owned(is("x", "bureau")), "it owned it")
	require.Equal(t, "张主任", i.Owner.Key())
	require.Error(t, errors.Join(i.Hand(at("2024-03-10"), "office", checklist.Owner{}, "调整")))
}
