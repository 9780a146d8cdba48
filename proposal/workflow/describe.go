package workflow

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/internal/strict"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// ActionType describes an action of a vocabulary: what a host needs in order to
// read it from an HTTP body, draw a form for it, and show an old entry of it.
type ActionType[C Case, R any] struct {
	Event  string          `json:"event"`
	Label  lifecycle.Label `json:"label,omitzero"`
	Fields []Field         `json:"fields,omitempty"`

	sample Action[C, R]
	typ    reflect.Type // of the struct, not of a pointer to it
}

// Field describes one field of an action.
type Field struct {
	Name     string          `json:"name"` // its JSON key
	Label    lifecycle.Label `json:"label,omitzero"`
	Type     FieldType       `json:"type"`
	List     bool            `json:"list,omitempty"` // a list of such values
	Required bool            `json:"required,omitempty"`
	Max      int             `json:"max,omitempty"`    // characters of a line or text, bytes of an ID; 0: the vocabulary's own limit
	From     string          `json:"from,omitempty"`   // the list of the body's rules that it is a key of
	Values   []Value         `json:"values,omitempty"` // what it may be, where that is known
	Fields   []Field         `json:"fields,omitempty"` // of an object
}

// Value is one value that a field may have.
type Value struct {
	Key   string          `json:"key"`
	Label lifecycle.Label `json:"label,omitzero"`
}

// FieldType says what kind of value a field holds.
type FieldType string

// The types of fields.
const (
	LineField   FieldType = "line"   // text on one line
	TextField   FieldType = "text"   // text of several lines
	IDField     FieldType = "id"     // of a person, a unit, a case
	KeyField    FieldType = "key"    // one of Values
	DateField   FieldType = "date"   // 2006-01-02
	TimeField   FieldType = "time"   // RFC 3339
	NumberField FieldType = "number" // whole
	FlagField   FieldType = "flag"   // true or false
	ObjectField FieldType = "object" // of Fields
	OpenField   FieldType = "open"   // any JSON that its Go type reads
)

// Describe makes the type of an action from a sample of it, usually the zero
// value. Its fields are those that encoding/json writes. What their Go types do
// not say stands in tags:
//
//	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required,max=2000"`
//	Class  string `json:"class" zh:"答复类别" en:"class" field:"key,from=classes"`
//
// Without the tag field a string is a line. The values of a field of a type of
// its own that has a method Values() []Value are those that the method returns.
func Describe[C Case, R any](sample Action[C, R], zh, en string) ActionType[C, R] {
	a := ActionType[C, R]{Label: lifecycle.Label{ZH: zh, EN: en}, sample: sample}
	if a.typ = structOf(sample); a.typ != nil {
		a.Event = sample.Event()
		a.Fields = fieldsOf(a.typ, nil)
	}
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

// fieldsOf describes the fields of a struct; outer are the structs it is in.
func fieldsOf(t reflect.Type, outer []reflect.Type) []Field {
	for _, o := range outer {
		if o == t { // a type that holds itself
			return nil
		}
	}
	outer = append(outer[:len(outer):len(outer)], t)
	var fields []Field
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-":
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			fields = append(fields, fieldsOf(f.Type, outer)...)
		case f.IsExported():
			fields = append(fields, fieldOf(f, name, outer))
		}
	}
	return fields
}

func fieldOf(f reflect.StructField, name string, outer []reflect.Type) Field {
	if name == "" {
		name = f.Name
	}
	d := Field{Name: name, Label: lifecycle.Label{ZH: f.Tag.Get("zh"), EN: f.Tag.Get("en")}}
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Slice && t != reflect.TypeFor[json.RawMessage]() {
		d.List, t = true, t.Elem()
	}
	d.Type, d.Fields = typeOf(t, outer)
	if v, ok := reflect.Zero(t).Interface().(interface{ Values() []Value }); ok {
		d.Type, d.Values = KeyField, v.Values()
	}
	for part := range strings.SplitSeq(f.Tag.Get("field"), ",") {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "":
		case "required":
			d.Required = true
		case "max":
			d.Max, _ = strconv.Atoi(value)
		case "from":
			d.Type, d.From = KeyField, value
		default:
			d.Type = FieldType(key)
		}
	}
	return d
}

func typeOf(t reflect.Type, outer []reflect.Type) (FieldType, []Field) {
	switch t {
	case reflect.TypeFor[time.Time]():
		return TimeField, nil
	case reflect.TypeFor[calendar.Date]():
		return DateField, nil
	}
	pointer := reflect.PointerTo(t)
	reads := pointer.Implements(reflect.TypeFor[json.Unmarshaler]()) || pointer.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
	switch {
	case reads, t.Kind() == reflect.Map, t.Kind() == reflect.Interface:
		return OpenField, nil
	case t.Kind() == reflect.Struct:
		return ObjectField, fieldsOf(t, outer)
	case t.Kind() == reflect.Bool:
		return FlagField, nil
	case t.Kind() == reflect.String:
		return LineField, nil
	}
	return NumberField, nil
}

// withValues returns the fields with the values that a body's rules give them.
func withValues(fields []Field, values func(list string) []Value) []Field {
	own := make([]Field, len(fields))
	for i, f := range fields {
		if f.From != "" && values != nil {
			f.Values = values(f.From)
		}
		f.Fields = withValues(f.Fields, values)
		own[i] = f
	}
	return own
}
