// Package relay hands the entries of a store's feed on to what the host does with
// them (mail, a queue, tables of its own), and keeps its place in the store
// itself: in the same transaction as what the host does, where there is one. Then
// every entry takes effect once, in order, though the relay be killed at any
// moment or run twice.
package relay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tian-go/tian/proposal/store"
)

// Kind is the kind of the records that hold the places of relays. They have no
// journal, and so do not appear in the feed.
const Kind = "relay"

// Relay is one reader of a feed. It is safe for concurrent use, but one at a time
// gets on.
type Relay struct {
	feed   store.Store
	reader string
	max    int
}

// New returns the relay of that name, at most store.MaxKey bytes, which hands on
// at most max entries at once (0: [store.DefaultLimit]).
func New(feed store.Store, reader string, maximum int) *Relay {
	return &Relay{feed, reader, maximum}
}

// place is what the record of a relay holds.
type place struct {
	Cursor string `json:"cursor"`
}

// Pass hands the next entries to do, and then keeps the place behind them; it
// returns how many there were. With none do is not called.
//
// in is the store as it is in the host's transaction (sqlstore.Store.In,
// postgres.In), in which do writes the host's rows: when the host commits, both
// have come true. An error means that it has to roll back. One that matches
// [store.ErrConflict] says that another relay of the name was there first. Where
// what do does is in no transaction, in is the feed's own store: then do meets an
// entry again when the place could not be kept, and has to know it by its Kind, ID
// and Seq.
//
// An error that matches [store.ErrRewound] says that the feed is not the one that
// was read; nothing is handed on until [Relay.Set] has said from where.
func (r *Relay) Pass(ctx context.Context, in store.Store, do func(lines []store.Line) error) (int, error) {
	was, c, err := r.place(ctx, in)
	if err != nil {
		return 0, err
	}
	lines, next, err := store.Follow(ctx, r.feed, c, r.max)
	if err != nil {
		return 0, fmt.Errorf("relay %s: %w", r.reader, err)
	}
	if len(lines) == 0 {
		return 0, nil
	}
	if err := do(lines); err != nil {
		return 0, err
	}
	return len(lines), r.keep(ctx, in, was, next)
}

// Place returns where the relay has got to.
func (r *Relay) Place(ctx context.Context) (store.Cursor, error) {
	_, c, err := r.place(ctx, r.feed)
	return c, err
}

// Set moves the relay to another place: the zero Cursor is the beginning. It is
// for whoever has looked into why a feed is behind its reader.
func (r *Relay) Set(ctx context.Context, in store.Store, c store.Cursor) error {
	was, _, err := r.place(ctx, in)
	if err != nil {
		return err
	}
	return r.keep(ctx, in, was, c)
}

func (r *Relay) place(ctx context.Context, in store.Store) (store.Record, store.Cursor, error) {
	record, _, err := in.Load(ctx, Kind, r.reader)
	if errors.Is(err, store.ErrNotFound) {
		return store.Record{Kind: Kind, ID: r.reader}, store.Cursor{}, nil
	}
	if err != nil {
		return record, store.Cursor{}, fmt.Errorf("relay %s: %w", r.reader, err)
	}
	var kept place
	var c store.Cursor
	err = json.Unmarshal(record.Data, &kept)
	if err == nil {
		err = c.UnmarshalText([]byte(kept.Cursor))
	}
	if err != nil {
		return record, store.Cursor{}, fmt.Errorf("relay %s: its place cannot be read: %w", r.reader, err)
	}
	return record, c, nil
}

func (r *Relay) keep(ctx context.Context, in store.Store, was store.Record, c store.Cursor) error {
	data, err := json.Marshal(place{c.String()})
	if err == nil {
		was.Data = data
		err = in.Commit(ctx, store.Change{Record: was, Was: []store.Attr{}})
	}
	if err != nil {
		return fmt.Errorf("relay %s: keep its place: %w", r.reader, err)
	}
	return nil
}
