package proposal

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Evaluation (评价) is what an evaluator found, a third party for instance, in a
// word or in marks on a sheet of package evaluate. Where both sides judge each
// other (双向评议) it is of the proposal's quality or of the handling.
type Evaluation struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Role  string    `json:"role"` // in what role: evaluator, committee, proposer, unit
	Text  string    `json:"text,omitempty"`
	Score string    `json:"score,omitempty"` // as decided elsewhere, with its scale

	Of    Appraised                `json:"of,omitempty"`
	Unit  string                   `json:"unit,omitempty"`  // whose handling it is of, or for which unit the quality was judged
	Group string                   `json:"group,omitempty"` // of the sheet
	Marks map[string]evaluate.Mark `json:"marks,omitempty"` // by criterion
}

// Appraised (评议内容) is which side of a proposal is judged.
type Appraised string

// The two sides.
const (
	OfQuality  Appraised = "quality"  // 提案质量, judged by units
	OfHandling Appraised = "handling" // 办理质量, judged by proposers
)

// Values returns both sides, with their labels.
func (Appraised) Values() []form.Value {
	return []form.Value{
		{Key: string(OfQuality), Label: label("提案质量", "the proposal's quality")},
		{Key: string(OfHandling), Label: label("办理质量", "how it was handled")},
	}
}

// Evaluate records an evaluation.
type Evaluate struct {
	Text  string `json:"text,omitempty" zh:"评价" en:"text" field:"text"` // required where there are no marks
	Score string `json:"score,omitempty" zh:"得分" en:"score"`

	Of    Appraised                `json:"of,omitempty" zh:"评议内容" en:"what is judged"`
	Unit  string                   `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"`         // "": the actor's own, if it has a part
	Group string                   `json:"group,omitempty" zh:"测评主体" en:"group of the sheet"`   // "": the actor's role
	Marks map[string]evaluate.Mark `json:"marks,omitempty" zh:"评分" en:"marks" field:"required"` // with Of only
}

// Event is "evaluate".
func (Evaluate) Event() string { return "evaluate" }

// Apply adds it. Nobody judges their own side.
func (a Evaluate) Apply(act *Act, p *Proposal) error {
	if len(a.Marks) == 0 {
		if err := needText("text", a.Text, "评价须有内容", "an evaluation says something"); err != nil {
			return err
		}
	}
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	if err := checkLines("score", a.Score, "group", a.Group, "of", string(a.Of)); err != nil {
		return err
	}
	e := Evaluation{At: act.At, By: act.Actor.ID, Role: act.Role, Text: a.Text, Score: a.Score, Of: a.Of, Group: a.Group, Marks: maps.Clone(a.Marks)}
	if err := e.side(act, p, a.Unit); err != nil {
		return err
	}
	p.Evaluations = append(p.Evaluations, e)
	return nil
}

// side settles which side is judged, and whose.
func (e *Evaluation) side(act *Act, p *Proposal, unit string) error {
	own := p.Part(act.Actor.Unit)
	if unit == "" && own != nil {
		unit = own.Unit
	}
	if unit != "" {
		part, err := p.part("unit", unit)
		if err != nil {
			return err
		}
		e.Unit = part.Unit
	}
	if e.Group == "" {
		e.Group = act.Role
	}
	if len(e.Marks) > MaxList {
		return workflow.Invalid("marks", "too_many", "%d项，超过%d项", "%d marks, more than %d", len(e.Marks), MaxList)
	}
	for _, key := range slices.Sorted(maps.Keys(e.Marks)) {
		if err := checkID(fmt.Sprintf("marks.%s", key), key); err != nil {
			return err
		}
	}
	switch {
	case e.Of == "" && len(e.Marks) > 0:
		return workflow.Invalid("of", "empty", "评分须写明评议内容", "marks are of the proposal's quality or of its handling")
	case e.Of == "":
		e.Group = ""
	case e.Of == OfHandling && own != nil:
		return workflow.Invalid("of", "own_side", "承办单位不评议自己的办理", "a unit does not judge its own handling")
	case e.Of == OfQuality && p.Proposer.is(act.Actor):
		return workflow.Invalid("of", "own_side", "提案者不评议自己的提案", "a proposer does not judge their own proposal")
	case e.Of != OfHandling && e.Of != OfQuality:
		return workflow.Invalid("of", "unknown", "评议内容%q既不是 quality 也不是 handling", "%q is neither quality nor handling", e.Of)
	}
	return nil
}

// Mutual returns what has been said both ways (双向评议) between the proposers and
// one unit, as package evaluate scores it: the ballots on the quality that were
// cast for the unit, and those on the unit's handling. A side is decided once
// somebody has cast one; of two ballots of one evaluator the later counts.
func (p *Proposal) Mutual(unit string) evaluate.MutualCard {
	if part := p.Part(unit); part != nil {
		unit = part.Unit
	}
	card := func(of Appraised, subject string) evaluate.Card {
		c := evaluate.Card{ID: p.ID + "/" + string(of), Subject: subject}
		for i, e := range p.Evaluations {
			if e.Of == of && text.Narrow(e.Unit) == text.Narrow(unit) && len(e.Marks) > 0 {
				c.Ballots = append(c.Ballots, evaluate.Ballot{
					ID: fmt.Sprintf("e%d", i+1), Group: e.Group, Evaluator: e.By, Revision: i + 1, Marks: maps.Clone(e.Marks),
				})
			}
		}
		c.Decided = len(c.Ballots) > 0
		return c
	}
	return evaluate.MutualCard{Quality: card(OfQuality, p.ID), Handling: card(OfHandling, unit)}
}
