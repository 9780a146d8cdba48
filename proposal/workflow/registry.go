package workflow

import (
	"maps"
	"reflect"
	"slices"

	"github.com/tian-go/tian/proposal/internal/spell"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Actions describes every action of the vocabulary, in its order, with the
// values that the rules of a body give to fields.
func (e *Engine[C, R]) Actions(body string) []ActionType[C, R] {
	types := make([]ActionType[C, R], len(e.vocabulary.Actions))
	for i, a := range e.vocabulary.Actions {
		types[i] = e.describe(a, body)
	}
	return types
}

// Action describes the action that fires an event, the first where there are
// several, with the values that the rules of a body give to its fields.
func (e *Engine[C, R]) Action(event, body string) (ActionType[C, R], bool) {
	types := e.actions[event]
	if len(types) == 0 {
		return ActionType[C, R]{}, false
	}
	return e.describe(types[0], body), true
}

func (e *Engine[C, R]) describe(a ActionType[C, R], body string) ActionType[C, R] {
	values := func(string) []form.Value { return nil }
	if e.vocabulary.Values != nil {
		rules := e.Rules(body)
		values = func(list string) []form.Value { return e.vocabulary.Values(rules, list) }
	}
	a.Fields = form.WithValues(a.Fields, values)
	return a
}

// Decode reads the action of an event from its JSON, as that of an HTTP body;
// see [ActionType.Decode]. Where several actions fire the event it is the first
// that the data is of. An inner action is not for hosts to do, and is refused.
func (e *Engine[C, R]) Decode(event string, data []byte) (Action[C, R], error) {
	for _, a := range e.actions[event] {
		if a.inner {
			return nil, Invalid("event", "inner", "事项%q只能作为其他操作的一部分", "%q is only done as a part of something else", event)
		}
	}
	return e.decode(event, data)
}

// ActionOf returns the action of an entry as a typed value, and nil for an act of
// the engine's own.
func (e *Engine[C, R]) ActionOf(entry Entry) (Action[C, R], error) {
	if isOwn(entry.Event) {
		return nil, nil
	}
	return e.decode(entry.Event, entry.Action)
}

func (e *Engine[C, R]) decode(event string, data []byte) (Action[C, R], error) {
	types := e.actions[event]
	if len(types) == 0 {
		hintZH, hintEN := spell.Hint(event, slices.Sorted(maps.Keys(e.actions)))
		return nil, Invalid("event", "unknown", "没有操作能引发事项%[1]q%[2]s", "no action fires the event %[1]q%[3]s", event, hintZH, hintEN)
	}
	action, first := types[0].Decode(data)
	for _, a := range types[1:] {
		if first == nil {
			break
		}
		if other, err := a.Decode(data); err == nil {
			return other, nil
		}
	}
	return action, first
}

// registered refuses an action that the vocabulary does not know: guards and
// readers could not see what is in it.
func (e *Engine[C, R]) registered(action Action[C, R]) error {
	if v := reflect.ValueOf(action); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return Invalid("action", "empty", "没有操作", "there is no action")
	}
	event := action.Event()
	types := e.actions[event]
	if len(types) == 0 {
		return Invalid("action", "unregistered", "没有登记引发事项%[1]q的操作%[2]T", "%[2]T fires the event %[1]q, which no action is registered for", event, action)
	}
	if !slices.ContainsFunc(types, func(a ActionType[C, R]) bool { return a.is(action) }) {
		return Invalid("action", "unregistered", "事项%[1]q登记的操作是%[3]v，不是%[2]T", "the action registered for the event %[1]q is %[3]v, not %[2]T", event, action, types[0].typ)
	}
	return nil
}
