package lifecycle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Decode reads a definition from JSON in UTF-8, with or without a byte order
// mark. It is strict: a field that is unknown, misspelt in its case or there
// twice, a value of the wrong type, or anything after the definition is an
// error that names the line and the path, such as transitions[3].form. A null
// counts as absent. What Decode returns may still have problems; [Compile]
// finds those.
func Decode(data []byte) (Definition, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if err := strict(data); err != nil {
		return Definition{}, fmt.Errorf("lifecycle: definition, %w", err)
	}
	var d Definition
	if err := json.Unmarshal(data, &d); err != nil {
		return Definition{}, fmt.Errorf("lifecycle: definition: %w", err)
	}
	return d, nil
}

// strict finds what encoding/json would let pass in silence, or refuse without
// saying where.
func strict(data []byte) error {
	r := &reader{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	if !utf8.Valid(data) {
		at := 0
		for rest := data; ; {
			char, size := utf8.DecodeRune(rest)
			if char == utf8.RuneError && size == 1 {
				return r.wrongAt(int64(at), "", "not UTF-8")
			}
			at, rest = at+size, rest[size:]
		}
	}
	token, err := r.token("")
	if err != nil {
		return err
	}
	if token != json.Delim('{') {
		return r.wrong("", "an object, not %s, is wanted", kind(token))
	}
	if err := r.object("", reflect.TypeFor[Definition]()); err != nil {
		return err
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return r.wrong("", "more after the end of the definition")
	}
	return nil
}

// reader walks JSON beside the Go type that it is meant for.
type reader struct {
	data []byte
	dec  *json.Decoder
}

// object reads the rest of an object whose brace has been read.
func (r *reader) object(path string, t reflect.Type) error {
	fields := make(map[string]reflect.Type, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		fields[name] = t.Field(i).Type
	}
	seen := make(map[string]bool, len(fields))
	for {
		token, err := r.token(path)
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok { // the closing brace: the decoder lets nothing else through
			return nil
		}
		at := name
		if path != "" {
			at = path + "." + name
		}
		field, known := fields[name]
		switch {
		case !known:
			return r.wrong(at, "unknown field")
		case seen[name]:
			return r.wrong(at, "there twice")
		}
		seen[name] = true
		if err := r.value(at, field); err != nil {
			return err
		}
	}
}

func (r *reader) array(path string, t reflect.Type) error {
	for i := 0; r.dec.More(); i++ {
		if err := r.value(fmt.Sprintf("%s[%d]", path, i), t.Elem()); err != nil {
			return err
		}
	}
	_, err := r.token(path) // the closing bracket
	return err
}

// value reads one value that is meant for a field or element of type t.
func (r *reader) value(path string, t reflect.Type) error {
	token, err := r.token(path)
	if err != nil || token == nil {
		return err
	}
	var want string
	switch t.Kind() {
	case reflect.Struct:
		if token == json.Delim('{') {
			return r.object(path, t)
		}
		want = "an object"
	case reflect.Slice:
		if token == json.Delim('[') {
			return r.array(path, t)
		}
		want = "a list"
	case reflect.Bool:
		if _, ok := token.(bool); ok {
			return nil
		}
		want = "true or false"
	case reflect.Int:
		if n, ok := token.(json.Number); ok {
			if _, err := strconv.Atoi(n.String()); err == nil {
				return nil
			}
		}
		want = "a whole number"
	default:
		if _, ok := token.(string); ok {
			return nil
		}
		want = "a text"
	}
	return r.wrong(path, "%s, not %s, is wanted", want, kind(token))
}

func (r *reader) token(path string) (json.Token, error) {
	token, err := r.dec.Token()
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return token, nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, r.wrongAt(int64(len(r.data)), path, "the text ends too early")
	case errors.As(err, &syntax):
		return nil, r.wrongAt(syntax.Offset, path, syntax.Error())
	}
	return nil, r.wrong(path, "%v", err)
}

// wrong makes the error for what was read last.
func (r *reader) wrong(path, format string, args ...any) error {
	return r.wrongAt(r.dec.InputOffset(), path, fmt.Sprintf(format, args...))
}

func (r *reader) wrongAt(offset int64, path, text string) error {
	if path == "" {
		path = "the whole"
	}
	line := 1 + bytes.Count(r.data[:min(offset, int64(len(r.data)))], []byte("\n"))
	return fmt.Errorf("line %d, %s: %s", line, short(path), text)
}

// kind says in words what was found.
func kind(token json.Token) string {
	switch v := token.(type) {
	case json.Delim:
		if v == '{' {
			return "an object"
		}
		return "a list"
	case string:
		return "the text " + strconv.Quote(short(v))
	case nil:
		return "null"
	}
	return short(fmt.Sprint(token))
}

// short keeps what is quoted from the input from filling a screen.
func short(s string) string {
	const most = 200 // bytes
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
