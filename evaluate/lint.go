package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
)

// What an input may not exceed.
const (
	maxProblems     = 200                    // after these, the rest of an input is not looked at
	maxTreeDepth    = 8                      // criteria within criteria
	maxNesting      = 4                      // rubrics within rubrics
	maxRubricPoints = 1_000_000 * points.One // more is a typing error
	maxLabelLen     = 2000                   // bytes
)

// lint collects problems.
type lint struct {
	card     string
	problems problem.List
}

func (l *lint) add(code, where, criterion, format string, args ...any) {
	if len(l.problems) > maxProblems {
		return
	}
	p := problem.Problem{Code: code, Where: where, Card: l.card, Criterion: criterion, Text: fmt.Sprintf(format, args...)}
	if len(l.problems) == maxProblems {
		p = problem.Problem{Code: code, Card: l.card, Text: "further problems were not looked for"}
	}
	l.problems = append(l.problems, p)
}

func (l *lint) err() error {
	if len(l.problems) == 0 {
		return nil
	}
	return l.problems
}
