package consult

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Publication (公开) is decided apart from the conclusion.
type Publication struct {
	Title  string          `json:"title,omitempty"`
	Text   string          `json:"text,omitempty"`   // as published
	Items  []PublishedItem `json:"items,omitempty"`  // the checklist as published
	Reason string          `json:"reason,omitempty"` // why it is not published
	At     time.Time       `json:"at"`
	By     string          `json:"by"`
}

// PublishedItem is a checklist item as the public reads it.
type PublishedItem struct {
	ID    string `json:"id"`
	What  string `json:"what"`
	Owner string `json:"owner,omitempty"` // a name or a unit, never an account
	Due   string `json:"due"`
}

// Publish decides that the activity is published, in these words, and whether
// its checklist is. The guard "redacted" looks for contact data in all of it:
// what [Redact] has been over passes.
type Publish struct {
	Title     string `json:"title"`
	Text      string `json:"text,omitempty"`
	Checklist bool   `json:"checklist,omitempty"` // with every item: what, whose, by when
}

// Event is "publish".
func (Publish) Event() string { return "publish" }

// Apply keeps what is published.
func (p Publish) Apply(act *Act, a *Activity) error {
	if err := checkName("title", p.Title); err != nil {
		return err
	}
	if err := checkText("text", p.Text); err != nil {
		return err
	}
	a.Publication = &Publication{Title: p.Title, Text: p.Text, Items: p.items(a), At: act.At, By: act.Actor.ID}
	return nil
}

// items returns the checklist as it would be published. A person's name, where
// it is the owner, is that of an office holder who took the item on in public.
func (p Publish) items(a *Activity) []PublishedItem {
	if !p.Checklist {
		return nil
	}
	items := make([]PublishedItem, len(a.Items))
	for i, item := range a.Items {
		owner := item.Owner.Name
		if owner == "" {
			owner = item.Owner.Unit
		}
		items[i] = PublishedItem{ID: item.ID, What: item.What, Owner: owner, Due: item.Due.String()}
	}
	return items
}

// Withhold decides that the activity is not published, or no longer, and why.
type Withhold struct {
	Reason string `json:"reason"`
}

// Event is "withhold".
func (Withhold) Event() string { return "withhold" }

// Apply keeps the reason.
func (w Withhold) Apply(act *Act, a *Activity) error {
	if err := checkSaid("reason", w.Reason); err != nil {
		return err
	}
	a.Publication = &Publication{Reason: w.Reason, At: act.At, By: act.Actor.ID}
	return nil
}

// redacted finds contact data in what is to be published.
func redacted(act *Act, a *Activity) []workflow.Blocker {
	if act.Action == nil {
		return nil // it is only asked what may be done
	}
	publish, ok := actionOf[Publish](act)
	if !ok {
		return block("unknown_action", "无法检查这一操作的公开内容", fmt.Sprintf("what %T would publish cannot be looked into", act.Action))
	}
	var blockers []workflow.Blocker
	look := func(where, text string) {
		for _, c := range FindContacts(text) {
			blockers = append(blockers, workflow.Block("contact",
				fmt.Sprintf("%s 第%d字节起有%s", where, c.Start, c.Kind.zh()),
				fmt.Sprintf("%s holds contact data (%s) at byte %d", where, c.Kind, c.Start)))
		}
	}
	look("title", publish.Title)
	look("text", publish.Text)
	for _, item := range publish.items(a) {
		look("items["+item.ID+"].what", item.What)
		look("items["+item.ID+"].owner", item.Owner)
	}
	return blockers
}

func (k ContactKind) zh() string {
	switch k {
	case Phone:
		return "电话号码"
	case IDNumber:
		return "身份证号"
	case Email:
		return "电子邮箱"
	}
	return string(k)
}
