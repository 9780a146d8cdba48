package workflow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/tian-go/tian/proposal/internal/codec"
)

// writing are the codecs of the two halves of a record. They write what
// encoding/json would, and read what they have written; encoding/json reads the
// rest, such as a record that was edited by hand, or written by another version.
type writing struct {
	header *codec.Codec
	data   *codec.Codec // nil: the case is no pointer to a struct
}

func writingOf[C Case]() writing {
	w := writing{header: codec.Of(reflect.TypeFor[Header]())}
	if t := reflect.TypeFor[C](); t.Kind() == reflect.Pointer {
		w.data = codec.Of(t.Elem())
	}
	return w
}

// read reads a case from the two halves of its record.
func (e *Engine[C, R]) read(header, data []byte) (C, error) {
	c := e.vocabulary.Fresh()
	if e.writing.data != nil && e.writing.data.Read(data, c) && e.writing.header.Read(header, c.Head()) {
		return c, nil
	}
	return e.readBy(json.Unmarshal, header, data)
}

// readKnown is read for what has no field that the case lacks: the codecs read only
// what they would write.
func (e *Engine[C, R]) readKnown(header, data []byte) (C, error) {
	c := e.vocabulary.Fresh()
	if e.writing.data != nil && e.writing.data.Read(data, c) && e.writing.header.Read(header, c.Head()) {
		return c, nil
	}
	return e.readBy(unmarshalKnown, header, data)
}

func (e *Engine[C, R]) readBy(unmarshal func([]byte, any) error, header, data []byte) (C, error) {
	c := e.vocabulary.Fresh()
	filled := &c
	if err := unmarshal(data, &filled); err != nil {
		return c, err
	}
	if filled == nil {
		return c, errors.New("it holds no data")
	}
	return c, unmarshal(header, c.Head())
}

// unknownField begins what encoding/json says of a field that it does not know.
const unknownField = "json: unknown field "

// unmarshalKnown is json.Unmarshal for what has no field that v lacks.
func unmarshalKnown(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err //nolint:wrapcheck // the caller names the record
	}
	if d.More() {
		return errors.New("more after the end")
	}
	return nil
}

// content returns the two halves of a record that a digest is taken of.
func (e *Engine[C, R]) content(c C) (header, data []byte, err error) {
	const room = 4 << 10 // of most cases
	if header, err = e.writing.header.Append(make([]byte, 0, room), c.Head()); err != nil {
		return nil, nil, fmt.Errorf("workflow: header of %s: %w", c.Head().ID, err)
	}
	if e.writing.data == nil {
		data, err = json.Marshal(c)
	} else {
		data, err = e.writing.data.Append(header[len(header):], c)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("workflow: data of %s: %w", c.Head().ID, err)
	}
	return header, data, nil
}
