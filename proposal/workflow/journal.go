package workflow

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store"
)

// done is a deed that has gone all the way but the last step.
type done[C Case] struct {
	c       C
	entry   Entry
	changes []store.Change
}

// journal seals the act: it writes the entry, and the change that commits it.
func (e *Engine[C, R]) journal(act *Act[R], c C, data json.RawMessage, note any, moves []Move) (done[C], error) {
	h := c.Head()
	prev := h.Hash
	h.Seq++
	h.Changed = act.At
	if act.Role != lifecycle.System && !slices.Contains(h.Acted, act.Actor.ID) {
		h.Acted = append(h.Acted, act.Actor.ID)
	}
	if act.eraser != nil {
		if err := eraseHeader(h, act.eraser); err != nil {
			return done[C]{c: c}, err
		}
	}
	ofRecord, ofEntry, err := e.salts()
	if err != nil {
		return done[C]{c: c}, err
	}
	h.Salt = ofRecord
	record, err := e.write(c, func(data int) { e.count(act, h, data) })
	if err != nil {
		return done[C]{c: c}, err
	}
	if err := e.fit(act, h, record.size); err != nil {
		return done[C]{c: c}, err
	}
	h.size = record.size
	noted, err := encodeNote(note)
	if err != nil {
		return done[C]{}, fmt.Errorf("workflow: %s of %s: %w", act.Event, h.ID, err)
	}
	entry := Entry{
		Kind: e.vocabulary.Kind, ID: h.ID, Seq: h.Seq, Command: act.Command, At: act.At,
		Actor: act.Actor.ID, For: act.Actor.For, Body: act.Actor.Body, Unit: act.Actor.Unit, Role: act.Role,
		Event: act.Event, Late: act.late, Moves: moves, Claims: act.claims, Definition: h.Definition, Action: data, Note: noted, Erased: act.erased,
		Digest: e.sealer.sum(record.sealed()), Prev: prev, Algorithm: e.sealer.name,
	}
	if !act.recorded.Equal(act.At) {
		entry.Recorded = act.recorded
	}
	line, err := e.sealer.line(&entry, ofEntry)
	if err != nil {
		return done[C]{}, fmt.Errorf("workflow: entry of %s: %w", h.ID, err)
	}
	h.Hash = entry.Hash
	was := h.index
	h.index = e.attributes(c)
	changes := []store.Change{{
		Record: store.Record{
			Kind: e.vocabulary.Kind, ID: h.ID, Revision: h.Revision,
			Data: record.under(h.Hash), Index: h.index,
		},
		Entries: []store.Line{{Kind: e.vocabulary.Kind, ID: h.ID, Seq: h.Seq, Command: act.Command, Data: line, Hash: h.Hash}},
		Was:     was, Replaced: act.replaced,
	}}
	for _, name := range act.claims {
		changes = append(changes, store.Change{Record: store.Record{
			Kind: e.claimKind(), ID: claimID(name), Data: claimOf(h.ID, name),
		}})
	}
	h.Revision++
	return done[C]{c: c, entry: entry, changes: changes}, nil
}

// salts returns new salts for a record and for the content of an entry.
func (e *Engine[C, R]) salts() (record, content string, err error) {
	id := e.newID()
	if id == "" {
		return "", "", errors.New("workflow: there is no new ID to make a salt of")
	}
	record, content = e.sealer.salts(id)
	return record, content, nil
}

func encodeNote(note any) (json.RawMessage, error) {
	if note == nil {
		return nil, nil
	}
	return json.Marshal(note) //nolint:wrapcheck // the caller names the act
}

func (e *Engine[C, R]) claimKind() string { return e.vocabulary.Kind + ".claim" }

// claimOf is the content of a claim.
func claimOf(id, name string) []byte { return []byte(id + "\n" + name) }

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
