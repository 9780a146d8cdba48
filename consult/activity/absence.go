package activity

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// Absence (缺席) is why one who was invited did not come.
type Absence struct {
	ID     string `json:"id" zh:"参加人员" en:"participant" field:"id,required"`
	Reason string `json:"reason" zh:"缺席原因" en:"why" field:"text,required"`
	Leave  bool   `json:"leave,omitempty" zh:"已请假" en:"had asked leave"`
}

// absent notes why some of those invited did not come.
func (a *Activity) absent(list []Absence) error {
	for i, x := range list {
		at := check.At("absent", i)
		p := a.Participant(x.ID)
		if p == nil || p.Attended {
			return workflow.Invalid(at+".id", "unknown", "%q未受邀请或已到场", "%q was not invited, or was there", x.ID)
		}
		if err := check.Said(at+".reason", x.Reason); err != nil {
			return err
		}
		p.Absent, p.Leave = x.Reason, x.Leave
	}
	return nil
}

// substitutes refuses one who stands in (代会) for nobody who was invited and stayed
// away, and two for one.
func (a *Activity) substitutes() error {
	stood := make(map[string]bool)
	for _, p := range a.Participants {
		if p.For == "" {
			continue
		}
		whom := a.Participant(p.For)
		if whom == nil || whom.Attended || whom.For != "" || stood[p.For] {
			return workflow.Invalid("joined", "stands_in_for_nobody", "%q代%q参加，后者未受邀请、已到场或已有人代会", "%q stands in for %q, who was not invited, came, or has a substitute", p.ID, p.For)
		}
		stood[p.For] = true
	}
	return nil
}

// quorum asks that more than a share of those invited came; one who has a substitute
// did.
func quorum(act *rules.Act, a *Activity) []workflow.Blocker {
	share, ok := check.ShareOf(act.Argument)
	if !ok {
		return block("guard_argument", "流程定义有误：到会比例", fmt.Sprintf("%q is no share", act.Argument))
	}
	hold, holding := actionOf[Hold](act)
	if !holding {
		return nil // nobody has come yet
	}
	invited, came := 0, 0
	for _, p := range a.Participants {
		invited++
		if slices.Contains(hold.Attended, p.ID) || slices.ContainsFunc(hold.Joined, func(j Participant) bool { return j.For == p.ID }) {
			came++
		}
	}
	if share.Exceeded(came, invited) {
		return nil
	}
	return block("no_quorum", fmt.Sprintf("应到%d人，实到%d人，未超过%s", invited, came, act.Argument),
		fmt.Sprintf("%d of %d invited came, not more than %s", came, invited, act.Argument))
}
