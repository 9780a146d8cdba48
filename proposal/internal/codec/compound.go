package codec

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// structure is a struct: its fields in their order.
type structure []field

type field struct {
	index     []int  // through the structs that it is embedded in
	key       string // as it stands in the JSON: "name":
	omitEmpty bool
	omitZero  func(reflect.Value) bool // nil: not omitted for being zero
	plan      plan
}

func (s structure) write(b []byte, v reflect.Value) ([]byte, error) {
	b = append(b, '{')
	first := true
	for i := range s {
		f := &s[i]
		of := v.FieldByIndex(f.index)
		if f.omitEmpty && empty(of) || f.omitZero != nil && f.omitZero(of) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, f.key...)
		var err error
		if b, err = f.plan.write(b, of); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func (s structure) read(r *reader, v reflect.Value) bool {
	if !r.is('{') {
		return false
	}
	if r.is('}') {
		return true
	}
	for i := range s {
		f := &s[i]
		if !strings.HasPrefix(r.text[r.at:], f.key) {
			continue
		}
		r.at += len(f.key)
		if !f.plan.read(r, v.FieldByIndex(f.index)) {
			return false
		}
		if r.is('}') {
			return true
		}
		if !r.is(',') {
			return false
		}
	}
	return false
}

// empty reports whether encoding/json takes a value for empty.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	default:
		return v.IsZero()
	}
}

// pointer is a pointer; nil is null.
type pointer struct {
	to   plan
	elem reflect.Type
}

func (p pointer) write(b []byte, v reflect.Value) ([]byte, error) {
	if v.IsNil() {
		return append(b, "null"...), nil
	}
	return p.to.write(b, v.Elem())
}

func (p pointer) read(r *reader, v reflect.Value) bool {
	if r.null() {
		return true
	}
	to := reflect.New(p.elem)
	v.Set(to)
	return p.to.read(r, to.Elem())
}

// slice is a slice; nil is null.
type slice struct {
	of  plan
	typ reflect.Type
}

func (s slice) write(b []byte, v reflect.Value) ([]byte, error) {
	if v.IsNil() {
		return append(b, "null"...), nil
	}
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = s.of.write(b, v.Index(i)); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func (s slice) read(r *reader, v reflect.Value) bool {
	switch {
	case r.null():
		return true
	case !r.is('['):
		return false
	case r.is(']'):
		v.Set(reflect.MakeSlice(s.typ, 0, 0))
		return true
	}
	for n := 0; ; n++ {
		if n == v.Cap() {
			v.Grow(1)
		}
		v.SetLen(n + 1)
		if !s.of.read(r, v.Index(n)) {
			return false
		}
		if r.is(']') {
			return true
		}
		if !r.is(',') {
			return false
		}
	}
}

// texts is a []string.
type texts struct{}

func (texts) write(b []byte, v reflect.Value) ([]byte, error) {
	list := *v.Addr().Interface().(*[]string) //nolint:forcetypeassert // planned so
	if list == nil {
		return append(b, "null"...), nil
	}
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, s)
	}
	return append(b, ']'), nil
}

func (texts) read(r *reader, v reflect.Value) bool {
	switch {
	case r.null():
		return true
	case !r.is('['):
		return false
	}
	list := []string{}
	for !r.is(']') {
		if len(list) > 0 && !r.is(',') {
			return false
		}
		s, ok := r.quoted()
		if !ok {
			return false
		}
		list = append(list, s)
	}
	*v.Addr().Interface().(*[]string) = list //nolint:forcetypeassert // planned so
	return true
}

// mapping is a map whose keys are texts, written in their order; nil is null.
type mapping struct {
	of  plan
	typ reflect.Type
}

func (m mapping) write(b []byte, v reflect.Value) ([]byte, error) {
	if v.IsNil() {
		return append(b, "null"...), nil
	}
	keys := make([]string, 0, v.Len())
	key, value := reflect.New(m.typ.Key()).Elem(), reflect.New(m.typ.Elem()).Elem()
	for entries := v.MapRange(); entries.Next(); {
		keys = append(keys, entries.Key().String())
	}
	slices.Sort(keys)
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, k), ':')
		key.SetString(k)
		value.Set(v.MapIndex(key))
		var err error
		if b, err = m.of.write(b, value); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func (m mapping) read(r *reader, v reflect.Value) bool {
	switch {
	case r.null():
		return true
	case !r.is('{'):
		return false
	}
	into := reflect.MakeMap(m.typ)
	key, value := reflect.New(m.typ.Key()).Elem(), reflect.New(m.typ.Elem()).Elem()
	for n := 0; !r.is('}'); n++ {
		if n > 0 && !r.is(',') {
			return false
		}
		k, ok := r.quoted()
		if !ok || !r.is(':') {
			return false
		}
		key.SetString(k)
		value.SetZero()
		if !m.of.read(r, value) {
			return false
		}
		into.SetMapIndex(key, value)
	}
	v.Set(into)
	return true
}

// pairs is a map[string]string.
type pairs struct{}

func (pairs) write(b []byte, v reflect.Value) ([]byte, error) {
	m := *v.Addr().Interface().(*map[string]string) //nolint:forcetypeassert // planned so
	if m == nil {
		return append(b, "null"...), nil
	}
	var few [16]string
	keys := few[:0]
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(append(appendText(b, k), ':'), m[k])
	}
	return append(b, '}'), nil
}

func (pairs) read(r *reader, v reflect.Value) bool {
	switch {
	case r.null():
		return true
	case !r.is('{'):
		return false
	}
	m := make(map[string]string)
	for n := 0; !r.is('}'); n++ {
		if n > 0 && !r.is(',') {
			return false
		}
		key, ok := r.quoted()
		if !ok || !r.is(':') {
			return false
		}
		if m[key], ok = r.quoted(); !ok {
			return false
		}
	}
	*v.Addr().Interface().(*map[string]string) = m //nolint:forcetypeassert // planned so
	return true
}

// foreign is what is left to encoding/json.
type foreign struct{}

func (foreign) write(b []byte, v reflect.Value) ([]byte, error) {
	data, err := json.Marshal(v.Addr().Interface())
	if err != nil {
		return nil, err //nolint:wrapcheck // it is encoding/json's to say
	}
	return append(b, data...), nil
}

func (foreign) read(r *reader, v reflect.Value) bool {
	from := r.at
	return r.skip() && json.Unmarshal([]byte(r.text[from:r.at]), v.Addr().Interface()) == nil
}
