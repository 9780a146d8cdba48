package activity

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
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
	ID       string        `json:"id"`
	What     string        `json:"what"`
	Owner    string        `json:"owner,omitempty"` // a name or a unit, never an account
	Due      string        `json:"due"`
	State    string        `json:"state"`             // what its state means; a reader gets it as it is now
	Finished calendar.Date `json:"finished,omitzero"` // done, or found not feasible
}

// publicly returns the publication with what has become of the items since: the
// words stay those that were published.
func (a *Activity) publicly() *Publication {
	if a.Publication == nil {
		return nil
	}
	now := *a.Publication
	if len(now.Items) > 0 {
		now.Items = slices.Clone(now.Items)
	}
	for i, p := range now.Items {
		if item := a.Item(p.ID); item != nil && a.ItemState(p.ID) != "" {
			now.Items[i].State, now.Items[i].Finished, now.Items[i].Due = a.ItemState(p.ID), item.Finished, item.Due.String()
		}
	}
	return &now
}
