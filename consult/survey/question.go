package survey

import (
	"maps"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Answering is how a question is answered.
type Answering string

// How questions are answered.
const (
	Single  Answering = "single"  // 单选: one of the options
	Several Answering = "several" // 多选
	Scale   Answering = "scale"   // 量表: one of the options, which are in order
	Text    Answering = "text"    // 填空: in words, of which only the number is kept
)

// Values returns how questions are answered.
func (Answering) Values() []form.Value {
	value := func(a Answering, zh, en string) form.Value {
		return form.Value{Key: string(a), Label: lifecycle.Label{ZH: zh, EN: en}}
	}
	return []form.Value{value(Single, "单选", "one of these"), value(Several, "多选", "several"), value(Scale, "量表", "on a scale"), value(Text, "填空", "in words")}
}

// Question (题目) is one question with how many answered what.
type Question struct {
	Key      string    `json:"key" zh:"题号" en:"number" field:"required,max=100"`
	Text     string    `json:"text" zh:"题目" en:"question" field:"required,max=200"`
	Kind     Answering `json:"kind" zh:"题型" en:"kind" field:"required"`
	Answered int64     `json:"answered" zh:"答题人数" en:"answered" field:"required"` // who answered it at all: the base of its shares
	Options  []Option  `json:"options,omitempty" zh:"选项" en:"options"`
}

// Option (选项) is one answer to a question.
type Option struct {
	Key   string           `json:"key" zh:"选项" en:"option" field:"required,max=100"`
	Count int64            `json:"count" zh:"人数" en:"chosen by" field:"required"`
	Of    map[string]int64 `json:"of,omitempty" zh:"各层人数" en:"by stratum"` // by key of the stratum
}

// Stratum (层) is a part of those asked, such as firms of one size, with what it
// weighs.
type Stratum struct {
	Key    string `json:"key" zh:"层" en:"stratum" field:"required,max=100"`
	Weight int64  `json:"weight" zh:"总体数量" en:"how many there are" field:"required"` // in the whole, not among those who answered
}

// Clone returns a copy that shares nothing with the survey.
func (s Survey) Clone() Survey {
	s.Strata, s.Questions = slices.Clone(s.Strata), slices.Clone(s.Questions)
	for i, q := range s.Questions {
		s.Questions[i].Options = slices.Clone(q.Options)
		for j, o := range q.Options {
			s.Questions[i].Options[j].Of = maps.Clone(o.Of)
		}
	}
	return s
}

// Distinct returns the valid forms of people who had not answered an earlier wave:
// added over the waves nobody counts twice. It reports false when that is not known.
func (s Survey) Distinct() (int64, bool) {
	switch {
	case s.Valid == nil, s.Wave > 1 && s.Repeated == nil:
		return 0, false
	case s.Repeated == nil:
		return *s.Valid, true
	}
	return *s.Valid - *s.Repeated, true
}

// Share is how many chose an option, over those who answered the question. It
// reports false when the survey has no such question or option.
func (s Survey) Share(question, option string) (rates.Rate, bool) {
	q, o := s.find(question, option)
	if o == nil {
		return rates.Rate{}, false
	}
	return rates.Rate{Count: o.Count, Base: q.Answered, Of: "answered", Rule: question + "=" + option}, true
}

// Weighted is the share of an option, in percent, with each stratum weighing what it
// is of the whole instead of what it is of the answers: the sum over the strata of
// weight × chosen / answered, over the sum of the weights, exact until it is rounded.
// The error wraps [points.ErrUndefined] when a stratum that weighs something has no
// answer. Questions with several answers have no weighted share: who answered them is
// not known by stratum.
func (s Survey) Weighted(question, option string, places int, rule points.Rounding) (points.Points, error) {
	q, o := s.find(question, option)
	if o == nil || q.Kind == Several || len(s.Strata) == 0 {
		return 0, &points.UndefinedError{What: question + "=" + option, Reason: points.MissingInput}
	}
	var total int64
	sum := points.Points(0).Exact()
	for _, stratum := range s.Strata {
		if stratum.Weight == 0 {
			continue
		}
		var answered int64
		for _, other := range q.Options {
			answered += other.Of[stratum.Key]
		}
		if answered == 0 {
			return 0, &points.UndefinedError{What: question + " in " + stratum.Key, Reason: points.BaseZero}
		}
		total += stratum.Weight
		sum = sum.Add((100*points.One).Scaled(o.Of[stratum.Key], answered).Scale(stratum.Weight, 1))
	}
	if total == 0 {
		return 0, &points.UndefinedError{What: question + "=" + option, Reason: points.BaseZero}
	}
	return sum.Scale(1, total).Round(places, rule)
}

func (s Survey) find(question, option string) (*Question, *Option) {
	for i := range s.Questions {
		for j := range s.Questions[i].Options {
			if q := &s.Questions[i]; q.Key == question && q.Options[j].Key == option {
				return q, &q.Options[j]
			}
		}
	}
	return nil, nil
}

const maxPeople = 2_000_000_000 // more than there are people in China

func (s Survey) checkQuestions(at string) error {
	strata := make(map[string]bool)
	for i, x := range s.Strata {
		if x.Key == "" || strata[x.Key] || x.Weight < 0 || x.Weight > maxPeople {
			return workflow.Invalid(check.At(at+"strata", i), "out_of_range", "分层%q为空、重复或数量有误", "the stratum %q is empty, there twice or of no size", x.Key)
		}
		strata[x.Key] = true
	}
	if err := check.Len(at+"questions", 0, len(s.Questions)); err != nil {
		return err
	}
	seen := make(map[string]bool)
	for i, q := range s.Questions {
		where := check.At(at+"questions", i)
		if q.Key == "" || seen[q.Key] {
			return workflow.Invalid(where+".key", "duplicate", "题号%q为空或重复", "the question %q is empty or there twice", q.Key)
		}
		seen[q.Key] = true
		if q.Answered < 0 || q.Answered > maxPeople || s.Valid != nil && q.Answered > *s.Valid {
			return workflow.Invalid(where+".answered", "out_of_range", "答题人数%d不在有效问卷之内", "%d answers are more than the valid forms", q.Answered)
		}
		if err := q.check(where, strata); err != nil {
			return err
		}
	}
	return nil
}

func (q Question) check(where string, strata map[string]bool) error {
	if err := check.Name(where+".text", q.Text); err != nil {
		return err
	}
	if !slices.ContainsFunc(q.Kind.Values(), func(v form.Value) bool { return v.Key == string(q.Kind) }) {
		return workflow.Invalid(where+".kind", "unknown", "没有题型%q", "there is no kind of question %q", q.Kind)
	}
	if (q.Kind == Text) != (len(q.Options) == 0) {
		return workflow.Invalid(where+".options", "bad_options", "填空题没有选项，其余题型须有选项", "a question in words has no options, every other has some")
	}
	if err := check.Len(where+".options", 0, len(q.Options)); err != nil {
		return err
	}
	seen := make(map[string]bool)
	left := q.Answered
	for i, o := range q.Options {
		at := check.At(where+".options", i)
		if o.Key == "" || seen[o.Key] {
			return workflow.Invalid(at+".key", "duplicate", "选项%q为空或重复", "the option %q is empty or there twice", o.Key)
		}
		seen[o.Key] = true
		if o.Count < 0 || o.Count > q.Answered {
			return workflow.Invalid(at+".count", "out_of_range", "选项人数%d多于答题人数%d", "%d chose it, of %d who answered", o.Count, q.Answered)
		}
		left -= o.Count
		var within int64
		for key, n := range o.Of {
			if !strata[key] || n < 0 || n > o.Count {
				return workflow.Invalid(at+".of", "unknown", "没有分层%q，或人数有误", "there is no stratum %q, or its number is wrong", key)
			}
			within += n
		}
		if len(o.Of) > 0 && within != o.Count {
			return workflow.Invalid(at+".of", "does_not_add_up", "各层合计%d，选项人数%d", "the strata make %d of %d", within, o.Count)
		}
	}
	if q.Kind != Several && len(q.Options) > 0 && left != 0 {
		return workflow.Invalid(where+".options", "does_not_add_up", "各选项合计与答题人数相差%d", "the options and those who answered differ by %d", left)
	}
	return nil
}
