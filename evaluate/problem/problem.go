package problem

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/evaluate/points"
)

// Problem is one thing wrong with a rubric or a card. Code is stable; Text is
// for people. All problems of an input are told together.
type Problem struct {
	Code string `json:"code"`
	// Where is the place in the input, e.g. "criteria[2].rule.steps" or
	// "ballots[0].marks.topic".
	Where string `json:"where"`
	// Card is the card's id; empty for rubrics.
	Card string `json:"card,omitempty"`
	// Criterion is the key of the criterion concerned, if there is one.
	Criterion string `json:"criterion,omitempty"`
	Text      string `json:"text"`
}

// String gives card, criterion, place, text and code, as far as they are known.
func (p Problem) String() string {
	var b strings.Builder
	if p.Card != "" {
		fmt.Fprintf(&b, "card %s: ", p.Card)
	}
	if p.Criterion != "" {
		fmt.Fprintf(&b, "criterion %s: ", p.Criterion)
	}
	if p.Where != "" {
		fmt.Fprintf(&b, "%s: ", p.Where)
	}
	fmt.Fprintf(&b, "%s (%s)", p.Text, p.Code)
	return b.String()
}

// List is the error that carries problems; never empty when it is returned as
// one. It is ErrInvalid.
type List []Problem

// Error gives the first problem and how many more there are; range over the
// value for all of them.
func (ps List) Error() string {
	switch len(ps) {
	case 0:
		return points.ErrInvalid.Error()
	case 1:
		return points.ErrInvalid.Error() + ": " + ps[0].String()
	}
	return fmt.Sprintf("%v: %s; and %d more", points.ErrInvalid, ps[0], len(ps)-1)
}

// Unwrap makes errors.Is(err, ErrInvalid) hold.
func (ps List) Unwrap() error { return points.ErrInvalid }

// Is makes errors.Is(err, ErrOverflow) hold when one of them is an overflow.
func (ps List) Is(target error) bool {
	return target == points.ErrOverflow && slices.ContainsFunc(ps, func(p Problem) bool { return p.Code == Overflow })
}
