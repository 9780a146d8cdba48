package workflow

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/tian-go/tian/proposal/internal/strict"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// ActionType describes an action of a vocabulary: what a host needs in order to
// read it from an HTTP body, draw a form for it, and show an old entry of it.
type ActionType[C Case, R any] struct {
	Event  string          `json:"event"`
	Label  lifecycle.Label `json:"label,omitzero"`
	Fields []form.Field    `json:"fields,omitempty"`

	inner  bool
	sample Action[C, R]
	typ    reflect.Type // of the struct, not of a pointer to it
}

// Describe makes the type of an action from a sample of it, usually the zero
// value. Package form says how its fields are described.
func Describe[C Case, R any](sample Action[C, R], zh, en string) ActionType[C, R] {
	a := ActionType[C, R]{Label: lifecycle.Label{ZH: zh, EN: en}, sample: sample}
	if a.typ = structOf(sample); a.typ != nil {
		a.Event = sample.Event()
		a.Fields = form.Of(a.typ)
	}
	return a
}

// Inner returns the type of an action that only the vocabulary's own code does,
// as a part of something larger, such as one side of a merge. Hosts are not given
// it by [Engine.Decode]; [Engine.ActionOf] still reads old entries of it.
func (a ActionType[C, R]) Inner() ActionType[C, R] {
	a.inner = true
	return a
}

// structOf returns the struct type of an action, or nil when it is none.
func structOf(action any) reflect.Type {
	t := reflect.TypeOf(action)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

// is reports whether action is of this type, or a pointer to it.
func (a ActionType[C, R]) is(action any) bool {
	t := reflect.TypeOf(action)
	return t == a.typ || t != nil && t.Kind() == reflect.Pointer && t.Elem() == a.typ
}

// Decode reads an action from its JSON, strictly: a field that is unknown or
// there twice and a value of the wrong type are an *InvalidError that names the
// path. Empty data is an action without fields.
func (a ActionType[C, R]) Decode(data []byte) (Action[C, R], error) {
	if len(data) == 0 {
		data = []byte("{}")
	}
	if err := strict.Check(data, a.typ); err != nil {
		return nil, malformed(a.Event, err)
	}
	value := reflect.New(a.typ)
	value.Elem().Set(reflect.Indirect(reflect.ValueOf(a.sample)))
	if err := json.Unmarshal(data, value.Interface()); err != nil {
		return nil, malformed(a.Event, err)
	}
	result := value.Elem().Interface()
	if reflect.TypeOf(a.sample).Kind() == reflect.Pointer {
		result = value.Interface()
	}
	action, ok := result.(Action[C, R])
	if !ok || action.Event() != a.Event {
		return nil, Invalid("action", "other_event", "内容不属于事项 %q", "the data is not of the event %q", a.Event)
	}
	return action, nil
}

func malformed(event string, err error) error {
	wrong, ok := err.(*strict.Error) //nolint:errorlint // strict returns the value itself
	if !ok {
		return Invalid("action", "malformed", "%[2]s：%[1]v", "%[2]s: %[1]v", err, event)
	}
	field := wrong.Path
	if field == "" {
		field = "action"
	}
	return Invalid(field, "malformed", "第%[1]d行："+plain(wrong.ZH), "line %[1]d: "+plain(wrong.EN), wrong.Line)
}

// plain keeps the signs of a text from being read as those of a format.
func plain(text string) string { return strings.ReplaceAll(text, "%", "%%") }
