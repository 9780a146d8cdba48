// Package extra keeps in a case what users of the library add to it.
package extra

import (
	"encoding/json"
	"fmt"

	"github.com/tian-go/tian/proposal/workflow"
)

// Set keeps a value under key, as JSON.
func Set(extra *map[string]json.RawMessage, key string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return workflow.Invalid("extra."+key, "unencodable", "%v", "%v", err)
	}
	if *extra == nil {
		*extra = make(map[string]json.RawMessage)
	}
	(*extra)[key] = data
	return nil
}

// Get reads what Set kept under key into value, and reports whether there was
// something. The ID is that of the case.
func Get(extra map[string]json.RawMessage, id, key string, value any) (bool, error) {
	data, ok := extra[key]
	if !ok {
		return false, nil
	}
	if err := json.Unmarshal(data, value); err != nil {
		return false, fmt.Errorf("consult: extra %s of %s: %w", key, id, err)
	}
	return true, nil
}
