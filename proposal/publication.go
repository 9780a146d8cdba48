package proposal

import "time"

// Publication (公开) is decided apart from everything else.
type Publication struct {
	Title  string    `json:"title,omitempty"`  // as published
	Text   string    `json:"text,omitempty"`   // as published: without contact data and secrets
	Reason string    `json:"reason,omitempty"` // why it is not
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// Publish decides that the proposal is published, in these words: whoever
// decides has taken contact data and secrets out.
type Publish struct {
	Title string `json:"title" zh:"公开题目" en:"title as published" field:"required,max=200"`
	Text  string `json:"text" zh:"公开文本" en:"text as published" field:"text"`
}

// Event is "publish".
func (Publish) Event() string { return "publish" }

// Apply keeps what is published.
func (a Publish) Apply(act *Act, p *Proposal) error {
	if err := checkTitle(a.Title); err != nil {
		return err
	}
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	p.Publication = &Publication{Title: a.Title, Text: a.Text, At: act.At, By: act.Actor.ID}
	return nil
}

// Withhold decides that the proposal is not published, and why.
type Withhold struct {
	Reason string `json:"reason" zh:"不公开的原因" en:"reason" field:"text,required"`
}

// Event is "withhold".
func (Withhold) Event() string { return "withhold" }

// Apply keeps the reason.
func (a Withhold) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "没有写明不公开的原因", "it is not said why the proposal is not published"); err != nil {
		return err
	}
	p.Publication = &Publication{Reason: a.Reason, At: act.At, By: act.Actor.ID}
	return nil
}
