package appraisal

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/workflow"
)

// File (申诉) appeals against the outcome of the unit that the actor acts for.
type File struct {
	Ground string   `json:"ground" zh:"申诉理由类别" en:"ground" field:"required,from=grounds"`
	Reason string   `json:"reason" zh:"申诉理由" en:"reason" field:"text,required"`
	Papers []string `json:"papers,omitempty" zh:"证明材料" en:"papers"`
}

// Event is "appeal".
func (File) Event() string { return "appeal" }

// Apply adds the appeal.
func (f File) Apply(act *Act, r *Round) error {
	i := r.subjectOf(act.Actor)
	if i < 0 {
		return workflow.Invalid("subject", "unknown", "不是被考评对象", "not scored in this round")
	}
	if err := act.Rules.use("ground", "grounds", f.Ground); err != nil {
		return err
	}
	if err := said("reason", f.Reason); err != nil {
		return err
	}
	for k, p := range f.Papers {
		if err := name(at("papers", k), p); err != nil {
			return err
		}
	}
	if err := entries("appeals", len(r.Appeals)+1, maxList); err != nil {
		return err
	}
	r.Appeals = append(r.Appeals, Appeal{
		ID: fmt.Sprintf("a%d", len(r.Appeals)+1), Subject: r.Subjects[i].Key, By: act.Actor.ID, On: act.Today(),
		Ground: f.Ground, Reason: f.Reason, Papers: slices.Clone(f.Papers),
	})
	return nil
}

// Decide (复核) decides an appeal. One that is upheld says what was wrong: facts
// that are corrected, cards that no longer count.
type Decide struct {
	Appeal string   `json:"appeal" zh:"申诉" en:"appeal" field:"id,required"`
	Upheld bool     `json:"upheld" zh:"是否成立" en:"upheld"`
	Answer string   `json:"answer" zh:"复核意见" en:"answer" field:"text,required"`
	Facts  []Drawn  `json:"facts,omitempty" zh:"更正的数据" en:"facts corrected"`
	Struck []string `json:"struck,omitempty" zh:"作废的评分" en:"cards that no longer count"` // IDs of ballots
}

// Event is "decide".
func (Decide) Event() string { return "decide" }

// Apply decides it. The points change by a second scoring only.
func (d Decide) Apply(act *Act, r *Round) error {
	i := slices.IndexFunc(r.Appeals, func(a Appeal) bool { return a.ID == d.Appeal })
	if i < 0 {
		return workflow.Invalid("appeal", "unknown", "没有申诉%q", "there is no appeal %q", d.Appeal)
	}
	a := &r.Appeals[i]
	if !a.Decided.IsZero() {
		return workflow.Invalid("appeal", "decided", "申诉%q已复核", "the appeal %q has been decided", d.Appeal)
	}
	if err := said("answer", d.Answer); err != nil {
		return err
	}
	corrected := len(d.Facts)+len(d.Struck) > 0
	if corrected != d.Upheld {
		return workflow.Invalid("upheld", "unclear", "申诉成立须写明更正的数据或作废的评分，不成立则无更正",
			"an appeal that is upheld says which facts are corrected or which cards do not count; another corrects nothing")
	}
	for k, ballot := range d.Struck {
		j := slices.IndexFunc(r.Cards, func(c Card) bool { return c.Ballot.ID == ballot && c.Subject == a.Subject && c.counts() })
		if j < 0 {
			return workflow.Invalid(at("struck", k), "unknown", "没有对该对象的有效评分%q", "no card %q counts for who appealed", ballot)
		}
		r.Cards[j].Struck = a.ID
	}
	a.Decided, a.Decider, a.Upheld, a.Answer = act.Today(), act.Actor.ID, d.Upheld, d.Answer
	if len(d.Facts) == 0 {
		return nil
	}
	return r.supply(act, a.Subject, a.ID, d.Facts)
}

// waits reports whether an appeal was upheld and has not been scored again.
func (a Appeal) waits() bool { return a.Upheld && !a.Applied }
