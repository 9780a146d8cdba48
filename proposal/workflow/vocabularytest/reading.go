// Package vocabularytest holds a vocabulary to what it must keep, one of your own
// too:
//
//	func TestReading(t *testing.T) { vocabularytest.Reading(t, permits.Vocabulary()) }
package vocabularytest

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Reading holds a vocabulary to what reading builds on: every field of a case
// belongs to a part, or nobody would ever see it; each part has its words in
// Chinese and English and is seen by somebody in some definition; and every
// attribute that Index gives is declared, or nobody could ask by it.
func Reading[C workflow.Case, R any](t *testing.T, v workflow.Vocabulary[C, R]) {
	t.Helper()
	full, seen := v.Fresh(), v.Fresh()
	fill(reflect.ValueOf(full).Elem(), depth)
	*full.Head() = workflow.Header{}
	reader := workflow.Actor{ID: word, Unit: word, Body: word} // who is everybody in a case whose every name is this
	for _, p := range v.Parts {
		if p.Label.ZH == "" || p.Label.EN == "" {
			t.Errorf("the part %s of %s lacks its words", p.Key, v.Kind)
		}
		if !seenBySomebody(v, p.Key) {
			t.Errorf("the part %s of %s is in no sight of a definition: nobody sees it", p.Key, v.Kind)
		}
		p.Show(reader, seen, full)
	}
	want, got := reflect.ValueOf(full).Elem(), reflect.ValueOf(seen).Elem()
	for i := range want.NumField() {
		if !reflect.DeepEqual(want.Field(i).Interface(), got.Field(i).Interface()) {
			t.Errorf("%s of %s is in no part, or not all of it", want.Type().Field(i).Name, v.Kind)
		}
	}
	for _, attr := range v.Index(full) {
		if !slices.ContainsFunc(v.Attributes, func(a workflow.Attribute) bool { return a.Name == attr.Name }) {
			t.Errorf("the attribute %s of %s is not declared: nobody can ask by it", attr.Name, v.Kind)
		}
	}
}

func seenBySomebody[C workflow.Case, R any](v workflow.Vocabulary[C, R], part string) bool {
	for _, d := range v.Definitions {
		for _, s := range d.Sight {
			if len(s.Who) > 0 && slices.Contains(s.Sees, part) {
				return true
			}
		}
	}
	return false
}

const (
	word  = "x"
	depth = 5 // of values within values; further down they stay empty
)

// fill gives every field a value that is not empty, and every text the same.
func fill(v reflect.Value, depth int) {
	switch value := v.Addr().Interface().(type) {
	case *time.Time:
		*value = time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
		return
	case *calendar.Date:
		*value, _ = calendar.ParseDate("2024-01-02")
		return
	case *json.RawMessage:
		*value = json.RawMessage(`"` + word + `"`)
		return
	}
	switch v.Kind() { //nolint:exhaustive // what is left stays empty
	case reflect.String:
		v.SetString(word)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint64:
		v.SetUint(7)
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), depth-1)
		}
	case reflect.Slice:
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), depth-1)
		}
	case reflect.Map:
		if depth > 0 && v.Type().Key().Kind() == reflect.String {
			one := reflect.New(v.Type().Elem()).Elem()
			fill(one, depth-1)
			v.Set(reflect.MakeMap(v.Type()))
			v.SetMapIndex(reflect.ValueOf(word).Convert(v.Type().Key()), one)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), depth)
			}
		}
	}
}
