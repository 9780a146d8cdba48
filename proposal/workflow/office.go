package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// Offices tells who holds the offices (职务) that [Party] names. An office belongs to
// another case, such as the platform that somebody convenes, and is held by one today
// and by another tomorrow: who holds it is looked up whenever a right is used, and
// never copied. It returns those of among that an actor holds now; with nil, all that
// he holds.
type Offices func(ctx context.Context, on Elsewhere, a Actor, among []string) ([]string, error)

// Elsewhere reads other cases on the store of an engine, also of another kind: as they
// are in the host's transaction, where the engine acts in one.
type Elsewhere struct {
	store store.Store
	held  func(store.Record, store.Line) Break
}

// Read reads the data of a case into value, and returns its body. A record that is not
// as its last entry left it is an error that matches [ErrBroken].
func (x Elsewhere) Read(ctx context.Context, kind, id string, value any) (body string, err error) {
	r, last, err := x.store.Load(ctx, kind, id)
	if err != nil {
		return "", err //nolint:wrapcheck // the store names the record
	}
	if b := x.held(r, last); b.Reason != "" {
		return "", fmt.Errorf("%w: %s %s: %s", ErrBroken, kind, id, b.Reason)
	}
	var h Header
	_, header, data, _ := unwrap(r.Data)
	if err := errors.Join(json.Unmarshal(header, &h), json.Unmarshal(data, value)); err != nil {
		return "", fmt.Errorf("%w: %s %s: %w", ErrUnreadable, kind, id, err)
	}
	return h.Body, nil
}

// IDs returns the IDs of the cases of a kind that answer the conditions.
func (x Elsewhere) IDs(ctx context.Context, kind string, where ...store.Match) (ids []string, err error) {
	for r, err := range store.AllRecords(ctx, x.store.Find, store.Query{Kind: kind, Where: where, Current: true}) {
		if err != nil {
			return nil, err //nolint:wrapcheck // the store says what was asked
		}
		ids = append(ids, r.ID)
	}
	return ids, nil
}

// Offices returns the offices that an actor holds now.
func (e *Engine[C, R]) Offices(ctx context.Context, a Actor) ([]string, error) {
	return e.offices(ctx, a, nil)
}

func (e *Engine[C, R]) offices(ctx context.Context, a Actor, among []string) ([]string, error) {
	if e.vocabulary.Offices == nil || a.ID == "" {
		return nil, nil
	}
	held, err := e.vocabulary.Offices(ctx, Elsewhere{e.store, e.recordBreak}, a.inName(), among)
	if err != nil {
		return nil, fmt.Errorf("workflow: offices of %s: %w", a.InName(), err)
	}
	return held, nil
}

// officesOn returns the offices named on a case that an actor holds now.
func (e *Engine[C, R]) officesOn(ctx context.Context, a Actor, c C) ([]string, error) {
	if e.vocabulary.Offices == nil || a.Body != c.Head().Body {
		return nil, nil
	}
	var named []string
	for _, r := range e.vocabulary.Relations {
		named = append(named, officesOf(r, c)...)
	}
	if len(named) == 0 {
		return nil, nil
	}
	slices.Sort(named)
	return e.offices(ctx, a, slices.Compact(named))
}
