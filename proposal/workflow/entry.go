package workflow

import (
	"encoding/json"
	"slices"
	"time"
)

// Entry is one line of a case's history. The journal holds it in two parts: the
// sealed part, over which the hash is taken, and beside it the content, Action and
// Note, of which the sealed part has the digest. So the content can be taken out on
// demand, by an act that says so ([Eraser]), and the history still verifies.
//
// Its event is [Opening], one of the definition, or an act of the engine's own,
// whose name no definition can use:
//
//	cross           by Sweep: Note is the []Crossing, the alarms that have come
//	extend          by Extend: Action is the clock.Extend
//	ask_time        by AskTime: Action is the clock.Ask
//	answer_time     by AnswerTime: Action is the clock.Answer
//	take_back_time  by TakeBack: Action is the clock.TakeBack
//	correct_date    by CorrectDate: Action is the clock.Correct, Note the clock.Corrected
//	recount         by Recount: Note is the []clock.Moved
//	migrate         by Migrate: Action is the Migration, Note {"from": Pin} and what became of the clocks
//	relocate_case   by Relocate: Action is the Relocation, Note {"from": the old body} and the due dates that moved
type Entry struct {
	Kind       string          `json:"kind"`
	ID         string          `json:"id"` // of the case
	Seq        uint64          `json:"seq"`
	Command    string          `json:"command"`           // see [CommandKey]
	At         time.Time       `json:"at"`                // when it happened; UTC
	Recorded   time.Time       `json:"recorded,omitzero"` // when it was written down, by the engine's own clock and never the caller's; zero: at At
	Actor      string          `json:"actor"`
	For        string          `json:"for,omitempty"`  // in whose name the actor acted, if not their own
	Body       string          `json:"body,omitempty"` // the actor's
	Unit       string          `json:"unit,omitempty"` // the actor's
	Role       string          `json:"role,omitempty"` // by which they were allowed
	Event      string          `json:"event"`
	Late       []string        `json:"late,omitempty"`   // limits whose day had passed and that mark what comes late
	Moves      []Move          `json:"moves,omitempty"`  // the event's own first, then what followed from it
	Claims     []string        `json:"claims,omitempty"` // names that no other case may take from here on; see [Act.Claim]
	Definition Pin             `json:"definition"`
	Action     json.RawMessage `json:"action,omitempty"` // in the content
	Note       json.RawMessage `json:"note,omitempty"`   // in the content: what the engine adds; see above
	Content    string          `json:"content"`          // digest of the content
	Erased     []Erased        `json:"erased,omitempty"` // the entries whose content this act replaced
	Digest     string          `json:"digest"`           // of the record as this act left it
	Prev       string          `json:"prev,omitempty"`   // hash of the entry before
	Algorithm  string          `json:"algorithm"`        // of digests and hash

	ErasedBy []uint64 `json:"erased_by,omitempty"` // the entries by which this one's content was replaced; known to [Engine.History] only
	Hash     string   `json:"-"`                   // over the sealed part
	Position uint64   `json:"-"`                   // in the store's feed
}

// Erased says of an entry that its content was replaced, by the digests of both.
type Erased struct {
	Seq uint64 `json:"seq"`
	Was string `json:"was"`
	Now string `json:"now"`
}

// Move is one step of one line.
type Move struct {
	Event string `json:"event"`
	Line  string `json:"line,omitempty"` // instance of a track; "" for the main line
	From  string `json:"from,omitempty"` // "" when the line begins here
	To    string `json:"to"`
}

// From returns the main state before the act, and To the one after it; both
// are "" when the main line was not touched.
func (e Entry) From() string {
	for _, m := range e.Moves {
		if m.Line == "" {
			return m.From
		}
	}
	return ""
}

// To returns the main state after the act; see From.
func (e Entry) To() string {
	for _, m := range slices.Backward(e.Moves) {
		if m.Line == "" {
			return m.To
		}
	}
	return ""
}

// The events of the engine's own acts, which no definition can use; those on clocks
// are in package clock.
const (
	Accepted  = "accept_record" // by Accept: Action says why, Note says what was expected and found
	Crossed   = "cross"         // by Sweep: the entry's Note is the []Crossing, the alarms that have come
	Migrated  = "migrate"       // by Migrate: Action is the [Migration], Note {"from": Pin}
	Relocated = "relocate_case" // by Relocate: Action is the [Relocation], Note {"from": the old body} and what became of the clocks
	Recounted = "recount"       // by Recount: Note is the []Moved
)
