package proposal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Publication (公开) is decided apart from everything else, and apart for the
// proposal and for the reply of each unit.
type Publication struct {
	Title  string    `json:"title,omitempty"`  // as published; of a proposal only
	Text   string    `json:"text,omitempty"`   // as published: without contact data and secrets
	Reply  int       `json:"reply,omitempty"`  // which of the unit's replies it is of, from 1; of a reply only
	Reason string    `json:"reason,omitempty"` // why it is not
	At     time.Time `json:"at"`
	By     string    `json:"by"`
}

// released reports whether something has been released to the public.
func (p *Publication) released() bool { return p != nil && (p.Title != "" || p.Text != "") }

// open reports whether anybody may read what was published: not once words of it
// have been marked, until it has been decided on anew.
func (p *Proposal) open(published *Publication) bool {
	return published.released() && len(p.marked(published.Title)) == 0 && len(p.marked(published.Text)) == 0
}

// published reports whether anybody may read anything of the proposal.
func (p *Proposal) published() bool {
	return p.open(p.Publication) || slices.ContainsFunc(p.Parts, func(part Part) bool { return p.open(part.Publication) })
}

// Notice (公开内容) is what an anonymous reader sees of a proposal: the words that
// were decided to be published, and nothing else. What holds words that were marked
// afterwards is not among them until somebody decides on it anew.
type Notice struct {
	Title   string        `json:"title,omitempty"`
	Text    string        `json:"text,omitempty"`
	At      time.Time     `json:"at,omitzero"` // when that was published; zero: only replies were
	Replies []NoticeReply `json:"replies,omitempty"`
	Honours []Honour      `json:"honours,omitempty"` // once something is published
}

// NoticeReply is a reply as it was published.
type NoticeReply struct {
	Unit string    `json:"unit"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Notice returns what an anonymous reader sees, and false when that is nothing.
// The part "notice" of a sight shows this and no more.
func (p *Proposal) Notice() (Notice, bool) {
	var n Notice
	if p.open(p.Publication) {
		n.Title, n.Text, n.At = p.Publication.Title, p.Publication.Text, p.Publication.At
	}
	for _, part := range p.Parts {
		if p.open(part.Publication) {
			n.Replies = append(n.Replies, NoticeReply{part.Unit, part.Publication.Text, part.Publication.At})
		}
	}
	if !p.published() {
		return Notice{}, false
	}
	n.Honours = p.Honours
	return n, true
}

// showNotice puts the notice of p into a proposal that shows parts of it.
func showNotice(_ Actor, seen, p *Proposal) {
	n, _ := p.Notice()
	seen.Honours = n.Honours
	if seen.Publication == nil && !n.At.IsZero() {
		seen.Publication = &Publication{Title: n.Title, Text: n.Text, At: n.At}
	}
	for _, reply := range n.Replies {
		published := &Publication{Text: reply.Text, At: reply.At}
		i := slices.IndexFunc(seen.Parts, func(part Part) bool { return part.Unit == reply.Unit })
		switch {
		case i < 0:
			seen.Parts = append(seen.Parts, Part{Unit: reply.Unit, Publication: published})
		case seen.Parts[i].Publication == nil:
			seen.Parts[i].Publication = published
		}
	}
}

// Publish decides that the proposal is published, in these words. The guard
// "redacted" looks in them for contact data, and for passages that were marked:
// what [text.Redact] has been over has none of the first. Names and addresses
// are for whoever decides to take out.
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

// PublishReply decides that the reply of a unit is published (公开答复), in these
// words; see [Publish].
type PublishReply struct {
	Unit string `json:"unit" zh:"单位" en:"unit" field:"id,required"`
	Text string `json:"text" zh:"公开文本" en:"text as published" field:"text,required"`
}

// Event is "publish_reply".
func (PublishReply) Event() string { return "publish_reply" }

func (a PublishReply) words() (title, text string) { return "", a.Text }

func (a PublishReply) replyOf() string { return a.Unit }

// Apply keeps what is published of which reply.
func (a PublishReply) Apply(act *Act, p *Proposal) error {
	if err := needText("text", a.Text, "没有公开的文本", "there is nothing to publish"); err != nil {
		return err
	}
	return p.decideReply(a.Unit, Publication{Text: a.Text, At: act.At, By: act.Actor.ID})
}

// WithholdReply decides that the reply of a unit is not published, and why.
type WithholdReply struct {
	Unit   string `json:"unit" zh:"单位" en:"unit" field:"id,required"`
	Reason string `json:"reason" zh:"不公开的原因" en:"reason" field:"text,required"`
}

// Event is "withhold_reply".
func (WithholdReply) Event() string { return "withhold_reply" }

func (a WithholdReply) replyOf() string { return a.Unit }

// Apply keeps the reason.
func (a WithholdReply) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "没有写明不公开的原因", "it is not said why the reply is not published"); err != nil {
		return err
	}
	return p.decideReply(a.Unit, Publication{Reason: a.Reason, At: act.At, By: act.Actor.ID})
}

// decideReply keeps what was decided on the last reply of a unit that went out.
func (p *Proposal) decideReply(unit string, decided Publication) error {
	part, err := p.part("unit", unit)
	if err != nil {
		return err
	}
	for i, reply := range slices.Backward(part.Replies) {
		if !reply.Issued.IsZero() {
			decided.Reply = i + 1
			part.Publication = &decided
			return nil
		}
	}
	return workflow.Invalid("unit", "no_reply", "%q尚无已发出的答复", "no reply of %q has gone out", unit)
}

// Passage (标记段落) is some words that somebody marked as not to be published, or
// that somebody with the right to has allowed all the same.
type Passage struct {
	Words   string    `json:"words"`
	Reason  string    `json:"reason"`
	Allowed bool      `json:"allowed,omitempty"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
}

