// Package survey is the surveys that a consultation rests on (问卷调查): sent, returned
// and valid, in waves, with what was asked and how many answered what. Every share
// keeps its count and its base.
package survey

import (
	"fmt"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/workflow"
)

// Survey (问卷调查) is a survey that the consultation rests on. Counts that are
// not known are nil, which is not zero.
type Survey struct {
	ID       string `json:"id" zh:"编号" en:"ID" field:"id"` // v1, v2 … within the activity
	Title    string `json:"title" zh:"问卷名称" en:"title" field:"required,max=200"`
	Sent     *int64 `json:"sent,omitempty" zh:"发放" en:"sent"`         // 发放
	Returned *int64 `json:"returned,omitempty" zh:"回收" en:"returned"` // 回收
	Valid    *int64 `json:"valid,omitempty" zh:"有效" en:"valid"`       // 有效
	Source   string `json:"source,omitempty" zh:"来源" en:"source" field:"text"`

	Wave      int        `json:"wave,omitempty" zh:"轮次" en:"wave"`                               // 1, 2 … of a survey that is repeated; 0: it is not
	Repeated  *int64     `json:"repeated,omitempty" zh:"其中答过前一轮" en:"of those: answered before"` // valid forms of people who answered an earlier wave
	Strata    []Stratum  `json:"strata,omitempty" zh:"分层" en:"strata"`                           // by which shares are weighted
	Questions []Question `json:"questions,omitempty" zh:"题目" en:"questions"`
}

// Count returns a pointer to n, for the counts of a survey.
func Count(n int64) *int64 { return &n }

// Same reports whether two surveys are one: the same name, counts and source.
func (s Survey) Same(t Survey) bool {
	equal := func(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }
	return check.Found(s.Title) == check.Found(t.Title) && s.Wave == t.Wave && s.Source == t.Source &&
		equal(s.Sent, t.Sent) && equal(s.Returned, t.Returned) && equal(s.Valid, t.Valid)
}

// Check refuses counts and answers that do not go together; at is what stands before
// the name of a field.
func (s Survey) Check(at string) error {
	if err := check.Name(at+"title", s.Title); err != nil {
		return err
	}
	if s.Sent == nil && s.Returned == nil && s.Valid == nil {
		return workflow.Invalid(at+"sent", "empty", "问卷须有份数", "a survey has at least one count")
	}
	counts := []struct {
		name string
		n    *int64
	}{{"sent", s.Sent}, {"returned", s.Returned}, {"valid", s.Valid}}
	var above *int64
	of := ""
	for _, c := range counts {
		if c.n == nil {
			continue
		}
		if *c.n < 0 {
			return workflow.Invalid(at+c.name, "out_of_range", "%d小于零", "%d is below zero", *c.n)
		}
		if above != nil && *c.n > *above {
			return workflow.Invalid(at+c.name, "out_of_range", "%[2]s为%[1]d，多于%[4]s的%[3]d", "%d %s of %d %s", *c.n, c.name, *above, of)
		}
		above, of = c.n, c.name
	}
	if err := check.Text(at+"source", s.Source); err != nil {
		return err
	}
	if s.Wave < 0 {
		return workflow.Invalid(at+"wave", "out_of_range", "没有第%d轮", "there is no wave %d", s.Wave)
	}
	if s.Repeated != nil && (*s.Repeated < 0 || s.Valid == nil || *s.Repeated > *s.Valid) {
		return workflow.Invalid(at+"repeated", "out_of_range", "答过前一轮的%d份不在有效问卷之中", "%d are not among the valid forms", *s.Repeated)
	}
	return s.checkQuestions(at)
}

// ReturnRate is returned over sent (回收率). The error wraps
// [points.ErrUndefined]: with the reason missing_input when a count is not
// known, base_zero when nothing was sent.
func (s Survey) ReturnRate() (rates.Rate, error) {
	return share("returned", s.Returned, "sent", s.Sent)
}

// ValidRate is valid over returned (有效率); see [Survey.ReturnRate] for errors.
func (s Survey) ValidRate() (rates.Rate, error) {
	return share("valid", s.Valid, "returned", s.Returned)
}

// UsableRate is valid over sent; see [Survey.ReturnRate] for errors.
func (s Survey) UsableRate() (rates.Rate, error) {
	return share("valid", s.Valid, "sent", s.Sent)
}

func share(what string, count *int64, of string, base *int64) (rates.Rate, error) {
	unknown := what
	if count != nil {
		unknown = of
	}
	if count == nil || base == nil {
		return rates.Rate{}, &points.UndefinedError{
			What: fmt.Sprintf("%s over %s (how many were %s is not known)", what, of, unknown), Reason: points.MissingInput,
		}
	}
	r := rates.Rate{Count: *count, Base: *base, Of: of, Rule: what}
	if why := r.Undefined(); why != "" {
		return r, &points.UndefinedError{What: what + " over " + of, Reason: why}
	}
	return r, nil
}
