package lifecycle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/tian-go/tian/proposal/internal/strict"
)

// Decode reads a definition from JSON in UTF-8, with or without a byte order
// mark. It is strict: a field that is unknown, misspelt in its case or there
// twice, a value of the wrong type, or anything after the definition is an
// error that names the line and the path, such as transitions[3].form. A null
// counts as absent. What Decode returns may still have problems; [Compile]
// finds those.
func Decode(data []byte) (Definition, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if err := strict.Check(data, reflect.TypeFor[Definition]()); err != nil {
		return Definition{}, fmt.Errorf("lifecycle: definition, %w", err)
	}
	var d Definition
	if err := json.Unmarshal(data, &d); err != nil {
		return Definition{}, fmt.Errorf("lifecycle: definition: %w", err)
	}
	return d, nil
}

// Shipped returns a definition that is part of a package, for a vocabulary's own.
// The package's tests compile it: bytes that cannot be read are a broken build, and
// leave a definition that does not compile.
func Shipped(data []byte) Definition {
	d, err := Decode(data)
	if err != nil {
		return Definition{}
	}
	return d
}
