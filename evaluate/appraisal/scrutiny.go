package appraisal

import (
	"fmt"
	"strconv"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/agreement"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/proposal/workflow"
)

// Scrutiny is what a mean hides. It changes no points.
type Scrutiny struct {
	Groups []Panel `json:"groups"`
	// Without tells what moves when one evaluator, or one group, had not voted;
	// those without whom nothing moves are left out.
	Without []evaluate.Omission `json:"without,omitempty"`
}

// Panel is how far the evaluators of a group agree on the subjects.
type Panel struct {
	Group string `json:"group"`
	// Alpha is Krippendorff's, of whole cards as intervals; undefined with a
	// reason where too few subjects were scored by two.
	Alpha    agreement.Value `json:"alpha"`
	Outliers []Outlier       `json:"outliers,omitempty"`
}

// Outlier is an evaluator whose cards lie far off the others'.
type Outlier struct {
	Evaluator string `json:"evaluator"`
	// Deviation is the mean of their cards less the others' on the same subjects,
	// in points: above 0 is generous.
	Deviation agreement.Value `json:"deviation"`
}

// Scrutinise looks at the cards that count. An outlier is whoever deviates from
// the others by more than far points on average. The cards must have been opened.
func (r *Round) Scrutinise(far float64) (Scrutiny, error) {
	if r.Opened.IsZero() {
		return Scrutiny{}, workflow.Invalid("round", WhySealed, "评分尚未开封", "the cards are sealed")
	}
	sheet, err := r.Sheet()
	if err != nil {
		return Scrutiny{}, err
	}
	cards := make([]evaluate.Card, len(r.Subjects))
	for i := range r.Subjects {
		cards[i] = r.CardOf(i)
	}
	var out Scrutiny
	for _, g := range sheet.Rubric().Groups {
		panel, err := r.panel(sheet, cards, g.Key, far)
		if err != nil {
			return Scrutiny{}, err
		}
		out.Groups = append(out.Groups, panel)
	}
	order := r.Ranking
	if order.Ties == "lot" {
		order.Ties, order.Quotas = "", nil // without one voice there are ties for which no lots were drawn
	}
	for _, by := range []string{evaluate.LeaveEvaluator, evaluate.LeaveGroup} {
		left, err := sheet.LeaveOneOut(cards, order, by)
		if err != nil {
			return Scrutiny{}, fmt.Errorf("appraisal: %w", err)
		}
		for _, o := range left {
			if len(o.Changes) > 0 {
				out.Without = append(out.Without, o)
			}
		}
	}
	return out, nil
}

// WhySealed is the code of what cannot be told before the cards are opened.
const WhySealed = "sealed"

func (r *Round) panel(sheet *evaluate.Sheet, cards []evaluate.Card, group string, far float64) (Panel, error) {
	raters := map[string]int{}
	var names []string
	for _, e := range r.Evaluators {
		if e.Group == group {
			raters[e.Key] = len(names)
			names = append(names, e.Key)
		}
	}
	ratings, err := agreement.NewRatings(len(names), len(cards))
	if err != nil {
		return Panel{}, err
	}
	for i, card := range cards {
		totals, err := sheet.BallotTotals(card, group)
		if err != nil {
			return Panel{}, err
		}
		for _, t := range totals {
			if t.Missing > 0 {
				continue // not to be compared with a complete card
			}
			if err := ratings.Put(raters[t.Evaluator], i, decimal(t.Points)); err != nil {
				return Panel{}, err
			}
		}
	}
	panel := Panel{Group: group}
	if panel.Alpha, err = agreement.KrippendorffAlpha(ratings, agreement.Interval); err != nil {
		return Panel{}, err
	}
	for _, row := range agreement.RaterTable(ratings) {
		if d, ok := row.MeanDeviation.Float(); ok && (d > far || -d > far) {
			panel.Outliers = append(panel.Outliers, Outlier{names[row.Rater], row.MeanDeviation})
		}
	}
	return panel, nil
}

// decimal is points for a statistic, which is real by nature.
func decimal(p points.Points) float64 {
	f, err := strconv.ParseFloat(p.String(), 64)
	if err != nil {
		return 0 // points are written as decimals
	}
	return f
}
