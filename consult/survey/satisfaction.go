package survey

import (
	"maps"
	"slices"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Satisfaction (满意度) is one poll, of those who took part in an activity or of the
// residents about one item: how many were asked, and how many gave each answer of the
// body's scale.
type Satisfaction struct {
	On      calendar.Date    `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Asked   int64            `json:"asked" zh:"受访人数" en:"asked" field:"required"`
	Answers map[string]int64 `json:"answers" zh:"各档人数" en:"answers" field:"required"`
	Scale   []rules.Mark     `json:"scale,omitempty" field:"-"` // as it was when the poll was taken
}

// Rate is the share of those who answered that were satisfied, on the scale on which
// they were asked: 满意 and 基本满意 over the forms returned.
func (s Satisfaction) Rate() rates.Rate {
	rate := rates.Rate{Of: "returned", Rule: "satisfied_or_basically"}
	for _, n := range s.Answers {
		rate.Base += n
	}
	for _, m := range s.Scale {
		if m.Satisfied {
			rate.Count += s.Answers[m.Key]
		}
	}
	return rate
}

// Taken returns the poll as it is kept, with its day and the scale it was taken on. It
// refuses answers that are not on the scale, more of them than were asked, and a poll
// that is among those there already.
func (s Satisfaction) Taken(on calendar.Date, scale []rules.Mark, there []Satisfaction) (Satisfaction, error) {
	kept := Satisfaction{On: on, Asked: s.Asked, Answers: make(map[string]int64, len(s.Answers)), Scale: slices.Clone(scale)}
	left := s.Asked
	for _, key := range slices.Sorted(maps.Keys(s.Answers)) {
		n := s.Answers[key]
		if !slices.ContainsFunc(scale, func(m rules.Mark) bool { return m.Key == key }) {
			return kept, workflow.Invalid("answers."+key, "unknown", "量表没有%q", "the scale has no %q", key)
		}
		if n < 0 {
			return kept, workflow.Invalid("answers."+key, "out_of_range", "%d小于零", "%d is below zero", n)
		}
		if left -= n; left < 0 {
			return kept, workflow.Invalid("answers", "out_of_range", "答复人数多于受访的%d人", "more answered than the %d who were asked", s.Asked)
		}
		kept.Answers[key] = n
	}
	if slices.ContainsFunc(there, func(t Satisfaction) bool {
		return t.On == kept.On && t.Asked == kept.Asked && maps.Equal(t.Answers, kept.Answers)
	}) {
		return kept, workflow.Invalid("answers", "duplicate", "%s的这次测评已登记", "this poll of %s is there already", kept.On)
	}
	return kept, nil
}
