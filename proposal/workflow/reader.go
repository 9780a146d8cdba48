package workflow

import (
	"context"
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// Reader reads cases, for an actor or for code that may see all. It is a value,
// cheap to make, and safe for concurrent use.
type Reader[C Case, R any] struct {
	engine *Engine[C, R]
	actor  Actor
	eyes   []string
	all    bool
}

// As reads as an actor: what the sights of definitions let him see and nothing
// else, whether he asks for one case, for a list or for a count. A case that he
// does not see is not found, like one that is not there; of one that he sees he
// gets a copy with the parts that he may see. The zero Actor is the public. The
// host has authenticated him.
func (e *Engine[C, R]) As(actor Actor) Reader[C, R] {
	return Reader[C, R]{engine: e, actor: actor, eyes: e.eyes(actor)}
}

// looking returns the reader with the keys of the offices that the actor holds now.
func (r Reader[C, R]) looking(ctx context.Context) (Reader[C, R], error) {
	held, err := r.engine.Offices(ctx, r.actor)
	r.eyes = slices.Clip(r.eyes)
	for _, office := range held {
		r.eyes = append(r.eyes, keyOf("office", r.actor.Body, office))
	}
	return r, err
}

// All reads everything: for code of the host's that decides by itself what it
// shows, for figures and for batches.
func (e *Engine[C, R]) All() Reader[C, R] { return Reader[C, R]{engine: e, all: true} }

// Get returns the case of that ID.
func (r Reader[C, R]) Get(ctx context.Context, id string) (C, error) {
	var none C
	r, err := r.looking(ctx)
	if err != nil {
		return none, err
	}
	record, _, err := r.engine.loadRecord(ctx, id)
	if err != nil {
		return none, err
	}
	c, ok, err := r.show(record, nil)
	if err != nil {
		return none, err
	}
	if !ok {
		return none, &store.RecordError{Kind: record.Kind, ID: id, Err: ErrNotFound}
	}
	return c, nil
}

// Of returns what the reader sees of a case that the program has in hand, such as one
// that an act has returned: an answer that goes out is this, and not that. It is false
// when the reader does not see the case, or sees it no longer.
func (r Reader[C, R]) Of(ctx context.Context, c C) (seen C, ok bool, err error) {
	r, err = r.looking(ctx)
	if err != nil {
		return seen, false, err
	}
	if seen, ok = r.reveal(c, nil); !ok {
		var none C
		seen = none
	}
	return seen, ok, nil
}

// Sees returns the parts of the case that the reader sees, sorted; none when it
// does not see the case.
func (r Reader[C, R]) Sees(ctx context.Context, id string) ([]string, error) {
	r, err := r.looking(ctx)
	if err != nil {
		return nil, err
	}
	record, _, err := r.engine.loadRecord(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := r.engine.open(record)
	if err != nil {
		return nil, err
	}
	parts := slices.Clone(r.engine.seen(c, r.eyes))
	slices.Sort(parts)
	return slices.Compact(parts), nil
}

// show returns what the reader sees of a record, if he sees all the parts named;
// false when it is not for him.
func (r Reader[C, R]) show(record store.Record, needs []string) (c C, ok bool, err error) {
	c, err = r.engine.open(record)
	if err != nil {
		return c, true, err
	}
	c, ok = r.reveal(c, needs)
	return c, ok, nil
}

func (r Reader[C, R]) reveal(c C, needs []string) (C, bool) {
	if r.all {
		return c, true
	}
	parts := r.engine.seen(c, r.eyes)
	if len(parts) == 0 {
		return c, false
	}
	for _, part := range needs {
		if !slices.Contains(parts, part) {
			return c, false
		}
	}
	return r.engine.shown(r.actor, c, parts), true
}

// History returns the history of a case: the whole of it for those who see
// [SeeHistory], when and what happened without what was said for those who see
// [SeeTimeline]. To others it is denied.
func (r Reader[C, R]) History(ctx context.Context, id string) ([]Entry, error) {
	if r.all {
		return r.engine.History(ctx, id)
	}
	r, err := r.looking(ctx)
	if err != nil {
		return nil, err
	}
	record, _, err := r.engine.loadRecord(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := r.engine.open(record)
	if err != nil {
		return nil, err
	}
	parts := r.engine.seen(c, r.eyes)
	if len(parts) == 0 {
		return nil, &store.RecordError{Kind: record.Kind, ID: id, Err: ErrNotFound}
	}
	whole := slices.Contains(parts, SeeHistory)
	if !whole && !slices.Contains(parts, SeeTimeline) {
		return nil, &DeniedError{r.actor.ID, "history", id, Block("not_visible", "没有查看办理过程的权限", "the history is not for this reader")}
	}
	entries, err := r.engine.History(ctx, id)
	if err != nil || whole {
		return entries, err
	}
	for i, e := range entries {
		entries[i] = Entry{Kind: e.Kind, ID: e.ID, Seq: e.Seq, At: e.At, Event: e.Event, Moves: e.Moves, Definition: e.Definition, ErasedBy: e.ErasedBy}
	}
	return entries, nil
}

// Choices returns what the reader may do next to a case that he sees; see
// [Engine.Choices].
func (r Reader[C, R]) Choices(ctx context.Context, id string) ([]Choice, error) {
	if r.all {
		return nil, fmt.Errorf("%w: choices are an actor's: read them by As", ErrInvalid)
	}
	if _, err := r.Get(ctx, id); err != nil {
		return nil, err
	}
	return r.engine.Choices(ctx, r.actor, id)
}
