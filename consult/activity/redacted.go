package activity

import (
	"fmt"

	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// redacted finds contact data in what is to be published.
func redacted(act *rules.Act, a *Activity) []workflow.Blocker {
	if act.Action == nil {
		return nil // it is only asked what may be done
	}
	publish, ok := actionOf[Publish](act)
	if !ok {
		return block("unknown_action", "无法检查这一操作的公开内容", fmt.Sprintf("what %T would publish cannot be looked into", act.Action))
	}
	var blockers []workflow.Blocker
	look := func(where, said string) {
		for _, c := range text.FindContacts(said) {
			zh, en := c.Kind.Words()
			blockers = append(blockers, workflow.Block("contact",
				fmt.Sprintf("%s 第%d字节起有%s", where, c.Start, zh),
				fmt.Sprintf("%s holds %s at byte %d", where, en, c.Start)))
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
