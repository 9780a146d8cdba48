package workflow

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/store"
)

// Entry is one line of a case's history. Its JSON is what the journal holds and
// what the hash is taken over.
//
// Its event is [Opening], one of the definition, or an act of the engine's own,
// whose name no definition can use:
//
//	cross    by Sweep: Note is the []Crossing, the alarms that have come
//	extend   by Extend: Action is the Extension
//	recount  by Recount: Note is the []Moved
//	migrate  by Migrate: Action is the Migration, Note {"from": Pin}
type Entry struct {
	Kind       string          `json:"kind"`
	ID         string          `json:"id"` // of the case
	Seq        uint64          `json:"seq"`
	Command    string          `json:"command"`
	At         time.Time       `json:"at"` // UTC
	Actor      string          `json:"actor"`
	Body       string          `json:"body,omitempty"` // the actor's
	Unit       string          `json:"unit,omitempty"` // the actor's
	Role       string          `json:"role,omitempty"` // by which they were allowed
	Event      string          `json:"event"`
	Moves      []Move          `json:"moves,omitempty"` // the event's own first, then what followed from it
	Definition Pin             `json:"definition"`
	Action     json.RawMessage `json:"action,omitempty"`
	Note       json.RawMessage `json:"note,omitempty"` // what the engine adds; see above
	Digest     string          `json:"digest"`         // of the record as this act left it
	Prev       string          `json:"prev,omitempty"` // hash of the entry before
	Algorithm  string          `json:"algorithm"`      // of digest and hash

	Hash     string `json:"-"` // over all of the above
	Position uint64 `json:"-"` // in the store's feed
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

// sealer takes digests and hashes by one algorithm.
type sealer struct {
	name string
	make func() hash.Hash
}

func (s sealer) sum(parts ...[]byte) string {
	h := s.make()
	for _, p := range parts {
		h.Write(p) // a hash.Hash never fails to write
	}
	return hex.EncodeToString(h.Sum(nil))
}

// digest is what an entry holds of the record.
func (s sealer) digest(header, data []byte) string { return s.sum(header, []byte{'\n'}, data) }

// DecodeEntry reads a case's entry from the journal or the feed of its store.
func DecodeEntry(s store.Line) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(s.Data, &e); err != nil {
		return Entry{}, fmt.Errorf("%w: entry %d of %s %s: %w", ErrUnreadable, s.Seq, s.Kind, s.ID, err)
	}
	e.Hash, e.Position = s.Hash, s.Position
	return e, nil
}
