package workflow

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/store"
)

// journal seals the act: it writes the entry, and the change that commits it.
func (e *Engine[C, R]) journal(act *Act[R], c C, data json.RawMessage, note any, moves []Move) (done[C], error) {
	h := c.Head()
	prev := h.Hash
	h.Seq++
	h.Changed = act.At
	header, content, err := content(c)
	if err != nil {
		return done[C]{}, err
	}
	noted, err := encodeNote(note)
	if err != nil {
		return done[C]{}, fmt.Errorf("workflow: %s of %s: %w", act.Event, h.ID, err)
	}
	entry := Entry{
		Kind: e.vocabulary.Kind, ID: h.ID, Seq: h.Seq, Command: act.Command, At: act.At,
		Actor: act.Actor.ID, Body: act.Actor.Body, Unit: act.Actor.Unit, Role: act.Role,
		Event: act.Event, Moves: moves, Definition: h.Definition, Action: data, Note: noted,
		Digest: e.sealer.digest(header, content), Prev: prev, Algorithm: e.sealer.name,
	}
	line, err := json.Marshal(entry)
	if err != nil {
		return done[C]{}, fmt.Errorf("workflow: entry of %s: %w", h.ID, err)
	}
	h.Hash = e.sealer.sum(line)
	entry.Hash = h.Hash
	changes := []store.Change{{
		Record: store.Record{
			Kind: e.vocabulary.Kind, ID: h.ID, Revision: h.Revision,
			Data: wrap(h.Hash, header, content), Index: e.attributes(c),
		},
		Entries: []store.Line{{Kind: e.vocabulary.Kind, ID: h.ID, Seq: h.Seq, Command: act.Command, Data: line, Hash: h.Hash}},
	}}
	for _, name := range act.claims {
		changes = append(changes, store.Change{Record: store.Record{
			Kind: e.claimKind(), ID: claimID(name), Data: []byte(h.ID + "\n" + name),
		}})
	}
	h.Revision++
	return done[C]{c: c, entry: entry, changes: changes}, nil
}

func encodeNote(note any) (json.RawMessage, error) {
	if note == nil {
		return nil, nil
	}
	return json.Marshal(note) //nolint:wrapcheck // the caller names the act
}

func (e *Engine[C, R]) claimKind() string { return e.vocabulary.Kind + ".claim" }

// claimID is the claim's name if it may be an ID, else a hash of it.
func claimID(name string) string {
	if name != "" && len(name) <= store.MaxKey {
		return name
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String()
}

// claimName returns the name that was claimed under an ID.
func claimName(id string, changes []store.Change) string {
	for _, c := range changes {
		if _, name, ok := strings.Cut(string(c.Record.Data), "\n"); ok && c.Record.ID == id {
			return name
		}
	}
	return id
}
