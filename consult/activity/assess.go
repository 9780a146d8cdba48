package activity

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/workflow"
)

// AddSurvey adds a survey as evidence.
type AddSurvey struct {
	survey.Survey
}

// Event is "add_survey".
func (AddSurvey) Event() string { return "add_survey" }

// Apply adds it.
func (s AddSurvey) Apply(_ *rules.Act, a *Activity) error {
	if s.ID != "" {
		return workflow.Invalid("id", "given", "问卷的编号由系统给定", "the ID of a survey is given here")
	}
	if err := s.Check(""); err != nil {
		return err
	}
	if slices.ContainsFunc(a.Surveys, s.Same) {
		return workflow.Invalid("title", "duplicate", "问卷%q已登记", "the survey %q is there already", s.Title)
	}
	if err := check.Len("surveys", len(a.Surveys), 1); err != nil {
		return err
	}
	added := s.Clone()
	added.ID = fmt.Sprintf("v%d", len(a.Surveys)+1)
	a.Surveys = append(a.Surveys, added)
	return nil
}

// Assess records a poll of the participants' satisfaction.
type Assess struct {
	survey.Satisfaction
}

// Event is "assess".
func (Assess) Event() string { return "assess" }

// Apply adds it.
func (s Assess) Apply(act *rules.Act, a *Activity) error {
	on, err := check.Past(act.Today(), s.On)
	if err != nil {
		return err
	}
	kept, err := s.Taken(on, act.Rules.Satisfaction, a.Satisfaction)
	if err != nil {
		return err
	}
	if err := check.Len("satisfaction", len(a.Satisfaction), 1); err != nil {
		return err
	}
	a.Satisfaction = append(a.Satisfaction, kept)
	return nil
}
