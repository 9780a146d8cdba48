package activity

import "time"

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
