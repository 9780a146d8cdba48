package consult

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/workflow"
)

// Survey (问卷调查) is a survey that the consultation rests on. Counts that are
// not known are nil, which is not zero.
type Survey struct {
	ID       string `json:"id"` // v1, v2 … within the activity
	Title    string `json:"title"`
	Sent     *int64 `json:"sent,omitempty"`     // 发放
	Returned *int64 `json:"returned,omitempty"` // 回收
	Valid    *int64 `json:"valid,omitempty"`    // 有效
	Source   string `json:"source,omitempty"`
}

// Count returns a pointer to n, for the counts of a survey.
func Count(n int64) *int64 { return &n }

func (s Survey) check() error {
	if err := checkName("title", s.Title); err != nil {
		return err
	}
	if s.Sent == nil && s.Returned == nil && s.Valid == nil {
		return workflow.Invalid("sent", "empty", "问卷须有份数", "a survey has at least one count")
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
			return workflow.Invalid(c.name, "out_of_range", "%d小于零", "%d is below zero", *c.n)
		}
		if above != nil && *c.n > *above {
			return workflow.Invalid(c.name, "out_of_range", "%[2]s为%[1]d，多于%[4]s的%[3]d", "%d %s of %d %s", *c.n, c.name, *above, of)
		}
		above, of = c.n, c.name
	}
	return checkText("source", s.Source)
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

// AddSurvey adds a survey as evidence.
type AddSurvey struct {
	Survey
}

// Event is "add_survey".
func (AddSurvey) Event() string { return "add_survey" }

// Apply adds it.
func (s AddSurvey) Apply(_ *Act, a *Activity) error {
	if s.ID != "" {
		return workflow.Invalid("id", "given", "问卷的编号由系统给定", "the ID of a survey is given here")
	}
	if err := s.check(); err != nil {
		return err
	}
	if err := checkLen("surveys", len(a.Surveys), 1); err != nil {
		return err
	}
	survey := s.Survey
	survey.ID = fmt.Sprintf("v%d", len(a.Surveys)+1)
	a.Surveys = append(a.Surveys, survey)
	return nil
}

// Satisfaction (满意度) is one poll of the participants: how many were asked, and
// how many gave each answer of the body's scale.
type Satisfaction struct {
	Asked   int64            `json:"asked"`
	Answers map[string]int64 `json:"answers"`
}

// Rate is the share of those who answered that were satisfied, under rules: 满意
// and 基本满意 over the forms returned.
func (s Satisfaction) Rate(rules Rules) rates.Rate {
	r := rates.Rate{Of: "returned", Rule: "satisfied_or_basically"}
	for _, m := range rules.Satisfaction {
		r.Base += s.Answers[m.Key]
		if m.Satisfied {
			r.Count += s.Answers[m.Key]
		}
	}
	return r
}

// Assess records a poll of the participants' satisfaction.
type Assess struct {
	Satisfaction
}

// Event is "assess".
func (Assess) Event() string { return "assess" }

// Apply adds it.
func (s Assess) Apply(act *Act, a *Activity) error {
	rules := act.Rules
	known := make(map[string]bool, len(rules.Satisfaction))
	for _, m := range rules.Satisfaction {
		known[m.Key] = true
	}
	kept := Satisfaction{Asked: s.Asked, Answers: make(map[string]int64, len(s.Answers))}
	left := s.Asked
	for key, n := range s.Answers {
		if !known[key] {
			return workflow.Invalid("answers."+key, "unknown", "量表没有%q", "the scale has no %q", key)
		}
		if n < 0 {
			return workflow.Invalid("answers."+key, "out_of_range", "%d小于零", "%d is below zero", n)
		}
		if left -= n; left < 0 {
			return workflow.Invalid("answers", "out_of_range", "答复人数多于受访的%d人", "more answered than the %d who were asked", s.Asked)
		}
		kept.Answers[key] = n
	}
	if err := checkLen("satisfaction", len(a.Satisfaction), 1); err != nil {
		return err
	}
	a.Satisfaction = append(a.Satisfaction, kept)
	return nil
}
