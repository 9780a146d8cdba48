package workflow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"

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

// written is a record as it is written: room for its first line, which follows from
// the others, then the header and the data.
type written struct {
	text  []byte
	first int // the length of the first line
	size  size
}

// write writes a case, but for the first line. The header says something of how large
// the data is, so that the data is written first, behind room for what stands before
// it; counted, which may be nil, is told its size before the header is written.
func (e *Engine[C, R]) write(c C, counted func(data int)) (w written, err error) {
	const most, more = 256, 2 << 10 // than header and record had before: most acts add less
	h := c.Head()
	w.first = e.sealer.length + 1
	front := w.first + h.size.header + most
	text := make([]byte, front, front+2*h.size.header+h.size.data+more)
	if text, err = e.appendData(text, c); err != nil {
		return w, fmt.Errorf("workflow: data of %s: %w", h.ID, err)
	}
	end := len(text)
	w.size.data = end - front
	if counted != nil {
		counted(w.size.data)
	}
	if text, err = e.writing.header.Append(text, h); err != nil {
		return w, fmt.Errorf("workflow: header of %s: %w", h.ID, err)
	}
	header := text[end:]
	w.size.header = len(header)
	begin := front - 1 - len(header) - w.first
	if begin < 0 {
		text, begin = slices.Insert(text[:end:end], 0, make([]byte, -begin)...), 0
		front = len(text) - w.size.data
	}
	copy(text[begin+w.first:], header)
	text[front-1] = '\n'
	w.text = text[begin : front+w.size.data]
	return w, nil
}

func (e *Engine[C, R]) appendData(text []byte, c C) ([]byte, error) {
	if e.writing.data != nil {
		return e.writing.data.Append(text, c) //nolint:wrapcheck // the caller names the case
	}
	data, err := json.Marshal(c)
	return append(text, data...), err //nolint:wrapcheck // as above
}

// sealed returns what an entry's digest is taken of: the lines but for the first.
func (w written) sealed() []byte { return w.text[w.first:] }

// under returns the record with its first line.
func (w written) under(hash string) []byte {
	w.text[copy(w.text, hash)] = '\n'
	return w.text
}
