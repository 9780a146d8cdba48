package memory

import (
	"bytes"
	"context"
	"slices"

	"github.com/tian-go/tian/proposal/store"
)

// Commit implements [store.Store]. It tries every change first and writes only
// then, so that a refused commit leaves no trace.
func (s *Store) Commit(ctx context.Context, changes ...store.Change) error {
	if err := store.Check(changes...); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	own := make([]store.Change, len(changes))
	for i, c := range changes {
		own[i] = cloneChange(c)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return store.ErrClosed
	}
	for i := range own {
		if err := s.try(&own[i]); err != nil {
			return err
		}
	}
	for i := range own {
		s.write(&own[i])
	}
	return nil
}

func (s *Store) try(c *store.Change) error {
	r := &c.Record
	h, exists := s.records[key{r.Kind, r.ID}]
	switch {
	case r.Revision == 0 && exists:
		return failed(r.Kind, r.ID, store.ErrExists)
	case r.Revision > 0 && (!exists || h.record.Revision != r.Revision):
		return failed(r.Kind, r.ID, store.ErrConflict)
	}
	var last uint64
	if exists {
		last = uint64(len(h.journal))
		for i := range c.Entries {
			command := c.Entries[i].Command
			if _, known := h.commands[command]; known {
				return &store.RecordError{Kind: r.Kind, ID: r.ID, Command: command, Err: store.ErrDuplicate}
			}
		}
	}
	return store.CheckSeq(*c, last)
}

func (s *Store) write(c *store.Change) {
	k := key{c.Record.Kind, c.Record.ID}
	if s.kinds[k.kind] == nil {
		s.kinds[k.kind] = &kind{attrs: make(map[string]*list)}
	}
	here := s.kinds[k.kind]
	h, exists := s.records[k]
	if !exists {
		h = &held{}
		s.records[k] = h
		here.ids.put(item{store.Place{ID: k.id}, h})
	}
	here.move(h, k.id, h.record.Index, c.Record.Index)
	h.record = c.Record
	h.record.Revision++
	for _, l := range c.Replaced {
		s.feed[h.journal[l.Seq-1]].Data = l.Data
	}
	for _, e := range c.Entries {
		h.journal = append(h.journal, len(s.feed))
		e.Position = uint64(len(s.feed)) + 1
		e.Kind, e.ID = k.kind, k.id
		s.feed = append(s.feed, e)
		if e.Command != "" {
			if h.commands == nil {
				h.commands = map[string]struct{}{}
			}
			h.commands[e.Command] = struct{}{}
		}
	}
}

// cloneChange copies what the caller keeps, each attribute once.
func cloneChange(c store.Change) store.Change {
	c.Record.Data = bytes.Clone(c.Record.Data)
	c.Record.Index = store.SortIndex(c.Record.Index)
	c.Entries = slices.Clone(c.Entries)
	for i := range c.Entries {
		c.Entries[i].Data = bytes.Clone(c.Entries[i].Data)
	}
	c.Replaced = cloneEntries(slices.Clone(c.Replaced))
	return c
}
