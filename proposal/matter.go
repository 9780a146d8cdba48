package proposal

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/workflow"
)

// Matter (办理事项) is one of several things in a unit's part that are answered each
// by itself: one city divided 236 proposals into 880.
type Matter struct {
	What string `json:"what"`
}

// Divide says which matters a unit's part holds (分解事项); a reply then answers
// every one. Divided anew, the new matters count from the next reply on.
type Divide struct {
	Unit    string   `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"` // "": the actor's own
	Matters []string `json:"matters" zh:"办理事项" en:"matters" field:"text,required"`
}

// Event is "divide".
func (Divide) Event() string { return "divide" }

// Instance is the unit.
func (a Divide) Instance(actor Actor) string { return ownUnit(a.Unit, actor) }

// Apply keeps the matters.
func (a Divide) Apply(act *Act, p *Proposal) error {
	switch {
	case len(a.Matters) == 0:
		return workflow.Invalid("matters", "empty", "没有列出办理事项", "no matter is named")
	case len(a.Matters) > MaxList:
		return workflow.Invalid("matters", "too_many", "%d项，超过%d项", "%d matters, more than %d", len(a.Matters), MaxList)
	}
	part, err := p.part("unit", act.Instance)
	if err != nil {
		return err
	}
	part.Matters = make([]Matter, len(a.Matters))
	for i, what := range a.Matters {
		if err := needText(fmt.Sprintf("matters[%d]", i), what, "没有写明办理事项", "it is not said what the matter is"); err != nil {
			return err
		}
		part.Matters[i] = Matter{What: what}
	}
	return nil
}

// MatterAnswer is what a reply says on one matter.
type MatterAnswer struct {
	Matter int    `json:"matter" zh:"事项序号" en:"matter" field:"required"` // of the part, from 1
	Text   string `json:"text" zh:"答复内容" en:"text" field:"text,required"`
	Class  string `json:"class,omitempty" zh:"答复类别" en:"class" field:"from=classes"` // in the scheme of the reply
}

// answerMatters keeps what a draft says on each matter: all of them, once.
func (p *Part) answerMatters(act *Act, answer *Answer, said []MatterAnswer) error {
	classes := act.Rules.Classes.Latest()
	answered := make(map[int]bool, len(said))
	for i, m := range said {
		field := fmt.Sprintf("matters[%d]", i)
		switch {
		case m.Matter < 1 || m.Matter > len(p.Matters):
			return workflow.Invalid(field+".matter", "unknown", "没有第%d项办理事项", "there is no matter %d", m.Matter)
		case answered[m.Matter]:
			return workflow.Invalid(field+".matter", "duplicate", "第%d项答复了两次", "matter %d is answered twice", m.Matter)
		}
		answered[m.Matter] = true
		if err := needText(field+".text", m.Text, "没有答复内容", "nothing is said on it"); err != nil {
			return err
		}
		if m.Class == "" {
			continue
		}
		if _, err := classes.use(field+".class", m.Class); err != nil {
			return err
		}
		answer.Scheme = classes.ID()
	}
	for i := range p.Matters {
		if !answered[i+1] {
			return workflow.Invalid("matters", "unanswered", "第%d项办理事项没有答复", "matter %d is not answered", i+1)
		}
	}
	answer.Matters = slices.Clone(said)
	return nil
}

// Matters returns how many things units answer: those that each part was divided
// into, one for a part that was not. Units that do not answer the proposer
// themselves are left out.
func (p *Proposal) Matters() int {
	n := 0
	p.required(func(part Part, _ string) bool {
		n += max(1, len(part.Matters))
		return true
	})
	return n
}
