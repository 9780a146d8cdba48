package clock

import (
	"time"

	"github.com/tian-go/tian/proposal/calendar"
)

// Extend (延期) prolongs a clock, by somebody who may grant it.
type Extend struct {
	Limit  string          `json:"limit"`
	Of     string          `json:"of,omitempty"` // the instance, for a limit with one clock for each
	By     calendar.Length `json:"by"`
	Reason string          `json:"reason"`
	Papers []string        `json:"papers,omitempty"` // what supports it (依据材料): document numbers, references of files
}

// Ask (申请延期、申请暂停) asks those who may grant it for an extension or a pause.
type Ask struct {
	Limit  string          `json:"limit"`
	Of     string          `json:"of,omitempty"`
	Pause  bool            `json:"pause,omitempty"` // a pause, from the day it is granted on; otherwise an extension
	By     calendar.Length `json:"by"`              // how much longer, or how long the pause
	Reason string          `json:"reason"`
	Papers []string        `json:"papers,omitempty"`
}

// Request is an Ask that stands on a clock until it is decided on.
type Request struct {
	Pause  bool            `json:"pause,omitempty"`
	By     calendar.Length `json:"by"`
	Reason string          `json:"reason"`
	Papers []string        `json:"papers,omitempty"`
	Actor  string          `json:"actor"`         // who asked
	For    string          `json:"for,omitempty"` // in whose name
	On     calendar.Date   `json:"on"`
}

// Answer (批准、不予批准) decides on what has been asked for. Whoever asked does not
// decide on it.
type Answer struct {
	Limit  string          `json:"limit"`
	Of     string          `json:"of,omitempty"`
	Grant  bool            `json:"grant"`
	By     calendar.Length `json:"by,omitzero"`      // granted instead of what was asked for
	Reason string          `json:"reason,omitempty"` // needed to refuse
	Papers []string        `json:"papers,omitempty"`
}

// What is taken back.
const (
	AnExtension = "extension"
	APause      = "pause"
)

// TakeBack (撤销) takes the last extension or pause of a clock back, as one given by
// mistake: the clock is counted as if it had never been given.
type TakeBack struct {
	Limit  string `json:"limit"`
	Of     string `json:"of,omitempty"`
	What   string `json:"what"` // AnExtension or APause
	Reason string `json:"reason"`
}

// Correct (更正日期) corrects the time at which an act of a case's history is said to
// have happened. The entry stays as it is; the correction shows both times.
type Correct struct {
	Seq    uint64    `json:"seq"` // of the entry
	At     time.Time `json:"at"`  // when it did happen
	Reason string    `json:"reason"`
}

// Corrected is the note of a correction.
type Corrected struct {
	Seq uint64    `json:"seq"`
	Was time.Time `json:"was"`
	Now time.Time `json:"now"`
}

// The events of these acts, which no definition can use.
const (
	Extending  = "extend"
	Asking     = "ask_time"
	Answering  = "answer_time"
	TakingBack = "take_back_time"
	Correcting = "correct_date"
)

// Moved is a due date that a recount has moved, and why; or, where From is To, a
// clock whose alarms it has moved, as when the notice they waited for has come.
type Moved struct {
	ID    string         `json:"id,omitempty"`
	Limit string         `json:"limit"`
	Of    string         `json:"of,omitempty"`
	From  calendar.Date  `json:"from,omitzero"` // zero: it was not known
	To    calendar.Date  `json:"to,omitzero"`
	Alarm calendar.Date  `json:"alarm,omitzero"` // the next one, from now on
	Under string         `json:"under"`          // the calendar, as name#version
	Trace calendar.Trace `json:"trace,omitempty"`
}
