// Package codec writes and reads the JSON of one Go type, byte for byte as
// encoding/json writes it, and several times faster: the type is looked through
// once, when a [Codec] is made.
//
// What it has no way of its own for, such as a type with a MarshalJSON, an
// interface or a floating-point number, encoding/json writes and reads inside the
// rest. It reads what it would have written itself, the fields in the order of the
// struct and nothing between the tokens, and says so of anything else: then the
// caller asks encoding/json.
package codec

import (
	"fmt"
	"reflect"
)

// Codec writes and reads values of one type. It is safe for concurrent use.
type Codec struct {
	typ  reflect.Type
	plan plan
}

// plan is the way of one type. What it is handed can be addressed.
type plan interface {
	// write appends the JSON of v.
	write(b []byte, v reflect.Value) ([]byte, error)

	// read reads into v, which is zero, and reports whether it could.
	read(r *reader, v reflect.Value) bool
}

// Of returns the codec of a type.
func Of(t reflect.Type) *Codec { return &Codec{t, planner{}.of(t)} }

// Append appends the JSON of what value points to, which is of the codec's type.
func (c *Codec) Append(b []byte, value any) ([]byte, error) {
	v, err := c.behind(value)
	if err != nil {
		return nil, err
	}
	return c.plan.write(b, v)
}

// Read reads data into what value points to, which is of the codec's type and as
// good as zero, and reports whether it could. If not, value holds something of
// the data, and encoding/json can tell, with a new one, whether that is JSON at
// all.
//
// The texts that are read share one copy of data.
func (c *Codec) Read(data []byte, value any) bool {
	v, err := c.behind(value)
	if err != nil {
		return false
	}
	r := &reader{text: string(data), data: data}
	return c.plan.read(r, v) && r.at == len(r.text)
}

// behind returns what value points to.
func (c *Codec) behind(value any) (reflect.Value, error) {
	v := reflect.ValueOf(value)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Type().Elem() != c.typ {
		return reflect.Value{}, fmt.Errorf("codec: %T is no pointer to a %v", value, c.typ)
	}
	return v.Elem(), nil
}
