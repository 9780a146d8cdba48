package evaluate

import (
	"encoding/json"
	"errors"

	"github.com/tian-go/tian/evaluate/problem"
)

// Result is the answer to one card of a list: an outcome or an error.
type Result struct {
	Outcome Outcome
	Err     error
}

// ScoreAll scores every card in order; a bad one has its error in its place.
func (s *Sheet) ScoreAll(cards []Decoded) []Result {
	results := make([]Result, len(cards))
	for i, c := range cards {
		if c.Err != nil {
			results[i].Err = c.Err
			continue
		}
		results[i].Outcome, results[i].Err = s.Score(c.Card)
	}
	return results
}

// MarshalJSON writes the outcome, or
// {"error":{"code":"bad_card","message":…,"problems":[…]}}.
func (r Result) MarshalJSON() ([]byte, error) {
	if r.Err == nil {
		return json.Marshal(r.Outcome)
	}
	type failure struct {
		Code     string       `json:"code"`
		Message  string       `json:"message"`
		Problems problem.List `json:"problems,omitempty"`
	}
	f := failure{Code: "bad_card", Message: r.Err.Error()}
	errors.As(r.Err, &f.Problems)
	return json.Marshal(map[string]failure{"error": f})
}
