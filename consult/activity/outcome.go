package activity

import "github.com/tian-go/tian/proposal/calendar"

// Outcome (协商成果) is one product of the activity. The checklist itself is in
// Activity.Items.
type Outcome struct {
	ID     string        `json:"id" zh:"编号" en:"ID" field:"id"`                           // c1, c2 … within the activity
	Kind   string        `json:"kind" zh:"成果形式" en:"kind" field:"required,from=outcomes"` // of the body's rules
	Title  string        `json:"title" zh:"名称" en:"title" field:"required,max=200"`
	Text   string        `json:"text,omitempty" zh:"内容" en:"text" field:"text"`
	Lead   string        `json:"lead,omitempty" zh:"领办人" en:"lead"`             // 领办人: the named official who takes it on
	To     []string      `json:"to,omitempty" zh:"报送对象" en:"to"`                // whom it goes to
	Number string        `json:"number,omitempty" zh:"文号" en:"document number"` // of the document
	On     calendar.Date `json:"on,omitzero" zh:"日期" en:"date"`
}

// FollowUp (跟踪问效) is one look at what became of the outcomes.
type FollowUp struct {
	Kind  string        `json:"kind"` // of the body's rules
	On    calendar.Date `json:"on"`
	By    string        `json:"by"`
	Items []string      `json:"items,omitempty"` // IDs; none: all of it
	Found string        `json:"found"`
}
