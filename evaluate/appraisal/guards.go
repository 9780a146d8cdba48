package appraisal

import (
	"fmt"
	"strconv"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// Guards returns the guards that definitions of rounds may name. Those with an
// argument are written "name:argument".
//
//	in_time          the last day for cards has not passed
//	all_in           all cards are in, or the last day for them has passed
//	settled          no outcome waits for a fact or a vote
//	appeal_within:N  the outcome was shown at most N days ago
//	shown_for:N      the outcome was shown more than N days ago
//	published_for:N  the outcome was published more than N days ago
//	appeals_decided  every appeal is decided, and scored again if it was granted
//	upheld           some appeal has been and is not scored again yet
//	other_hands      the actor neither scored, nor is scored, nor handed in a card
//	four_eyes        whoever asked for an erasure does not decide on it
func Guards() map[string]workflow.Guard[*Round, Rules] {
	return map[string]workflow.Guard[*Round, Rules]{
		"in_time": inTime, "all_in": allIn, "settled": settled, "appeals_decided": appealsDecided, "upheld": upheld, "other_hands": otherHands,
		"four_eyes": erasure.FourEyes[*Round, Rules],
		"appeal_within": func(act *Act, r *Round) []workflow.Blocker {
			return since(act, r.Shown, func(gone, n int) []workflow.Blocker {
				if gone <= n {
					return nil
				}
				return block("too_late", fmt.Sprintf("申诉期%d日已过", n), fmt.Sprintf("the %d days for appeals have passed", n))
			})
		},
		"shown_for":     func(act *Act, r *Round) []workflow.Blocker { return since(act, r.Shown, lasted) },
		"published_for": func(act *Act, r *Round) []workflow.Blocker { return since(act, r.Published, lasted) },
	}
}

func inTime(act *Act, r *Round) []workflow.Blocker {
	if !act.Today().After(r.Until) {
		return nil
	}
	return block("too_late", fmt.Sprintf("评分已于%s截止", r.Until), fmt.Sprintf("the last day for cards was %s", r.Until))
}

func allIn(act *Act, r *Round) []workflow.Blocker {
	if act.Today().After(r.Until) {
		return nil
	}
	missing, err := r.Missing()
	if err != nil || len(missing) > 0 {
		return block("sealed", fmt.Sprintf("尚有%d份评分未交，%s前不得开封", len(missing), r.Until),
			fmt.Sprintf("%d cards are not in, and the last day for them, %s, has not passed", len(missing), r.Until))
	}
	return nil
}

func settled(_ *Act, r *Round) []workflow.Blocker {
	last := r.Last()
	if last == nil {
		return block("not_scored", "尚未计分", "it has not been scored")
	}
	var blockers []workflow.Blocker
	for _, o := range last.Outcomes {
		if o.Status == evaluate.Undefined || o.Status == evaluate.Provisional {
			blockers = append(blockers, workflow.Block("not_final", o.Subject+"的得分尚未确定", "the outcome of "+o.Subject+" is not final"))
		}
	}
	return blockers
}

func appealsDecided(_ *Act, r *Round) []workflow.Blocker {
	var blockers []workflow.Blocker
	for _, a := range r.Appeals {
		switch {
		case a.Decided.IsZero():
			blockers = append(blockers, workflow.Block("appeal_open", "申诉"+a.ID+"尚未复核", "the appeal "+a.ID+" has not been decided"))
		case a.waits():
			blockers = append(blockers, workflow.Block("not_rescored", "申诉"+a.ID+"成立，尚未重新计分", "the appeal "+a.ID+" was upheld and not scored again"))
		}
	}
	return blockers
}

func upheld(_ *Act, r *Round) []workflow.Blocker {
	for _, a := range r.Appeals {
		if a.waits() {
			return nil
		}
	}
	return block("no_appeal", "没有待重新计分的申诉", "no appeal asks for another scoring")
}

func otherHands(act *Act, r *Round) []workflow.Blocker {
	var blockers []workflow.Blocker
	if r.subjectOf(act.Actor) >= 0 {
		blockers = append(blockers, workflow.Block("own_case", "被考评对象不得复核申诉", "who is scored does not decide appeals"))
	}
	if r.evaluatorOf(act.Actor) >= 0 {
		blockers = append(blockers, workflow.Block("evaluator", "评分人不得复核申诉", "evaluators do not decide appeals"))
	}
	for _, s := range r.Scorings {
		if s.By == act.Actor.ID {
			return append(blockers, workflow.Block("scorer", "计分人不得复核申诉", "who scored does not decide appeals"))
		}
	}
	return blockers
}

// since asks f about the days gone since day and the guard's argument.
func since(act *Act, day calendar.Date, f func(gone, n int) []workflow.Blocker) []workflow.Blocker {
	n, err := strconv.Atoi(act.Argument)
	if err != nil || n < 0 {
		return block("guard_argument", "流程定义有误：天数", fmt.Sprintf("the definition asks for %q days", act.Argument))
	}
	if day.IsZero() {
		return block("not_yet", "尚未开始计时", "it has not begun")
	}
	return f(act.Today().Sub(day), n)
}

func lasted(gone, n int) []workflow.Blocker {
	if gone > n {
		return nil
	}
	return block("too_early", fmt.Sprintf("须满%d日，现为第%d日", n, gone), fmt.Sprintf("%d days must pass; this is day %d", n, gone))
}

func days(argument string) error {
	if n, err := strconv.Atoi(argument); err != nil || n < 0 || n > 366 {
		return workflow.Invalid("days", "unusable", "天数%q有误：应为0至366", "%q are no days: 0 to 366", argument)
	}
	return nil
}

func block(code, zh, en string) []workflow.Blocker {
	return []workflow.Blocker{workflow.Block(code, zh, en)}
}
