package activity

import (
	"time"

	"github.com/tian-go/tian/proposal/calendar"
)

// Inquiry (调研) is a piece of research that an activity rests on.
type Inquiry struct {
	On    calendar.Date `json:"on"`
	By    string        `json:"by"`
	Place string        `json:"place,omitempty"`
	Found string        `json:"found"`
}

// Notice (通知) is a notice that the activity will be held on a day.
type Notice struct {
	Sent calendar.Date `json:"sent"`
	For  calendar.Date `json:"for"`
	By   string        `json:"by"`
	To   []string      `json:"to,omitempty"` // IDs of participants
}

// Dispatch is one sending of materials.
type Dispatch struct {
	Sent  calendar.Date `json:"sent"`
	By    string        `json:"by"`
	Files []string      `json:"files"`
	To    []string      `json:"to,omitempty"` // IDs of participants
}

// Postponement (延期) moved the activity to another day.
type Postponement struct {
	At     time.Time     `json:"at"`
	By     string        `json:"by"`
	From   calendar.Date `json:"from,omitzero"`
	To     calendar.Date `json:"to,omitzero"` // zero: until further notice
	Reason string        `json:"reason"`
}
