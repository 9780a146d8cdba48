package proposal

import (
	"time"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Answer (答复) is a unit's reply, or a co-unit's opinion to the lead.
type Answer struct {
	Document    string    `json:"document,omitempty"`    // 文号
	Signer      string    `json:"signer,omitempty"`      // 签发人
	Responsible string    `json:"responsible,omitempty"` // 承办人
	Contact     string    `json:"contact,omitempty"`     // how the proposer was contacted: meeting, phone, letter …
	Text        string    `json:"text,omitempty"`
	Class       string    `json:"class,omitempty"`  // a key of the body's answer classes
	Scheme      string    `json:"scheme,omitempty"` // of Class
	Promises    []Promise `json:"promises,omitempty"`

	Matters []MatterAnswer `json:"matters,omitempty"` // where the part was divided

	Drafted  time.Time `json:"drafted"`
	By       string    `json:"by"`
	Issued   time.Time `json:"issued,omitzero"` // when it went out
	Issuer   string    `json:"issuer,omitempty"`
	Returned string    `json:"returned,omitempty"` // why it was sent back to be drafted again
	Recalled time.Time `json:"recalled,omitzero"`  // when the unit took the draft back
	Raised   []Raise   `json:"raised,omitempty"`
}

// Raise is a later change of an answer's class (回头看).
type Raise struct {
	From   string    `json:"from"`
	To     string    `json:"to"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// Reply drafts the reply of the actor's own unit. It goes out by [IssueReply],
// done by someone else (内部审核).
type Reply struct {
	Document    string        `json:"document,omitempty" zh:"文号" en:"document number"`
	Signer      string        `json:"signer,omitempty" zh:"签发人" en:"signer"`
	Responsible string        `json:"responsible,omitempty" zh:"承办人" en:"responsible person"`
	Contact     string        `json:"contact,omitempty" zh:"沟通方式" en:"contact"`
	Text        string        `json:"text,omitempty" zh:"答复内容" en:"text" field:"text"`
	Promises    []Undertaking `json:"promises,omitempty" zh:"承诺事项" en:"promises"`
	Class       string        `json:"class,omitempty" zh:"答复类别" en:"class" field:"from=classes"` // a key of the body's answer classes; "": none is given

	Matters []MatterAnswer `json:"matters,omitempty" zh:"分项答复" en:"answers by matter"` // of a part that was divided: all of them
}

// Event is "reply".
func (Reply) Event() string { return "reply" }

func (a Reply) letter() Answer {
	return Answer{
		Document: text.Document(a.Document), Signer: a.Signer, Responsible: a.Responsible, Contact: a.Contact,
		Text: a.Text, Class: a.Class, Matters: a.Matters,
	}
}

// Apply keeps the draft.
func (a Reply) Apply(act *Act, p *Proposal) error {
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	if err := checkLines("document", a.Document, "signer", a.Signer, "responsible", a.Responsible, "contact", a.Contact); err != nil {
		return err
	}
	part, err := p.part("unit", act.Instance)
	if err != nil {
		return err
	}
	if part.Role == With {
		return workflow.Invalid("unit", "mode", "%q与主办单位合办，会签其答复，不另行答复", "%q answers with the lead, and countersigns its answer", part.Unit)
	}
	answer := a.letter()
	answer.Matters, answer.Drafted, answer.By = nil, act.At, act.Actor.ID
	if a.Class != "" {
		classes := act.Rules.Classes.Latest()
		if _, err := classes.use("class", a.Class); err != nil {
			return err
		}
		answer.Scheme = classes.ID()
	}
	if err := part.answerMatters(act, &answer, a.Matters); err != nil {
		return err
	}
	if err := part.undertake(act, &answer, a.Promises); err != nil {
		return err
	}
	part.Replies = append(part.Replies, answer)
	return nil
}

// IssueReply checks a unit's reply and sends it out (签发).
type IssueReply struct {
	Unit string `json:"unit" zh:"单位" en:"unit" field:"id,required"`
}

// Event is "issue_reply".
func (IssueReply) Event() string { return "issue_reply" }

// Instance is the unit.
func (a IssueReply) Instance(Actor) string { return a.Unit }

// Apply dates it.
func (a IssueReply) Apply(act *Act, p *Proposal) error {
	answer, err := p.draftOf(a.Unit)
	if err != nil {
		return err
	}
	answer.Issued, answer.Issuer = act.At, act.Actor.ID
	answer.begin(act)
	p.answerTogether(act, a.Unit)
	if p.TrackMeans(hearingTrack, "") == unheard {
		act.Then("ask_again", "")
	}
	return nil
}

// ReturnReply sends a unit's draft back to be written again.
type ReturnReply struct {
	Unit   string `json:"unit" zh:"单位" en:"unit" field:"id,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "return_reply".
func (ReturnReply) Event() string { return "return_reply" }

// Instance is the unit.
func (a ReturnReply) Instance(Actor) string { return a.Unit }

// Apply keeps the reason.
func (a ReturnReply) Apply(_ *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "没有写明退回的原因", "it is not said why the reply is sent back"); err != nil {
		return err
	}
	answer, err := p.draftOf(a.Unit)
	if err != nil {
		return err
	}
	answer.Returned = a.Reason
	return nil
}

// draftOf returns the reply that a unit has drafted and that is still to be
// decided on.
func (p *Proposal) draftOf(unit string) (*Answer, error) {
	part, err := p.part("unit", unit)
	if err != nil {
		return nil, err
	}
	if answer := part.Reply(); answer != nil && answer.Issued.IsZero() && answer.Returned == "" && answer.Recalled.IsZero() {
		return answer, nil
	}
	return nil, workflow.Invalid("unit", "no_draft", "%q没有待审核的答复稿", "%q has no draft of a reply to decide on", unit)
}
