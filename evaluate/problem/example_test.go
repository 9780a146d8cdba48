package problem_test

import (
	"errors"
	"fmt"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// Everything that is wrong with a sheet is told at once, each with a stable code and its
// place.
func ExampleList() {
	r, err := rubric.Parse([]byte(`{"name": "sheet", "version": 1, "title": {"zh": "考评"}, "full": 100, "criteria": [
		{"key": "Speed!", "points": 40, "fact": "speed", "rule": {"shortfall": {"target": 100, "per_point": 1}}},
		{"key": "quality", "points": 40}]}`))
	if err == nil {
		_, err = evaluate.Compile(r)
	}
	var list problem.List
	if errors.As(err, &list) {
		for _, p := range list {
			fmt.Println(p.Code, p.Where)
		}
	}
	// Output:
	// key criteria[0].key
	// source criteria[1]
	// sum full
}
