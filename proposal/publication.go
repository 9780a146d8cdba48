package proposal

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Publication (公开) is decided apart from everything else.
type Publication struct {
	Title  string    `json:"title,omitempty"`  // as published
	Text   string    `json:"text,omitempty"`   // as published: without contact data and secrets
	Reason string    `json:"reason,omitempty"` // why it is not
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// Publish decides that the proposal is published, in these words. The guard
// "redacted" looks for contact data in them: what [text.Redact] has been over
// passes. Names, addresses and secrets are for whoever decides to take out.
type Publish struct {
	Title string `json:"title" zh:"公开题目" en:"title as published" field:"required,max=200"`
	Text  string `json:"text" zh:"公开文本" en:"text as published" field:"text"`
}

// Event is "publish".
func (Publish) Event() string { return "publish" }

func (a Publish) words() (title, text string) { return a.Title, a.Text }

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

// redacted finds contact data in what is to be published.
func redacted(act *Act, _ *Proposal) []workflow.Blocker {
	if act.Action == nil {
		return nil // it is only asked what may be done
	}
	publish, ok := act.Action.(interface{ words() (title, text string) }) // a Publish, a pointer to one or what embeds it
	if !ok {
		return block("unknown_action", "无法检查这一操作的公开内容", fmt.Sprintf("what %T would publish cannot be looked into", act.Action))
	}
	var blockers []workflow.Blocker
	look := func(where, whereZH, s string, most int) {
		if text.Text(s, most) != nil {
			return // refused for what it is
		}
		for _, c := range text.FindContacts(s) {
			zh, en := c.Kind.Words()
			blockers = append(blockers, workflow.Block("contact_data",
				fmt.Sprintf("%s第%d字节起有%s", whereZH, c.Start, zh), fmt.Sprintf("%s holds %s at byte %d", where, en, c.Start)))
		}
	}
	title, body := publish.words()
	look("title", "题目", title, MaxTitle)
	look("text", "正文", body, MaxText)
	return blockers
}
