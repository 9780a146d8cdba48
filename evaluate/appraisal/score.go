package appraisal

import (
	"fmt"

	"github.com/tian-go/tian/proposal/workflow"
)

// Score (计分) scores every subject by the round's own sheet and gives out ranks
// and honours.
type Score struct {
	Lots map[string]int64 `json:"lots,omitempty" zh:"抽签结果" en:"lots"` // by subject, where the tie rule asks for them
}

// Event is "score".
func (Score) Event() string { return "score" }

// Apply adds the scoring.
func (s Score) Apply(act *Act, r *Round) error { return r.score(act, s.Lots, nil) }

// Rescore (重新计分) scores again after an appeal was upheld. The scoring before is
// kept.
type Rescore struct {
	Lots map[string]int64 `json:"lots,omitempty" zh:"抽签结果" en:"lots"`
}

// Event is "rescore".
func (Rescore) Event() string { return "rescore" }

// Apply adds the scoring, with the appeals that asked for it.
func (s Rescore) Apply(act *Act, r *Round) error {
	var appeals []string
	for i := range r.Appeals {
		if a := &r.Appeals[i]; a.waits() {
			appeals, a.Applied = append(appeals, a.ID), true
		}
	}
	return r.score(act, s.Lots, appeals)
}

func (r *Round) score(act *Act, lots map[string]int64, appeals []string) error {
	sheet, err := r.Sheet()
	if err != nil {
		return err
	}
	scoring := Scoring{By: act.Actor.ID, On: act.Today(), Appeals: appeals, Facts: len(r.Facts)}
	for i, s := range r.Subjects {
		o, err := sheet.Score(r.CardOf(i))
		if err != nil {
			return workflow.Invalid("subjects", "unusable", "%[1]s无法计分：%[2]v", "%[1]s cannot be scored: %[2]v", s.Name, err)
		}
		scoring.Outcomes = append(scoring.Outcomes, o)
	}
	ranking := r.Ranking
	if len(lots) > 0 {
		ranking.Lots = make(map[string]int64, len(lots))
		for key, lot := range lots {
			ranking.Lots[r.cardID(key)] = lot
		}
	}
	if scoring.Places, err = ranking.Rank(scoring.Outcomes); err != nil {
		return workflow.Invalid("lots", "unusable", "无法排名：%v", "there are no ranks: %v", err)
	}
	r.Scorings = append(r.Scorings, scoring)
	return nil
}

// Resume (退回补充数据) goes back for facts that were missing. The scoring is kept.
type Resume struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "resume".
func (Resume) Event() string { return "resume" }

// Apply changes nothing but the state.
func (s Resume) Apply(*Act, *Round) error { return said("reason", s.Reason) }

// Compare tells where two rounds cannot be compared as they stand, in Chinese and
// English; two empty texts when they can.
func Compare(a, b *Round) (zh, en string) {
	if a.Hash == b.Hash {
		return "", ""
	}
	return fmt.Sprintf("两次考评的评分表不同：%s第%d版与%s第%d版，总分不可直接比较", a.Name, a.Version, b.Name, b.Version),
		fmt.Sprintf("the sheets differ: %s version %d and %s version %d; their totals do not compare", a.Name, a.Version, b.Name, b.Version)
}
