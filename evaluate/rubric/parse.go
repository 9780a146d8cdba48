package rubric

import (
	"errors"

	"github.com/tian-go/tian/evaluate/internal/strict"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
)

// Parse reads a rubric from JSON, strictly: an unknown field, a duplicate
// key or anything after the object is a Problem of code "syntax". The rubric is
// not yet checked for sense; evaluate.Compile does that.
func Parse(data []byte) (Rubric, error) {
	var r Rubric
	if err := strict.Decode(data, &r); err != nil {
		code := problem.Syntax
		if errors.Is(err, points.ErrOverflow) {
			code = problem.Overflow
		}
		return Rubric{}, problem.List{{Code: code, Text: strict.Text(err)}}
	}
	return r, nil
}
