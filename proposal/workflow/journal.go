package workflow

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/tian-go/tian/proposal/store"
)

// journal seals the act: it writes the entry and the change that commits it.
func (e *Engine[C]) journal(c C, act *Act, role string, data, note json.RawMessage, moves []Move) (*plan[C], error) {
	h := c.Head()
	prev := h.Hash
	h.Seq++
	h.Changed = act.At
	header, content, err := content(c)
	if err != nil {
		return nil, err
	}
	entry := Entry{
		Kind: e.kind, ID: h.ID, Seq: h.Seq, Command: act.Command, At: act.At,
		Actor: act.Actor.ID, Body: act.Actor.Body, Unit: act.Actor.Unit, Role: role,
		Event: act.Event, Moves: moves, Definition: h.Definition, Action: data, Note: note,
		Digest: e.sealer.digest(header, content), Prev: prev, Algorithm: e.sealer.name,
	}
	line, err := json.Marshal(entry)
	if err != nil {
		return nil, fmt.Errorf("workflow: entry of %s: %w", h.ID, err)
	}
	h.Hash = e.sealer.sum(line)
	entry.Hash = h.Hash
	p := &plan[C]{c: c, entry: entry, changes: []store.Change{{
		Record: store.Record{
			Kind: e.kind, ID: h.ID, Revision: h.Revision,
			Body: wrap(h.Hash, header, content), Index: e.attributes(c),
		},
		Entries: []store.Entry{{Kind: e.kind, ID: h.ID, Seq: h.Seq, Command: act.Command, Body: line, Hash: h.Hash}},
	}}}
	for _, name := range act.claims {
		p.changes = append(p.changes, store.Change{Record: store.Record{
			Kind: e.claimKind(), ID: claimID(name), Body: []byte(h.ID + "\n" + name),
		}})
	}
	h.Revision++
	return p, nil
}

func (e *Engine[C]) claimKind() string { return e.kind + ".claim" }

// claimID is the claim's name if it may be an ID, else a hash of it.
func claimID(name string) string {
	if name != "" && len(name) <= store.MaxKey {
		return name
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)).String()
}

// claimName returns the name that was claimed under an ID.
func claimName[C Case](id string, plans []*plan[C]) string {
	for _, p := range plans {
		for _, c := range p.changes[1:] {
			if _, name, ok := strings.Cut(string(c.Record.Body), "\n"); ok && c.Record.ID == id {
				return name
			}
		}
	}
	return id
}

// commitError turns what the store says into what the caller can act on: a
// claim that is taken becomes a refusal, and what the store finds malformed is
// invalid.
func (e *Engine[C]) commitError(err error, event string, plans ...*plan[C]) error {
	var r *store.RecordError
	if errors.As(err, &r) && r.Kind == e.claimKind() && errors.Is(err, store.ErrExists) {
		return &RefusedError{ID: plans[0].c.Head().ID, Event: event, State: plans[0].entry.From(), Blockers: []Blocker{
			Block("taken", fmt.Sprintf("“%s”已被使用", claimName(r.ID, plans)), fmt.Sprintf("%q is taken", claimName(r.ID, plans))),
		}}
	}
	if errors.Is(err, store.ErrInvalid) {
		return fmt.Errorf("%w: %s: %w", ErrInvalid, event, err)
	}
	return fmt.Errorf("workflow: %s: %w", event, err)
}
