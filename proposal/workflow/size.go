package workflow

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// fits refuses an action whose text is longer than any record, before it is
// encoded: that takes several times the memory.
func fits(action any) error {
	m := measure{room: store.MaxBody}
	m.add("", reflect.ValueOf(action), 0)
	if m.room >= 0 {
		return nil
	}
	place := strings.TrimPrefix(m.place, ".")
	if place == "" {
		place = "action"
	}
	return Invalid(place, "too_long", "文字合计超过%d字节", "the text up to here has more than %d bytes", store.MaxBody)
}

// measure adds up the bytes of the text that a value holds.
type measure struct {
	room  int
	place string // where the room ended
}

const deepest = 64 // levels; what is deeper, the encoder may refuse

func (m *measure) add(place string, v reflect.Value, depth int) {
	if m.room < 0 || depth > deepest {
		return
	}
	switch v.Kind() {
	case reflect.String:
		m.take(place, v.Len())
	case reflect.Pointer, reflect.Interface:
		m.add(place, v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				m.add(place+nameOf(f), v.Field(i), depth+1)
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			m.take(place, v.Len())
			return
		}
		for i := 0; i < v.Len() && m.room >= 0; i++ {
			m.add(fmt.Sprintf("%s[%d]", place, i), v.Index(i), depth+1)
		}
	case reflect.Map:
		for entries := v.MapRange(); entries.Next() && m.room >= 0; {
			m.add(place, entries.Key(), depth+1)
			m.add(place, entries.Value(), depth+1)
		}
	default: // no text
	}
}

func (m *measure) take(place string, n int) {
	if m.room -= n; m.room < 0 {
		m.place = place
	}
}

// nameOf returns the name of a field in a path; one that is embedded has none.
func nameOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case name == "" && f.Anonymous:
		return ""
	case name == "":
		name = f.Name
	}
	return "." + name
}

const maxReason = 10_000 // characters

// cut shortens s to at most limit bytes, between two characters.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "")
}
