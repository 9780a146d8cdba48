package appraisal

import (
	"encoding/json"
	"slices"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Announce (公布考评方案) opens a round. The sheet is given whole and stays with the
// round; ranks and honours are given out as the ranking says.
type Announce struct {
	Title      string           `json:"title" zh:"名称" en:"title" field:"required,max=200"`
	From       calendar.Date    `json:"from" zh:"考评期起" en:"period from" field:"required"`
	To         calendar.Date    `json:"to" zh:"考评期止" en:"period to" field:"required"`
	Until      calendar.Date    `json:"until" zh:"评分截止日" en:"last day for cards" field:"required"`
	Rubric     json.RawMessage  `json:"rubric" zh:"评分表" en:"sheet" field:"required"`
	Ranking    evaluate.Ranking `json:"ranking,omitzero" zh:"排名与名额" en:"ranks and quotas"`
	Subjects   []Subject        `json:"subjects" zh:"被考评对象" en:"who is scored" field:"required"`
	Evaluators []Evaluator      `json:"evaluators,omitempty" zh:"评分人" en:"evaluators"`
}

// Event is "open".
func (Announce) Event() string { return workflow.Opening }

// Apply fills the new round. Whatever is wrong with the sheet is told here, and
// not on the day of scoring.
func (a Announce) Apply(act *Act, r *Round) error {
	if err := name("title", a.Title); err != nil {
		return err
	}
	if a.From.IsZero() || a.To.Before(a.From) {
		return workflow.Invalid("to", "out_of_range", "考评期%s至%s有误", "the period from %s to %s is none", a.From, a.To)
	}
	if a.Until.Before(act.Today()) {
		return workflow.Invalid("until", "past", "截止日%s早于今天%s", "the last day for cards, %s, is before today, %s", a.Until, act.Today())
	}
	sheet, err := rubric.Parse(a.Rubric)
	if err != nil {
		return workflow.Invalid("rubric", "malformed", "评分表无法读取：%v", "the sheet cannot be read: %v", err)
	}
	compiled, err := evaluate.Compile(sheet)
	if err != nil {
		return workflow.Invalid("rubric", "unusable", "评分表有误：%v", "the sheet is wrong: %v", err)
	}
	if err := a.subjects(); err != nil {
		return err
	}
	if _, err := a.Ranking.Rank(nil); err != nil {
		return workflow.Invalid("ranking", "unusable", "排名规则有误：%v", "the ranking is wrong: %v", err)
	}
	r.Title, r.From, r.To, r.Until = a.Title, a.From, a.To, a.Until
	r.Rubric, r.Name, r.Version, r.Hash = slices.Clone(a.Rubric), sheet.Name, sheet.Version, compiled.Hash()
	r.Ranking, r.Subjects = a.Ranking, slices.Clone(a.Subjects)
	if len(a.Evaluators) == 0 {
		return nil
	}
	return Invite{Evaluators: a.Evaluators}.Apply(act, r)
}

func (a Announce) subjects() error {
	if len(a.Subjects) == 0 {
		return workflow.Invalid("subjects", "empty", "没有被考评对象", "nobody is scored")
	}
	if err := entries("subjects", len(a.Subjects), maxList); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, s := range a.Subjects {
		if err := id(at("subjects", i)+".key", s.Key); err != nil {
			return err
		}
		if err := name(at("subjects", i)+".name", s.Name); err != nil {
			return err
		}
		if err := line(at("subjects", i)+".league", s.League); err != nil {
			return err
		}
		if seen[s.Key] {
			return workflow.Invalid(at("subjects", i)+".key", "duplicate", "被考评对象%q重复", "%q is there twice", s.Key)
		}
		seen[s.Key] = true
	}
	return nil
}
