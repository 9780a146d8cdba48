package codec

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"
)

// planner finds the plan of a type. It holds the structs that it is within: one
// that holds itself is left to encoding/json.
type planner map[reflect.Type]bool

// The types that have a plan of their own, and the interfaces by which a type
// writes itself.
var (
	timeType        = reflect.TypeFor[time.Time]()                  //nolint:gochecknoglobals // a constant
	textsType       = reflect.TypeFor[[]string]()                   //nolint:gochecknoglobals // a constant
	pairsType       = reflect.TypeFor[map[string]string]()          //nolint:gochecknoglobals // a constant
	marshaler       = reflect.TypeFor[json.Marshaler]()             //nolint:gochecknoglobals // a constant
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()           //nolint:gochecknoglobals // a constant
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()     //nolint:gochecknoglobals // a constant
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()   //nolint:gochecknoglobals // a constant
	textAppender    = reflect.TypeFor[encoding.TextAppender]()      //nolint:gochecknoglobals // a constant
	zeroer          = reflect.TypeFor[interface{ IsZero() bool }]() //nolint:gochecknoglobals // a constant
)

// of returns the plan of a type.
func (p planner) of(t reflect.Type) plan {
	if t.Kind() == reflect.Pointer { // whatever methods it has, nil is null
		return pointer{p.of(t.Elem()), t.Elem()}
	}
	switch {
	case t == timeType:
		return moment{}
	case t == textsType:
		return texts{}
	case t == pairsType:
		return pairs{}
	case has(t, marshaler), has(t, unmarshaler):
		return foreign{}
	case t.Implements(textAppender) && t.Implements(textMarshaler) && has(t, textUnmarshaler):
		return word{}
	case has(t, textMarshaler), has(t, textUnmarshaler):
		return foreign{}
	}
	switch t.Kind() {
	case reflect.String:
		return text{}
	case reflect.Bool:
		return truth{}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return integer{t.Bits()}
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return natural{t.Bits()}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 { // encoding/json writes bytes as base64
			return foreign{}
		}
		return slice{p.of(t.Elem()), t}
	case reflect.Map:
		return p.mapping(t)
	case reflect.Struct:
		return p.structure(t)
	default:
		return foreign{}
	}
}

// has reports whether a type or a pointer to it has a method.
func has(t, interfaceType reflect.Type) bool {
	return t.Implements(interfaceType) || reflect.PointerTo(t).Implements(interfaceType)
}

// mapping returns the plan of a map. What it holds cannot be addressed for
// encoding/json, which then does not see methods of a pointer.
func (p planner) mapping(t reflect.Type) plan {
	key, elem := t.Key(), t.Elem()
	if key.Kind() != reflect.String || has(key, textMarshaler) || has(key, textUnmarshaler) {
		return foreign{}
	}
	of := p.of(elem)
	hidden := has(elem, marshaler) && !elem.Implements(marshaler) || has(elem, textMarshaler) && !elem.Implements(textMarshaler)
	_, inside := of.(structure)
	if hidden || inside || elem.Kind() == reflect.Array {
		return foreign{}
	}
	return mapping{of, t}
}

// structure returns the plan of a struct.
func (p planner) structure(t reflect.Type) plan {
	if p[t] {
		return foreign{}
	}
	p[t] = true
	defer delete(p, t)
	s := make(structure, 0, t.NumField())
	for i := range t.NumField() {
		fields, ok := p.fields(t.Field(i))
		if !ok {
			return foreign{}
		}
		for _, f := range fields {
			if slices.ContainsFunc(s, func(other field) bool { return other.key == f.key }) { // one hides the other
				return foreign{}
			}
			f.index = append([]int{i}, f.index...)
			s = append(s, f)
		}
	}
	return s
}

// fields returns what a field of a struct is in the JSON: none where it is not
// written, those of a struct that it embeds, or itself. It reports whether it
// knows how.
func (p planner) fields(f reflect.StructField) (structure, bool) {
	tag := f.Tag.Get("json")
	name, options, _ := strings.Cut(tag, ",")
	switch {
	case tag == "-":
		return nil, true
	case f.Anonymous && name == "":
		s, ok := p.of(f.Type).(structure)
		return s, ok && f.IsExported()
	case !f.IsExported():
		return nil, true
	case name == "":
		name = f.Name
	}
	own := field{key: `"` + name + `":`, plan: p.of(f.Type)}
	known := plainName(name) && own.take(options, f.Type)
	return structure{own}, known
}

// plainName reports whether a field's name is one that needs no rules.
func plainName(name string) bool {
	for _, c := range []byte(name) {
		if c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// take takes the options of a field's tag over, and reports whether it knows
// them.
func (f *field) take(options string, t reflect.Type) bool {
	if options == "" {
		return true
	}
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "omitempty":
			f.omitEmpty = true
		case "omitzero":
			f.omitZero = zeroOf(t)
			if f.omitZero == nil {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// zeroOf returns what reports whether a field of a type is zero; nil: left to
// encoding/json.
func zeroOf(t reflect.Type) func(reflect.Value) bool {
	switch {
	case t == timeType:
		return func(v reflect.Value) bool { return v.Addr().Interface().(*time.Time).IsZero() } //nolint:forcetypeassert // it is one
	case t.Kind() == reflect.Pointer && t.Implements(zeroer), t.Kind() == reflect.Interface:
		return nil
	case has(t, zeroer):
		return func(v reflect.Value) bool { return v.Addr().Interface().(interface{ IsZero() bool }).IsZero() } //nolint:forcetypeassert // it has one
	}
	return reflect.Value.IsZero
}
