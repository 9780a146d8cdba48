package codec

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"
	"unicode/utf8"
)

// text is a string.
type text struct{}

func (text) write(b []byte, v reflect.Value) ([]byte, error) { return appendText(b, v.String()), nil }

func (text) read(r *reader, v reflect.Value) bool {
	s, ok := r.quoted()
	if ok {
		v.SetString(s)
	}
	return ok
}

// truth is a bool.
type truth struct{}

func (truth) write(b []byte, v reflect.Value) ([]byte, error) {
	return strconv.AppendBool(b, v.Bool()), nil
}

func (truth) read(r *reader, v reflect.Value) bool {
	yes := r.word("true")
	if yes {
		v.SetBool(true)
	}
	return yes || r.word("false")
}

// integer is a whole number of that many bits.
type integer struct{ bits int }

func (integer) write(b []byte, v reflect.Value) ([]byte, error) {
	return strconv.AppendInt(b, v.Int(), 10), nil
}

func (i integer) read(r *reader, v reflect.Value) bool {
	digits, ok := r.digits()
	if !ok {
		return false
	}
	n, err := strconv.ParseInt(digits, 10, i.bits)
	if err == nil {
		v.SetInt(n)
	}
	return err == nil
}

// natural is a whole number of that many bits that is not negative.
type natural struct{ bits int }

func (natural) write(b []byte, v reflect.Value) ([]byte, error) {
	return strconv.AppendUint(b, v.Uint(), 10), nil
}

func (u natural) read(r *reader, v reflect.Value) bool {
	digits, ok := r.digits()
	if !ok {
		return false
	}
	n, err := strconv.ParseUint(digits, 10, u.bits)
	if err == nil {
		v.SetUint(n)
	}
	return err == nil
}

// moment is a time.Time.
type moment struct{}

func (moment) write(b []byte, v reflect.Value) ([]byte, error) {
	t := v.Addr().Interface().(*time.Time) //nolint:forcetypeassert // planned so
	if y := t.Year(); y < 0 || y > 9999 {
		_, err := json.Marshal(*t)
		return nil, err //nolint:wrapcheck // it is encoding/json's to say
	}
	b, err := t.AppendText(append(b, '"'))
	if err != nil {
		return nil, fmt.Errorf("codec: %w", err)
	}
	return append(b, '"'), nil
}

func (moment) read(r *reader, v reflect.Value) bool {
	s, ok := r.bare()
	return ok && v.Addr().Interface().(*time.Time).UnmarshalText(s) == nil //nolint:forcetypeassert // planned so
}

// word is a type that appends its own text.
type word struct{}

func (word) write(b []byte, v reflect.Value) ([]byte, error) {
	n := len(b) + 1
	b, err := v.Addr().Interface().(encoding.TextAppender).AppendText(append(b, '"')) //nolint:forcetypeassert // planned so
	if err != nil {
		return nil, fmt.Errorf("codec: %w", err)
	}
	for _, c := range b[n:] {
		if c >= utf8.RuneSelf || !stands[c] {
			return appendText(b[:n-1], string(b[n:])), nil
		}
	}
	return append(b, '"'), nil
}

func (word) read(r *reader, v reflect.Value) bool {
	s, ok := r.bare()
	return ok && v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText(s) == nil //nolint:forcetypeassert // planned so
}
