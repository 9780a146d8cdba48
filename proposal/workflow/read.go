package workflow

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tian-go/tian/proposal/store"
)

// Get returns the case of that ID.
func (e *Engine[C, R]) Get(ctx context.Context, id string) (C, error) {
	r, _, err := e.loadRecord(ctx, id)
	if err != nil {
		var none C
		return none, err
	}
	return e.open(r)
}

// loadRecord returns a record with the last entry of its journal, for whoever reads.
func (e *Engine[C, R]) loadRecord(ctx context.Context, id string) (store.Record, store.Line, error) {
	if err := e.freshen(ctx); err != nil {
		return store.Record{}, store.Line{}, err
	}
	return e.load(ctx, id)
}

func (e *Engine[C, R]) load(ctx context.Context, id string) (store.Record, store.Line, error) {
	if err := checkID(id); err != nil {
		return store.Record{}, store.Line{}, err
	}
	return e.store.Load(ctx, e.vocabulary.Kind, id) //nolint:wrapcheck // the store names the record
}

func checkID(id string) error {
	if id == "" {
		return Invalid("id", "empty", "编号为空", "the ID of a case is not empty")
	}
	return checkWord("id", id, store.MaxKey)
}

// Find returns the cases that answer the conditions, ordered by ID, at most
// limit (0: store.DefaultLimit) and only those after the given ID, for code that
// may see all. A condition may compare with any number of values: the IDs of ten
// thousand bodies. A record that cannot be read hides no other: the error names
// each, and the cases come all the same. [Reader.Page] has more to offer.
func (e *Engine[C, R]) Find(ctx context.Context, after string, limit int, where ...store.Match) ([]C, error) {
	q := Query{Where: where, Max: limit}
	if after != "" {
		q.After = encodePlace(store.Place{ID: after})
	}
	page, err := e.All().Page(ctx, q)
	return page.Cases, errors.Join(append(page.Unreadable, err)...)
}

// Each calls do with every case that answers the conditions, page by page,
// until do returns an error, for code that may see all; see [Reader.Each].
func (e *Engine[C, R]) Each(ctx context.Context, do func(C) error, where ...store.Match) error {
	return e.All().Each(ctx, Query{Where: where}, do)
}

// History returns the whole history of a case; that of an unknown one is empty. Of
// an entry whose content was erased it tells by which acts; who did, when and why
// stands in those.
func (e *Engine[C, R]) History(ctx context.Context, id string) ([]Entry, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	stored, err := e.store.History(ctx, e.vocabulary.Kind, id, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("workflow: history of %s: %w", id, err)
	}
	entries := make([]Entry, len(stored))
	for i, s := range stored {
		if entries[i], err = DecodeEntry(s); err != nil {
			return nil, err
		}
	}
	markErased(entries)
	return entries, nil
}

// current loads a case, at the revision asked for if one was, and holds its
// record against the last entry of its journal.
func (e *Engine[C, R]) current(ctx context.Context, id string, d doing, held bool) (C, error) {
	var none C
	r, last, err := e.load(ctx, id)
	if err != nil {
		return none, err
	}
	c, err := e.openKnown(r)
	switch {
	case errors.Is(err, ErrNewer) && !held:
		c, err = e.open(r)
	case errors.Is(err, ErrNewer) && e.recordBreak(r, last) != (Break{}): // edited rather than newer
		if c, err = e.open(r); err == nil {
			err = e.held(r, last, c.Head())
		}
	case err == nil && held:
		err = e.held(r, last, c.Head())
	}
	if err != nil {
		return none, err
	}
	if d.pinned && c.Head().Revision != d.revision {
		return none, fmt.Errorf("%w: %s is at revision %d, not %d", ErrConflict, id, c.Head().Revision, d.revision)
	}
	return c, nil
}

// open reads a case from its record.
func (e *Engine[C, R]) open(r store.Record) (C, error) { return e.openBy(e.read, r) }

// openKnown reads a case that is to be written again: what it could not keep, it
// refuses with an error that matches [ErrNewer].
func (e *Engine[C, R]) openKnown(r store.Record) (C, error) {
	c, err := e.openBy(e.readKnown, r)
	if err == nil || !strings.Contains(err.Error(), unknownField) {
		return c, err
	}
	if _, lenient := e.open(r); lenient != nil {
		return c, lenient
	}
	_, field, _ := strings.Cut(err.Error(), unknownField)
	return c, fmt.Errorf("%w: %s %s has the field %s, which this program does not know and would lose", ErrNewer, r.Kind, r.ID, field)
}

func (e *Engine[C, R]) openBy(read func(header, data []byte) (C, error), r store.Record) (C, error) {
	var none C
	hash, header, data, ok := unwrap(r.Data)
	if !ok {
		return none, fmt.Errorf("%w: %s %s has not the three lines of a record", ErrUnreadable, r.Kind, r.ID)
	}
	c, err := read(header, data)
	if err != nil {
		return none, fmt.Errorf("%w: %s %s: %w", ErrUnreadable, r.Kind, r.ID, err)
	}
	h := c.Head()
	if h.ID != r.ID {
		return none, fmt.Errorf("%w: %s %s holds the case %q", ErrUnreadable, r.Kind, r.ID, h.ID)
	}
	h.ID, h.Revision, h.Hash = r.ID, r.Revision, string(hash) // an ID that is kept keeps no record
	h.machine = e.pinned(h.Definition)
	h.index, h.size = r.Index, size{header: len(header), data: len(data)}
	if h.index == nil {
		h.index = []store.Attr{}
	}
	return c, nil
}

// markErased notes at each entry of a history the later ones that replaced its
// content.
func markErased(entries []Entry) {
	for _, e := range entries {
		for _, x := range e.Erased {
			if x.Seq >= 1 && x.Seq < e.Seq && x.Seq <= uint64(len(entries)) {
				of := &entries[x.Seq-1]
				of.ErasedBy = append(of.ErasedBy, e.Seq)
			}
		}
	}
}
