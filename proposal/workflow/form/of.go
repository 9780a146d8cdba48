package form

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// Of describes the fields of a struct type; those of anything else are none.
func Of(t reflect.Type) []Field {
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	return fieldsOf(t, nil)
}

// fieldsOf describes the fields of a struct; outer are the structs it is in.
func fieldsOf(t reflect.Type, outer []reflect.Type) []Field {
	if slices.Contains(outer, t) { // a type that holds itself
		return nil
	}
	outer = append(slices.Clip(outer), t)
	var fields []Field
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-", f.Tag.Get("field") == "-":
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
		d.Type, d.Values = Key, v.Values()
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
			d.Type, d.From = Key, value
		default:
			d.Type = Type(key)
		}
	}
	return d
}

func typeOf(t reflect.Type, outer []reflect.Type) (Type, []Field) {
	switch t {
	case reflect.TypeFor[time.Time]():
		return Time, nil
	case reflect.TypeFor[calendar.Date]():
		return Date, nil
	}
	pointer := reflect.PointerTo(t)
	reads := pointer.Implements(reflect.TypeFor[json.Unmarshaler]()) || pointer.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
	switch {
	case reads, t.Kind() == reflect.Map, t.Kind() == reflect.Interface:
		return Open, nil
	case t.Kind() == reflect.Struct:
		return Object, fieldsOf(t, outer)
	case t.Kind() == reflect.Bool:
		return Flag, nil
	case t.Kind() == reflect.String:
		return Line, nil
	}
	return Number, nil
}

// WithValues returns the fields with the values that a list gives to those that
// are keys of one. It leaves the fields as they are; nil values give none.
func WithValues(fields []Field, values func(list string) []Value) []Field {
	own := make([]Field, len(fields))
	for i, f := range fields {
		if f.From != "" && values != nil {
			f.Values = values(f.From)
		}
		f.Fields = WithValues(f.Fields, values)
		own[i] = f
	}
	return own
}
