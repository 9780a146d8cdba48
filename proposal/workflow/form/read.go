package form

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Read turns what a browser sends of a form that was drawn from fields into the JSON of
// the action.
//
// A control has the name of its field; below an object it is text.background, and in a
// list of objects promises.0.by, with any number that tells the objects apart: they
// come in the order of their numbers. A list has one value a line, or one for each
// control of its name. A flag is "true" or false. A time without a zone, as
// datetime-local gives it, is one in zone. An object, and what is open, may also be JSON
// under its own name.
//
// What was left empty is not there. Read judges nothing: what is no number or no time
// stays as it was typed, and the engine's Decode refuses it and says where.
func Read(fields []Field, sent url.Values, zone *time.Location) ([]byte, error) {
	return json.Marshal(object(fields, "", sent, zone))
}

func object(fields []Field, above string, sent url.Values, zone *time.Location) map[string]any {
	data := map[string]any{}
	for _, f := range fields {
		values := valuesOf(f, above+f.Name, sent, zone)
		switch {
		case len(values) == 0:
		case f.List:
			data[f.Name] = values
		default:
			data[f.Name] = values[0]
		}
	}
	return data
}

func valuesOf(f Field, name string, sent url.Values, zone *time.Location) (values []any) {
	for _, v := range sent[name] {
		pieces := []string{v}
		if f.List && f.Type != Object && f.Type != Open {
			pieces = strings.Split(v, "\n")
		}
		for _, piece := range pieces {
			if piece = strings.TrimSpace(piece); piece != "" {
				values = append(values, f.value(piece, zone))
			}
		}
	}
	if f.Type != Object || len(values) > 0 {
		return values
	}
	names := []string{name}
	if f.List {
		names = numbered(name, sent)
	}
	for _, name := range names {
		if o := object(f.Fields, name+".", sent, zone); len(o) > 0 {
			values = append(values, o)
		}
	}
	return values
}

// numbered returns the names of the objects in a list, such as promises.0, in the order
// of their numbers.
func numbered(list string, sent url.Values) []string {
	var numbers []int
	for control := range sent {
		below, is := strings.CutPrefix(control, list+".")
		number, _, deeper := strings.Cut(below, ".")
		if n, err := strconv.Atoi(number); is && deeper && err == nil && strconv.Itoa(n) == number {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	names := make([]string, 0, len(numbers))
	for _, n := range slices.Compact(numbers) {
		names = append(names, list+"."+strconv.Itoa(n))
	}
	return names
}

// value is one value as JSON has it, or as it was typed.
func (f Field) value(typed string, zone *time.Location) any {
	switch f.Type { //nolint:exhaustive // the others are text
	case Flag:
		return typed == "true"
	case Number:
		if n, err := strconv.ParseInt(typed, 10, 64); err == nil {
			return n
		}
	case Time:
		for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
			if at, err := time.ParseInLocation(layout, typed, zone); err == nil {
				return at.Format(time.RFC3339)
			}
		}
	case Object, Open:
		if json.Valid([]byte(typed)) {
			return json.RawMessage(typed)
		}
	}
	return typed
}
