// Package strict holds JSON against the Go type that it is meant for, and finds
// what encoding/json would let pass in silence, or refuse without saying where.
package strict

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Error says what is wrong with a text of JSON, and where.
type Error struct {
	Line   int    // from 1
	Path   string // such as transitions[3].from; "" for the whole
	ZH, EN string
}

func (e *Error) Error() string {
	path := e.Path
	if path == "" {
		path = "the whole"
	}
	return fmt.Sprintf("line %d, %s: %s", e.Line, path, e.EN)
}

// Check returns an *Error unless data is one JSON object that a struct of type t
// holds: every field known and spelt exactly, none twice, each value of its
// type, and nothing after it. A null counts as absent.
func Check(data []byte, t reflect.Type) error {
	r := &reader{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	r.dec.UseNumber()
	if at := notUTF8(data); at >= 0 {
		return r.wrongAt(int64(at), "", "不是UTF-8编码", "not UTF-8")
	}
	token, err := r.token("")
	if err != nil {
		return err
	}
	if token != json.Delim('{') {
		return r.wanted("", "对象", "an object", token)
	}
	if err := r.object("", t); err != nil {
		return err
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return r.wrong("", "结尾之后还有内容", "more after the end")
	}
	return nil
}

// notUTF8 returns where the first byte is that is no character; -1: nowhere.
func notUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	at := 0
	for {
		char, size := utf8.DecodeRune(data[at:])
		if char == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
}

// reader walks JSON beside the Go type that it is meant for.
type reader struct {
	data []byte
	dec  *json.Decoder
}

// object reads the rest of an object whose brace has been read.
func (r *reader) object(path string, t reflect.Type) error {
	fields := fieldsOf(t)
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
		at := join(path, name)
		field, known := fields[name]
		switch {
		case !known:
			return r.wrong(at, "没有这一项", "unknown field")
		case seen[name]:
			return r.wrong(at, "重复", "there twice")
		}
		seen[name] = true
		if err := r.value(at, field); err != nil {
			return err
		}
	}
}

// fieldsOf returns the fields of a struct by their JSON names, those of embedded
// structs included.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := make(map[string]reflect.Type, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-":
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			for name, inner := range fieldsOf(f.Type) {
				if _, own := fields[name]; !own {
					fields[name] = inner
				}
			}
		case !f.IsExported():
		case name == "":
			fields[f.Name] = f.Type
		default:
			fields[name] = f.Type
		}
	}
	return fields
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// entries reads the rest of an object that a map holds.
func (r *reader) entries(path string, t reflect.Type) error {
	seen := make(map[string]bool)
	for {
		token, err := r.token(path)
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok {
			return nil
		}
		at := join(path, name)
		if seen[name] {
			return r.wrong(at, "重复", "there twice")
		}
		seen[name] = true
		if err := r.value(at, t.Elem()); err != nil {
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
	if readsItself(t) {
		return r.itself(path, t)
	}
	token, err := r.token(path)
	if err != nil || token == nil {
		return err
	}
	switch t.Kind() {
	case reflect.Pointer:
		return r.rest(path, t.Elem(), token)
	default:
		return r.rest(path, t, token)
	}
}

// readsItself reports whether JSON is read by the type's own method, or by none.
func readsItself(t reflect.Type) bool {
	pointer := reflect.PointerTo(t)
	return t.Kind() == reflect.Interface || pointer.Implements(reflect.TypeFor[json.Unmarshaler]()) ||
		pointer.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// itself has a type that reads its own JSON do so.
func (r *reader) itself(path string, t reflect.Type) error {
	var raw json.RawMessage
	if err := r.dec.Decode(&raw); err != nil {
		return r.failed(path, err)
	}
	if err := json.Unmarshal(raw, reflect.New(t).Interface()); err != nil {
		return r.wrong(path, short(err.Error()), short(err.Error()))
	}
	return nil
}

// rest reads a value whose first token has been read.
func (r *reader) rest(path string, t reflect.Type, token json.Token) error {
	var zh, en string
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		if token == json.Delim('{') {
			if t.Kind() == reflect.Map {
				return r.entries(path, t)
			}
			return r.object(path, t)
		}
		zh, en = "对象", "an object"
	case reflect.Slice:
		if token == json.Delim('[') {
			return r.array(path, t)
		}
		zh, en = "列表", "a list"
	case reflect.Bool:
		if _, ok := token.(bool); ok {
			return nil
		}
		zh, en = "true 或 false", "true or false"
	case reflect.Int, reflect.Int64, reflect.Uint64:
		if n, ok := token.(json.Number); ok {
			if _, err := strconv.ParseInt(n.String(), 10, 64); err == nil {
				return nil
			}
		}
		zh, en = "整数", "a whole number"
	default:
		if _, ok := token.(string); ok {
			return nil
		}
		zh, en = "文字", "a text"
	}
	return r.wanted(path, zh, en, token)
}

func (r *reader) token(path string) (json.Token, error) {
	token, err := r.dec.Token()
	if err != nil {
		return nil, r.failed(path, err)
	}
	return token, nil
}

// failed makes the error of a text that is no JSON.
func (r *reader) failed(path string, err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return r.wrongAt(int64(len(r.data)), path, "文本过早结束", "the text ends too early")
	case errors.As(err, &syntax):
		return r.wrongAt(syntax.Offset, path, "不是合法的JSON："+syntax.Error(), syntax.Error())
	}
	return r.wrong(path, err.Error(), err.Error())
}

// wrong makes the error for what was read last.
func (r *reader) wrong(path, zh, en string) error {
	return r.wrongAt(r.dec.InputOffset(), path, zh, en)
}

// wanted makes the error for a token of the wrong type.
func (r *reader) wanted(path, zh, en string, token json.Token) error {
	foundZH, foundEN := kind(token)
	return r.wrong(path, "应为"+zh+"，而不是"+foundZH, en+", not "+foundEN+", is wanted")
}

func (r *reader) wrongAt(offset int64, path, zh, en string) error {
	line := 1 + bytes.Count(r.data[:min(offset, int64(len(r.data)))], []byte("\n"))
	return &Error{Line: line, Path: short(path), ZH: zh, EN: en}
}

// kind says in words what was found.
func kind(token json.Token) (zh, en string) {
	switch v := token.(type) {
	case json.Delim:
		if v == '{' {
			return "对象", "an object"
		}
		return "列表", "a list"
	case string:
		quoted := strconv.Quote(short(v))
		return "文字" + quoted, "the text " + quoted
	case nil:
		return "null", "null"
	}
	text := short(fmt.Sprint(token))
	return text, text
}

// short keeps what is quoted from the input from filling a screen.
func short(s string) string {
	const most = 200 // bytes
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
