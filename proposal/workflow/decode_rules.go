package workflow

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"

	"github.com/tian-go/tian/proposal/internal/strict"
)

// DecodeRules reads the rules of a place from its own file, strictly: what the file
// names is as the file has it, and the rest as it is shipped. A list is taken
// whole: a term of the file has nothing of a shipped one that stood in its
// place, as json.Unmarshal into the shipped rules would leave it.
func DecodeRules[R any](shipped R, data []byte) (R, error) {
	return decodeRules("rules", shipped, data)
}

func decodeRules[R any](field string, shipped R, data []byte) (R, error) {
	if err := strict.Check(data, reflect.TypeFor[R]()); err != nil {
		return shipped, malformedRules(field, err)
	}
	own := shipped
	makeRoom(reflect.ValueOf(&own).Elem(), data)
	if err := json.Unmarshal(data, &own); err != nil {
		return shipped, malformedRules(field, err)
	}
	return own, nil
}

func malformedRules(field string, err error) error {
	var wrong *strict.Error
	if !errors.As(err, &wrong) {
		return Invalid(field, "malformed", "%v", "%v", err)
	}
	if wrong.Path != "" {
		field += "." + wrong.Path
	}
	return Invalid(field, "malformed", plain(wrong.ZH), plain(wrong.EN))
}

// makeRoom empties what data has something for. Maps keep the keys that data does
// not name, and of an object each field is looked at by itself.
func makeRoom(v reflect.Value, data []byte) {
	var named map[string]json.RawMessage
	switch {
	case v.Kind() == reflect.Map:
		own := reflect.MakeMapWithSize(v.Type(), v.Len()) // json.Unmarshal would write into the shipped one
		for of := v.MapRange(); of.Next(); {
			own.SetMapIndex(of.Key(), of.Value())
		}
		v.Set(own)
		return
	case v.Kind() != reflect.Struct, json.Unmarshal(data, &named) != nil: // such as a date, which is a text
		v.SetZero()
		return
	}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "" {
			key = field.Name
		}
		for name, value := range named {
			if field.IsExported() && strings.EqualFold(name, key) { // as encoding/json has it
				makeRoom(v.Field(i), value)
			}
		}
	}
}
