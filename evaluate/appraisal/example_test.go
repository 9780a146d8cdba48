package appraisal_test

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A round with one unit: an evaluator hands in a card, the office supplies a fact with
// the cases behind it, closes, scores and shows. The outcome has every point with its
// reason.
func Example() {
	ctx := context.Background()
	now := time.Date(2025, time.January, 6, 1, 0, 0, 0, time.UTC)
	svc, err := appraisal.New(memory.New(), workflow.WithNow(func() time.Time { return now }))
	if err != nil {
		fmt.Println(err)
		return
	}
	day := func(year int, month time.Month, day int) calendar.Date {
		d, _ := calendar.NewDate(year, month, day)
		return d
	}
	staff := workflow.Actor{ID: "o-01", Body: "county", Roles: []string{"office"}}
	member := workflow.Actor{ID: "m-017", Body: "county"}
	r, err := svc.Announce(ctx, staff, appraisal.Announce{
		Title: "2024年度办理质量考评", From: day(2024, 1, 1), To: day(2024, 12, 31), Until: day(2025, 1, 20),
		Rubric: json.RawMessage(`{"name": "handling", "version": 1, "title": {"zh": "办理质量考评"}, "full": 100,
			"groups": [{"key": "members", "label": {"zh": "委员"}, "kind": "member"}],
			"criteria": [
				{"key": "contact", "label": {"zh": "面商率"}, "points": 40, "fact": "contact", "rule": {"shortfall": {"target": 100, "per_point": 1}}},
				{"key": "quality", "label": {"zh": "办理质量"}, "points": 60, "groups": ["members"]}]}`),
		Subjects:   []appraisal.Subject{{Key: "market", Unit: true, Name: "市场监管局"}},
		Evaluators: []appraisal.Evaluator{{Key: "m-017", Group: "members"}},
	})
	for _, step := range []struct {
		by workflow.Actor
		do workflow.Action[*appraisal.Round, appraisal.Rules]
	}{
		{member, appraisal.HandIn{Subject: "market", Marks: mark(54)}},
		{staff, appraisal.Supply{Subject: "market", Facts: contact(95, "p-7")}},
		{staff, appraisal.Close{}},
		{staff, appraisal.Score{}},
		{staff, appraisal.Show{}},
	} {
		if err == nil {
			r, err = svc.Do(ctx, step.by, r.ID, step.do)
		}
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	outcome := r.Last().Outcomes[0]
	fmt.Println(r.State, outcome.Total)
	for _, line := range outcome.Ledger {
		fmt.Println(line.Criterion, line.Points, line.Note)
	}
	// Output:
	// shown 89
	// contact 35 95/100 is 5 short of 100 %: 40 - 5 × 1
	// quality 54 mean of 1 marks: 54
}
