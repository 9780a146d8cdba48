package evaluate

import (
	"encoding/json"
	"errors"
)

// Result is the answer to one card of a list: an outcome or an error.
type Result struct {
	Outcome Outcome
	Err     error
}

// ScoreAll scores every entry in order; a bad card has its error in its place.
func (s *Sheet) ScoreAll(entries []Entry) []Result {
	results := make([]Result, len(entries))
	for i, e := range entries {
		if e.Err != nil {
			results[i].Err = e.Err
			continue
		}
		results[i].Outcome, results[i].Err = s.Score(e.Card)
	}
	return results
}

// CodeBadCard is the code of a Result with Problems.
const CodeBadCard = "bad_card"

// MarshalJSON writes the outcome, or
// {"error":{"code":…,"message":…,"problems":[…]}}.
func (r Result) MarshalJSON() ([]byte, error) {
	if r.Err == nil {
		return json.Marshal(r.Outcome)
	}
	type failure struct {
		Code     string   `json:"code"`
		Message  string   `json:"message"`
		Problems Problems `json:"problems,omitempty"`
	}
	f := failure{Code: CodeBadCard, Message: r.Err.Error()}
	errors.As(r.Err, &f.Problems)
	return json.Marshal(map[string]failure{"error": f})
}
