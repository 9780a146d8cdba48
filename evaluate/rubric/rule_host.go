package rubric

import "encoding/json"

// Host hands the criterion to a function of the program that embeds the
// library, registered with WithHost. The function must return ledger lines: a
// bare number would be a score nobody can trace.
type Host struct {
	Name string `json:"name"`
	// Facts are those the function may read, besides the criterion's own.
	Facts []string `json:"facts,omitempty"`
	// Params is passed on as it is.
	Params json.RawMessage `json:"params,omitempty"`
}
