package activity

import (
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// Publish decides that the activity is published, in these words, and whether
// its checklist is. The guard "redacted" looks for contact data in all of it:
// what [Redact] has been over passes.
type Publish struct {
	Title     string `json:"title" zh:"标题" en:"title" field:"required,max=200"`
	Text      string `json:"text,omitempty" zh:"公开内容" en:"text" field:"text"`
	Checklist bool   `json:"checklist,omitempty" zh:"公开清单" en:"with the checklist"` // with every item: what, whose, by when
}

// Event is "publish".
func (Publish) Event() string { return "publish" }

// Apply keeps what is published.
func (p Publish) Apply(act *rules.Act, a *Activity) error {
	if err := check.Name("title", p.Title); err != nil {
		return err
	}
	if err := check.Text("text", p.Text); err != nil {
		return err
	}
	a.Publication = &Publication{Title: p.Title, Text: p.Text, Items: p.items(a), At: act.At, By: act.Actor.ID}
	return nil
}

// Withhold decides that the activity is not published, or no longer, and why.
type Withhold struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "withhold".
func (Withhold) Event() string { return "withhold" }

// Apply keeps the reason.
func (w Withhold) Apply(act *rules.Act, a *Activity) error {
	if err := check.Said("reason", w.Reason); err != nil {
		return err
	}
	a.Publication = &Publication{Reason: w.Reason, At: act.At, By: act.Actor.ID}
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
		items[i] = PublishedItem{
			ID: item.ID, What: item.What, Owner: a.named(item.Owner), Due: item.Due.String(), State: a.ItemState(item.ID), Finished: item.Finished,
		}
	}
	return items
}

// named returns the owner of an item as the public reads it: a name, a unit, or the
// name of the participant whose account it is; "" when there is none of them.
func (a *Activity) named(o checklist.Owner) string {
	switch {
	case o.Name != "":
		return o.Name
	case o.Unit != "":
		return o.Unit
	}
	if p := a.Participant(o.Account); p != nil {
		return p.Name
	}
	return ""
}

// ownersNamed refuses a checklist with an item of which the public would not read
// whose it is.
func ownersNamed(act *rules.Act, a *Activity) []workflow.Blocker {
	publish, _ := actionOf[Publish](act) // another action publishes no item
	var blockers []workflow.Blocker
	for _, item := range publish.items(a) {
		if item.Owner == "" {
			blockers = append(blockers, workflow.Block("owner_unnamed", "清单事项"+item.ID+"的责任人没有姓名，不能公开",
				"the owner of the item "+item.ID+" has an account only: name them before it is published"))
		}
	}
	return blockers
}
