package lifecycle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Decode reads a definition from JSON. It is strict: an unknown field, a value
// of the wrong type or anything after the definition is an error that says
// where. What it returns may still have problems; [Compile] finds those.
func Decode(data []byte) (Definition, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var d Definition
	if err := dec.Decode(&d); err != nil {
		return Definition{}, fmt.Errorf("lifecycle: definition, near byte %d: %w", dec.InputOffset(), err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Definition{}, fmt.Errorf("lifecycle: definition, near byte %d: more after its end", dec.InputOffset())
	}
	return d, nil
}
