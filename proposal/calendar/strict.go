package calendar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// strictJSON decodes exactly one value. Members v does not have under that very
// name, and members given twice, are errors: encoding/json would take the last
// of two, and one in other letters for the same.
func strictJSON(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return plainly(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return distinctMembers(data)
}

// distinctMembers looks at the members of one well-formed object, and not into
// them. All names this package knows are in lower case.
func distinctMembers(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if first, err := dec.Token(); err != nil || first != json.Delim('{') {
		return err
	}
	seen := make(map[string]bool)
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		switch {
		case name != strings.ToLower(name):
			return fmt.Errorf("unknown member %q", clip(name))
		case seen[name]:
			return fmt.Errorf("member %q is given twice", name)
		}
		seen[name] = true
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return err
		}
	}
	return nil
}

// plainly says an error of encoding/json without its Go types and at a bounded
// length. Errors of this package stay what they are.
func plainly(err error) error {
	var kind *json.UnmarshalTypeError
	text := strings.TrimPrefix(err.Error(), "json: ")
	name, unknown := strings.CutPrefix(text, "unknown field ")
	switch {
	case Code(err) != "":
		return err
	case errors.As(err, &kind):
		text = fmt.Sprintf("%s is needed, not %s", needed(kind.Type), clip(kind.Value))
		if kind.Field != "" {
			text = kind.Field + ": " + text
		}
		return errors.New(text)
	case unknown:
		if quoted, err := strconv.Unquote(name); err == nil {
			name = quoted
		}
		return fmt.Errorf("unknown member %q", clip(name))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the text ends too early")
	}
	return errors.New(text)
}

// needed names what JSON a Go type is read from.
func needed(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[Date]():
		return "a date in quotation marks"
	case t.Kind() == reflect.Int:
		return "a whole number"
	case t.Kind() == reflect.String:
		return "a string"
	case t.Kind() == reflect.Slice:
		return "an array"
	}
	return "an object"
}
