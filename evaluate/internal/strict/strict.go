// Package strict decodes JSON from outside: one value, whole, with known fields
// only.
package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
)

// maxJSONDepth bounds the nesting of any input.
const maxJSONDepth = 64

// Decode decodes exactly one value: unknown fields, duplicate keys,
// anything after the value and nesting beyond maxJSONDepth are errors.
func Decode(data []byte, into any) error {
	if err := uniqueKeys(data); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		if errors.Is(err, points.ErrInvalid) || errors.Is(err, points.ErrOverflow) {
			return err
		}
		return fmt.Errorf("%w: %w", points.ErrInvalid, Plainly(err))
	}
	return nil
}

// Plainly says an error of encoding/json without its Go types and at a bounded
// length.
func Plainly(err error) error {
	var kind *json.UnmarshalTypeError
	text := strings.TrimPrefix(err.Error(), "json: ")
	name, unknown := strings.CutPrefix(text, "unknown field ")
	switch {
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("%s: %.40s cannot stand here", kind.Field, kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("%.40s cannot stand here", kind.Value)
	case unknown:
		if quoted, err := strconv.Unquote(name); err == nil {
			name = quoted
		}
		return fmt.Errorf("unknown field %s", quote.Short(name))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON ends too early")
	}
	return errors.New(text)
}

// uniqueKeys walks data once and refuses duplicate keys, which encoding/json
// would silently overwrite, also when they differ in the case of their letters,
// and anything that is not one complete value.
func uniqueKeys(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	// One set per open object, nil for an open array.
	var open []map[string]bool
	keyNext := false
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			if len(open) > 0 || len(bytes.TrimSpace(data)) == 0 {
				return fmt.Errorf("%w: the JSON ends too early", points.ErrInvalid)
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", points.ErrInvalid, err)
		}
		if text, ok := tok.(string); ok && keyNext {
			seen := open[len(open)-1]
			folded := strings.ToLower(text)
			if seen[folded] {
				return fmt.Errorf("%w: key %s appears twice", points.ErrInvalid, quote.Short(text))
			}
			seen[folded] = true
			keyNext = false
			continue
		}
		switch tok {
		case json.Delim('{'):
			open = append(open, map[string]bool{})
		case json.Delim('['):
			open = append(open, nil)
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		}
		if len(open) > maxJSONDepth {
			return fmt.Errorf("%w: nested deeper than %d", points.ErrInvalid, maxJSONDepth)
		}
		if len(open) == 0 {
			if dec.More() {
				return fmt.Errorf("%w: something follows the value", points.ErrInvalid)
			}
		}
		keyNext = len(open) > 0 && open[len(open)-1] != nil
	}
}