// MarkPassage marks words that are not to be published (标记不宜公开), wherever they
// stand. What has been published with them is closed to the public from now on.
type MarkPassage struct {
	Words  string `json:"words" zh:"不宜公开的内容" en:"words" field:"text,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "mark_passage".
func (MarkPassage) Event() string { return "mark_passage" }

// Apply adds the mark.
func (a MarkPassage) Apply(act *Act, p *Proposal) error {
	return p.passage(act, a.Words, a.Reason, false)
}

// AllowPassage lets words be published that were marked, or that are contact
// data, such as the number of a public hotline.
type AllowPassage struct {
	Words  string `json:"words" zh:"可以公开的内容" en:"words" field:"text,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "allow_passage".
func (AllowPassage) Event() string { return "allow_passage" }

func (a AllowPassage) passes() string { return strings.TrimSpace(a.Words) }

// Apply adds the permission.
func (a AllowPassage) Apply(act *Act, p *Proposal) error {
	return p.passage(act, a.Words, a.Reason, true)
}

func (p *Proposal) passage(act *Act, words, reason string, allowed bool) error {
	if err := needText("words", words, "没有指明内容", "it is not said which words"); err != nil {
		return err
	}
	if err := needText("reason", reason, "没有写明理由", "there is no reason"); err != nil {
		return err
	}
	if len(p.Passages) >= MaxList {
		return workflow.Invalid("words", "too_many", "已标记%d处", "%d passages have been marked", len(p.Passages))
	}
	p.Passages = append(p.Passages, Passage{Words: strings.TrimSpace(words), Reason: reason, Allowed: allowed, At: act.At, By: act.Actor.ID})
	return nil
}

// said returns the place of the last that was said of some words, below 0 when
// nothing was.
func (p *Proposal) said(words string) int {
	key := text.Fold(words)
	for i, passage := range slices.Backward(p.Passages) {
		if text.Fold(passage.Words) == key {
			return i
		}
	}
	return -1
}

// redacted finds contact data and marked passages in what is to be published.
func redacted(act *Act, p *Proposal) []workflow.Blocker {
	return looked(act, "无法检查这一操作的公开内容", "what %T would publish cannot be looked into", func(publish interface{ words() (title, text string) }) []workflow.Blocker {
		title, body := publish.words()
		return slices.Concat(p.leaks("title", "题目", title, maxTitle), p.leaks("text", "正文", body, MaxText))
	})
}

// leaks returns what may not stand in words that are to be published.
func (p *Proposal) leaks(where, whereZH, s string, most int) []workflow.Blocker {
	if text.Text(s, most) != nil {
		return nil // refused for what it is
	}
	var blockers []workflow.Blocker
	for _, c := range text.FindContacts(s) {
		if i := p.said(s[c.Start:c.End]); i >= 0 && p.Passages[i].Allowed {
			continue
		}
		zh, en := c.Kind.Words()
		blockers = append(blockers, workflow.Block("contact_data",
			fmt.Sprintf("%s第%d字节起有%s", whereZH, c.Start, zh), fmt.Sprintf("%s holds %s at byte %d", where, en, c.Start)))
	}
	for _, i := range p.marked(s) {
		blockers = append(blockers, workflow.Block("marked_passage",
			fmt.Sprintf("%s含有标记为不宜公开的内容（第%d处）", whereZH, i+1), fmt.Sprintf("%s holds the words of mark %d, not to be published", where, i+1)))
	}
	return blockers
}

// marked returns the places of the marks that stand and whose words are in s. A mark
// of which nothing is left but the sign of an erasure is of no words any more.
func (p *Proposal) marked(s string) (marks []int) {
	if len(p.Passages) == 0 || s == "" {
		return nil
	}
	folded := text.Fold(s)
	for i, passage := range p.Passages {
		if !passage.Allowed && passage.Words != erasure.Gone && p.said(passage.Words) == i && strings.Contains(folded, text.Fold(passage.Words)) {
			marks = append(marks, i)
		}
	}
	return marks
}
