package activity

import (
	"fmt"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// AddSurvey adds a survey as evidence.
type AddSurvey struct {
	Survey
}

// Event is "add_survey".
func (AddSurvey) Event() string { return "add_survey" }

// Apply adds it.
func (s AddSurvey) Apply(_ *rules.Act, a *Activity) error {
	if s.ID != "" {
		return workflow.Invalid("id", "given", "问卷的编号由系统给定", "the ID of a survey is given here")
	}
	if err := s.check(); err != nil {
		return err
	}
	if err := check.Len("surveys", len(a.Surveys), 1); err != nil {
		return err
	}
	survey := s.Survey
	survey.ID = fmt.Sprintf("v%d", len(a.Surveys)+1)
	a.Surveys = append(a.Surveys, survey)
	return nil
}

// Assess records a poll of the participants' satisfaction.
type Assess struct {
	Satisfaction
}

// Event is "assess".
func (Assess) Event() string { return "assess" }

// Apply adds it.
func (s Assess) Apply(act *rules.Act, a *Activity) error {
	known := make(map[string]bool, len(act.Rules.Satisfaction))
	for _, m := range act.Rules.Satisfaction {
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
	if err := check.Len("satisfaction", len(a.Satisfaction), 1); err != nil {
		return err
	}
	a.Satisfaction = append(a.Satisfaction, kept)
	return nil
}
